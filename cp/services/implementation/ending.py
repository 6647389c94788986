"""Which agreements and accreditations of an authority have ended or end soon; whose text is an older one; who its
partners are."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, literal, select, union_all
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Agreement, AgreementTakenBack, Onboarding, Organisation
from cp.rules import governing
from cp.rules.access import Actor
from cp.services import audit
from cp.services.implementation import schools
from cp.services.managing.export import cell
from cp.terms import Act, Ending

A_PAGE = 50
COLUMNS = ("organisation", "what", "state", "first day without")
AGREEMENT, ACCREDITATION = "agreement", "accreditation"


@dataclass(frozen=True, slots=True)
class Ends:
    """`what`: an agreement or an accreditation; `ends_on`: the first day without."""

    uid: UUID
    name: str
    what: str
    ends_on: date

    @property
    def how(self) -> Ending | None:
        return governing.ending(self.ends_on, clock.today())


@dataclass(frozen=True, slots=True)
class Page:
    """`total` and `ended` count all of them, not this page's."""

    rows: tuple[Ends, ...]
    total: int
    ended: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // A_PAGE))


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation with the agreement that counts."""

    uid: UUID
    name: str
    agreement: Agreement


def listed(session: Session, actor: Actor, number: int) -> Page:
    """Whatever ended longest ago first."""
    asked, found = _asked(actor.authority_id), _ends(actor.authority_id).subquery()
    rows = _rows(session, asked.limit(A_PAGE).offset((number - 1) * A_PAGE))
    count = select(func.count(), func.count().filter(found.c.ends_on <= clock.today())).select_from(found)
    total, ended = session.execute(count).one()
    audit.record(session, actor, Act.SEE_AGREEMENTS, audit.About(results=len(rows)))
    return Page(rows, total, ended, number)


def table(session: Session, actor: Actor) -> str:
    """All of them as CSV, in the same order, safe to open in a spreadsheet."""
    rows, written = _rows(session, _asked(actor.authority_id)), StringIO()
    audit.record(session, actor, Act.SEE_AGREEMENTS, audit.About(results=len(rows)))
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in (one.name, one.what, one.how, one.ends_on)] for one in rows)
    return written.getvalue()


def partners(session: Session, actor: Actor) -> Sequence[Partner]:
    """Whose agreement is in date, by name."""
    found = [one for one in _standing(session, actor.authority_id) if clock.today() < one.agreement.ends_on]
    audit.record(session, actor, Act.SEE_AGREEMENTS, audit.About(results=len(found)))
    return found


def older(session: Session, actor: Actor) -> Sequence[Partner]:
    """Who signed a text that is not the newest, by name; in date or not."""
    every = _standing(session, actor.authority_id)
    found = [one for one in every if one.agreement.version != governing.NEWEST_TEXT]
    audit.record(session, actor, Act.SEE_AGREEMENTS, audit.About(results=len(found)))
    return found


def _open(authority_id: int) -> Select[Organisation]:
    """What has closed needs no renewal."""
    return schools.ours(authority_id).where(Organisation.valid_to.is_(None) | (Organisation.valid_to > clock.today()))


def _ends(authority_id: int) -> Select[str, UUID, str, date | None, int]:
    def of(what: str, ends_on: ColumnElement[date | None]) -> Select[str, UUID, str, date | None, int]:
        return (
            _open(authority_id)
            .with_only_columns(literal(what).label("what"), Organisation.uid, Organisation.name,
                               ends_on.label("ends_on"), Organisation.id)
            .where(ends_on <= clock.today() + governing.WARNED)
        )  # fmt: skip

    signed = of(AGREEMENT, Onboarding.agreement_ends_on.expression)
    signed = signed.join(Onboarding, Onboarding.organisation_id == Organisation.id)
    both = union_all(signed, of(ACCREDITATION, Organisation.accreditation_ends_on.expression)).subquery()
    return select(both)


def _asked(authority_id: int) -> Select[str, UUID, str, date | None, int]:
    both = _ends(authority_id).subquery()
    return select(both).order_by(both.c.ends_on, both.c.name, both.c.id, both.c.what)


def _rows(session: Session, asked: Select[str, UUID, str, date | None, int]) -> tuple[Ends, ...]:
    return tuple(Ends(one.uid, one.name, one.what, one.ends_on) for one in session.execute(asked))


def _standing(session: Session, authority_id: int) -> list[Partner]:
    """Of each organisation the newest agreement that was not taken back."""
    taken_back = exists().where(AgreementTakenBack.agreement_id == Agreement.id)
    found: Iterable[tuple[Agreement, Organisation]] = session.execute(
        _open(authority_id)
        .with_only_columns(Agreement, Organisation)
        .join(Agreement, Agreement.organisation_id == Organisation.id)
        .where(~taken_back)
        .order_by(Organisation.name, Organisation.id, Agreement.signed_on, Agreement.id)
    )
    return list({one.id: Partner(one.uid, one.name, signed) for signed, one in found}.values())
