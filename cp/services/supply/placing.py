"""Whose row is this: tied to a record by the supplier's own key, joined by what it says, for a person, or nobody's.

The candidates of a batch come by the keys that a search uses; how a row and a record agree is the comparison that a
search uses. What may never be joined by a machine is said in cp/matching.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from cp import sealing
from cp.matching.apart import compare_numbers, same_carer
from cp.matching.explaining import explained
from cp.matching.facts import Facts, OtherName, recorded
from cp.matching.joining import Judged, Kind, Thresholds, decide, judge_pair, still_fits
from cp.models import SourceRecord, SourceVersion, SupplyRow, ToldApart
from cp.models.child import Child, OutsideNumber
from cp.rules import derive
from cp.services import find, telling_apart
from cp.services.supply.senders import Sender
from cp.services.supply.words import again, newest_of
from cp.terms import AddressState, Gender, NumberKind, RecordState

LIKELIEST = 10
"""Records that one row is judged against."""

Numbers = Mapping[NumberKind, str]


class Row(NamedTuple):
    """A row that is to be placed: what it says, and the supplier's own key for it."""

    held: SupplyRow
    said: derive.Said
    key: str


@dataclass(frozen=True, slots=True)
class Placed:
    """`child_id`: the record that it is of, with `record` where it was tied before; None with no `maybe`: nobody's yet.

    `maybe`: records that a person has to look at, with the reasons; of a tied row the one that it no longer fits.
    `unseen`: it carries a number of an old identity, so that it makes no record, and nobody is shown it.
    `again`: the version that said just the same before.
    `told`: a practitioner's word, which waits for a person also where it may be nobody's.
    """

    row: Row
    record: SourceRecord | None = None
    child_id: int | None = None
    maybe: tuple[tuple[int, list[str]], ...] = ()
    unseen: bool = False
    again: SourceVersion | None = None
    told: bool = False

    @property
    def waits(self) -> bool:
        return bool(self.maybe) or self.unseen or self.told


@dataclass(frozen=True, slots=True)
class _Known:
    """What a batch is judged by: records as they stand, their numbers, and which rows were told apart from which."""

    entries: dict[int, find.Entry] = field(default_factory=dict)
    numbers: dict[int, dict[NumberKind, str]] = field(default_factory=dict)
    apart: set[tuple[str, int]] = field(default_factory=set)
    sealed: frozenset[int] = frozenset()
    """Old identities: nothing is judged by them."""


def alike(session: Session, sender: Sender, rows: Sequence[Row]) -> find.Alike:
    """Whom the index gives for those of these rows that are not tied."""
    tied = _tied(session, sender.organisation_id, rows)
    return _alike(session, [row for row in rows if row.key not in tied])


def place(
    session: Session, organisation_id: int, rows: Sequence[Row], at: Thresholds, alike: find.Alike | None = None
) -> list[Placed]:
    """Where each row belongs, as things stand now. Reads, and changes nothing. `alike`: for the rows that it knows.

    A row that is tied, and says what it said before, is not judged: what somebody has once looked at stays.
    """
    tied = _tied(session, organisation_id, rows)
    newest = newest_of(session, [record.id for record in tied.values()])
    said = {row.key: again(newest, tied[row.key], row.said) for row in rows if row.key in tied}
    new = [row for row in rows if said.get(row.key) is None]
    maybe = _candidates(session, [row for row in new if row.key not in tied], alike)
    maybe |= {row.key: [tied[row.key].child_id] for row in new if row.key in tied}
    known = _known(session, organisation_id, maybe)
    return [
        Placed(row, tied[row.key], tied[row.key].child_id, again=same)
        if (same := said.get(row.key))
        else _placed(row, tied.get(row.key), maybe[row.key], known, at)
        for row in rows
    ]


def likeliest(session: Session, organisation_id: int, row: Row, at: Thresholds) -> tuple[tuple[int, list[str]], ...]:
    """The records that this row may be of, with the reasons, for a row that a person decides whatever they are."""
    candidates = _candidates(session, [row], None)[row.key]
    known = _known(session, organisation_id, {row.key: candidates})
    judged = [(one, _judge(row, one, known, at)) for one in candidates if one in known.entries]
    return tuple((one, explained(how)) for one, how in decide(judged, order=find.shuffled).matches)


def judge(session: Session, organisation_id: int, row: Row, child_id: int, at: Thresholds) -> Judged | None:
    """How one row and one record agree now; None where the record is not live any longer."""
    known = _known(session, organisation_id, {row.key: [child_id]})
    return _judge(row, child_id, known, at) if child_id in known.entries else None


def _placed(row: Row, record: SourceRecord | None, candidates: Sequence[int], known: _Known, at: Thresholds) -> Placed:
    judged = [(one, _judge(row, one, known, at)) for one in candidates if one in known.entries]
    if record is not None:
        return _still(row, record, judged, at)
    decided = decide(judged, order=find.shuffled)
    if decided.kind is Kind.SAME:
        return Placed(row, child_id=decided.one)
    if not known.sealed.isdisjoint(candidates):
        return Placed(row, unseen=True)
    return Placed(row, maybe=tuple((one, explained(how)) for one, how in decided.matches))


