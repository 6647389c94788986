"""Searching: a mixed set of queries against the read of a record, the two by turns in one run."""

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy import BindParameter, Engine, bindparam, select
from sqlalchemy.orm import Session

from bench.draw import Draw
from bench.known import drawn, sought
from bench.lines import Line
from bench.queries import KINDS, NOBODY, Query, mixed
from bench.shares import place, share
from cp import clock
from cp.models import Authority, Involvement, Organisation, Practitioner
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child
from cp.services.find import search

QUERIES = 5000
SEED = 20_261
MOST = {"sqlite": (2.0, 6.0), "postgresql": (1.5, 2.5)}
"""The most that half of the searches may take, and 99 in 100, as multiples of the record's read at the same percentile.

For 11,000,000 children. At 100,000 all is in memory, and the record's read is three look-ups by key: the hardest size
for the ratio.
"""
SLOWEST = 50.0
"""Milliseconds that no search may take."""

FIRST_TEN, FIRST, EACH_KIND = 0.995, 0.97, 0.95
"""The least share of searches that show the right child: in the first ten, as the first, and in the ten by kind."""

T = TypeVar("T")


class Run(NamedTuple):
    """What was measured: seconds, and for each kind the place of the right child, or None; `shown`: the same of all
    kinds, where not too many match for any name to be shown."""

    searches: list[float]
    reads: list[float]
    by_kind: dict[str, list[float]]
    places: dict[str, list[int | None]]
    shown: list[int | None]


def run(engine: Engine, children: int, queries: int = QUERIES) -> Iterator[Line]:
    """The lines of this benchmark, on a directory of so many children."""
    today = clock.today()
    with Session(engine) as session:
        known = sought(session, drawn(session, children))
        for query in mixed(known, queries // 5, SEED + 1, today):
            search(session, query.criteria, today)
        asked, ids = mixed(known, queries, SEED, today), [child.child_id for child in known]
        with settled():
            measured = measure(session, asked, ids, today)
    yield from _times(measured, MOST[engine.dialect.name])
    yield from _shares(measured)


@contextmanager
def settled() -> Iterator[None]:
    """As the application does: what a benchmark holds already is not looked through while it measures."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def measure(session: Session, queries: Sequence[Query], ids: Sequence[int], today: date) -> Run:
    """Each search, and after it the read of some other child's record."""
    done, draw = Run([], [], defaultdict(list), defaultdict(list), []), Draw(SEED, "reads")
    for query in queries:
        seconds, found = timed(search, session, query.criteria, today)
        done.searches.append(seconds)
        done.by_kind[query.kind].append(seconds)
        if query.child_id is not None:
            done.places[query.kind].append(stands := place(found, query.child_id))
            done.shown.extend([] if found.too_many else [stands])
        done.reads.append(timed(read_record, session, draw.pick(ids))[0])
    return done


def timed(work: Callable[..., T], *given: object) -> tuple[float, T]:
    begun = time.perf_counter()
    result = work(*given)
    return time.perf_counter() - begun, result


def _times(measured: Run, most: tuple[float, float]) -> Iterator[Line]:
    for part, goal in zip((0.5, 0.99), most, strict=True):
        yield Line(f"search, {part:.0%} of them", at(measured.searches, part), "ms", goal, at(measured.reads, part))
    yield Line("search, the slowest", at(measured.searches, 1.0), "ms", SLOWEST)
    for kind in KINDS:
        usual = at(measured.by_kind[kind], 0.5)
        yield Line(f"search: {kind}, half of them", usual, "ms", most[1], at(measured.reads, 0.5))


def _shares(measured: Run) -> Iterator[Line]:
    everyone = [one for places in measured.places.values() for one in places]
    yield Line("right child in the first ten", share(everyone, 10), "share", FIRST_TEN, least=True)
    yield Line("the same, where names are shown", share(measured.shown, 10), "share", FIRST_TEN, least=True)
    yield Line("too many match, and no name is shown", 1 - len(measured.shown) / len(everyone), "share")
    telling = [one for kind, places in measured.places.items() if kind not in AMBIGUOUS for one in places]
    yield Line("right child first, where one child is meant", share(telling, 1), "share", FIRST, least=True)
    for kind in KINDS:
        if kind != NOBODY:
            yield Line(f"first ten: {kind}", share(measured.places[kind], 10), "share", EACH_KIND, least=True)


AMBIGUOUS = {"given name and birth date", "family name and birth date", "both names and age", "age a year out"}
"""Kinds of query that may well be meant for several children."""


def at(seconds: Sequence[float], share: float) -> float:
    """The time that this share of them took at most, in milliseconds."""
    return 1000 * sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))]


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
