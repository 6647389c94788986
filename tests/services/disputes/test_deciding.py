"""A named person decides a dispute: what was found becomes the authority's word, and the next file changes nothing."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Dispute, SourceRecord
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.derive import Value
from cp.services import children, find
from cp.services.disputes import raising, team
from cp.services.disputes.team import NotOffered
from cp.services.records import Record
from cp.terms import Act, AddressState, Disputable, DisputeFinding, SourceKind
from tests.build import World
from tests.build_disputes import dispute
from tests.build_identities import may, says, shield
from tests.build_supply import AMIRA, send, undo
from tests.services.disputes.conftest import reader
from tests.services.disputes.test_disputing import entries, marks
from tests.web import actor_of

RIGHT, WRONG, NOT_KNOWN = DisputeFinding
TODAY = date(2026, 11, 23)
COUNCIL, FARAH, NEW = "Northvale Council", "Farah Siddiqui", ("Northvale", "ZA9 9ZZ", "1 New Street")
CASES: list[tuple[Disputable, DisputeFinding, Value | None, dict[str, Any]]] = [
    (Disputable.NAME, WRONG, ("Amira", "Siddiqui-Khan"), {"name": "Amira Siddiqui-Khan", "name from": COUNCIL}),
    (Disputable.BORN_ON, WRONG, ("2016-03-15",), {"born": date(2016, 3, 15), "born from": COUNCIL}),
    (Disputable.GENDER, NOT_KNOWN, None, {"gender": "not_specified"}),
    (Disputable.ADDRESS, WRONG, NEW, {"addresses": [(AddressState.CURRENT, "ZA9 9ZZ", COUNCIL)]}),
    (Disputable.ADDRESS, NOT_KNOWN, None, {"addresses": [(AddressState.NONE_KNOWN, "", COUNCIL)]}),
    (Disputable.CARER, WRONG, (FARAH, "+441614960199"), {"carers": [(FARAH, ("+441614960199",), COUNCIL)]}),
    (Disputable.CARER, NOT_KNOWN, None, {"carers": []}),
    (Disputable.SCHOOL, NOT_KNOWN, None, {"schools": []}),
]  # fmt: skip
"""What is disputed, what is found, what is right, and what the record says besides from then on."""
NAMES = [f"{fact} {found}" for fact, found, _, _ in CASES]


def shown(record: Record) -> dict[str, Any]:
    return {
        "name": record.name, "name from": record.name_source and record.name_source.name,
        "born": record.born_on, "born from": record.born_source and record.born_source.name, "gender": record.gender,
        "addresses": [(at.state, at.address.postcode, at.source and at.source.name) for at in record.addresses],
        "carers": [(one.name, one.phones, one.source and one.source.name) for one in record.carers],
        "schools": [one.name for one in record.universal],
    }  # fmt: skip


def read(session: Session, actor: Actor, child: Child) -> dict[str, Any]:
    session.commit()
    return shown(children.open_record(session, actor, child.uid))


@pytest.mark.parametrize(("fact", "found", "right", "changed"), CASES, ids=NAMES)
def test_what_was_found_wrong_stays_away_whatever_the_next_file_says(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor,
    fact: Disputable, found: DisputeFinding, right: Value | None, changed: dict[str, Any],
) -> None:  # fmt: skip
    before = read(session, sam_, amira)
    uid = dispute(session, sam_, amira, fact)

    assert team.decide(session, max_, uid, found, right)

    assert read(session, sam_, amira) == before | changed
    assert marks(session, sam_, amira) == {}
    send(session, world.school, AMIRA | {"UPN": "H999200001001"})
    assert read(session, sam_, amira) == before | changed
    assert list(find.check(session)) == []


def test_found_right_nothing_changes_but_the_mark(session: Session, amira: Child, sam_: Actor, max_: Actor) -> None:
    before = read(session, sam_, amira)
    uid = dispute(session, sam_, amira, Disputable.ADDRESS)

    assert team.decide(session, max_, uid, RIGHT, None)

    assert (read(session, sam_, amira), marks(session, sam_, amira)) == (before, {})
    assert session.scalars(select(SourceRecord.kind)).all() == [SourceKind.SCHOOL]


def test_a_new_value_of_the_source_is_shown(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor
) -> None:
    uid = dispute(session, sam_, amira, Disputable.ADDRESS)
    team.decide(session, max_, uid, WRONG, NEW)

    send(session, world.school, AMIRA | {"Address Line 1": "5 Mill Lane", "PostCode": "ZA2 2AB"})

    assert read(session, sam_, amira)["addresses"] == [(AddressState.CURRENT, "ZA2 2AB", world.school.name)]


def test_what_another_source_then_said_is_wrong_with_it(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor
) -> None:
    """The practice says a third day; it says so again, changed in another fact, after the decision."""
    uid = dispute(session, sam_, amira)
    says(session, amira, world.practice, SourceKind.GP_PRACTICE, born_on=date(2016, 3, 16))
    team.decide(session, max_, uid, WRONG, ("2016-03-15",))
    says(session, amira, world.practice, SourceKind.GP_PRACTICE, date(2026, 11, 24), born_on=date(2016, 3, 16))

    send(session, world.school, AMIRA | {"UPN": "H999200001001"})

    assert read(session, sam_, amira)["born"] == date(2016, 3, 15)


def test_what_was_found_outlives_the_word_that_was_wrong(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor
) -> None:
    again = send(session, world.school, AMIRA | {"DOB": "14/03/2016", "Town": "Northvale Green"})
    uid = dispute(session, sam_, amira)
    team.decide(session, max_, uid, WRONG, ("2016-03-15",))

    undo(session, again)

    assert read(session, sam_, amira)["born"] == date(2016, 3, 15)


def test_of_two_who_decide_the_first_one_counts(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor
) -> None:
    uid, may_ = dispute(session, sam_, amira), actor_of(session, may(session, world))

    done = [
        team.decide(session, max_, uid, WRONG, ("2016-03-15",)),
        team.decide(session, may_, uid, WRONG, ("2016-03-16",)),
    ]

    assert (done, read(session, sam_, amira)["born"]) == ([True, False], date(2016, 3, 15))
    one = session.scalars(select(Dispute)).one()
    assert (one.finding, one.decided_by_id, one.owner_id) == (WRONG, max_.account_id, max_.account_id)
    assert entries(session, Act.DECIDE_DISPUTE) == [(Act.DECIDE_DISPUTE, amira.subject_id, "wrong")]


def test_whoever_disputed_it_reads_the_answer(session: Session, amira: Child, sam_: Actor, max_: Actor) -> None:
    uid = dispute(session, sam_, amira, words="She was born on the 15th")
    team.decide(session, max_, uid, WRONG, ("2016-03-15",))

    (own,) = raising.own(session, sam_)

    assert (own.fact, own.words, own.finding, own.decided_on) == (
        Disputable.BORN_ON, "She was born on the 15th", WRONG, TODAY)  # fmt: skip


def test_what_cannot_be_found_is_not_decided(session: Session, amira: Child, sam_: Actor, max_: Actor) -> None:
    day, school = (dispute(session, sam_, amira, fact) for fact in (Disputable.BORN_ON, Disputable.SCHOOL))
    impossible: list[tuple[UUID, DisputeFinding, Value | None]] = [
        (day, NOT_KNOWN, None), (day, WRONG, None), (day, RIGHT, ("2016-03-15",)), (school, WRONG, ("Weirside",)),
    ]  # fmt: skip

    for uid, found, right in impossible:
        with pytest.raises(NotOffered):
            team.decide(session, max_, uid, found, right)


def test_a_record_shielded_meanwhile_is_decided_by_its_team(
    session: Session, amira: Child, sam_: Actor, max_: Actor
) -> None:
    uid = dispute(session, sam_, amira, Disputable.ADDRESS)
    shield(session, amira, None)

    assert team.one(session, max_, uid).says == ("Northvale", "ZA4 7QD", "18 Tanner’s Row")
    assert team.decide(session, max_, uid, WRONG, NEW)
    session.commit()
    record = children.open_record(session, reader(session, max_, amira), amira.uid)
    assert record.addresses[0].address.postcode == "ZA9 9ZZ"
    assert raising.own(session, sam_) == []
