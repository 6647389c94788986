"""What a reviewer reads of the log: what is to be looked at first, and everything else, for what they asked for."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, AuditEvent, LogView, Organisation
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.reading_log import LOOKS_AT_THE_LOG, acts_of_group
from cp.services import audit
from cp.services.log import entries
from cp.services.log.entries import Entry, Place
from cp.terms import Act, Decision, LogGroup

A_PAGE, FIRST_ONES, ON_PAPER = 50, 20, 500
WEEK = timedelta(days=6)
SEEN_FOR = timedelta(hours=8)
BEGUN = date(2004, 1, 1)
"""Before any entry: where a person or a child is asked for without days."""
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """From which day to which, and of whom, of which child, of what."""

    since: date
    until: date
    group: LogGroup | None = None
    person: UUID | None = None
    number: str | None = None

    @property
    def always(self) -> bool:
        return self.since == BEGUN


@dataclass(frozen=True, slots=True)
class Log:
    wanted: Wanted
    uid: UUID | None
    """Of what was asked for; None for the last seven days."""
    name: str | None
    """Of the person asked for."""
    first: tuple[Entry, ...]
    more_first: bool
    rest: tuple[Entry, ...]
    older: Place | None
    """After which the next page begins."""
    newest: bool
    """This is the first page."""


def last_week() -> Wanted:
    return Wanted(clock.today() - WEEK, clock.today())


def person_called(session: Session, actor: Actor, email: str) -> UUID | None:
    """Whose work email this is, if they are of the reviewer's authority."""
    return session.scalar(
        _PERSON.where(Account.email == email.casefold(), Organisation.authority_id == actor.authority_id)
    )


def ask(session: Session, actor: Actor, wanted: Wanted) -> UUID:
    """Keep what is asked for, sealed: its address says nothing of it."""
    facts = {
        "since": wanted.since.isoformat(), "until": wanted.until.isoformat(), "group": wanted.group,
        "person": str(wanted.person) if wanted.person else None, "number": wanted.number,
    }  # fmt: skip
    view = LogView(account_id=actor.account_id, at=clock.now(), asked=facts)
    session.add(view)
    session.flush()
    return view.uid


def asked(session: Session, actor: Actor, uid: UUID) -> Wanted:
    """What this reviewer asked for today; anybody else's, or an old one, is not there. Raises Refusal."""
    mine = LogView.uid == uid, LogView.account_id == actor.account_id, LogView.at > clock.now() - SEEN_FOR
    view = session.scalars(select(LogView).where(*mine)).one_or_none()
    if view is None:
        raise audit.Refusal("none", hidden=True)
    facts = view.asked
    return Wanted(
        date.fromisoformat(facts["since"]), date.fromisoformat(facts["until"]),
        LogGroup(facts["group"]) if facts["group"] else None,
        UUID(facts["person"]) if facts["person"] else None, facts["number"],
    )  # fmt: skip


def of_person(session: Session, actor: Actor, person: UUID) -> Wanted:
    """Everything that somebody of the reviewer's authority ever did. Raises Refusal: nobody else is there."""
    query = _PERSON.where(Account.uid == person, Organisation.authority_id == actor.authority_id)
    if session.scalar(query) is None:
        raise audit.Refusal("none", hidden=True)
    return Wanted(BEGUN, clock.today(), person=person)


def look(session: Session, actor: Actor, wanted: Wanted, uid: UUID | None, before: Place | None = None) -> Log:
    """A page of it, written down as looked at."""
    which = _which(session, actor, wanted)
    alone = wanted.group is LogGroup.FIRST
    grave = [] if before or alone else entries.newest(session, [*which, entries.FIRST], FIRST_ONES + 1)
    rest = entries.newest(session, [*which, entries.FIRST if alone else ~entries.FIRST], A_PAGE + 1, before)
    log = Log(
        wanted, uid, _name(session, wanted), _read(grave[:FIRST_ONES], actor, wanted), len(grave) > FIRST_ONES,
        _read(rest[:A_PAGE], actor, wanted), entries.place_after(rest, A_PAGE, before), before is None,
    )  # fmt: skip
    _written(session, actor, Act.SEE_LOG, wanted, len(log.first) + len(log.rest))
    return log


def on_paper(session: Session, actor: Actor, uid: UUID) -> Log:
    """The newest of it, as much as is worth paper."""
    wanted = asked(session, actor, uid)
    which = _which(session, actor, wanted)
    grave = entries.newest(session, [*which, entries.FIRST], ON_PAPER)
    rest = [] if wanted.group is LogGroup.FIRST else entries.newest(session, [*which, ~entries.FIRST], ON_PAPER + 1)
    older = entries.place_after(rest, ON_PAPER, None)
    log = Log(wanted, uid, _name(session, wanted), _read(grave, actor, wanted), len(grave) == ON_PAPER,
              _read(rest[:ON_PAPER], actor, wanted), older, True)  # fmt: skip
    _written(session, actor, Act.PRINT_LOG, wanted, len(log.first) + len(log.rest))
    return log


_PERSON = select(Account.uid).join(Organisation, Organisation.id == Account.organisation_id)


def _read(rows: list[object], actor: Actor, wanted: Wanted) -> tuple[Entry, ...]:
    return tuple(entries.entry(row, actor.authority_uid, of_child=wanted.number is not None) for row in rows)


def _name(session: Session, wanted: Wanted) -> str | None:
    return session.scalar(select(Account.name).where(Account.uid == wanted.person)) if wanted.person else None


def _subject(session: Session, number: str) -> UUID | None:
    """What the audit calls the child of this number, whatever has become of the record since."""
    return session.scalar(select(Child.subject_id).where(Child.number == bindparam("number")), {"number": number})


def _which(session: Session, actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    which = [entries.of_authority(actor.authority_uid, actor.authority_id)]
    if not wanted.always:
        which.append(entries.within(wanted.since, wanted.until))
    if wanted.person:
        which += [AuditEvent.account_id == wanted.person, AuditEvent.authority_id == actor.authority_uid]
    if wanted.number:
        which += [AuditEvent.subject_id == (_subject(session, wanted.number) or NOBODY), entries.TOLD]
    else:
        which.append(entries.LAST_OF_ITS_PAGE)
    if wanted.group not in (None, LogGroup.FIRST):
        which.append(AuditEvent.act.in_(acts_of_group(wanted.group)))
    elif wanted.group is None:
        which.append(AuditEvent.act.not_in(LOOKS_AT_THE_LOG) | (AuditEvent.decision == Decision.REFUSED))
    return which


def _written(session: Session, actor: Actor, act: Act, wanted: Wanted, results: int) -> None:
    subject = _subject(session, wanted.number) if wanted.number else None
    about = audit.About(subject_id=subject, object_id=wanted.person, reason=wanted.group, results=results)
    audit.record(session, actor, act, about)
