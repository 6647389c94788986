"""The shield survives supply: what a file says of a shielded child lands hidden, and makes nobody else of her.

The cases are those of the domain reference, section 4.
"""

import logging
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Authority, Base, Merge, Organisation, Pair, SupplyFile, SupplyRow
from cp.models.child import Child
from cp.services import children, find
from cp.services.merging import deciding
from cp.services.shielding import others
from cp.services.supply import reviewing, steering, working
from cp.terms import PairAnswer, Reason, RowState
from tests import build
from tests.build import Person, World
from tests.build_hidden_supply import KNOWN, MOVED, TOLD, UPN, ashgrove, found, hidden, homes, shielded
from tests.build_identities import may
from tests.build_supply import AMIRA, JACK, send, undo
from tests.build_supply import children as records
from tests.web import actor_of

OTHERS_KEY = {"Adno": "9"}


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    return shielded(session, world)


@pytest.fixture
def other(session: Session, world: World, amira: Child, clock: time_machine.Traveller) -> Organisation:
    """Whose word is a day newer."""
    clock.shift(timedelta(days=1))
    return ashgrove(session, world)


def states(session: Session, file: SupplyFile) -> list[RowState]:
    return list(session.scalars(select(SupplyRow.state).where(SupplyRow.file_id == file.id)))


def says(session: Session, who: Person, answer: PairAnswer) -> str:
    person = actor_of(session, who)
    beside = reviewing.following(session, person)
    assert beside is not None
    came = reviewing.answer(session, person, beside.uid, answer)
    session.commit()
    return came


def test_a_new_address_in_the_schools_own_row_lands_hidden(session: Session, world: World, amira: Child) -> None:
    send(session, world.school, MOVED)

    assert [child.id for child in records(session)] == [amira.id]
    assert homes(session, amira) == ["ZA9 9AA"]
    assert hidden(session, world.sam, amira) == []


def test_another_suppliers_row_with_the_pupil_number_lands_hidden(
    session: Session, world: World, amira: Child, other: Organisation
) -> None:
    file = send(session, other, MOVED | OTHERS_KEY | {"UPN": UPN})

    assert (states(session, file), [child.id for child in records(session)]) == ([RowState.SENT], [amira.id])
    assert homes(session, amira) == ["ZA9 9AA"]
    assert hidden(session, world.sam, amira) == []


@pytest.mark.parametrize("row", [pytest.param(AMIRA, id="her hidden address"), pytest.param(MOVED, id="another")])
def test_a_row_of_her_name_and_birth_date_waits_and_makes_no_record(
    session: Session, world: World, amira: Child, other: Organisation, row: dict[str, str]
) -> None:
    file = send(session, other, row | OTHERS_KEY)

    pair = session.scalars(select(Pair)).one()
    assert (states(session, file), pair.child_id) == ([RowState.WAITING], amira.id)
    assert [child.id for child in records(session)] == [amira.id]
    assert hidden(session, world.sam, amira) == []


def test_what_is_hidden_is_never_among_the_reasons(
    session: Session, world: World, amira: Child, other: Organisation
) -> None:
    """A row with her very address and carer is judged as one with another."""
    send(session, other, AMIRA | OTHERS_KEY)
    send(session, other, MOVED | {"Adno": "10"})

    at_hers, elsewhere = session.scalars(select(Pair).order_by(Pair.id)).all()
    assert at_hers.why == elsewhere.why
    assert [text for text in TOLD for why in at_hers.why if text in why] == []


def test_a_row_joins_her_by_two_people_and_lands_hidden(
    session: Session, world: World, amira: Child, other: Organisation
) -> None:
    send(session, other, MOVED | OTHERS_KEY)

    came = [says(session, who, PairAnswer.SAME) for who in (world.max, world.max, may(session, world))]

    assert came == ["waits", "waits", "joined"]
    assert ([child.shielded for child in records(session)], homes(session, amira)) == ([True], ["ZA9 9AA"])
    assert hidden(session, world.sam, amira) == []


def test_a_brother_or_sister_at_her_address_is_brought_up_with_her(
    session: Session, world: World, amira: Child
) -> None:
    """A record of their own, as if nobody hidden lived there; whoever looks after her shield is told of it."""
    send(session, world.school, AMIRA | {"Adno": "000421", "Forename": "Hana", "DOB": "04/05/2019"})

    _, hana = records(session)
    assert [one.name for one in others.of(session, actor_of(session, world.max), amira.id)] == ["Hana Siddiqui"]
    assert {*found(session)} == {hana.id}


@pytest.mark.parametrize("name", ["Amina", "Zara"])
def test_a_twin_waits(session: Session, world: World, amira: Child, name: str) -> None:
    file = send(session, world.school, AMIRA | {"Adno": "000421", "Forename": name})

    assert (states(session, file), [child.id for child in records(session)]) == ([RowState.WAITING], [amira.id])
    assert hidden(session, world.sam, amira) == []


