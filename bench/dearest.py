"""The dearest of very many searches: what they read of the index at most, whatever is asked.

All kinds of the other benchmarks are among them, and more that nobody would ask on purpose: everything at once with
facts that contradict each other, names of one child with the place of another, one letter, wildcards, half a page of
text, another script.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench.draw import Draw
from bench.find import settled, timed
from bench.harder import TWO_MISTAKES, UNSEEN
from bench.known import drawn, sought
from bench.lines import Line
from bench.mistakes import slip
from bench.queries import KINDS, Kinds, Sought, called, kind, mixed, whole
from cp import clock
from cp.rules.days import age_on
from cp.services.find import Criteria, search
from cp.services.find.probes import MOST_READ, Probes
from cp.terms import Gender

QUERIES, SEED = 100_000, 20_291
STEPS = 100
"""Steps of SQLite's machine after which it tells that it is still at work."""
STRANGE = ("a", "%", "_", "*", "' OR 1=1 --", "Mohammed " * 60, "x" * 500, "李", "Мария", "\u202eAmira", "محمد", "")

ODD: Kinds = {}


def run(engine: Engine, children: int, queries: int = QUERIES) -> Iterator[Line]:
    """The lines of this benchmark."""
    today, most, slowest, steps = clock.today(), 0, 0.0, 0
    kinds = KINDS | TWO_MISTAKES | UNSEEN | ODD
    with Session(engine) as session, counted() as read, stepped(session) as machine:
        asked = mixed(sought(session, drawn(session, children)), queries, SEED, today, kinds)
        with settled():
            for query in asked:
                read[0] = machine[0] = 0
                seconds, _ = timed(search, session, query.criteria, today)
                most, slowest, steps = max(most, read[0]), max(slowest, seconds), max(steps, machine[0])
    yield Line(f"rows of the index, the dearest of {queries:,} searches", most, "rows", MOST_READ)
    yield Line(f"time, the slowest of {queries:,} searches", 1000 * slowest, "ms")
    if steps:
        yield Line(f"steps of SQLite's machine, the most of {queries:,} searches", steps * STEPS, "steps")


@contextmanager
def counted() -> Iterator[list[int]]:
    """The rows that the probes get."""
    rows, read = [0], Probes._read

    def noted(probes: Probes, *args: Any, **given: Any) -> Any:
        found = read(probes, *args, **given)
        rows[0] += len(found)
        return found

    with patch.object(Probes, "_read", noted):
        yield rows


@contextmanager
def stepped(session: Session) -> Iterator[list[int]]:
    """How often SQLite told that it is at work; never on PostgreSQL."""
    told = [0]

    def tell() -> int:
        told[0] += 1
        return 0

    with ExitStack() as stack:
        driver: Any = session.connection().connection.driver_connection
        if session.connection().dialect.name == "sqlite":
            driver.set_progress_handler(tell, STEPS)
            stack.callback(driver.set_progress_handler, None, 0)
        yield told


@kind("everything at once, and it does not agree", 10, ODD)
def _everything(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return Criteria(
        given_name=slip(draw, called(child)), family_name=slip(draw, child.family_name or "Smith"),
        born=child.born_on + timedelta(days=draw.between(-400, 400)), age=draw.between(0, 17),
        gender=draw.pick(list(Gender)), postcode=child.postcode or "ZA4 7QD",
    )  # fmt: skip


@kind("two common names", 10, ODD)
def _common(draw: Draw, child: Sought, today: date) -> Criteria | None:
    given, family = draw.pick(("Oliver", "Muhammad", "Olivia", "Jack")), draw.pick(("Smith", "Khan", "Jones", "Patel"))
    told = Criteria(given_name=given, family_name=family)
    where = child.postcode.split()[0] if child.postcode else "ZA4"
    return draw.pick(
        (
            replace(told, age=age_on(child.born_on, today)), replace(told, born_year=child.born_on.year),
            replace(told, postcode=where), replace(told, born=child.born_on.replace(month=1, day=1)),
            replace(told, family_name="", postcode=where), replace(told, given_name="", postcode=where),
        )
    )  # fmt: skip


@kind("one child's names, another's place", 5, ODD)
def _elsewhere(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return replace(whole(child), born=None, age=age_on(child.born_on, today), postcode=draw.pick(("ZA4 7QD", "ZA9")))


@kind("what is no name", 5, ODD)
def _strange(draw: Draw, child: Sought, today: date) -> Criteria | None:
    told = replace(whole(child), given_name=draw.pick(STRANGE), family_name=draw.pick(STRANGE))
    return draw.pick((told, replace(told, born=None, age=9), replace(told, born=None, postcode="ZA4")))
