"""Who came after a school that closed: chains, merged and split schools, and never a circle."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.feeds import registers as files
from cp.feeds.registers import Link
from cp.models import Organisation
from cp.services import registers
from cp.services.registers import Changes, successors
from tests.build import World
from tests.build_registers import CLOSING, PROPOSED, closed, extract, link_file, school
from tests.scale import scaled

TODAY = date(2026, 11, 23)
A, B, C, D = "900101", "900102", "900103", "900104"
AFTER, BEFORE = "Successor", "Predecessor"
GONE = {A: closed(A, "31-08-2018"), B: closed(B, "31-08-2020"), C: closed(C, "31-08-2022"), D: closed(D, "31-08-2024")}
OPEN = {urn: school(urn) for urn in (A, B, C, D)}


def keep(session: Session, *rows: dict[str, str], links: list[tuple[str, str, str]]) -> Changes:
    read = files.schools(extract(*rows), registers.authorities(session))
    return registers.keep(session, read, files.links(link_file(*links)).rows, TODAY)


def after(session: Session) -> dict[str | None, str | None]:
    """The number of each school, and of its successor."""
    schools = session.scalars(select(Organisation).where(Organisation.urn.is_not(None))).all()
    names = {one.id: one.urn for one in schools}
    return {one.urn: names[one.successor_id] for one in schools if one.successor_id}


@pytest.mark.parametrize(
    ("rows", "links", "expected"),
    [
        pytest.param((GONE[A], OPEN[B]), [(A, B, AFTER)], {A: B}, id="said by the one before"),
        pytest.param((GONE[A], OPEN[B]), [(B, A, BEFORE)], {A: B}, id="said by the one after"),
        pytest.param((GONE[A], OPEN[B]), [(A, B, AFTER), (B, A, BEFORE)], {A: B}, id="said by both"),
        pytest.param((GONE[A], GONE[B], OPEN[C]), [(A, C, "Successor - merged"), (C, B, "Predecessor - merged")],
                     {A: C, B: C}, id="two merged into one that stayed"),
        pytest.param((GONE[A], GONE[B], OPEN[C]), [(A, C, "Successor - amalgamated"), (C, B, "Result of Amalgamation")],
                     {A: C, B: C}, id="two amalgamated"),
        pytest.param((GONE[A], OPEN[B]), [(A, B, "Result of Amalgamation")], {A: B}, id="the days say which was first"),
        pytest.param((GONE[A], GONE[B], OPEN[C]), [(A, B, AFTER), (B, C, AFTER)], {A: C, B: C}, id="a chain"),
        pytest.param((GONE[A], OPEN[C]), [(A, B, AFTER), (B, C, AFTER)], {A: C}, id="through one that is not kept"),
        pytest.param((GONE[A], GONE[B]), [(A, B, AFTER)], {A: B}, id="closed too, but later"),
        pytest.param((GONE[A], GONE[B], GONE[C]), [(A, C, AFTER), (A, B, AFTER)], {A: C}, id="of two closed the newer"),
        pytest.param((GONE[A], GONE[D], OPEN[B]), [(A, D, AFTER), (A, B, AFTER)], {A: B}, id="the open one before all"),
        pytest.param((GONE[A], school(B, opened="01-09-2018"), school(C, opened="01-09-2019")),
                     [(A, B, "Successor - Split School"), (C, A, "Predecessor - Split School")], {A: C}, id="split"),
        pytest.param((GONE[A], school(B), school(C, status=PROPOSED, opened="01-09-2027")),
                     [(A, B, AFTER), (A, C, AFTER)], {A: B}, id="open today before one that is to open"),
        pytest.param((school(A, status=CLOSING, closed="31-08-2027"), school(B, status=PROPOSED, opened="01-09-2027")),
                     [(A, B, AFTER)], {A: B}, id="closing, for one that is to open"),
        pytest.param((GONE[A], OPEN[B], school(C, opened="01-09-2024")), [(A, B, AFTER), (B, C, AFTER)], {A: B},
                     id="no further than one that stayed open"),
        pytest.param((GONE[A], GONE[B]), [(A, B, AFTER), (B, A, AFTER)], {A: B}, id="a circle of two"),
        pytest.param((GONE[A], GONE[B], GONE[C]), [(A, B, AFTER), (B, C, AFTER), (C, A, AFTER)], {A: C, B: C},
                     id="a circle of three"),
        pytest.param((GONE[A], OPEN[B]), [(A, A, AFTER)], {}, id="its own"),
        pytest.param((GONE[A], GONE[B]), [(B, A, AFTER)], {}, id="one that had closed before"),
        pytest.param((OPEN[A], OPEN[B]), [(A, B, AFTER)], {}, id="open, so nobody came after it"),
        pytest.param((GONE[A], OPEN[B]), [(A, B, "Sixth Form Centre Link")], {}, id="a link of another kind"),
        pytest.param((GONE[A],), [(A, B, AFTER)], {}, id="one that is not kept"),
    ],
)  # fmt: skip
def test_a_closed_school_is_followed_by_the_open_one_or_the_newest(
    session: Session, world: World, rows: tuple[dict[str, str], ...], links: list[tuple[str, str, str]],
    expected: dict[str, str],
) -> None:  # fmt: skip
    first, second = keep(session, *rows, links=links), keep(session, *rows, links=links)

    assert after(session) == expected
    assert (first, second) == (Changes(made=len(rows), succeeded=len(expected)), Changes())


def test_without_links_successors_stay(session: Session, world: World) -> None:
    keep(session, GONE[A], OPEN[B], links=[(A, B, AFTER)])

    assert keep(session, GONE[A], OPEN[B], links=[]) == Changes()
    assert after(session) == {A: B}


def test_who_came_after_may_change_and_ends_when_the_school_opens_again(session: Session, world: World) -> None:
    keep(session, GONE[A], OPEN[B], links=[(A, B, AFTER)])

    closes = keep(session, GONE[A], GONE[B], OPEN[C], links=[(A, B, AFTER), (B, C, AFTER)])

    assert closes == Changes(made=1, closed=1, succeeded=2)
    assert after(session) == {A: C, B: C}
    assert keep(session, OPEN[A], links=[]) == Changes(reopened=1)
    assert after(session) == {B: C}


def test_a_successor_that_is_no_school_stays_until_the_school_opens_again(session: Session, world: World) -> None:
    keep(session, GONE[A], links=[])
    (one,) = session.scalars(select(Organisation).where(Organisation.urn == A))
    one.successor_id = world.council.id
    session.flush()

    after_each = [(keep(session, row, links=[]), one.successor_id) for row in (GONE[A], OPEN[A])]

    assert after_each == [(Changes(), world.council.id), (Changes(reopened=1), None)]


def test_days_put_right_turn_a_pair_round_and_make_no_circle(session: Session, world: World) -> None:
    keep(session, GONE[A], GONE[B], links=[(A, B, AFTER)])

    keep(session, closed(A, "31-08-2021"), GONE[B], links=[(A, B, AFTER), (B, A, AFTER)])

    assert after(session) == {B: A}


SIX = [str(900_101 + number) for number in range(6)]
PAIRS = st.builds(Link, st.sampled_from(SIX), st.sampled_from(SIX))
DAYS = st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))


@given(st.lists(PAIRS, max_size=15), st.lists(PAIRS, max_size=15), st.lists(st.tuples(DAYS, DAYS), min_size=12))
def test_however_links_run_nobody_is_led_in_a_circle(
    links: list[Link], later: list[Link], days: list[tuple[date | None, date | None]]
) -> None:
    held = {urn: Organisation(id=number, urn=urn) for number, urn in enumerate(SIX, 1)}

    for told, moved in ((links, days[:6]), (later, days[6:])):
        for one, (start, end) in zip(held.values(), moved, strict=False):
            one.valid_from, one.valid_to = start, end
        successors.tie(held, told, TODAY)

        assert [urn for urn, one in held.items() if one.successor_id and one.valid_to is None] == []
        assert [urn for urn in SIX if len(_led(held, urn)) > len(SIX)] == []
        assert successors.tie(held, told, TODAY) == 0


def _led(held: dict[str, Organisation], urn: str) -> list[int]:
    """From one to the next, at most one step more than there are schools."""
    steps, by_id = [held[urn].id], {one.id: one for one in held.values()}
    while (step := by_id[steps[-1]].successor_id) and len(steps) <= len(held):
        steps.append(step)
    return steps


def test_a_long_chain_is_followed_once(session: Session) -> None:
    many = scaled(5_000, 50_000)
    chain = [Organisation(id=number + 1, urn=f"{100_000 + number}", valid_from=date(2000, 1, 1),
                          valid_to=date(2001, 1, 1)) for number in range(many)]  # fmt: skip
    chain[-1].valid_to = None
    links = [Link(f"{100_000 + number}", f"{100_001 + number}") for number in range(many - 1)]

    tied = successors.tie({one.urn or "": one for one in chain}, links, TODAY)

    assert tied == many - 1
    assert {one.successor_id for one in chain[:-1]} == {many}
