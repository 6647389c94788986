"""Who waits for which letter, and who had it when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Letter, LetterRun, Onboarding, Organisation
from cp.rules.access import Actor
from cp.services import audit
from cp.services.implementation.letters.words import OWED
from cp.services.implementation.schools import ours
from cp.terms import Act, LetterKind, Need

A_PAGE = 100
NEEDS: dict[LetterKind, Sequence[Need]] = {
    LetterKind.FIRST: (Need.CONTACT, Need.EXPLAIN_DUTY), LetterKind.REMINDER: tuple(OWED),
    LetterKind.MEANS: (Need.ANSWER,), LetterKind.TRAINING: (Need.BOOK_TRAINING,),
}  # fmt: skip
"""A reminder goes where one of these is overdue."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One organisation, what it needs, and when it last had this letter."""

    organisation: Organisation
    need: Need
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Listed, ...]
    total: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def counts(session: Session, actor: Actor) -> dict[LetterKind, int]:
    """How many wait for each letter."""
    found = {kind: _count(session, waiting(actor.authority_id, kind)) for kind in LetterKind}
    audit.record(session, actor, Act.SEE_LETTERS, audit.About(results=sum(found.values())))
    return found


def how_many(session: Session, actor: Actor, kind: LetterKind) -> int:
    """Wait for one letter: for a page whose own entry in the audit says what was looked at."""
    return _count(session, waiting(actor.authority_id, kind))


def listed(session: Session, actor: Actor, kind: LetterKind, number: int, *, every: bool) -> Page:
    """Those that wait for it, or all that are open; by name."""
    which = everybody(actor.authority_id) if every else waiting(actor.authority_id, kind)
    found = session.execute(which.limit(A_PAGE).offset((number - 1) * A_PAGE)).all()
    last = _last(session, kind, [one.id for one, _ in found])
    rows = tuple(Listed(one, need or Need.CONTACT, last.get(one.id)) for one, need in found)
    audit.record(session, actor, Act.SEE_LETTERS, audit.About(results=len(rows)))
    return Page(rows, _count(session, which), number)


def counted(session: Session, actor: Actor, many: int) -> None:
    """So many were shown, before any letter is made."""
    audit.record(session, actor, Act.SEE_LETTERS, audit.About(results=many))


def everybody(authority_id: int) -> Select[Organisation, Need | None]:
    """Every organisation of an authority that is open today, with what it needs; None before it has begun."""
    today = clock.today()
    begun = Organisation.valid_from.is_(None) | (Organisation.valid_from <= today)
    open_still = Organisation.valid_to.is_(None) | (Organisation.valid_to > today)
    query = ours(authority_id).where(begun, open_still).add_columns(Onboarding.need)
    joined = query.outerjoin(Onboarding, Onboarding.organisation_id == Organisation.id)
    return joined.order_by(Organisation.name, Organisation.id)


def waiting(authority_id: int, kind: LetterKind) -> Select[Organisation, Need | None]:
    """Of these, those that wait for this letter. No sensitive service is asked how it will send: it sends no list."""
    needs: ColumnElement[bool] = Onboarding.need.in_(NEEDS[kind])
    if kind is LetterKind.FIRST:
        needs = or_(Onboarding.id.is_(None), needs)
    if kind is LetterKind.REMINDER:
        needs = and_(needs, Onboarding.due_on < clock.today())
    if kind is LetterKind.MEANS:
        needs = and_(needs, Organisation.sensitive_subject.is_(None))
    return everybody(authority_id).where(needs)


def had_today(kind: LetterKind) -> ColumnElement[bool]:
    """Of an organisation: whether this letter was made for it today."""
    made = select(Letter.organisation_id).join(LetterRun, LetterRun.id == Letter.run_id)
    return Organisation.id.in_(made.where(LetterRun.kind == kind, LetterRun.made_on == clock.today()))


def _last(session: Session, kind: LetterKind, organisations: list[int]) -> dict[int, date]:
    query = (
        select(Letter.organisation_id, func.max(LetterRun.made_on))
        .join(LetterRun, LetterRun.id == Letter.run_id)
        .where(LetterRun.kind == kind, Letter.organisation_id.in_(organisations))
        .group_by(Letter.organisation_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _count(session: Session, which: Select[Organisation, Need | None]) -> int:
    return session.scalar(select(func.count()).select_from(which.order_by(None).subquery())) or 0
