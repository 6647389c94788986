"""What was protected after a backup was made is protected when it is restored, before anybody may ask."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp import lodging
from cp.lodging import Kind
from cp.models import Account, FamilyRequest, MachineCredential, Merge, Organisation, Shield, new_uid
from cp.models.child import Child
from cp.services import audit, passwords, shielding
from cp.services.managing import changing, reviewing
from cp.services.retention import staying
from cp.services.sensitive import entries, withdrawing
from cp.services.supply import credentials
from cp.terms import Act, Asking, Decision, RecordState, ShieldGround, StayGround, SuspendedBecause, WithdrawnBecause
from tests import build_families, build_identities, build_machines, build_sensitive, build_shields
from tests.build import World
from tests.conftest import NOW
from tests.services.backing_up.conftest import Place
from tests.web import Browser, actor_of


def shielded(session: Session, child: Child) -> bool:
    session.rollback()
    return session.scalars(select(Child.shielded_at).where(Child.subject_id == child.subject_id)).one() is not None


def test_a_child_shielded_since_is_shielded_again_and_out_of_the_index(
    place: Place, world: World, browser: Browser, clock: time_machine.Traveller
) -> None:
    child = build_shields.child(place.session, world, given_names="Amira")
    other = build_shields.child(place.session, world, given_names="Bea")
    file = place.back_up()
    clock.shift(timedelta(hours=5))
    place.done("children", "shield", child.number, "--because", "domestic-abuse")

    printed = place.restore(file)

    said = "1 records shielded since were shielded again: the management team finds them under Shields."
    assert said in printed.splitlines()
    assert (shielded(place.session, child), shielded(place.session, other)) == (True, False)
    assert place.session.scalars(select(Shield.ground)).all() == [ShieldGround.OTHER_SIGNIFICANT_HARM]
    assert place.done("find", "check") == "Every record has exactly its keys.\n"
    assert "0 problems" in place.done("audit", "verify")
    place.start()
    browser.become(place.session, world.sam)
    page = browser.submit(browser.get("/"), "Search", given_name="Amira", postcode="ZA4 7QD", family_name="Siddiqui",
                          reason="working_with")  # fmt: skip
    assert "Tanner" not in page.response.text


def test_a_shield_that_was_taken_back_with_its_transaction_is_at_worst_one_too_many(place: Place, world: World) -> None:
    child = build_shields.child(place.session, world)
    file = place.back_up()
    shielding.shield(place.session, child.number, ShieldGround.ADOPTION)
    place.session.rollback()

    place.restore(file)

    assert shielded(place.session, child)


def test_a_shielded_record_that_the_backup_has_not_is_named_and_must_be_known_of(place: Place, world: World) -> None:
    file = place.back_up()
    child = build_shields.child(place.session, world)
    shielding.shield(place.session, child.number, ShieldGround.ADOPTION)
    place.session.commit()

    said = place.refused("restore", "--replace", str(file))
    again = place.refused("restore", "--finish")
    still = place.refused("work", "--once")
    printed = place.done("restore", "--finish", "--even-so", "1")

    assert "1 records were shielded since the backup and are not in it." in said
    assert again.splitlines()[-1].endswith("flask --app app restore --finish --even-so 1")
    assert still.startswith("A restore is not finished")
    assert "1 shielded records are not in the backup" in printed
    assert child.number not in said + again + printed


def test_an_old_identity_sealed_since_is_shielded(place: Place, world: World) -> None:
    child = build_shields.child(place.session, world)
    file = place.back_up()
    lodging.note(Kind.SEAL, child.subject_id, NOW)

    printed = place.restore(file)

    assert "1 old identities sealed since are shielded: two people must seal them again." in printed
    assert shielded(place.session, child)


def test_whoever_was_suspended_since_is_suspended_and_whoever_changed_a_password_has_none(
    place: Place, world: World
) -> None:
    file = place.back_up()
    una = world.una
    with place.session as session:
        changing.suspend(
            session,
            actor_of(session, una),
            session.get_one(Account, world.sam.account.id),
            SuspendedBecause.UNUSUAL_USE,
        )
        account = session.get_one(Account, world.nia.account.id)
        passwords.keep(account, "quite another one of theirs")
        audit.record(session, actor_of(session, world.nia), Act.CHANGE_PASSWORD)
        session.commit()

    printed = place.restore(file)

    assert f"Suspended until a manager opens them again: {world.sam.email}" in printed.splitlines()
    assert f"Without a password until they are given a link: {world.nia.email}" in printed.splitlines()
    found = {one.email: one for one in place.session.scalars(select(Account))}
    assert (found[world.sam.email].active, found[una.email].active) == (False, True)
    assert found[world.sam.email].suspended_because is SuspendedBecause.RESTORED
    assert (found[world.nia.email].password_hash, bool(found[una.email].password_hash)) == (None, True)


def test_whoever_was_removed_in_the_review_since_is_suspended_and_the_page_says_why(
    place: Place, world: World, browser: Browser
) -> None:
    lou, sam, file = world.lou.account.uid, world.sam.account.uid, place.back_up()
    with place.session as session:
        session.execute(update(Account).where(Account.uid.in_((lou, sam))).values(kept_on=date(2026, 5, 1)))
        assert reviewing.answer(session, actor_of(session, world.una), {lou: False, sam: True}).answered == 2
        session.commit()

    printed = place.restore(file)

    assert f"Suspended until a manager opens them again: {world.lou.email}" in printed.splitlines()
    place.start()
    browser.become(place.session, world.una)
    said = browser.get(f"/accounts/{lou}").response.text
    assert "a backup was restored that is older than a change to this account." in said


def test_what_other_systems_and_organisations_lost_since_they_lose_again(place: Place, world: World) -> None:
    build_machines.credential(place.session, world.school)
    uid = build_machines.newest(place.session).uid
    file = place.back_up()
    with place.session as session:
        found = session.scalars(select(MachineCredential).where(MachineCredential.uid == uid)).one()
        credentials.revoke(session, found, None, new_uid())
        about = audit.About(object_id=world.health.uid, reason=WithdrawnBecause.ASKED)
        audit.record(session, actor_of(session, world.una), Act.WITHDRAW_ACCREDITATION, about)
        session.commit()

    printed = place.restore(file)

    assert "1 credentials of other systems revoked since were revoked again." in printed
    assert "Without accreditation: Vale Community Health" in printed.splitlines()
    assert place.session.scalars(select(MachineCredential.revoked_at).where(MachineCredential.uid == uid)).one()
    ends = {one.name: one.accreditation_ends_on for one in place.session.scalars(select(Organisation))}
    assert ends["Vale Community Health"] == NOW.date()
    assert ends["Hollin Bank Primary School"] != NOW.date()


def test_a_consent_withdrawn_since_is_withdrawn_again(place: Place, world: World) -> None:
    kit = build_sensitive.Clinic.make(place.session, world).kit
    child = build_shields.child(place.session, world)
    uid = build_sensitive.entry(place.session, kit, child)
    file = place.back_up()
    with place.session as session:
        withdrawing.withdraw(session, actor_of(session, kit), uid)
        session.commit()

    printed = place.restore(file)

    assert "1 consents withdrawn since were withdrawn again." in printed
    assert entries.of_child(place.session, child.uid) == []


@pytest.mark.parametrize(("minutes", "again"), [(-11, False), (-9, True), (0, True), (60, True)])
def test_what_was_noted_long_before_the_backup_is_in_it(place: Place, world: World, minutes: int, again: bool) -> None:
    child = build_shields.child(place.session, world)
    file = place.back_up()
    lodging.note(Kind.SHIELD, child.subject_id, NOW + timedelta(minutes=minutes))

    place.restore(file)

    assert shielded(place.session, child) is again


def test_a_copy_and_two_records_that_waited_for_a_second_person_are_asked_for_again(place: Place, world: World) -> None:
    """They may have been kept back since, as not safe, or found to be two children."""
    child, other = build_shields.child(place.session, world), build_shields.child(place.session, world)
    build_families.request(place.session, world.max, child, Asking.COPY)
    told = build_families.request(place.session, world.max, child)
    build_identities.asked_to_join(place.session, child, other, world.max)
    place.session.commit()
    kept, file = told.uid, place.back_up()

    printed = place.restore(file)

    assert place.session.scalars(select(FamilyRequest.uid)).all() == [kept]
    assert place.session.scalars(select(Merge)).all() == []
    assert "2 requests that waited for a second person were dropped: they are asked again." in printed.splitlines()


def test_a_consent_to_stay_past_18_withdrawn_since_is_withdrawn_again(place: Place, world: World) -> None:
    child = build_shields.child(place.session, world, born_on=date(2008, 1, 1))
    consent = staying.Consent(StayGround.CARE_LEAVER, date(2026, 11, 1), 21)
    staying.record(place.session, actor_of(place.session, world.max), child.uid, consent)
    uid, file = child.uid, place.back_up()
    staying.withdraw(place.session, actor_of(place.session, world.max), uid, believed=True)

    printed = place.restore(file)

    state = place.session.scalars(select(Child.state).where(Child.uid == uid)).one()
    assert state is RecordState.ARCHIVED
    assert "1 consents withdrawn since were withdrawn again." in printed.splitlines()


def test_what_protects_nobody_is_not_noted(place: Place, world: World) -> None:
    actor = actor_of(place.session, world.nia)
    audit.record(place.session, actor, Act.ENROL_FACTOR, audit.About(reason="printed_codes"))
    audit.record(place.session, actor, Act.CHANGE_PASSWORD, decision=Decision.REFUSED)

    assert list(lodging.lines(place.config.lodge, NOW)) == []


def test_lines_go_when_no_backup_can_be_older_and_one_cut_short_is_none(place: Place) -> None:
    lodge, uid = place.config.lodge, new_uid()
    lodging.note(Kind.SHIELD, uid, NOW - timedelta(days=38))
    lodging.note(Kind.ACCOUNT, uid, NOW)
    with (lodge / "protected-2026-11-23").open("a") as file:
        file.write("2026-11-23T10:42:00+00:00 shield 3f2b")

    lodging.forget(lodge, NOW)

    assert [tuple(line) for line in lodging.lines(lodge, NOW - timedelta(days=400))] == [(NOW, Kind.ACCOUNT, uid, "")]
    assert [path.name for path in lodge.iterdir()] == ["protected-2026-11-23"]


def test_a_lodge_that_is_full_stops_no_shield_and_is_said(
    place: Place, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    child = build_shields.child(place.session, world)
    place.config.lodge.write_text("this is no folder")

    assert shielding.shield(place.session, child.number, ShieldGround.ADOPTION) is True

    assert [record.getMessage() for record in caplog.records] == ["not lodged: shield, FileExistsError"]
    place.config.lodge.unlink()
