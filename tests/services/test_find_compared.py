"""A record as a supplied row is compared with it: by the index, nothing opened, and with nothing that is hidden."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from cp import sealing
from cp.matching.facts import OtherName, recorded
from cp.sealing import Key, KeyRing
from cp.services import find
from cp.terms import Gender, NameKind, RecordState
from tests.services.directory import Made

AT = ("ZA4 7QD", "ZA9 1AA")
FORMER = {"kind": NameKind.FORMER, "given_names": "", "family_name": "Nowak"}
CARERS = ("Farah Haddad", "Mrs Ana Price", "Sam")


def test_it_is_what_would_be_made_of_the_record_opened(session: Session, made: Made) -> None:
    child = made(others=(FORMER,), postcodes=AT, carers=CARERS)
    made(postcodes=("ZA4 7QE",), carers=("Jon Price",))

    (found,) = find.compared(session, [child.id]).values()

    others, places = [OtherName(NameKind.FORMER, "", "Nowak")], [place for code in AT for place in find.where(code)]
    names = child.given_names, child.family_name
    assert found == (
        recorded(names, child.born_on, child.gender, others, places),
        child.born_on,
        False,
        find.carer_keys(CARERS),
    )
    assert len(found.carers) == 2


def test_nothing_is_opened(session: Session, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    child = made(others=(FORMER,), postcodes=AT, carers=CARERS)
    session.flush()
    monkeypatch.setattr(KeyRing, "unseal", None)

    assert find.compared(session, [child.id]).keys() == {child.id}


def test_of_a_shielded_child_there_are_the_name_the_birth_date_and_the_gender(session: Session, made: Made) -> None:
    child = made(shielded=True, others=(FORMER,), postcodes=AT, carers=CARERS, gender=Gender.FEMALE)

    (found,) = find.compared(session, [child.id]).values()

    names = child.given_names, child.family_name
    assert found == (recorded(names, child.born_on, Gender.FEMALE), child.born_on, True, frozenset())


@pytest.mark.parametrize("state", [state for state in RecordState if state is not RecordState.LIVE])
def test_one_that_is_not_live_is_not_there(session: Session, made: Made, state: RecordState) -> None:
    child = made()
    child.state = state
    session.flush()

    assert find.compared(session, [child.id]) == {}


def test_while_keys_change_either_key_tells_that_two_are_the_same(session: Session, made: Made) -> None:
    ring = sealing.ring()
    before, after = (made(postcodes=AT[:1], carers=CARERS, born_on=date(2016, 3, day)) for day in (1, 2))
    sealing.use(KeyRing([*ring.keys.values(), Key.new(2)], 2, ring.lasting))
    try:
        find.again(session, [after.id])
        found = find.compared(session, [before.id, after.id])
        carers, places = find.carer_keys(CARERS), frozenset(find.where(AT[0]))
    finally:
        sealing.use(ring)

    assert found[before.id].carers != found[after.id].carers
    assert [one.carers <= carers for one in found.values()] == [True, True]
    assert [one.facts.places <= places for one in found.values()] == [True, True]
