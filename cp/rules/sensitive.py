"""Sensitive services: on what ground one may be recorded, who sees it, and who calls a service sensitive."""

from datetime import date
from typing import Literal

from cp.rules.days import anniversary
from cp.terms import Part, SensitiveGround

LASTS_MONTHS = 12
ON_SCREEN_ALONE = frozenset({Part.OWN_SENSITIVE, Part.SENSITIVE})
"""Never printed: paper is left lying about."""
WORDING_VERSION = 1
WORDING = {
    SensitiveGround.CHILD: (
        "We would like ContactPoint to hold that we work with you. Only the people of our service and the ContactPoint "
        "management team will see it. Nobody else is told, not even that there is something to see. If somebody else "
        "who works with you needs us, the management team asks us first, and we ask you. You may say no, and we go on "
        "helping you just the same. You may change your mind on any day, and then it goes at once."
    ),
    SensitiveGround.PARENT: (
        "We would like ContactPoint to hold that we work with your child. Only the people of our service and the "
        "ContactPoint management team will see it. Nobody else is told, not even that there is something to see. If "
        "somebody else who works with your child needs us, the management team asks us first, and we ask you. You may "
        "say no, and we go on helping your child just the same. You may change your mind on any day, and then it goes "
        "at once."
    ),
}
"""What is read out before consent is asked for. A new text is a new version: what was read is kept with each entry."""

Reader = Literal["practitioner", "override_holder", "own_service", "management_team", "reviewer"]
Seen = Literal["entry", "neutral_line", "nothing"]


def sensitive_refusal(  # noqa: PLR0913 - one for each column of the table
    ground: SensitiveGround,
    understands: bool | None,
    given_on: date | None,
    ends_on: date | None,
    withdrawn_on: date | None,
    named: bool,
    today: date,
) -> str | None:
    """Why this is no ground for holding a sensitive service today; None while it is one.

    Either consent, or the provider's reasonable cause to suspect significant harm. Consent is the child's own where
    they understand, else a parent's or carer's: nobody consents for a child who understands. `named`: whoever judged
    that, or the harm, is known by name. `ends_on` is the first day on which it no longer holds.

    Reg. 11(3). Policy: design, section 9; whose consent, as the guidance was reported.
    """
    refusals = {
        "nobody_named": not named,
        "withdrawn": withdrawn_on is not None,
        "not_judged_to_understand": ground is SensitiveGround.CHILD and understands is not True,
        "ask_the_child": ground is SensitiveGround.PARENT and understands is not False,
        "not_given": ground is not SensitiveGround.SUSPECTED_HARM and (given_on is None or given_on > today),
        "ended": (ends := _end(given_on, ends_on)) is not None and ends <= today,
    }
    return next((code for code, holds in refusals.items() if holds), None)


def _end(given_on: date | None, ends_on: date | None) -> date | None:
    """The earlier of what was said and what is allowed."""
    return min((day for day in (ends_on, given_on and longest_until(given_on)) if day is not None), default=None)


def longest_until(from_on: date) -> date:
    """The day on which what began on `from_on` no longer holds, at the latest: twelve months on.

    Policy: proposed; consent that nobody renews is no consent, and suspected harm that lasts is looked at again.
    """
    return anniversary(from_on, 0, LASTS_MONTHS)


def sensitive_shown(reader: Reader, ground_in_force: bool, authority_line: bool) -> Seen:
    """The service itself and the management team see the entry while its ground holds.

    Everybody else who opens a record sees the authority's one neutral line, on every record alike, or nothing. An
    override of a shield opens nothing of it. A reviewer opens no record.

    Reg. 6(3)(a), 6(4). Policy: design, section 9; that an override does not open it is proposed.
    """
    if reader == "reviewer":
        return "nothing"
    if ground_in_force and reader in ("own_service", "management_team"):
        return "entry"
    return "neutral_line" if authority_line else "nothing"


def may_declare(at_authority: bool, own: bool, same_authority: bool, has_own_manager: bool) -> bool:
    """Whose service an account manager calls sensitive or ordinary: their own organisation's.

    One at the authority answers besides for its organisations that have no account manager of their own.

    Reg. 2. Policy: the protection issue: the service's own manager, never the person recording; the rest is proposed.
    """
    return own or (at_authority and same_authority and not has_own_manager)
