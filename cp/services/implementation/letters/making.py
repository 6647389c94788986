"""A run of letters: what it would be, and making it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority, Letter, LetterRun, Organisation
from cp.rules.access import Actor
from cp.services import audit, mailing
from cp.services.implementation import steps
from cp.services.implementation.letters import sheets, whom, words
from cp.services.implementation.letters.sheets import Sheet
from cp.services.implementation.letters.words import Writer
from cp.terms import Act, LetterKind, LetterWay, Need

A_RUN = 500
POSTED_WITHIN = timedelta(days=7)
"""An email that no mail server takes for so long is not sent any more."""
Form = Callable[[Session, Actor, Organisation], str]
"""The address of an organisation's own form, made for this letter; nothing where there is none."""
To = tuple[Organisation, Need]


@dataclass(frozen=True, slots=True)
class Asked:
    """`chosen` None: all that wait. `again`: also those that had this letter today already."""

    kind: LetterKind
    chosen: tuple[UUID, ...] | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """`to` get it now; `had` are those that had it today; `nothing_owed` those that nothing is waited for from;
    `later` counts those that a run of this size leaves for the next.
    """

    to: tuple[To, ...]
    had: tuple[Organisation, ...]
    nothing_owed: tuple[Organisation, ...]
    later: int

    def by_email(self) -> tuple[To, ...]:
        return tuple(one for one in self.to if one[0].email)

    def without_address(self) -> list[str]:
        return [one.name for one, _ in self.to if not one.address]


@dataclass(frozen=True, slots=True)
class Made:
    run: LetterRun
    sheets: tuple[Sheet, ...]


def plan(session: Session, actor: Actor, asked: Asked) -> Plan:
    """What would be made now. Whoever is chosen and not of the actor's authority, or closed, is not there."""
    which = whom.waiting(actor.authority_id, asked.kind) if asked.chosen is None else _chosen(actor, asked.chosen)
    had = [one for one, _ in session.execute(which.where(whom.had_today(asked.kind)).limit(A_RUN))]
    if not asked.again:
        which = which.where(~whom.had_today(asked.kind))
    every = session.scalar(select(func.count()).select_from(which.order_by(None).subquery())) or 0
    found = [(one, need or Need.CONTACT) for one, need in session.execute(which.limit(A_RUN))]
    fits = [one for one in found if words.fits(asked.kind, one[1])]
    owes_nothing = tuple(one for one, need in found if (one, need) not in fits)
    return Plan(tuple(fits), tuple(had), owes_nothing, every - len(found))


def make(session: Session, actor: Actor, asked: Asked, way: LetterWay, writer: Writer, form: Form) -> Made | None:
    """Make the letters; None where there is nothing to make any more. Of two at once the second waits, and finds the
    first one's letters made."""
    session.scalars(select(Authority.id).where(Authority.id == actor.authority_id).with_for_update()).one()
    planned = plan(session, actor, asked)
    to = planned.by_email() if way is LetterWay.EMAILED else planned.to
    if not to:
        return None
    run = _run(session, actor, asked.kind, way, to)
    written = tuple(
        sheets.sheet(asked.kind, one, need, writer, run.made_on, _form(session, actor, asked.kind, form, one))
        for one, need in to
    )
    if way is LetterWay.EMAILED:
        _post(session, actor, to, written)
    if asked.kind is LetterKind.FIRST:
        for one, _ in to:
            _explained(session, one)
    about = audit.About(object_id=run.uid, reason=asked.kind, results=len(to))
    audit.record(session, actor, Act.MAKE_LETTERS, about)
    return Made(run, written)


def _chosen(actor: Actor, chosen: Sequence[UUID]) -> Select[Organisation, Need | None]:
    return whom.everybody(actor.authority_id).where(Organisation.uid.in_(chosen[:A_RUN]))


def _run(session: Session, actor: Actor, kind: LetterKind, way: LetterWay, to: Sequence[To]) -> LetterRun:
    run = LetterRun(
        authority_id=actor.authority_id, kind=kind, way=way, made_on=clock.today(), made_at=clock.now(),
        made_by_id=actor.account_id, letters=len(to),
    )  # fmt: skip
    session.add(run)
    session.flush()
    session.add_all(Letter(run_id=run.id, organisation_id=one.id, need=need) for one, need in to)
    session.flush()
    return run


def _form(session: Session, actor: Actor, kind: LetterKind, form: Form, to: Organisation) -> str:
    return form(session, actor, to) if kind is LetterKind.MEANS else ""


def _post(session: Session, actor: Actor, to: Sequence[To], written: Sequence[Sheet]) -> None:
    """An answer goes to whoever makes them."""
    until, back = clock.now() + POSTED_WITHIN, session.get_one(Account, actor.account_id).email
    for (one, _), sheet in zip(to, written, strict=True):
        text = sheets.as_text(sheet)
        mailing.put(session, mailing.Post(str(one.email), sheet.words.title, text, until, back))


def _explained(session: Session, to: Organisation) -> None:
    """The letter is a contact and explains the duty; what was done before it keeps its day."""
    held, today = steps.held(session, to), clock.today()
    contacted, explained = held.contacted_on or today, held.duty_explained_on or today
    steps.keep(session, to, contacted_on=contacted, duty_explained_on=explained)
