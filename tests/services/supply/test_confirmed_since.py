"""Whatever happened to a record since: a row that says the same again is as if it were opened."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Dispute, Involvement, Pair, SourceRecord
from cp.services import telling_apart
from cp.terms import RowState
from tests import build, build_disputes, build_identities
from tests.build import World
from tests.build_confirmed import sent, versions
from tests.build_retention import archived
from tests.build_supply import AMIRA, JACK, children, send


def test_whoever_had_left_is_back_by_a_word_of_its_own(
    session: Session, world: World, between: Callable[[], date]
) -> None:
    send(session, world.school, AMIRA, JACK, whole=True)
    send(session, world.school, JACK, whole=True)
    on = between()

    send(session, world.school, AMIRA, JACK, whole=True)

    assert versions(session) == [("Amira", None), ("Jack", on), ("Amira", None), ("Amira", None)]
    assert session.scalars(select(Involvement.ended_on)).all() == [None, None]


def test_a_shielded_record_is_confirmed_like_any_other(
    session: Session, world: World, between: Callable[[], date]
) -> None:
    send(session, world.school, AMIRA, JACK)
    build_identities.shield(session, children(session)[0])
    on = between()

    file = send(session, world.school, AMIRA, JACK)

    assert versions(session) == [("Amira", on), ("Jack", on)]
    assert sent(session, file) == [(RowState.SENT, True)] * 2
    assert session.scalars(select(Pair)).all() == []


def test_an_archived_record_stands_as_it_was_archived(
    session: Session, world: World, between: Callable[[], date]
) -> None:
    send(session, world.school, AMIRA)
    child = archived(session, children(session)[0], clocks.today())
    stood = child.version
    on = between()

    send(session, world.school, AMIRA)

    assert (versions(session), children(session)[0].version) == ([("Amira", on)], stood)


def test_what_is_disputed_stays_disputed(session: Session, world: World, between: Callable[[], date]) -> None:
    send(session, world.school, AMIRA)
    build_disputes.row(session, children(session)[0], world.sam)
    on = between()

    send(session, world.school, AMIRA)

    found = session.scalars(select(Dispute)).one()
    assert (versions(session), found.decided_at, found.withdrawn_at) == ([("Amira", on)], None, None)


def test_a_row_told_apart_from_the_record_it_is_tied_to_is_not_judged_again(
    session: Session, world: World, between: Callable[[], date]
) -> None:
    send(session, world.school, AMIRA)
    telling_apart.row(session, None, children(session)[0].id, world.school.id, "000417")
    on = between()

    file = send(session, world.school, AMIRA)

    assert (versions(session), sent(session, file)) == ([("Amira", on)], [(RowState.SENT, True)])


def test_a_row_that_was_untied_is_placed_anew(session: Session, world: World, between: Callable[[], date]) -> None:
    send(session, world.school, AMIRA)
    session.execute(update(SourceRecord).values(row_key=None))
    between()

    file = send(session, world.school, AMIRA)

    assert versions(session)[0] == ("Amira", None)
    assert (RowState.SENT, True) not in sent(session, file)


def test_another_schools_word_confirms_nothing(session: Session, world: World, between: Callable[[], date]) -> None:
    other = build.organisation(session, world.authority, name="Ashgrove Prep")
    send(session, other, JACK)
    between()

    send(session, world.school, JACK)

    assert versions(session)[0] == ("Jack", None)
