"""Everything is sealed and known by the new key, and everybody reads and finds all the while."""

from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from cp import engines
from cp.models import Base, ContactRequest, SearchPlace
from cp.models.carer import Carer
from cp.models.child import Child, OutsideNumber
from cp.models.sensitive import SensitiveInvolvement
from cp.services import blinding, changing_keys, find, shielding
from cp.services.changing_keys import again, columns
from cp.services.find import entry as find_entry
from cp.terms import ShieldGround
from tests import build_sealed
from tests.build import World
from tests.build_sealed import answers, everything, first_bytes
from tests.services.keys.steps import change, rotated


def test_everything_is_sealed_with_the_new_key_and_says_what_it_said(
    owner: Engine, path: Path, session: Session, child: Child
) -> None:
    said, found = everything(session), answers(session)
    assert set(map(len, said.values())) != {0}
    assert first_bytes(session) == {column: {1} for column in said}

    change(owner, path)
    between = everything(session), answers(session), list(find.check(session))
    made = rotated(owner)

    assert between == (said, found, [])
    assert (everything(session), answers(session), list(find.check(session))) == (said, found, [])
    assert first_bytes(session) == {column: {2} for column in said}
    assert made["search_index"] == 3
    assert rotated(owner) == {"carer": 0, "outside_number": 0, "sensitive_involvement": 0, "contact_request": 0,
                              "search_index": 0}  # fmt: skip


def test_what_is_known_by_a_keyed_hash_is_known_by_the_new_one(
    owner: Engine, path: Path, session: Session, world: World, child: Child
) -> None:
    withdrawn = build_sealed.sensitive(session, world, child, withdrawn=True)
    random = session.scalars(select(ContactRequest.passed_key).order_by(ContactRequest.id.desc())).first()
    session.commit()

    ring = change(owner, path)
    rotated(owner)

    session.expire_all()
    assert world.nia.practitioner is not None
    numbers = session.scalars(select(OutsideNumber)).all()
    assert set(session.scalars(select(Carer.phone_key))) == {ring.look_up("phone", "+441614960163")}
    assert [row.value_key for row in numbers] == [ring.look_up(row.kind.value, row.value) for row in numbers]
    assert session.execute(
        select(SensitiveInvolvement.child_key, SensitiveInvolvement.service_key, SensitiveInvolvement.practitioner_key)
        .where(SensitiveInvolvement.id != withdrawn.id)
    ).one() == (
        blinding.of_child(child.uid)[0], blinding.of_service(build_sealed.SERVICE)[0],
        blinding.of_practitioner(world.nia.practitioner.uid)[0],
    )  # fmt: skip
    assert session.get_one(SensitiveInvolvement, withdrawn.id).child_key is None
    assert session.scalars(select(ContactRequest.passed_key).order_by(ContactRequest.id)).all() == [
        blinding.of_service(build_sealed.SERVICE)[0], random,
    ]  # fmt: skip


def test_an_entry_is_found_by_either_key_while_they_change(
    owner: Engine, path: Path, session: Session, child: Child
) -> None:
    change(owner, path)

    known = blinding.of_child(child.uid)
    found = session.scalars(select(SensitiveInvolvement.id).where(SensitiveInvolvement.child_key.in_(known))).all()
    assert (len(known), len(found)) == (2, 1)


@pytest.mark.parametrize("batches", range(0, 30, 3))
def test_a_change_that_was_stopped_goes_on(
    owner: Engine, path: Path, session: Session, child: Child, batches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "BATCH", 1)
    said, found = everything(session), answers(session)
    change(owner, path)

    list(islice(changing_keys.rotate(owner), batches))
    half = everything(session), answers(session), list(find.check(session))
    rotated(owner)

    assert half == (said, found, [])
    assert first_bytes(session) == {column: {2} for column in said}
    assert changing_keys.left(owner, 1) == []


def test_a_shield_set_while_places_are_indexed_again_is_obeyed(
    owner: Engine, path: Path, session: Session, child: Child
) -> None:
    change(owner, path)
    with Session(engines.reading_first(owner)) as reading:
        _, behind = find.behind(reading, 0, 100)
    shielding.shield(session, child.number, ShieldGround.DOMESTIC_ABUSE)
    session.commit()

    with Session(owner) as other, other.begin():
        find.again(other, behind)

    placed = set(session.scalars(select(SearchPlace.child_id)))
    assert child.id in behind
    assert placed == set(behind) - {child.id}


def test_what_somebody_changed_meanwhile_is_left_as_they_made_it(
    owner: Engine, path: Path, session: Session, child: Child
) -> None:
    table = Base.metadata.tables["carer"]
    change(owner, path)
    batches = columns.batches(engines.reading_first(owner), table, 1)
    reading, (row,) = next(batches)
    reading.rollback()
    carer = session.get_one(Carer, row["id"])
    carer.details = {**carer.details, "name": "Somebody Else"}
    session.commit()

    with Session(owner) as other, other.begin():
        done = again._row(other, table, row, again.Progress("carer"))

    session.expire_all()
    assert (done.seen, done.made) == (1, 0)
    assert session.get_one(Carer, row["id"]).details["name"] == "Somebody Else"


def test_a_row_that_does_not_open_stops_nobody(owner: Engine, path: Path, session: Session, child: Child) -> None:
    session.execute(update(Carer).where(Carer.id == 1).values(details_sealed=bytes([1]) + b"spoilt" * 9))
    session.commit()
    change(owner, path)

    damaged = {done.table: done.damaged for done in changing_keys.rotate(owner)}

    assert {table for table, count in damaged.items() if count} == {"carer"}
    changing_keys.retire(owner, path, 1)


def test_with_one_key_a_place_is_probed_by_it_and_with_two_by_either(
    owner: Engine, path: Path, session: Session, child: Child
) -> None:
    """Whatever is kept of a place has one value under one key: while keys change, two."""

    def values() -> list[int]:
        return [len(place) for place in map(find_entry.where, ("ZA4 7QD", "ZA4", "not a postcode"))]

    one, found = values(), answers(session)
    change(owner, path)

    assert (one, values()) == ([1, 1, 0], [2, 2, 0])
    assert answers(session) == found
