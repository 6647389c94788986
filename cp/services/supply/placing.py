"""Whose row is this: tied to a record by the supplier's own key, joined by what it says, for a person, or nobody's.

The candidates of a batch come by the keys that a search uses; how a row and a record agree is the comparison that a
search uses. What may never be joined by a machine is said in cp/matching.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cp import clock
from cp.matching.apart import compare_numbers, same_carer
from cp.matching.explaining import explained
from cp.matching.joining import Judged, Thresholds, decide, judge_pair, still_fits
from cp.rules.retention import end_moved
from cp.services import find
from cp.services.supply.candidates import Known, Row, Tie, candidates, known_of, shielded, tied, too_old
from cp.services.supply.words import again, newest_of

Match = tuple[int, Judged]
"""A record, and what the row is to it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """`child_id`: the record that it is of, with `record` where it was tied before; None with no `maybe`: nobody's yet.

    `maybe`: records that a person has to look at, with the reasons; of a tied row the one that it no longer fits.
    `unseen`: it makes no record, and nobody is shown it: it carries a number of an old identity, or of a child who died
    and whose record is archived, or is of somebody who is too old for a new one.
    `again`: the id of the version that said just the same before.
    `told`: a practitioner's word, which waits for a person also where it may be nobody's.
    """

    row: Row
    record: Tie | None = None
    child_id: int | None = None
    maybe: tuple[tuple[int, list[str]], ...] = ()
    unseen: bool = False
    again: int | None = None
    told: bool = False

    @property
    def waits(self) -> bool:
        return bool(self.maybe) or self.unseen or self.told


def place(
    session: Session, organisation_id: int, rows: Sequence[Row], at: Thresholds, alike: find.Alike | None = None
) -> list[Placed]:
    """Where each row belongs, as things stand now. Reads, and changes nothing. `alike`: for the rows that it knows.

    A row that is tied, and says what it said before, is not judged: what somebody has once looked at stays.
    """
    held = tied(session, organisation_id, rows)
    newest = newest_of(session, [record.id for record in held.values()])
    said = {row.key: again(newest, held[row.key].id, row.said) for row in rows if row.key in held}
    new = [row for row in rows if said.get(row.key) is None]
    hidden = shielded(session, {held[row.key].child_id for row in new if row.key in held})
    maybe = candidates(session, [row for row in new if row.key not in held or held[row.key].child_id in hidden], alike)
    for row in (row for row in new if row.key in held):
        maybe[row.key] = list(dict.fromkeys([held[row.key].child_id, *maybe.get(row.key, ())]))
    known = known_of(session, organisation_id, maybe)
    return [
        Placed(row, held[row.key], held[row.key].child_id, again=same.id)
        if (same := said.get(row.key))
        else _placed(row, held.get(row.key), maybe[row.key], known, at)
        for row in rows
    ]


def likeliest(session: Session, organisation_id: int, row: Row, at: Thresholds) -> tuple[tuple[int, list[str]], ...]:
    """The records that this row may be of, with the reasons, for a row that a person decides whatever they are."""
    near = candidates(session, [row], None)[row.key]
    known = known_of(session, organisation_id, {row.key: near})
    judged = [(one, _judge(row, one, known, at)) for one in near if one in known.records]
    return tuple((one, explained(how)) for one, how in decide(judged, order=find.shuffled).matches)


def judge(session: Session, organisation_id: int, row: Row, child_id: int, at: Thresholds) -> Judged | None:
    """How one row and one record agree now; None where the record is not live any longer."""
    known = known_of(session, organisation_id, {row.key: [child_id]})
    return _judge(row, child_id, known, at) if child_id in known.records else None


def _placed(row: Row, record: Tie | None, near: Sequence[int], known: Known, at: Thresholds) -> Placed:
    judged = [(one, _judge(row, one, known, at)) for one in near if one in known.records]
    if record is not None:
        return _still(row, record, judged, known, at)
    decided = decide(judged, order=find.shuffled)
    one = decided.one
    if one is not None and not _abroad(one, decided.matches, known) and not _ends(row, one, known):
        return Placed(row, child_id=one)
    if not known.closed.isdisjoint(near):
        return Placed(row, unseen=True)
    maybe = tuple((one, explained(how)) for one, how in decided.matches)
    return Placed(row, maybe=maybe, unseen=not maybe and too_old(row))


def _abroad(one: int, matches: Iterable[Match], known: Known) -> list[Match]:
    """Where this record is shielded, those of other authorities. What ties the row to the shielded one is hidden from
    their teams, so it must not be what decides whether they are asked.
    """
    if not known.records[one].shielded:
        return []
    return [match for match in matches if known.authorities[match[0]] != known.authorities[one]]


def _ends(row: Row, child_id: int, known: Known) -> bool:
    """By one of their birth dates the record ends soon, and by the other on another day."""
    return end_moved(known.records[child_id].born_on, row.born_on, clock.today())


def _still(row: Row, record: Tie, judged: Sequence[Match], known: Known, at: Thresholds) -> Placed:
    """A row once tied stays tied, unless what it says now is no longer that child, or moves an end that is near; a
    record that is not live says nothing against it. Others are `judged` only beside one that is shielded."""
    child_id = record.child_id
    own = next((how for one, how in judged if one == child_id), None)
    if own is None:
        return Placed(row, record, child_id)
    others = decide([match for match in judged if match[0] != child_id], order=find.shuffled).matches
    beside = _abroad(child_id, others, known)
    if still_fits(own, at) and not beside and not _ends(row, child_id, known):
        return Placed(row, record, child_id)
    return Placed(row, record, None, tuple((one, explained(how)) for one, how in [(child_id, own), *beside]))


def _judge(row: Row, child_id: int, known: Known, at: Thresholds) -> Judged:
    record = known.records[child_id]
    return judge_pair(
        row.facts, record.facts, compare_numbers(row.numbers, known.numbers.get(child_id, {})), at,
        same_carer=same_carer(row.carers, record.carers),
        told_apart=(row.key, child_id) in known.apart,
    )  # fmt: skip
