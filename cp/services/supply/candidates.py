"""Which records a row may be of, before they are judged: those that it was tied to, and those that the index gives by
what it says; with everything that they are judged by.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.matching.facts import Facts, OtherName, recorded
from cp.models import SourceRecord, SourceVersion, SupplyRow, ToldApart
from cp.models.child import Child, OutsideNumber
from cp.rules import derive
from cp.rules.retention import may_have_record
from cp.services import find, telling_apart
from cp.services.find.lists import among
from cp.services.supply.senders import Sender
from cp.terms import AddressState, Gender, NumberKind, RecordState

LIKELIEST = 10
"""Records that one row is judged against."""

Numbers = Mapping[NumberKind, frozenset[int]]
"""By kind, the keyed hashes that a number may be held by: numbers are compared without being opened."""


@dataclass(frozen=True)
class Row:
    """A row that is to be placed: what it says, and the supplier's own key for it."""

    held: SupplyRow
    said: derive.Said
    key: str

    @cached_property
    def facts(self) -> Facts:
        """What it says, in the shape in which records are compared. It has a birth date, or it was not sent."""
        said = self.said
        others = (OtherName(one.kind, one.given_names, one.family_name) for one in said.names)
        current = (at.postcode for at in said.addresses if at.state is AddressState.CURRENT)
        places = (place for postcode in current for place in find.where(postcode))
        names = (said.given_names or "", said.family_name or "")
        return recorded(names, self.born_on, said.gender or Gender.NOT_SPECIFIED, others, places)

    @cached_property
    def numbers(self) -> Numbers:
        ring = sealing.ring()
        return {kind: frozenset(ring.look_ups(kind.value, value)) for kind, value in self.said.numbers}

    @cached_property
    def carers(self) -> frozenset[int]:
        """As the index may hold them."""
        return find.carer_keys(one.name for one in self.said.carers)

    @property
    def born_on(self) -> date:
        if self.said.born_on is None:
            raise ValueError("a row without a date of birth is never placed")
        return self.said.born_on