def test_an_open_record_that_is_joined_with_hers_is_shielded_and_stays_so(
    session: Session, world: World, amira: Child, other: Organisation
) -> None:
    zuzanna = {"Adno": "9", "Forename": "Zuzanna", "Legal Surname": "Nowak"}
    send(session, other, MOVED | zuzanna)
    kept = records(session)[1]
    for who, said in ((world.max, "asked"), (may(session, world), "joined")):
        person = actor_of(session, who)
        for child in (kept, amira):
            children.give_reason(session, person, child.uid, Reason.CORRECTING_RECORDS)
        if said == "asked":
            assert deciding.join(session, person, kept.uid, amira.uid) == said
        else:
            deciding.answer(session, person, (kept.uid, session.scalars(select(Merge.uid)).one()), agreed=True)
    session.commit()

    send(session, other, MOVED | zuzanna | {"PostCode": "ZA4 7QD"})
    send(session, world.school, MOVED)

    assert (kept.shielded, kept.merged_into_id, len(records(session))) == (True, None, 2)
    assert hidden(session, world.sam, kept) == []


def test_undoing_a_file_that_touched_her_leaves_her_hidden(session: Session, world: World, amira: Child) -> None:
    undo(session, send(session, world.school, MOVED))

    assert (amira.shielded, homes(session, amira)) == (True, ["ZA4 7QD"])
    assert hidden(session, world.sam, amira) == []


@pytest.mark.parametrize(
    "row", [pytest.param(MOVED, id="the same"), pytest.param(JACK | {"Adno": "000417"}, id="other")]
)
def test_the_row_of_a_file_that_was_undone_makes_no_second_record_of_her(
    session: Session, world: World, amira: Child, row: dict[str, str]
) -> None:
    """The tie outlives the words: whatever the row says once it is right, it is hers, or somebody looks."""
    undo(session, session.scalars(select(SupplyFile)).one())

    send(session, world.school, row)

    assert [child.id for child in records(session)] == [amira.id]
    assert hidden(session, world.sam, amira) == []


@pytest.mark.parametrize("tied", [True, False])
def test_undoing_takes_as_many_steps_whether_a_row_was_hers_or_waits(
    session: Session, world: World, amira: Child, other: Organisation, tied: bool
) -> None:
    """Its supplier reads how long the file is being undone."""
    file = send(session, other, MOVED | OTHERS_KEY | ({"UPN": UPN} if tied else {}))

    steering.take_back(file)
    steps = 0
    while working.step(session):
        steps += 1

    assert (states(session, file), steps) == ([RowState.UNDONE], 2)


def test_she_leaves_unseen(session: Session, world: World, amira: Child) -> None:
    send(session, world.school, KNOWN, JACK, whole=True)
    before = amira.version

    send(session, world.school, JACK, whole=True)

    session.refresh(amira)
    assert amira.version > before
    assert hidden(session, world.sam, amira) == []


def test_nothing_hidden_is_in_a_log_in_the_audit_or_in_what_a_row_keeps_open(
    session: Session, world: World, amira: Child, other: Organisation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    send(session, other, MOVED | OTHERS_KEY)
    undo(session, send(session, world.school, MOVED | {"UPN": UPN}, whole=True))
    says(session, world.max, PairAnswer.SAME)

    written = [repr(row._mapping) for row in session.execute(select(*inspect(AuditEvent).columns))]
    tables = [Base.metadata.tables[name] for name in ("supply_row", "supply_file", "match")]
    opened = [repr(row._mapping) for table in tables for row in session.execute(select(table))]
    assert [text for text in TOLD if text in caplog.text] == []
    assert [text for text in TOLD for row in (*written, *opened) if text in row] == []
    assert list(find.check(session)) == []


def elsewhere(session: Session, world: World, postcode: str) -> Child:
    """Zara Siddiqui, born on the same day, who lives there, and for whom another authority answers."""
    there = build.add(session, Authority(name="Southmere Council", education_code="998",
                                         team_phone="+441614960131", help_phone="+441614960101"))  # fmt: skip
    zara = build.child(session, world, given_names="Zara", authority_id=there.id)
    build.address(session, zara, postcode)
    find.reindex(session, zara.id)
    session.commit()
    return zara


@pytest.mark.parametrize("number", [UPN, ""], ids=["tied by a hidden number", "not tied"])
def test_another_areas_team_is_asked_of_their_own_record_whatever_ties_the_row_here(
    session: Session, world: World, amira: Child, other: Organisation, number: str
) -> None:
    """A twin, as it looks, for whom another authority answers."""
    zara = elsewhere(session, world, "ZA4 7QD")

    send(session, other, AMIRA | OTHERS_KEY | {"UPN": number})

    pairs = select(Pair.authority_id, Pair.child_id).order_by(Pair.child_id)
    assert session.execute(pairs).all() == [(world.authority.id, amira.id), (zara.authority_id, zara.id)]


def test_of_a_row_that_her_own_school_sends_anew_they_are_asked_too(
    session: Session, world: World, amira: Child
) -> None:
    zara = elsewhere(session, world, "ZA9 9AA")

    send(session, world.school, MOVED)

    pairs = select(Pair.authority_id, Pair.child_id).order_by(Pair.child_id)
    assert session.execute(pairs).all() == [(world.authority.id, amira.id), (zara.authority_id, zara.id)]
