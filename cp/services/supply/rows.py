"""Rows as they are kept, and what each says: read anew from its cells, by what the columns were confirmed to mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.feeds.checking import check, check_told
from cp.feeds.supplied import Checked, Context, LastTime, Problem, Supplied
from cp.feeds.whole_file import file_problems
from cp.models import SupplyFile, SupplyRow
from cp.rules import derive
from cp.rules.days import london_day
from cp.services.supply.candidates import Row
from cp.services.supply.senders import Sender
from cp.terms import Column, Fault, FileForm

BLIND = "row:"
"""Before a row's key where the supplier has none of its own: a keyed hash of who it is about."""
TOLD = "told:"
"""Before the key of what a person told."""


class Kept(NamedTuple):
    """A row as it is kept, or is to be: its facts as `SupplyRow.facts`."""

    uid: UUID
    number: int
    facts: dict[str, Any]

    @property
    def sealed(self) -> bytes:
        return sealing.ring().seal(self.facts, SupplyRow.__tablename__, "facts", self.uid)


def kept(session: Session, file: SupplyFile) -> list[Kept]:
    """All of a file, in its order."""
    query = select(SupplyRow.uid, SupplyRow.number, SupplyRow.facts_sealed).where(SupplyRow.file_id == file.id)
    ring, table = sealing.ring(), SupplyRow.__tablename__
    found = session.execute(query.order_by(SupplyRow.number))
    return [Kept(uid, number, ring.unseal(facts, table, "facts", uid)) for uid, number, facts in found]


class Numbered(Protocol):
    """A row, wherever it stands."""

    @property
    def number(self) -> int: ...
    @property
    def facts(self) -> Any: ...


def read(sender: Sender, file: SupplyFile, held: Sequence[SupplyRow]) -> list[Row]:
    """What these rows say, on the day on which they were sent. One that says nothing that can be used is left out."""
    if file.form is FileForm.TOLD:
        return _told(sender, file, held)
    by_number = {row.number: row for row in held}
    found = (one for one in checked(sender, file, held) if one.number in by_number)
    return [
        Row(by_number[one.number], said(sender, one.said, day_of(file)), key_of(one) or "") for one in found if one.said
    ]


def _told(sender: Sender, file: SupplyFile, held: Sequence[SupplyRow]) -> list[Row]:
    """What a person tells is nobody's row again: it has a key of its own, and puts nobody on a roll."""
    meant = meanings(file)
    context = Context(today=day_of(file), kind=sender.kind)
    found = [(row, check_told(cells_of(row, meant), _headings(file, meant), context).said) for row in held]
    return [
        Row(row, replace(said(sender, one, day_of(file)), stay=None), f"{TOLD}{file.uid}") for row, one in found if one
    ]


def keys(sender: Sender, file: SupplyFile, held: Sequence[SupplyRow]) -> set[str | None]:
    """The keys of rows that were not sent; None is among them where a row does not say whose it is."""
    return {key_of(one) for one in checked(sender, file, held)}


def checked(sender: Sender, file: SupplyFile, held: Iterable[Numbered]) -> list[Checked]:
    """Each of these rows, with what is the matter with it. Raises nothing: a fault is an answer."""
    meant = meanings(file)
    return check(_cells(held, meant), _headings(file, meant), Context(today=day_of(file), kind=sender.kind))


def checked_whole(
    sender: Sender, file: SupplyFile, held: Iterable[Numbered], last: LastTime | None
) -> tuple[list[Checked], tuple[Problem, ...]]:
    """Every row of a file, and what is the matter with the file as a whole."""
    meant = meanings(file)
    cells, headings = _cells(held, meant), _headings(file, meant)
    context = Context(today=day_of(file), kind=sender.kind, last=last)
    found = check(cells, headings, context)
    return found, file_problems(cells, found, headings, context)


def _cells(held: Iterable[Numbered], meant: dict[int, Column]) -> list[tuple[int, dict[Column, str]]]:
    return [(row.number, cells_of(row, meant)) for row in held]


def _headings(file: SupplyFile, meant: dict[int, Column]) -> dict[Column, str]:
    return {column: file.facts["headings"][at] for at, column in meant.items()}


def day_of(file: SupplyFile) -> date:
    """London's, on which it was said that the file be sent; before that today's."""
    return london_day(file.sent_at) if file.sent_at else clock.today()


def meanings(file: SupplyFile) -> dict[int, Column]:
    """By the place of a column, what it means; a column that is left out is not there."""
    return {at: Column(column) for at, (column, _) in enumerate(file.facts["meant"]) if column}


def cells_of(row: Numbered, meant: dict[int, Column]) -> dict[Column, str]:
    held: dict[str, Any] = row.facts["cells"]
    return {column: held[str(at)] for at, column in meant.items() if held.get(str(at))}


def problems(facts: Mapping[str, Any], number: int | None) -> list[Problem]:
    """What is kept to be the matter with a row, or with a file as a whole where `number` is None."""
    return [Problem(Fault(fault), number, *rest) for fault, *rest in facts["problems"]]


def key_of(one: Checked) -> str | None:
    """The supplier's own key, else one that stays while name and birth date do; None where there is neither."""
    if one.key or not one.said:
        return one.key
    return blind_key(one.said.given_names, one.said.family_name, one.said.born_on)


def blind_key(given_names: str | None, family_name: str | None, born_on: date | None) -> str:
    """For a row of a supplier that has no key of its own."""
    who = f"{family_name}|{given_names}|{born_on}".casefold()
    return f"{BLIND}{sealing.ring().lasting_look_up('supplied row', who):x}"


def said(sender: Sender, one: Supplied, on: date) -> derive.Said:
    """The row as its source's word. Whoever is in a school's file is on its roll until it says otherwise."""
    return derive.Said(
        0, sender.kind, on, one.given_names, one.family_name, one.born_on, one.gender, one.names,
        (one.address,) if one.address else (), one.carers, one.numbers, derive.Stay(one.started_on, one.left_on),
    )  # fmt: skip
