"""What people decided of records after a backup was made is not undone by a machine when it is restored."""

from datetime import date
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import lodging
from cp.lodging import Kind
from cp.models import AuditEvent, LegalHold, Merge, Pair, SourceRecord, ToldApart, new_uid
from cp.models.child import Child
from cp.services import telling_apart
from cp.services.merging import deciding, moving
from cp.services.retention import holds, sweeping, unholding
from cp.services.retention.believing import Believed
from cp.services.retention.holds import Wish
from cp.terms import Act, HoldReason, RecordState
from tests import build, build_identities, build_retention
from tests.build import Person, World
from tests.build_supply import AMIRA, JACK, children, send
from tests.conftest import NOW
from tests.services.backing_up.conftest import Place
from tests.web import actor_of

ENDS = date(2027, 5, 1)
AGAIN = "1 records held back from destruction since are held again: the management team says for what."
WAIT = "no row joins a record by itself until the management teams have looked and you run flask --app app supply"
Known = tuple[UUID, UUID]


@pytest.fixture
def may(place: Place, world: World) -> Person:
    return build_identities.may(place.session, world)


def ask(session: Session, world: World, may: Person, child: Child, ends_on: date = ENDS) -> UUID:
    wish = Wish(child.number, may.account.uid, ends_on, HoldReason.COURT, "HX 12")
    return holds.ask(session, actor_of(session, world.max), wish)


def agree(session: Session, may: Person, uid: UUID) -> None:
    holds.answer(session, actor_of(session, may), uid, agreed=True)
    session.commit()


def archived(session: Session, world: World) -> Child:
    """Six years are over in a week."""
    return build_retention.archived(session, build.child(session, world), date(2020, 12, 1))


def swept(session: Session, clock: time_machine.Traveller, day: str) -> tuple[object, int]:
    clock.move_to(f"{day}T12:00Z")
    return sweeping.step(session, Believed(clocks.now()))


def test_a_record_that_a_court_asked_to_keep_is_kept_and_nobody_is_said_to_have_asked(
    place: Place, world: World, may: Person, clock: time_machine.Traveller
) -> None:
    child = archived(place.session, world)
    number, file = child.number, place.back_up()
    agree(place.session, may, ask(place.session, world, may, child))

    printed = place.restore(file)

    assert AGAIN in printed.splitlines()
    (one,) = holds.listed(place.session, actor_of(place.session, world.max), 1).rows
    assert (one.number, one.first, one.second, one.ends_on, one.reason, one.reference, one.agreed, one.mine) == (
        number, None, None, ENDS, None, "", True, False,
    )  # fmt: skip
    said = select(AuditEvent.reason).where(AuditEvent.act == Act.SET_UP, AuditEvent.subject_id == child.subject_id)
    assert place.session.scalars(said).all() == ["held_after_restore"]
    days = ("2026-12-02", "2027-04-30", "2027-05-01")
    assert [swept(place.session, clock, day) for day in days] == [(None, 0), (None, 0), ("destroyed", 1)]


def test_one_that_waits_in_the_backup_is_the_one_that_was_agreed_to(place: Place, world: World, may: Person) -> None:
    uid = ask(place.session, world, may, archived(place.session, world))
    file = place.back_up()
    agree(place.session, may, uid)

    place.restore(file)

    (one,) = holds.listed(place.session, actor_of(place.session, world.max), 1).rows
    assert (one.uid, one.second, one.reference, one.agreed) == (uid, may.account.name, "HX 12", True)


def test_a_hold_of_two_joined_records_is_of_each_where_the_backup_has_two(
    place: Place, world: World, may: Person
) -> None:
    kept, gone = (build_identities.derived(place.session, world, at) for at in ("ZA4 7QD", "ZA1 2AB"))
    later = build_identities.derived(place.session, world, "ZA1 2AC")
    uids, file = [one.uid for one in (kept, gone, later)], place.back_up()
    with place.session as session:
        actor = actor_of(session, world.max)
        assert deciding.join(session, actor, uids[0], uids[1]) == "joined"
        agree(session, may, ask(session, world, may, session.get_one(Child, kept.id)))
        assert deciding.join(session, actor_of(session, world.max), uids[0], uids[2]) == "joined"
        session.commit()

    place.restore(file)

    held = place.session.execute(select(Child.uid, LegalHold.ends_on).join(LegalHold)).all()
    assert {tuple(one) for one in held} == {(uid, ENDS) for uid in uids}


def test_what_ends_before_what_is_over_and_a_line_cut_short_hold_nothing_more(
    place: Place, world: World, may: Person
) -> None:
    child = archived(place.session, world)
    build_retention.hold(place.session, world, child, ENDS, reason={"reason": "court", "reference": ""})
    file = place.back_up()
    for said in ("2027-04-30", "2026-11-23", "2029-0", ""):
        lodging.note(Kind.HOLD, child.subject_id, NOW, said)
    lodging.note(Kind.HOLD, new_uid(), NOW, "2029-01-01")

    printed = place.restore(file)

    assert "held again" not in printed
    assert place.session.scalars(select(LegalHold.ends_on)).all() == [ENDS]


