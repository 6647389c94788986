"""Brokered contact: whom one may ask to reach, how a request moves on, and what the person who asked reads of it."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Literal

from cp.rules.days import working_days_after
from cp.terms import ContactAbout, ContactEvent, ContactState

ANSWERED_IN = 5
"""Working days."""
PassedKind = Literal["service", "practitioner", "family"]
_NEXT = {
    (ContactState.ASKED, ContactEvent.TAKE): ContactState.WITH_TEAM,
    (ContactState.WITH_TEAM, ContactEvent.PASS_ON): ContactState.PASSED,
    (ContactState.WITH_TEAM, ContactEvent.CLOSE): ContactState.CLOSED,
    (ContactState.PASSED, ContactEvent.AGREE): ContactState.AGREED,
    (ContactState.PASSED, ContactEvent.DECLINE): ContactState.DECLINED,
    (ContactState.PASSED, ContactEvent.CONSENT_WITHDRAWN): ContactState.DECLINED,
    (ContactState.AGREED, ContactEvent.CONSENT_WITHDRAWN): ContactState.DECLINED,
    (ContactState.AGREED, ContactEvent.CLOSE): ContactState.CLOSED,
    (ContactState.DECLINED, ContactEvent.CLOSE): ContactState.CLOSED,
}


def broker_step(state: ContactState, event: ContactEvent) -> ContactState | Literal["refused"]:
    """Asked, with the team, passed on, agreed or declined, closed. Nothing else is possible.

    Withdrawn consent is a decline. Nobody agrees to what was not passed to them.

    Policy: the protection issue; withdrawal proposed.
    """
    return _NEXT.get((state, event), "refused")


def broker_reply(
    asked_on: date, agreed_on: date | None, today: date, holidays: Collection[date] = ()
) -> Literal["waiting", "they_will_call", "no_contact"]:
    """What the person who asked reads: until the fifth working day that they wait, then that nobody will call.

    The same words on the same day whether there was no service or it declined: this rule is not told which.

    Policy: the protection issue; five days proposed.
    """
    if agreed_on is not None and agreed_on <= today:
        return "they_will_call"
    return "waiting" if today < working_days_after(asked_on, ANSWERED_IN, holidays) else "no_contact"


def broker_age(asked_on: date, today: date, holidays: Collection[date] = ()) -> int:
    """For how many working days a request has been waiting; 0 on the day it was asked.

    Policy: the protection issue.
    """
    days = [asked_on + timedelta(days=passed) for passed in range((today - asked_on).days)]
    return sum(working_days_after(day, 1, holidays) == day + timedelta(days=1) for day in days)


def contact_about(shielded: bool) -> tuple[ContactAbout, ...]:
    """Whom one may ask to reach: other services always, the family where a shield hides who they are.

    Policy: the protection issue.
    """
    return (ContactAbout.SERVICES, ContactAbout.FAMILY) if shielded else (ContactAbout.SERVICES,)


def passed_to(about: ContactAbout, shielded: bool) -> frozenset[PassedKind]:
    """To whom the management team may pass a request: who asked can reach the others without it.

    Policy: the protection issue.
    """
    if about is ContactAbout.FAMILY:
        return frozenset({"family"})
    return frozenset({"service", "practitioner"}) if shielded else frozenset({"service"})
