"""Second factors: an authenticator's codes, each once; ten printed codes, each once."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Factor
from cp.services import factors
from cp.terms import Act
from tests.build import World
from tests.web import actor_of, code_now

HERE = b"this browser"


def use(session: Session, account_id: int, code: str) -> str | None:
    used = factors.code_of(session, account_id, code, clocks.now())
    session.flush()
    return used


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.3} {:.3}"], ids=["plain", "spaces around", "in two threes"])
def test_an_authenticators_code_counts_once(session: Session, world: World, typed: str) -> None:
    code = code_now(world.sam)
    shown = f"{code[:3]} {code[3:]}" if ":" in typed else typed.format(code)

    assert use(session, world.sam.account.id, shown) == "authenticator"
    assert use(session, world.sam.account.id, shown) is None
    assert use(session, world.sam.account.id, code) is None


@pytest.mark.parametrize(("seconds", "counts"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephone_may_be_half_a_minute_early_or_late(
    session: Session, world: World, seconds: int, counts: bool
) -> None:
    code = pyotp.TOTP(world.sam.secret).at(clocks.now() + timedelta(seconds=seconds))

    assert (use(session, world.sam.account.id, code) is not None) is counts


def test_an_older_code_does_not_count_after_a_newer_one(session: Session, world: World) -> None:
    totp, now = pyotp.TOTP(world.sam.secret), clocks.now()

    assert use(session, world.sam.account.id, totp.at(now + timedelta(seconds=30))) == "authenticator"
    assert use(session, world.sam.account.id, totp.at(now)) is None


def test_nobody_elses_code_counts(session: Session, world: World) -> None:
    assert use(session, world.nia.account.id, code_now(world.sam)) is None


@pytest.mark.parametrize(
    "code", ["", "000000", "12345", "1234567", "abcdef", "é", "٣٣٣٣٣٣", "\0" * 6, "aaaaa-aaaaa", "x" * 10_000]
)
def test_anything_else_counts_for_nothing(session: Session, world: World, code: str) -> None:
    assert use(session, world.sam.account.id, code) is None
    assert factors.confirm(session, world.sam.account.id, HERE, code, clocks.now()) is False


def test_ten_printed_codes_count_once_each(session: Session, world: World) -> None:
    codes = factors.make_codes(session, world.sam.account.id)
    session.flush()

    used = [use(session, world.sam.account.id, code) for code in codes]

    assert used == ["printed"] * 10
    assert [use(session, world.sam.account.id, code) for code in codes] == [None] * 10
    assert factors.printed_left(session, world.sam.account.id) == 0


def test_a_printed_code_may_be_typed_as_people_type(session: Session, world: World) -> None:
    codes = factors.make_codes(session, world.sam.account.id)
    session.flush()

    typed = [codes[0].upper(), codes[1].replace("-", ""), codes[2].replace("-", " "), f" {codes[3]} "]

    assert [use(session, world.sam.account.id, code) for code in typed] == ["printed"] * 4
    assert factors.printed_left(session, world.sam.account.id) == 6


def test_a_printed_code_is_its_owners_alone_and_kept_as_a_hash(session: Session, world: World) -> None:
    codes = factors.make_codes(session, world.sam.account.id)
    session.flush()

    kept = session.scalars(select(Factor).where(Factor.code_hash.is_not(None))).all()

    assert use(session, world.nia.account.id, codes[0]) is None
    assert len(kept) == 10
    assert not any(code.replace("-", "") in str(vars(factor)) for code in codes for factor in kept)


def test_new_printed_codes_kill_the_old_ones_and_are_in_the_audit(session: Session, world: World) -> None:
    old = factors.make_codes(session, world.sam.account.id)
    actor = actor_of(session, world.sam)

    new = factors.print_codes(session, actor)
    session.flush()

    assert len(set(old) | set(new)) == 20
    assert use(session, actor.account_id, old[0]) is None
    assert use(session, actor.account_id, new[0]) == "printed"
    assert session.execute(select(AuditEvent.act, AuditEvent.reason)).all() == [(Act.ENROL_FACTOR, "printed_codes")]


def test_printed_codes_have_no_letters_that_look_alike(session: Session, world: World) -> None:
    codes = factors.make_codes(session, world.sam.account.id)

    assert all(len(code) == 11 and code[5] == "-" for code in codes)
    assert set("".join(codes)) & set("01ilo") == set()


def test_a_proposed_authenticator_stays_the_same_until_a_code_of_it_is_typed(session: Session, world: World) -> None:
    secret, uri = factors.propose(session, world.sam.account.id, HERE)
    assert factors.propose(session, world.sam.account.id, HERE) == (secret, uri)
    assert uri.startswith("otpauth://totp/ContactPoint:sam.practitioner%40example.test?secret=")
    assert use(session, world.sam.account.id, pyotp.TOTP(secret).at(clocks.now())) is None

    assert factors.confirm(session, world.sam.account.id, HERE, "000000", clocks.now()) is False
    assert use(session, world.sam.account.id, code_now(world.sam)) == "authenticator"


def test_a_secret_that_another_browser_was_shown_is_never_enrolled(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    """Whoever saw it at an unlocked screen, or with a password alone, must not know the codes of later."""
    seen, _ = factors.propose(session, world.sam.account.id, b"elsewhere")
    shown, _ = factors.propose(session, world.sam.account.id, HERE)
    assert seen != shown
    for browser, secret in ((b"elsewhere", seen), (HERE, seen), (b"elsewhere", shown)):
        code = pyotp.TOTP(secret).at(clocks.now())
        assert factors.confirm(session, world.sam.account.id, browser, code, clocks.now()) is False
    assert len(session.scalars(select(Factor).where(Factor.confirmed_at.is_(None))).all()) == 1

    clock.shift(10 * 60)
    late = pyotp.TOTP(shown).at(clocks.now())
    assert factors.confirm(session, world.sam.account.id, HERE, late, clocks.now()) is False
    assert factors.propose(session, world.sam.account.id, HERE)[0] != shown


def test_a_confirmed_authenticator_takes_the_place_of_the_old_one(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    secret, _ = factors.propose(session, world.sam.account.id, HERE)
    code = pyotp.TOTP(secret).at(clocks.now())

    assert factors.confirm(session, world.sam.account.id, HERE, f"{code[:3]} {code[3:]}", clocks.now()) is True
    session.flush()

    assert use(session, world.sam.account.id, code) is None, "the code that confirmed it was used"
    clock.shift(30)
    assert use(session, world.sam.account.id, code_now(world.sam)) is None
    assert use(session, world.sam.account.id, pyotp.TOTP(secret).at(clocks.now())) == "authenticator"
    assert session.scalar(select(func.count()).where(Factor.account_id == world.sam.account.id)) == 1
    assert factors.has_authenticator(session, world.sam.account.id)
