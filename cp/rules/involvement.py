"""Who works with a child: what may be recorded, how long it is seen, who leads."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, TypeVar

from cp.rules.days import anniversary
from cp.terms import SensitiveSubject, ServiceClass

SHOWN_MONTHS_AFTER_END = 12
CONFIRMED_FOR_YEARS = 1
ASKED_DAYS = 30

Person = TypeVar("Person")
InvolvementProblem = Literal["no_start", "start_in_future", "before_birth", "ends_before_start", "end_in_future"]


class Shown(StrEnum):
    """How an involvement stands on the record."""

    CURRENT = "current"
    ENDED = "ended"
    HIDDEN = "hidden"


class Confirming(StrEnum):
    """Whether its holder is asked if they are still involved."""

    NOT_YET = "not_yet"
    DUE = "due"
    UNANSWERED = "unanswered"


def service_class(for_everyone_of_age: bool | None, subject: SensitiveSubject | str | None) -> ServiceClass:
    """Sensitive by its subject, whoever it is for; universal only if it is for everyone of an age; else additional.

    Decided by the register's entry for the organisation, never by the person recording.

    Reg. 2, as amended in 2010. Policy: a service for everyone may still be sensitive.
    """
    if subject is not None:
        return ServiceClass.SENSITIVE
    return ServiceClass.UNIVERSAL if for_everyone_of_age else ServiceClass.ADDITIONAL


def involvement_problem(
    started_on: date | None, ended_on: date | None, born: date, today: date
) -> InvolvementProblem | None:
    """Starts today or earlier and not before birth; ends after its start, today or earlier. Never ended in advance.

    Policy: pages 6, what a person is told; the day of birth itself is allowed.
    """
    if started_on is None:
        return "no_start"
    if started_on > today:
        return "start_in_future"
    if started_on < born:
        return "before_birth"
    if ended_on is None:
        return None
    if ended_on <= started_on:
        return "ends_before_start"
    return "end_in_future" if ended_on > today else None


def involvement_shown(
    ended_on: date | None, sensitive: bool, in_error: bool, today: date, months: int = SHOWN_MONTHS_AFTER_END
) -> Shown:
    """An ended one stays visible 12 months (a setting); a sensitive one goes as it ends, a mistake at once.

    Policy: design, section 9.
    """
    if in_error:
        return Shown.HIDDEN
    if ended_on is None or today < ended_on:
        return Shown.CURRENT
    if sensitive or today >= anniversary(ended_on, 0, months):
        return Shown.HIDDEN
    return Shown.ENDED


def lead_after(lead: Person | None, asker: Person, confirmed: Person | None) -> Person:
    """Who leads once `asker` has asked to. Taking over needs the asker to have confirmed replacing the one who
    leads now, so that the last to click does not win unawares. Only the lead passes: both stay involved.

    Policy: at most one lead professional, an indicator on an involvement; pages 6.
    """
    return asker if lead is None or lead == confirmed else lead


def confirm_by(last_on: date) -> date:
    """The last good day to confirm an involvement that began, or was last confirmed, on `last_on`: a year on.

    Policy: an old involvement sends others to the wrong person; a year is proposed, from pages 7.
    """
    return anniversary(last_on, CONFIRMED_FOR_YEARS)


def confirming(last_on: date, today: date) -> Confirming:
    """Its holder is asked from 30 days before that day until 30 days after it; then it counts as unanswered, and
    may have ended. It is never ended by silence: others would think that nobody works with the child.

    Policy: pages 7; the 30 days are proposed.
    """
    by = confirm_by(last_on)
    if today < by - timedelta(days=ASKED_DAYS):
        return Confirming.NOT_YET
    return Confirming.DUE if today <= by + timedelta(days=ASKED_DAYS) else Confirming.UNANSWERED