class Tie(NamedTuple):
    """A source's record, and the child that it is of."""

    id: int
    child_id: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a batch is judged by: records as they stand, their numbers, and which rows were told apart from which."""

    records: dict[int, find.Compared] = field(default_factory=dict)
    numbers: Mapping[int, Numbers] = field(default_factory=dict)
    apart: set[tuple[str, int]] = field(default_factory=set)
    closed: frozenset[int] = frozenset()
    """Old identities, and archived records of children who have died: nothing is judged by them."""
    authorities: dict[int, int] = field(default_factory=dict)
    """Which authority answers for each record."""


def tied(session: Session, organisation_id: int, rows: Sequence[Row]) -> dict[str, Tie]:
    """By the supplier's own key: the records that were tied, while anything that was said of them stands.

    A tie to a record that is hidden outlives its words: the row of a file that was undone, sent again, would else be
    a new record that hides nothing.
    """
    stands = select(SourceVersion.id).where(
        SourceVersion.record_id == SourceRecord.id, SourceVersion.withdrawn_at.is_(None)
    )
    hidden = select(Child.id).where(
        Child.id == SourceRecord.child_id, Child.shielded_at.is_not(None) | (Child.state == RecordState.SEALED)
    )
    query = select(SourceRecord.row_key, SourceRecord.id, SourceRecord.child_id).where(
        SourceRecord.organisation_id == organisation_id, among(SourceRecord.row_key, [row.key for row in rows]),
        or_(stands.exists(), hidden.exists()),
    )  # fmt: skip
    return {key or "": Tie(*tie) for key, *tie in session.execute(query)}


def by_number(session: Session, rows: Sequence[Row]) -> dict[tuple[NumberKind, int], set[int]]:
    """Whose each number of these rows is, whatever has become of the record."""
    wanted: dict[NumberKind, set[int]] = defaultdict(set)
    for row in rows:
        for kind, keys in row.numbers.items():
            wanted[kind] |= keys
    found: dict[tuple[NumberKind, int], set[int]] = defaultdict(set)
    for kind, all_keys in wanted.items():
        of = OutsideNumber.kind == kind, among(OutsideNumber.value_key, all_keys)
        for key, child_id in session.execute(select(OutsideNumber.value_key, OutsideNumber.child_id).where(*of)):
            found[kind, key].add(child_id)
    return found


def makes_none(session: Session, row: Row) -> bool:
    """Whether no record is made of the row, whoever finds it to be nobody's: it is of somebody who may have none, or
    carries a number of an old identity or of a child whose record was archived after a death."""
    return too_old(row) or bool(_closed(session, set().union(*by_number(session, [row]).values())))


def too_old(row: Row) -> bool:
    """Whoever is 18 has no new record; one that is there by consent is found like any other."""
    born = row.said.born_on
    return born is not None and not may_have_record(born, True, None, None, None, clock.today())


_CLOSED = (Child.state == RecordState.SEALED) | ((Child.state == RecordState.ARCHIVED) & Child.died_on.is_not(None))


def _closed(session: Session, children: Iterable[int]) -> frozenset[int]:
    return frozenset(session.scalars(select(Child.id).where(Child.id.in_(children), _CLOSED)))


def archived(session: Session, children: Collection[int]) -> frozenset[int]:
    if not children:
        return frozenset()
    return frozenset(session.scalars(select(Child.id).where(among(Child.id, children), Child.archived_on.is_not(None))))


def shielded(session: Session, children: Collection[int]) -> frozenset[int]:
    if not children:
        return frozenset()
    query = select(Child.id).where(among(Child.id, children), Child.shielded_at.is_not(None))
    return frozenset(session.scalars(query))


def alike(session: Session, sender: Sender, rows: Sequence[Row]) -> find.Alike:
    """Whom the index gives for those of these rows that are not tied."""
    held = tied(session, sender.organisation_id, rows)
    return _alike(session, [row for row in rows if row.key not in held])


def candidates(session: Session, rows: Sequence[Row], alike: find.Alike | None) -> dict[str, list[int]]:
    """By each row's key: whoever has its numbers, and whom the index gives."""
    numbers = by_number(session, rows)
    anew = _alike(session, [row for row in rows if alike is None or row.key not in alike])
    found = dict[str, list[int]]()
    for row in rows:
        numbered = {
            child_id for kind, keys in row.numbers.items() for key in keys for child_id in numbers.get((kind, key), ())
        }
        named = (alike if alike is not None and row.key in alike else anew).likeliest(row.key, LIKELIEST)
        found[row.key] = list(dict.fromkeys([*sorted(numbered), *named]))
    return found


def _alike(session: Session, rows: Sequence[Row]) -> find.Alike:
    return find.Alike(session, {row.key: row.facts for row in rows})


def known_of(session: Session, organisation_id: int, maybe: Mapping[str, Iterable[int]]) -> Known:
    children = sorted({child_id for each in maybe.values() for child_id in each})
    if not children:
        return Known()
    numbers: dict[int, dict[NumberKind, frozenset[int]]] = defaultdict(lambda: defaultdict(frozenset))
    query = select(OutsideNumber.child_id, OutsideNumber.kind, OutsideNumber.value_key)
    for child_id, kind, key in session.execute(query.where(among(OutsideNumber.child_id, children))):
        numbers[child_id][kind] |= {key}
    told = select(ToldApart.row_key, ToldApart.child_id).where(
        ToldApart.organisation_id == organisation_id, among(ToldApart.row_key, maybe.keys())
    )
    apart = {(row_key or "", telling_apart.now(session, child_id)) for row_key, child_id in session.execute(told)}
    states = select(Child.id, Child.authority_id, _CLOSED).where(among(Child.id, children))
    answers = {child_id: (authority_id, shut) for child_id, authority_id, shut in session.execute(states)}
    closed = frozenset(child_id for child_id, (_, shut) in answers.items() if shut)
    authorities = {child_id: authority_id for child_id, (authority_id, _) in answers.items()}
    return Known(find.compared(session, children), numbers, apart, closed, authorities)
