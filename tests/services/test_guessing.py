"""Guesses are counted in the database: by account, by address and in all; nobody can lock somebody else out."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from cp import sealing
from cp.models import Attempt
from cp.services import guessing
from cp.services.guessing import Keys
from tests.conftest import NOW

SAM, NIA = "sam@example.test", "nia@example.test"
WORK, CAFE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def _ring(ring: sealing.KeyRing) -> None:
    """Emails and addresses are kept under a key."""


def fail(session: Session, email: str, address: str, times: int, at: datetime = NOW, *, code: bool = False) -> None:
    keys = guessing.keys(email, address)
    row = {"at": at, "account_key": keys.account, "address_key": keys.address, "succeeded": False, "code": code}
    session.execute(insert(Attempt), [row] * times)


def succeed(session: Session, email: str, address: str, at: datetime) -> None:
    guessing.note(session, guessing.keys(email, address), at, succeeded=True, code=True)


def wait(session: Session, email: str, address: str, now: datetime = NOW) -> int | None:
    return guessing.wait(session, guessing.keys(email, address), now)


def test_nothing_has_to_wait_at_first(session: Session) -> None:
    assert wait(session, SAM, WORK) is None
    assert guessing.wait_for_next_code(session, guessing.keys(SAM, WORK), NOW) is None


def test_a_stranger_waits_after_three_guesses(session: Session) -> None:
    fail(session, SAM, CAFE, 3)

    assert wait(session, SAM, CAFE) == 30
    assert wait(session, NIA, CAFE) is None


def test_guessing_from_elsewhere_never_delays_somebody_at_their_own_place(session: Session) -> None:
    succeed(session, SAM, WORK, NOW - timedelta(days=3))
    for number in range(50):
        fail(session, SAM, f"203.0.113.{number}", 20)

    assert wait(session, SAM, WORK) is None
    assert wait(session, SAM, CAFE) is not None


def test_a_known_place_may_guess_five_times_and_starts_afresh_when_it_gets_in(session: Session) -> None:
    succeed(session, SAM, WORK, NOW - timedelta(days=3))
    fail(session, SAM, WORK, 5)
    assert wait(session, SAM, WORK) == 5

    succeed(session, SAM, WORK, NOW + timedelta(seconds=10))

    assert wait(session, SAM, WORK, NOW + timedelta(seconds=11)) is None


def test_many_addresses_are_no_faster_than_one(session: Session) -> None:
    for number in range(10):
        fail(session, SAM, f"203.0.113.{number}", 1)

    assert wait(session, SAM, "192.0.2.1") == 300


def test_one_address_that_tries_many_accounts_waits_for_all_of_them(session: Session) -> None:
    for number in range(30):
        fail(session, f"person{number}@example.test", CAFE, 1)

    assert wait(session, SAM, CAFE) == 900
    assert wait(session, SAM, WORK) is None


def test_the_many_addresses_of_one_line_are_one(session: Session) -> None:
    for number in range(30):
        fail(session, f"person{number}@example.test", f"2001:db8:0:7::{number:x}", 1)

    assert wait(session, SAM, "2001:db8:0:7:ffff::1") == 900
    assert wait(session, SAM, "2001:db8:0:8::1") is None


def test_a_thousand_guesses_from_everywhere_leave_a_stranger_one(session: Session) -> None:
    for number in range(100):
        fail(session, f"person{number}@example.test", f"192.0.2.{number}", 10)
    assert wait(session, SAM, CAFE) is None

    fail(session, SAM, CAFE, 1)

    assert wait(session, SAM, CAFE) == 30


def test_codes_are_counted_by_account_from_wherever_they_come(session: Session) -> None:
    for number in range(5):
        fail(session, SAM, f"203.0.113.{number}", 1, code=True)

    assert guessing.wait_for_next_code(session, guessing.keys(SAM, WORK), NOW) == 300
    assert guessing.wait_for_next_code(session, guessing.keys(NIA, WORK), NOW) is None


def test_wrong_codes_do_not_delay_a_password_nor_the_other_way_round(session: Session) -> None:
    fail(session, SAM, WORK, 5, code=True)
    assert wait(session, SAM, WORK) is None

    fail(session, NIA, WORK, 5)

    assert guessing.wait_for_next_code(session, guessing.keys(NIA, WORK), NOW) is None


@pytest.mark.parametrize(("hours", "expected"), [(0.9, None), (1.1, None), (25, None)])
def test_old_guesses_are_forgotten(session: Session, hours: float, expected: int | None) -> None:
    fail(session, SAM, CAFE, 9, NOW - timedelta(hours=hours))

    assert wait(session, SAM, CAFE) == expected


def test_keys_tell_an_email_from_an_address_and_each_from_every_other() -> None:
    found = [guessing.keys(SAM, SAM), guessing.keys(NIA, WORK), guessing.keys(SAM, WORK)]

    assert found[0] == Keys(found[2].account, found[0].address)
    assert len({key for keys in found for key in keys}) == 4