def test_an_end_that_waits_for_a_second_person_is_asked_for_again(place: Place, world: World, may: Person) -> None:
    agree(place.session, may, uid := ask(place.session, world, may, archived(place.session, world)))
    unholding.ask(place.session, actor_of(place.session, world.max), uid)

    printed = place.restore(place.back_up())

    assert "1 requests that waited for a second person were dropped: they are asked again." in printed.splitlines()
    assert place.session.scalars(select(LegalHold.end_asked_by_id)).all() == [None]


def test_a_hold_that_was_declined_is_not_noted(place: Place, world: World, may: Person) -> None:
    uid = ask(place.session, world, may, archived(place.session, world))

    holds.answer(place.session, actor_of(place.session, may), uid, agreed=False)

    assert list(lodging.lines(place.config.lodge, NOW)) == []


def test_two_records_told_apart_since_are_told_apart(place: Place, world: World) -> None:
    kept, gone = (build_identities.derived(place.session, world, at) for at in ("ZA4 7QD", "ZA1 2AB"))
    uids, file = (kept.uid, gone.uid), place.back_up()
    telling_apart.records(place.session, actor_of(place.session, world.max), gone.id, kept.id)

    printed = place.restore(file)

    assert deciding.join(place.session, actor_of(place.session, world.max), *uids) == "apart"
    assert "join-again" not in printed
    (told,) = place.session.scalars(select(ToldApart))
    assert (told.child_id, told.other_id, told.account_id) == (kept.id, gone.id, None)


def test_two_that_were_taken_apart_since_are_taken_apart_again_each_with_its_own(place: Place, world: World) -> None:
    kept, gone = (build_identities.derived(place.session, world, at) for at in ("ZA4 7QD", "ZA1 2AB"))
    uids = (kept.uid, gone.uid)
    with place.session as session:
        assert deciding.join(session, actor_of(session, world.max), *uids) == "joined"
        session.commit()
    file = place.back_up()
    with place.session as session:
        moving.undo(session, actor_of(session, world.max), session.scalars(select(Merge.uid)).one())
        session.commit()

    printed = place.restore(file)

    assert "1 pairs of records taken apart since were taken apart again." in printed.splitlines()
    states = place.session.scalars(select(Child.state).where(Child.uid.in_(uids))).all()
    assert states == [RecordState.LIVE, RecordState.LIVE]
    owned = select(Child.uid).join(SourceRecord, SourceRecord.child_id == Child.id).order_by(SourceRecord.id)
    assert tuple(place.session.scalars(owned)) == uids
    assert place.done("find", "check") == "Every record has exactly its keys.\n"
    assert deciding.join(place.session, actor_of(place.session, world.max), *uids) == "apart"


def test_what_was_taken_apart_and_never_joined_in_the_backup_is_nothing_to_take_apart(
    place: Place, world: World
) -> None:
    kept, gone = (build_identities.derived(place.session, world, at) for at in ("ZA4 7QD", "ZA1 2AB"))
    file = place.back_up()
    with place.session as session:
        assert deciding.join(session, actor_of(session, world.max), kept.uid, gone.uid) == "joined"
        moving.undo(session, actor_of(session, world.max), session.scalars(select(Merge.uid)).one())
        session.commit()

    printed = place.restore(file)

    assert "taken apart again" not in printed
    assert place.session.scalars(select(Merge)).all() == []


def test_where_a_row_was_told_apart_none_joins_by_itself_until_somebody_says_so(place: Place, world: World) -> None:
    """The supplier's key for it stands nowhere outside the database."""
    send(place.session, world.school, AMIRA, JACK)
    practice = build.organisation(place.session, world.authority, name="Ashgrove Prep")
    file = place.back_up()
    (amira, _) = children(place.session)
    telling_apart.row(place.session, actor_of(place.session, world.max), amira.id, practice.id, "7")

    printed = place.restore(file)

    assert printed.count(WAIT) == 1
    session = place.session
    send(session, world.school, AMIRA)
    send(session, practice, AMIRA)
    assert session.scalars(select(Pair.child_id)).all() == [amira.id]
    assert len(session.scalars(select(SourceRecord)).all()) == 2
    assert place.done("supply", "join-again") == "Rows join records again.\n"
    assert place.done("supply", "join-again") == "Rows join records already.\n"
    send(session, practice, JACK)
    assert len(session.scalars(select(SourceRecord)).all()) == 3
    said = session.scalars(select(AuditEvent.reason).where(AuditEvent.act == Act.SET_UP)).all()
    assert [one for one in said if one and one.startswith("joining")] == ["joining_off", "joining_on"]


def test_a_record_that_the_backup_has_not_is_told_apart_from_nobody(place: Place, world: World) -> None:
    child = build_identities.derived(place.session, world, "ZA4 7QD")
    file = place.back_up()
    lodging.note(Kind.APART, child.subject_id, NOW, str(new_uid()))

    printed = place.restore(file)

    assert "1 decisions since that a row or record is not a child’s were lost" in printed
