"""What a school says of another child is taken out of a record, to one of its own, and no file brings it back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Pair, SourceRecord, SupplyRow
from cp.models.child import Child, ChildLocation
from cp.rules.access import Actor
from cp.services import find
from cp.services.merging import words
from cp.services.merging.moving import NothingToUndo
from cp.terms import PairState, RowState, SupplyState
from tests import build
from tests.build import World
from tests.build_identities import home, says, shield
from tests.build_supply import AMIRA, children, csv_of, receive, send, undo, work
from tests.services.merging.test_merging import entries


@pytest.fixture
def joined(session: Session, world: World, max_: Actor) -> Child:
    """A record of which one school speaks, and another, whose row somebody said was the same child."""
    first = build.organisation(session, world.authority, name="Ashgrove Prep")
    send(session, first, AMIRA | {"Forename": "Zara", "Address Line 1": "9 Cedar Road"})
    child = children(session)[0]
    says(session, child, world.school, given_names="Amira", addresses=(home("ZA4 7QE"),))
    return child


def theirs(session: Session, child: Child) -> list[words.Word]:
    return list(words.of(session, child.uid))


def test_it_gets_a_record_of_its_own(session: Session, joined: Child, max_: Actor) -> None:
    first, second = theirs(session, joined)
    assert [(one.organisation, one.name) for one in (first, second)] == [
        ("Ashgrove Prep", "Zara Siddiqui"), ("Hollin Bank Primary School", "Amira Siddiqui"),
    ]  # fmt: skip

    made = words.take_out(session, max_, joined.uid, second.uid)

    new = session.scalars(select(Child).where(Child.uid == made)).one()
    session.expire_all()
    assert (joined.given_names, new.given_names) == ("Zara", "Amira")
    at = {child_id: address["lines"][0] for child_id, address in _addresses(session)}
    assert at == {joined.id: "9 Cedar Road", new.id: "18 Tanner’s Row"}
    assert list(find.check(session)) == []
    assert [reason for *_, reason in entries(session)][-2:] == ["taken_out", "taken_out"]
    with pytest.raises(NothingToUndo):
        words.take_out(session, max_, joined.uid, second.uid)


def _addresses(session: Session) -> list[tuple[int, dict[str, list[str]]]]:
    return [(one.child_id, one.address) for one in session.scalars(select(ChildLocation))]


def test_no_file_brings_it_back_and_its_file_is_undone(
    session: Session, world: World, joined: Child, max_: Actor
) -> None:
    """By its own key, and under another: whatever it says is not that child."""
    first, _ = theirs(session, joined)
    made = words.take_out(session, max_, joined.uid, first.uid)
    session.commit()
    ashgrove = session.scalars(select(SourceRecord).order_by(SourceRecord.id)).first()
    assert ashgrove is not None
    school = session.get_one(type(world.school), ashgrove.organisation_id)

    file = receive(session, school, csv_of(AMIRA | {"Forename": "Zara", "Address Line 1": "10 Cedar Road"}))
    work(session)

    new = session.scalars(select(Child).where(Child.uid == made)).one()
    assert {one.child_id for one in session.scalars(select(SourceRecord).where(SourceRecord.row_key == "000417"))} == {
        new.id
    }
    undo(session, file)
    assert {child.id for child in children(session)} == {joined.id, new.id}


def test_what_was_answered_same_counts_as_different(session: Session, joined: Child, max_: Actor) -> None:
    first, _ = theirs(session, joined)
    row_id = session.scalars(select(SupplyRow.id)).one()
    asked = Pair(authority_id=joined.authority_id, row_id=row_id, child_id=joined.id, made_at=clock.now(), why=[],
                 state=PairState.SAME, decided_by_id=max_.account_id, decided_at=clock.now())  # fmt: skip
    build.add(session, asked)

    words.take_out(session, max_, joined.uid, first.uid)

    session.expire_all()
    assert session.get_one(Pair, asked.id).state is PairState.DIFFERENT


def test_a_row_that_waits_beside_it_looks_again(session: Session, world: World, joined: Child, max_: Actor) -> None:
    """What somebody has just said of the two may be all that it waited for."""
    bare = {name: AMIRA[name] for name in ("Legal Surname", "DOB", "Sex")} | {"Forename": "Zara", "Adno": "9"}
    file = send(session, build.organisation(session, world.authority, name="Third School"), bare)
    (waits,) = session.scalars(select(SupplyRow).where(SupplyRow.file_id == file.id)).all()
    assert waits.state is RowState.WAITING

    words.take_out(session, max_, joined.uid, theirs(session, joined)[1].uid)

    session.expire_all()
    assert (waits.state, file.state) == (RowState.READY, SupplyState.SENDING)


def test_of_a_shielded_record_both_are(session: Session, joined: Child, max_: Actor) -> None:
    shield(session, joined)

    made = words.take_out(session, max_, joined.uid, theirs(session, joined)[0].uid)

    assert session.scalars(select(Child).where(Child.uid == made)).one().shielded
    assert list(find.check(session)) == []


def test_the_only_word_of_a_child_stays(session: Session, world: World, max_: Actor) -> None:
    send(session, world.school, AMIRA)

    assert theirs(session, children(session)[0]) == []
