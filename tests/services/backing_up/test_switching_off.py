"""The whole directory switched off, on again, and destroyed by two people, to the last row but the audit."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import inspect, select, text

from cp import lodging
from cp.models import Account, AuditEvent, SignedIn
from cp.services import switching_off
from cp.services.switching_off import NotNow
from tests.build import PASSWORD, World
from tests.build_retention import MARKED, full
from tests.conftest import ENGINE
from tests.services.backing_up.conftest import Place
from tests.web import Browser
from tests.whole.tables import owning
from tests.whole.test_secrets import dump, files

PHRASE = "destroy everything for ever"
OFF = "ContactPoint is switched off"


def typed(world: World, *, phrase: str = PHRASE, second: str | None = None, password: str = PASSWORD) -> str:
    return "\n".join([world.una.email, PASSWORD, PHRASE, second or world.amir.email, password, phrase, ""])


def test_switched_off_nobody_is_answered_and_everybody_is_signed_out(
    place: Place, world: World, browser: Browser
) -> None:
    browser.become(place.session, world.sam)
    assert browser.get("/").h1 == "Find a child"

    printed = place.done("switch-off")

    assert "By 18 January 2027 destroy it" in printed
    for where in ("/", "/sign-in", "/help", "/searches/new", "/nowhere", "/health", "/api/v1/rows"):
        assert browser.client.get(where).status_code == 503
    page = browser.get("/")
    assert (page.h1, page.status) == (OFF, 503)
    assert page.html.title is not None
    assert page.html.title.text.startswith(OFF)
    assert browser.client.get("/health").text == "not ok"
    assert browser.client.get("/api/v1/rows").get_json()["detail"] == "ContactPoint is closed."
    assert browser.client.get("/", headers={"HX-Request": "true"}).headers["HX-Reselect"] == "#content"
    assert place.session.scalars(select(SignedIn.id).where(SignedIn.ended_at.is_(None))).all() == []
    assert page.texts("footer a") == []


def test_a_form_that_was_open_is_not_taken(place: Place, world: World, browser: Browser) -> None:
    browser.become(place.session, world.sam)
    form = browser.get("/")
    place.done("switch-off")
    before = place.session.scalars(select(AuditEvent.id)).all()

    answer = browser.submit(form, "Search", given_name="Amira", family_name="Siddiqui", reason="working_with")

    assert (answer.status, answer.h1) == (503, OFF)
    assert place.session.scalars(select(AuditEvent.id)).all() == before


def test_switched_on_again_people_sign_in_again(place: Place, world: World, browser: Browser) -> None:
    browser.become(place.session, world.sam)
    assert place.done("switch-on") == "It was on.\n"
    place.done("switch-off")
    place.done("switch-off")

    assert place.done("switch-on") == "The directory is switched on.\n"

    assert browser.get("/").h1 == "Sign in"
    reasons = place.session.scalars(select(AuditEvent.reason).order_by(AuditEvent.id)).all()
    assert [reason for reason in reasons if reason] == ["switched_off", "switched_on"]


def test_the_worker_rests_while_it_is_off(place: Place, world: World) -> None:
    place.done("switch-off")

    place.done("work", "--once")

    with owning(place.config.database_url) as owner:
        assert owner.scalar(text("SELECT count(*) FROM job")) == 0


def test_a_rehearsal_says_what_would_go_and_changes_nothing(place: Place, world: World, browser: Browser) -> None:
    place.back_up()

    printed = place.done("switch-off", "--rehearse")

    accounts = len(place.session.scalars(select(Account.id)).all())
    assert f"  {accounts} rows of account\n" in printed
    assert f"  the key file {place.config.key_file}, and the keys of 1 backups\n" in printed
    assert "Nothing was changed now." in printed
    assert browser.get("/").h1 == "Sign in"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"phrase": "destroy everything"}, "That is not the phrase. Nothing was destroyed."),
        ({"second": "una.accounts@example.test"}, "Two different people must answer for it. Nothing was destroyed."),
        ({"second": "sam.practitioner@example.test"}, "That is not the email and password of somebody who runs "
                                                      "accounts here today. Nothing was destroyed."),
        ({"password": "wrong"}, "That is not the email and password of somebody who runs accounts here today. "
                                "Nothing was destroyed."),
    ],
)  # fmt: skip
def test_one_person_or_a_wrong_word_destroys_nothing(
    place: Place, world: World, answers: dict[str, str], sentence: str
) -> None:
    place.done("switch-off")

    said = place.refused("switch-off", "--destroy", typed=typed(world, **answers))

    assert said.splitlines()[-1] == f"Error: {sentence}"
    assert place.config.key_file.exists()
    assert lodging.facts(place.config.lodge, lodging.DESTRUCTION) is None
    assert place.done("switch-on") == "The directory is switched on.\n"


def test_what_is_on_is_not_destroyed(place: Place, world: World) -> None:
    said = place.refused("switch-off", "--destroy", typed=typed(world))

    assert said == "Switch the directory off first: flask --app app switch-off"


def traces(place: Place) -> list[bytes]:
    return [dump(place.config.database_url), *([files(place.config.database_url)] if ENGINE == "sqlite" else [])]


@pytest.mark.parametrize(("days", "in_time"), [(1, True), (56, True), (57, False)])
def test_two_people_destroy_everything_but_the_audit(
    place: Place, world: World, browser: Browser, clock: time_machine.Traveller, days: int, in_time: bool
) -> None:
    full(place.session, world)
    place.back_up()
    place.done("switch-off")
    clock.shift(timedelta(days=days))

    printed = place.done("switch-off", "--destroy", typed=typed(world))

    certificate = json.loads((place.config.lodge / lodging.CERTIFICATE).read_text())
    assert "Everything is destroyed but the audit." in printed
    assert (certificate["people"], certificate["within_eight_weeks"]) == (["Una Kowalski", "Amir Patel"], in_time)
    assert (certificate["rows"]["child"], certificate["keys"]) == (2, [1])
    assert (place.keys(), place.files(), place.config.key_file.exists()) == ([], [], False)
    with owning(place.config.database_url) as owner:
        assert [name for name in inspect(owner).get_table_names() if not name.startswith("audit_")] == [
            "alembic_version"
        ]
    left = traces(place)
    for word in (MARKED, "Okafor", "Northvale", "example.test"):
        assert [word.casefold().encode() in content.lower() for content in left] == [False] * len(left)
        assert word not in json.dumps(certificate)
    assert "0 problems" in place.done("audit", "verify")
    leaves = place.session.scalars(select(AuditEvent.leaf).order_by(AuditEvent.id)).all()
    assert certificate["audit"] == {
        "entries": len(leaves), "sha256_of_leaves": hashlib.sha256(b"".join(leaves)).hexdigest()
    }  # fmt: skip
    place.start()
    assert (browser.get("/").h1, browser.client.get("/health").status_code) == (OFF, 503)
    assert place.refused("switch-on") == "The destruction of this directory has begun. There is no way back."
    assert place.refused("backup") == "There is no directory here that could be backed up."


def test_a_destruction_that_was_stopped_goes_on_and_asks_nobody_again(place: Place, world: World) -> None:
    place.back_up()
    place.done("switch-off")
    lodging.set_down(place.config.lodge, lodging.DESTRUCTION, {"people": ["A", "B"], "rows": {}, "keys": [1]})
    with pytest.raises(NotNow, match="There is no way back"):
        switching_off.switch_on(place.session, place.config.lodge)

    place.done("switch-off", "--destroy")
    first = (place.config.lodge / lodging.CERTIFICATE).read_bytes()
    place.done("switch-off", "--destroy")

    assert (place.keys(), place.config.key_file.exists()) == ([], False)
    assert (place.config.lodge / lodging.CERTIFICATE).read_bytes() == first
    assert json.loads(first)["people"] == ["A", "B"]


def test_what_is_off_stays_off_when_an_older_backup_is_restored(place: Place, world: World, browser: Browser) -> None:
    file: Path = place.back_up()
    place.done("switch-off")

    place.restore(file)

    place.start()
    assert browser.get("/").h1 == OFF
