"""Searching: a mixed set of queries against the read of a record, the two by turns in one run."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy import BindParameter, Engine, bindparam, func, select
from sqlalchemy.orm import Session

from bench.draw import Draw
from bench.lines import Line
from bench.queries import KINDS, NOBODY, Query, Sought, mixed
from cp import clock
from cp.models import Authority, Involvement, Organisation, Practitioner
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildName
from cp.services.find import Found, search
from cp.services.find.entry import read
from cp.terms import NameKind, RecordState

QUERIES = 5000
SEED = 20_261
KNOWN = 4000
"""Children among whom those searched for are drawn."""

P50, P99 = 6.0, 12.0
"""The most that a search may take, as multiples of the record's read at the same percentile.

At 100,000 children all is in memory, and the record's read is three look-ups by key: the hardest size for the ratio.
"""

FIRST_TEN, FIRST, EACH_KIND = 0.99, 0.95, 0.95
"""The least share of searches that show the right child: in the first ten, as the first, and in the ten by kind."""

T = TypeVar("T")


class Run(NamedTuple):
    """What was measured: seconds, and for each kind the place of the right child, or None."""

    searches: list[float]
    reads: list[float]
    by_kind: dict[str, list[float]]
    places: dict[str, list[int | None]]


def run(engine: Engine, children: int, queries: int = QUERIES) -> Iterator[Line]:
    """The lines of this benchmark, on a directory of so many children."""
    today = clock.today()
    with Session(engine) as session:
        known = sought(session, children)
        for query in mixed(known, queries // 5, SEED + 1, today):
            search(session, query.criteria, today)
        measured = measure(session, mixed(known, queries, SEED, today), [child.child_id for child in known], today)
    yield from _times(measured)
    yield from _shares(measured)


def measure(session: Session, queries: Sequence[Query], ids: Sequence[int], today: date) -> Run:
    """Each search, and after it the read of some other child's record."""
    done, draw = Run([], [], defaultdict(list), defaultdict(list)), Draw(SEED, "reads")
    for query in queries:
        seconds, found = _timed(search, session, query.criteria, today)
        done.searches.append(seconds)
        done.by_kind[query.kind].append(seconds)
        if query.child_id is not None:
            done.places[query.kind].append(_place(found, query.child_id))
        done.reads.append(_timed(read_record, session, draw.pick(ids))[0])
    return done


def _timed(work: Callable[..., T], *given: object) -> tuple[float, T]:
    begun = time.perf_counter()
    result = work(*given)
    return time.perf_counter() - begun, result


def _place(found: Found, child_id: int) -> int | None:
    """Where the child stands, from 1; those who match equally well stand together."""
    ids = [match.child_id for match in found.matches]
    if child_id not in ids:
        return None
    at = ids.index(child_id)
    return 1 if at < found.equal else at + 1


def _times(measured: Run) -> Iterator[Line]:
    searches, reads = sorted(measured.searches), sorted(measured.reads)
    for share, goal in ((0.5, P50), (0.99, P99)):
        yield Line(f"search, {share:.0%} of them", _at(searches, share), "ms", goal, _at(reads, share))
    for kind in KINDS:
        seconds = sorted(measured.by_kind[kind])
        yield Line(f"search: {kind}, half of them", _at(seconds, 0.5), "ms", P99, _at(reads, 0.5))


def _shares(measured: Run) -> Iterator[Line]:
    everyone = [place for places in measured.places.values() for place in places]
    yield Line("right child in the first ten", _share(everyone, 10), "share", FIRST_TEN, least=True)
    telling = [place for kind, places in measured.places.items() if kind not in AMBIGUOUS for place in places]
    yield Line("right child first, where one child is meant", _share(telling, 1), "share", FIRST, least=True)
    for kind in KINDS:
        if kind != NOBODY:
            yield Line(f"first ten: {kind}", _share(measured.places[kind], 10), "share", EACH_KIND, least=True)


AMBIGUOUS = {"given name and birth date", "family name and birth date", "both names and age", "age a year out"}
"""Kinds of query that may well be meant for several children."""


def _at(ordered: Sequence[float], share: float) -> float:
    """The time that this share of them took at most, in milliseconds."""
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _share(places: Sequence[int | None], most: int) -> float:
    return sum(place is not None and place <= most for place in places) / len(places)


def read_record(session: Session, child_id: int) -> int:
    """A record by key, as its page reads it: the child, the carers, the involvements; how many rows that was."""
    connection, key = session.connection(), {"child_id": child_id}
    return sum(len(connection.execute(statement, key).all()) for statement in _RECORD)


_KEY: BindParameter[int] = bindparam("child_id")
_RECORD = (
    select(
        Child.id, Child.uid, Child.subject_id, Child.number, Child.given_names, Child.family_name, Child.born_on,
        Child.gender, Child.shielded_at, Child.state, Authority.name, Authority.team_phone,
    )
    .join(Authority, Authority.id == Child.authority_id)
    .where(Child.id == _KEY),
    select(ChildCarer.relationship, ChildCarer.responsibility, ChildCarer.care, Carer.uid, Carer.details_sealed)
    .join(Carer, Carer.id == ChildCarer.carer_id)
    .where(ChildCarer.child_id == _KEY),
    select(
        Involvement.uid, Involvement.started_on, Involvement.ended_on, Involvement.lead, Organisation.name,
        Organisation.phone, Practitioner.name, Practitioner.role, Practitioner.phone, Practitioner.email,
    )
    .join(Organisation, Organisation.id == Involvement.organisation_id)
    .outerjoin(Practitioner, Practitioner.id == Involvement.practitioner_id)
    .where(Involvement.child_id == _KEY),
)  # fmt: skip


def sought(session: Session, children: int) -> list[Sought]:
    """Children drawn from the whole directory, with what somebody may know of them; none who is shielded."""
    draw, last = Draw(SEED, "sought"), session.scalar(select(func.max(Child.id))) or 0
    drawn = sorted({draw.between(1, last) for _ in range(min(KNOWN, children))})
    query = (
        select(Child.id, Child.number, Child.given_names, Child.family_name, Child.born_on, Child.gender)
        .where(Child.id.in_(drawn), Child.shielded_at.is_(None), Child.state == RecordState.LIVE)
        .order_by(Child.id)
    )
    found = session.execute(query).all()
    known = read(session, [row.id for row in found])
    postcodes = {key: address["postcode"] for key, one in known.items() for address in one.addresses()}
    given, family = _other_names(session, drawn)
    return [
        Sought(*row, postcodes.get(row.id, ""), given.get(row.id, ""), family.get(row.id, ""))
        for row in found
    ]  # fmt: skip


def _other_names(session: Session, ids: list[int]) -> tuple[dict[int, str], dict[int, str]]:
    """A preferred given name and a former family name by child, where there is one."""
    query = select(ChildName.child_id, ChildName.kind, ChildName.given_names, ChildName.family_name)
    found = session.execute(query.where(ChildName.child_id.in_(ids)).order_by(ChildName.id)).all()
    given = {row.child_id: row.given_names for row in found if row.kind is NameKind.PREFERRED and row.given_names}
    family = {row.child_id: row.family_name for row in found if row.kind is NameKind.FORMER and row.family_name}
    return given, family
