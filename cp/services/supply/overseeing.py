"""How the suppliers of an authority stand, for its management team: those that are overdue first."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation, Supplier
from cp.rules.access import Actor
from cp.services import audit
from cp.services.managing.export import cell
from cp.services.supply import senders, standing
from cp.services.supply.standing import Standing
from cp.terms import Act, Frequency, Given

A_PAGE, AT_ONCE = 50, 200
COLUMNS = (
    "name", "how often", "how it came", "last supplied", "due", "overdue", "files counted", "rows",
    "with date of birth", "with address", "with carer", "with number", "without a fault", "held back",
    "corrected since", "files due", "in time",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """One supplier, by the id of its organisation."""

    uid: UUID
    name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Page:
    """`total` and `overdue` count all of them, not this page's."""

    rows: tuple[Listed, ...]
    total: int
    overdue: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def listed(session: Session, actor: Actor, number: int) -> Page:
    """Whoever has been overdue longest first, then by the day that is due; last those that never sent a file."""
    found = session.scalars(_in_order(actor).limit(A_PAGE).offset((number - 1) * A_PAGE)).all()
    rows = tuple(_rows(session, found))
    audit.record(session, actor, Act.SEE_SUPPLIERS, audit.About(results=len(rows)))
    total = session.scalar(select(func.count()).select_from(_theirs(actor).subquery())) or 0
    late = _theirs(actor).join(Supplier).where(Supplier.due_on < clock.today())
    return Page(rows, total, session.scalar(select(func.count()).select_from(late.subquery())) or 0, number)


def table(session: Session, actor: Actor) -> str:
    """All of them as CSV, in the same order, safe to open in a spreadsheet."""
    found, written = session.scalars(_in_order(actor)).all(), StringIO()
    audit.record(session, actor, Act.SEE_SUPPLIERS, audit.About(results=len(found)))
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for at in range(0, len(found), AT_ONCE):
        writer.writerows([cell(value) for value in _line(one)] for one in _rows(session, found[at : at + AT_ONCE]))
    return written.getvalue()


def one(session: Session, actor: Actor, uid: UUID) -> Listed:
    """Raises Refusal: what the team's authority has no part in is not there."""
    (found,) = _rows(session, [organisation(session, actor, uid)])
    audit.record(session, actor, Act.SEE_SUPPLIERS, audit.About(object_id=uid))
    return found


def set_frequency(session: Session, actor: Actor, uid: UUID, often: Frequency) -> bool:
    """Whether anything changed. By when the next file is due follows at once. Raises Refusal."""
    found = organisation(session, actor, uid)
    if not standing.set_often(session, found, often):
        return False
    audit.record(session, actor, Act.SET_FREQUENCY, audit.About(object_id=uid, reason=often))
    return True


def organisation(session: Session, actor: Actor, uid: UUID) -> Organisation:
    """Of the team's own authority, and one that may send lists of children. Raises Refusal."""
    found = session.scalars(_theirs(actor).where(Organisation.uid == uid)).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found


def _theirs(actor: Actor) -> Select[Organisation]:
    return select(Organisation).where(
        Organisation.authority_id == actor.authority_id, Organisation.kind.in_([*senders.SCHOOLS, *senders.KINDS]),
        Organisation.valid_to.is_(None) | (Organisation.valid_to > clock.today()),
    )  # fmt: skip


def _in_order(actor: Actor) -> Select[Organisation]:
    joined = _theirs(actor).outerjoin(Supplier, Supplier.organisation_id == Organisation.id)
    return joined.order_by(Supplier.due_on.is_(None), Supplier.due_on, Organisation.name, Organisation.id)


def _rows(session: Session, found: Sequence[Organisation]) -> Iterator[Listed]:
    how = standing.of_all(session, found)
    return (Listed(one.uid, one.name, how[one.id]) for one in found)


def _line(one: Listed) -> tuple[object, ...]:
    how, card = one.standing, one.standing.card
    return (
        one.name, how.often, "server" if how.at_the_server else how.means, how.supplied_on, how.due_on,
        "yes" if how.overdue else "no", card.files, card.rows, *(card.given[fact] for fact in Given), card.faultless,
        card.held, card.corrected, card.due, card.in_time,
    )  # fmt: skip
