"""After its first year a record is read by two: one of the team asks another, for one of the purposes of the law."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.rules.access import Actor
from cp.rules.archive import second_problem
from cp.services import audit, team
from cp.services.archive import kept
from cp.services.archive.kept import Kept
from cp.services.coded import Coded
from cp.services.team import Colleague
from cp.terms import Act, ArchivePurpose


class Problem(Coded):
    """A code: of `second_problem`; `answered`, for one that waits no longer; `asker_left`."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """For the page on which a colleague is asked."""

    one: Kept
    colleagues: tuple[Colleague, ...]


def listed(session: Session, actor: Actor) -> list[Kept]:
    found = kept.mine(session, actor)
    audit.record(session, actor, Act.SEE_ARCHIVE, audit.About(results=len(found)))
    return found


def prepare(session: Session, actor: Actor, uid: UUID) -> Preparing:
    """To ask a colleague: for whoever found it, while it opens to nobody alone. Raises Refusal."""
    one = _look(session, actor, uid)
    if one.stands != "found" or one.alone:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return Preparing(one, tuple(team.others(session, actor)))


def asked(session: Session, actor: Actor, uid: UUID) -> Kept:
    """To answer, or to take back what one asked. Raises Refusal."""
    one = _look(session, actor, uid)
    if one.stands != "waits":
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return one


def _look(session: Session, actor: Actor, uid: UUID) -> Kept:
    held, row = kept.hold(session, actor, uid, Act.PREPARE_ARCHIVED)
    audit.record(session, actor, Act.PREPARE_ARCHIVED, audit.About(row.subject_id, uid, reason=kept.why(held)))
    return kept.find(session, actor, uid)[2]


def ask(session: Session, actor: Actor, uid: UUID, purpose: ArchivePurpose | None, second: UUID | None) -> bool:
    """Ask this colleague. False, and nothing is changed, where somebody was asked already. Raises Problem, Refusal."""
    held, row = kept.hold(session, actor, uid, Act.ASK_ARCHIVED)
    if held.asked_by_id != actor.account_id or kept.opens_alone(actor, held, row.archived_on):
        raise audit.Refusal("none", row.subject_id, object_id=uid, hidden=True)
    if held.second_id is not None:
        return False
    chosen = team.chosen(session, actor, second)
    if problem := second_problem(purpose is not None, actor.account_id, chosen):
        raise Problem(problem)
    held.second_id, held.purpose, held.asked_at = chosen, purpose, clock.now()
    session.flush()
    audit.record(session, actor, Act.ASK_ARCHIVED, audit.About(row.subject_id, uid, reason=kept.why(held)))
    return True


def answer(session: Session, actor: Actor, uid: UUID, *, agreed: bool) -> bool:
    """Let both read it until the end of today, or not. Whoever asked may take it back, and never agrees.

    Returns whether it was this person who had asked. Raises Problem, Refusal.
    """
    held, row = kept.hold(session, actor, uid, Act.ANSWER_ARCHIVED)
    mine = held.asked_by_id == actor.account_id
    if agreed and mine:
        raise audit.Refusal("none", row.subject_id, object_id=uid, hidden=True)
    if kept.stands(held) != "waits":
        raise Problem("answered")
    if agreed and not team.has(session, actor.authority_id, held.asked_by_id):
        raise Problem("asker_left")
    if mine:
        session.delete(held)
    else:
        held.agreed, held.answered_at = agreed, clock.now()
    session.flush()
    said = "agreed" if agreed else "taken_back" if mine else "declined"
    audit.record(session, actor, Act.ANSWER_ARCHIVED, audit.About(row.subject_id, uid, reason=said))
    return mine