def _still(row: Row, record: SourceRecord, judged: list[tuple[int, Judged]], at: Thresholds) -> Placed:
    """A row once tied stays tied, unless what it says now is no longer that child; a record that is not live says
    nothing against it."""
    misfits = tuple((one, explained(how)) for one, how in judged if not still_fits(how, at))
    return Placed(row, record, None if misfits else record.child_id, misfits)


def _judge(row: Row, child_id: int, known: _Known, at: Thresholds) -> Judged:
    entry, mine = known.entries[child_id], _numbers(row.said.numbers)
    return judge_pair(
        facts_of_row(row.said), _facts_of(entry), compare_numbers(mine, known.numbers.get(child_id, {})), at,
        same_carer=same_carer(tuple(one.name for one in row.said.carers), entry.carers),
        told_apart=(row.key, child_id) in known.apart,
    )  # fmt: skip


def facts_of_row(said: derive.Said) -> Facts:
    """What a row says, in the shape in which records are compared. It has a birth date, or it was not sent."""
    if said.born_on is None:
        raise ValueError("a row without a date of birth is never placed")
    others = (OtherName(one.kind, one.given_names, one.family_name) for one in said.names)
    places = (place for at in said.addresses if at.state is AddressState.CURRENT for place in find.where(at.postcode))
    names = (said.given_names or "", said.family_name or "")
    return recorded(names, said.born_on, said.gender or Gender.NOT_SPECIFIED, others, places)


def _facts_of(entry: find.Entry) -> Facts:
    places = (place for home in entry.homes for place in find.where(home.postcode))
    return recorded(entry.names, entry.born_on, entry.gender, entry.others, places)


def _numbers(numbers: Iterable[tuple[NumberKind, str]]) -> dict[NumberKind, str]:
    """By kind, as the keyed hash: numbers are compared without being opened."""
    return {kind: str(sealing.ring().look_up(kind.value, value)) for kind, value in numbers}


def _tied(session: Session, organisation_id: int, rows: Sequence[Row]) -> dict[str, SourceRecord]:
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
    query = select(SourceRecord).where(
        SourceRecord.organisation_id == organisation_id, SourceRecord.row_key.in_([row.key for row in rows]),
        or_(stands.exists(), hidden.exists()),
    )  # fmt: skip
    return {record.row_key or "": record for record in session.scalars(query)}


def _by_number(session: Session, rows: Sequence[Row]) -> dict[tuple[NumberKind, int], set[int]]:
    ring = sealing.ring()
    wanted = [
        (kind, key) for row in rows for kind, value in row.said.numbers for key in ring.look_ups(kind.value, value)
    ]
    found: dict[tuple[NumberKind, int], set[int]] = defaultdict(set)
    if wanted:
        query = select(OutsideNumber.kind, OutsideNumber.value_key, OutsideNumber.child_id).where(
            tuple_(OutsideNumber.kind, OutsideNumber.value_key).in_(wanted)
        )
        for kind, key, child_id in session.execute(query):
            found[kind, key].add(child_id)
    return found


def of_old_identity(session: Session, row: Row) -> bool:
    """Whether the row carries a number of an old identity: no record is made of it, whoever finds it to be nobody's."""
    return bool(_sealed(session, set().union(*_by_number(session, [row]).values())))


def _sealed(session: Session, children: Iterable[int]) -> frozenset[int]:
    query = select(Child.id).where(Child.id.in_(children), Child.state == RecordState.SEALED)
    return frozenset(session.scalars(query))


def _candidates(session: Session, rows: Sequence[Row], alike: find.Alike | None) -> dict[str, list[int]]:
    """By each row's key: whoever has its numbers, and whom the index gives."""
    ring, by_number = sealing.ring(), _by_number(session, rows)
    anew = _alike(session, [row for row in rows if alike is None or row.key not in alike])
    found = dict[str, list[int]]()
    for row in rows:
        numbered = {
            child_id
            for kind, value in row.said.numbers
            for key in ring.look_ups(kind.value, value)
            for child_id in by_number.get((kind, key), ())
        }
        named = (alike if alike is not None and row.key in alike else anew).likeliest(row.key, LIKELIEST)
        found[row.key] = list(dict.fromkeys([*sorted(numbered), *named]))
    return found


def _alike(session: Session, rows: Sequence[Row]) -> find.Alike:
    return find.Alike(session, {row.key: facts_of_row(row.said) for row in rows})


def _known(session: Session, organisation_id: int, maybe: Mapping[str, Iterable[int]]) -> _Known:
    children = sorted({child_id for each in maybe.values() for child_id in each})
    if not children:
        return _Known()
    numbers: dict[int, dict[NumberKind, str]] = defaultdict(dict)
    query = select(OutsideNumber).where(OutsideNumber.child_id.in_(children))
    for one in session.scalars(query):
        numbers[one.child_id][one.kind] = str(sealing.ring().look_up(one.kind.value, one.value))
    told = select(ToldApart.row_key, ToldApart.child_id).where(
        ToldApart.organisation_id == organisation_id, ToldApart.row_key.in_(maybe.keys())
    )
    apart = {(row_key or "", telling_apart.now(session, child_id)) for row_key, child_id in session.execute(told)}
    return _Known(find.entries(session, children), numbers, apart, _sealed(session, children))
