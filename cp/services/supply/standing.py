"""How a supplier stands: when it last supplied, when the next file is due, and how complete, correct and in time its
files are. All of it follows from its own files, so it reads the same whatever the directory holds.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation, Supplier, SupplyFile
from cp.rules.access import Actor
from cp.rules.days import london_day
from cp.rules.supplying import came_in_time, due_after, how_often, overdue
from cp.services.supply import suppliers
from cp.services.supply.figures import TAKEN_BACK
from cp.terms import FileForm, Frequency, Given

COUNTED, DUE, READ = 10, 10, 30
"""Files that are counted from; due files that are judged; files whose days are looked at for that."""
WITHIN = timedelta(days=365)
OF_ONE_CHILD = (FileForm.HAND, FileForm.TOLD)


class File(NamedTuple):
    """What is kept of a file when its rows are gone. Figures are None of one that came before they were kept."""

    organisation_id: int
    account_id: int | None
    form: FileForm
    sent_at: datetime
    total: int
    ready: int
    corrected: int
    faultless: int | None
    with_birth: int | None
    with_home: int | None
    with_carer: int | None
    with_number: int | None


COLUMNS = [getattr(SupplyFile, name) for name in File._fields]


@dataclass(frozen=True, slots=True)
class Card:
    """The newest `files` of the last 12 months, ten at most, had so many `rows`; of these so many have each fact that
    may be `given`, and so many were `faultless`. So many were `held` back to be corrected, and `corrected` since.
    Of the `due` files so many came `in_time`.
    """

    files: int = 0
    rows: int = 0
    given: dict[Given, int] = field(default_factory=dict)
    faultless: int = 0
    held: int = 0
    corrected: int = 0
    due: int = 0
    in_time: int = 0

    @property
    def has(self) -> int:
        """How many of the four facts its rows have, of four for each row."""
        return sum(self.given.values())

    @property
    def least(self) -> Given:
        """What most rows lack."""
        return min(Given, key=lambda fact: self.given.get(fact, 0))


@dataclass(frozen=True, slots=True)
class Standing:
    """`means`: how the newest file came, None where none ever did; `at_the_server`, where nobody chose it."""

    often: Frequency
    supplied_on: date | None
    due_on: date | None
    overdue: bool
    means: FileForm | None
    at_the_server: bool
    card: Card


def of(session: Session, organisation: Organisation) -> Standing:
    """Of one, as its own supplier and the management team see it."""
    return of_all(session, [organisation])[organisation.id]


def of_own(session: Session, actor: Actor) -> Standing:
    """Of whoever asks."""
    return of(session, session.get_one(Organisation, actor.organisation_id))


def of_all(session: Session, organisations: Sequence[Organisation]) -> dict[int, Standing]:
    """By the organisation's key; with as many statements for many as for one."""
    ids = [one.id for one in organisations]
    query = select(Supplier).where(Supplier.organisation_id.in_(ids))
    held = {one.organisation_id: one for one in session.scalars(query)}
    files: dict[int, list[File]] = {one: [] for one in ids}
    for file in _newest(session, ids):
        files[file.organisation_id].append(file)
    return {one.id: _standing(one, held.get(one.id), files[one.id]) for one in organisations}


def renew(session: Session, organisation_id: int) -> None:
    """The day of the newest file that stands is kept, and by when the next is due: lists are in the order of that."""
    organisation = session.get_one(Organisation, organisation_id)
    newest = select(func.max(SupplyFile.sent_at)).where(SupplyFile.organisation_id == organisation_id, *_stands())
    held, sent_at = suppliers.held(session, organisation_id), session.scalar(newest)
    held.supplied_on = london_day(sent_at) if sent_at else None
    often = how_often(organisation.kind, held.frequency)
    held.due_on = due_after(held.supplied_on, often) if held.supplied_on else None
    session.flush()


def set_often(session: Session, organisation: Organisation, often: Frequency) -> bool:
    """Whether anything changed. By when the next file is due follows at once; the caller writes the audit."""
    held = suppliers.held(session, organisation.id)
    if how_often(organisation.kind, held.frequency) is often:
        return False
    held.frequency = None if how_often(organisation.kind, None) is often else often
    renew(session, organisation.id)
    return True


def often_of(session: Session, organisation: Organisation) -> Frequency:
    """How often it is to send."""
    said = session.scalar(select(Supplier.frequency).where(Supplier.organisation_id == organisation.id))
    return how_often(organisation.kind, said)


def card_of(file: SupplyFile) -> Card:
    """How complete and correct one file is, sent or not."""
    return _card([File(*(getattr(file, name) for name in File._fields))], None)


def _newest(session: Session, ids: Collection[int]) -> Iterator[File]:
    """The newest files of each that stand, the newest first."""
    place = func.row_number().over(partition_by=SupplyFile.organisation_id, order_by=SupplyFile.id.desc())
    wanted = (*_stands(), SupplyFile.organisation_id.in_(ids), SupplyFile.received_at > clock.now() - WITHIN)
    ranked = select(SupplyFile.id, place.label("place")).where(*wanted).subquery()
    query = select(*COLUMNS).join(ranked, ranked.c.id == SupplyFile.id).where(ranked.c.place <= READ)
    return (File(*row) for row in session.execute(query.order_by(SupplyFile.id.desc())))


def _stands() -> tuple[ColumnElement[bool], ...]:
    """A file that was sent and not undone; a single child who was typed in, or told of, is no file that was due."""
    return SupplyFile.sent_at.is_not(None), SupplyFile.state.not_in(TAKEN_BACK), SupplyFile.form.not_in(OF_ONE_CHILD)


def _standing(organisation: Organisation, held: Supplier | None, files: Sequence[File]) -> Standing:
    held, newest = held or Supplier(), next(iter(files), None)
    often = how_often(organisation.kind, held.frequency)
    return Standing(
        often, held.supplied_on, held.due_on, overdue(held.due_on, clock.today()), newest.form if newest else None,
        newest is not None and newest.account_id is None, _card(files, often),
    )  # fmt: skip


def _card(files: Sequence[File], often: Frequency | None) -> Card:
    """`often`: None where nothing of them is said about time."""
    came = came_in_time([london_day(one.sent_at) for one in files], often, clock.today())[-DUE:] if often else []
    counted = [one for one in files if one.faultless is not None][:COUNTED]
    given = {Given.BORN: "with_birth", Given.HOME: "with_home", Given.CARER: "with_carer", Given.NUMBER: "with_number"}
    return Card(
        len(counted), _sum(counted, "total"), {fact: _sum(counted, name) for fact, name in given.items()},
        _sum(counted, "faultless"), _sum(counted, "total") - _sum(counted, "ready"), _sum(counted, "corrected"),
        len(came), sum(came),
    )  # fmt: skip


def _sum(files: Iterable[File], name: str) -> int:
    return sum(getattr(one, name) for one in files)
