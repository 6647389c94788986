"""Staying signed in, and how fast somebody may guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Literal

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)

STRANGER_GUESSES = (10, timedelta(minutes=5))
ADDRESS_GUESSES = (30, timedelta(minutes=15))
CODE_GUESSES = ((5, timedelta(minutes=5)), (20, timedelta(hours=1)), (50, timedelta(days=1)))
ALL_GUESSES = 1000
LONGEST_PAUSE = timedelta(minutes=5)
LOOK_BACK = timedelta(hours=1)

SessionRefusal = Literal["ended", "clock", "idle", "too_long"]


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong guesses at one account, newest or oldest first, as far back as an hour."""

    here: Sequence[datetime] = ()
    """From this address, since this account last signed in from it."""
    strangers: Sequence[datetime] = ()
    """From all the addresses that this account never signed in from."""
    address: Sequence[datetime] = ()
    """From this address, at whatever account."""
    in_all: int = 0
    """From everywhere, at whatever account, in the last 5 minutes."""


def session_refusal(
    signed_in_at: datetime, last_used_at: datetime, ended: bool, now: datetime
) -> SessionRefusal | None:
    """15 minutes idle, 8 hours in all, ended by signing out or in elsewhere. A clock gone back ends it too.

    A page that asks by itself is not use.

    Policy: design, section 5; the clock is proposed.
    """
    if ended:
        return "ended"
    if now < max(signed_in_at, last_used_at):
        return "clock"
    if now >= last_used_at + IDLE:
        return "idle"
    return "too_long" if now >= signed_in_at + LONGEST else None


def code_accepted(code_step: int | None, now_step: int, last_step: int | None) -> bool:
    """A time-based code counts for its own half minute and one either side, once, never older than the last used.

    Policy: each code once; one step either side is proposed, for telephones whose clock is off.
    """
    if code_step is None or abs(code_step - now_step) > 1:
        return False
    return last_step is None or code_step > last_step


def counted_by(address: str) -> str:
    """What a visitor is counted by: their address, of the newer kind (IPv6) its first half. The other half is theirs to
    choose: one line has as many of those addresses as it likes.

    Policy: threats 2 and 22 of the security page; RFC 6177, RFC 4291 2.5.1.
    """
    try:
        one = ip_address(address)
    except ValueError:
        return address
    if not isinstance(one, IPv6Address):
        return str(one)
    return str(one.ipv4_mapped or ip_network((int(one), 64), strict=False).network_address)


def wait_after(failures: Failures, known_here: bool, now: datetime) -> int | None:
    """Seconds until this account may be tried again from this address; None at once. No account is ever locked.

    Where the account has signed in before (`known_here`) only guesses from there count: 5 at once, then a pause
    that doubles to 5 minutes, so 10 in any 5 minutes. Guessing from elsewhere never delays it.
    Elsewhere: 3 at once and longer pauses, 10 in 5 minutes from all such addresses together, so that many
    computers are no faster than one; and 30 in 15 minutes from one address, at whatever accounts.
    An address over its 30, or 1,000 wrong guesses in 5 minutes from everywhere, leaves fewer at once.

    Policy: threats 2 and 22 and section 7 of the security page; paces and known addresses are proposed.
    """
    crowded = failures.in_all >= ALL_GUESSES
    over_address = _until_free(failures.address, *ADDRESS_GUESSES, now)
    if known_here:
        waits = [_pause(failures.here, now, free=3 if crowded or over_address else 5, first=5)]
    else:
        waits = [
            _pause(failures.here, now, free=1 if crowded else 3, first=30),
            _until_free(failures.strangers, *STRANGER_GUESSES, now),
            over_address,
        ]
    return _seconds(max(waits))


def wait_for_code(failures: Sequence[datetime], now: datetime) -> int | None:
    """Seconds until another security code may be tried for this account; None at once.

    Counted by account alone, from every address: 5 in 5 minutes, 20 in an hour, 50 in a day. Whoever is asked for
    a code has given the right password, so nobody is kept out by a stranger.

    Policy: threat 2 of the security page; six digits are too few to guess at faster.
    """
    return _seconds(max(_until_free(failures, count, within, now) for count, within in CODE_GUESSES))


def _pause(failures: Sequence[datetime], now: datetime, free: int, first: int) -> timedelta:
    """What is left of the pause after the newest failure; it doubles with each one after the free ones."""
    recent = _recent(failures, LOOK_BACK, now)
    if len(recent) < free:
        return timedelta(0)
    doubled = timedelta(seconds=first * 2 ** min(len(recent) - free, 10))
    return recent[-1] + min(doubled, LONGEST_PAUSE) - now


def _until_free(failures: Sequence[datetime], count: int, within: timedelta, now: datetime) -> timedelta:
    """How long until fewer than `count` failures lie `within` the time up to now."""
    recent = _recent(failures, within, now)
    return recent[-count] + within - now if len(recent) >= count else timedelta(0)


def _recent(failures: Sequence[datetime], within: timedelta, now: datetime) -> list[datetime]:
    """In order; one from a clock that was ahead counts as just now, so that it can't keep anybody out for long."""
    return sorted(min(at, now) for at in failures if at > now - within)


def _seconds(wait: timedelta) -> int | None:
    return ceil(wait.total_seconds()) if wait > timedelta(0) else None
