"""Who shields and lifts, when a shield is looked at again, what it hides, who else must be thought of."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from cp.rules.days import anniversary
from cp.terms import Role, ShieldGround

SEEN_WHILE_SHIELDED = frozenset({"current_name", "gender", "date_of_birth", "number"})
FINDABLE = SEEN_WHILE_SHIELDED | {"former_name", "preferred_name", "postcode", "first_half"}
REVIEWED_WITHIN = 6
"""Months."""
_HOUSE = re.compile("[0-9]+[a-z]?")


def shield_refusal(
    change: Literal["shield", "lift"],
    ground: str | None,
    first_role: Role | None,
    second_role: Role | None,
    same_person: bool | None,
) -> str | None:
    """Why this may not be done: `role`, `ground`, `second_person`.

    One of the management team shields, on a listed ground of risk if the place were known; fame is none. Two different
    ones lift it.

    Lords Hansard 16 October 2008; Commons Hansard 29 January 2009. Policy: contract, the protection issue.
    """
    if first_role is not Role.MANAGEMENT_TEAM:
        return "role"
    if change == "shield":
        return None if ground in list(ShieldGround) else "ground"
    return None if second_role is Role.MANAGEMENT_TEAM and same_person is False else "second_person"


def shield_state(
    shielded_on: date | None, review_on: date | None, lifted_on: date | None, today: date
) -> Literal["open", "shielded", "review_due"]:
    """A shield holds until it is lifted. A review that nobody does never lifts it; without its day it is due.

    Policy: the protection issue; Women's Aid, secondary.
    """
    if shielded_on is None or lifted_on is not None:
        return "open"
    return "shielded" if review_on is not None and today < review_on else "review_due"


def review_by(today: date) -> date:
    """The last day that a review may be set for: six months on.

    Policy: the protection issue; Women's Aid, secondary.
    """
    return anniversary(today, 0, REVIEWED_WITHIN)


def review_date_problem(review_on: date | None, today: date) -> Literal["missing", "past", "too_late"] | None:
    """What is wrong with the day of a review: it is after today, and no later than six months on.

    Policy: pages 11; Women's Aid, secondary.
    """
    if review_on is None:
        return "missing"
    if review_on <= today:
        return "past"
    return "too_late" if review_on > review_by(today) else None


def must_consider_shield(twin: bool | None, sibling_known: bool | None, same_address: bool | None) -> bool:
    """Whether shielding one child asks about this one too: at the same address, a known sibling, a twin anywhere.

    Not knowing asks. Nobody is shielded by that alone.

    Policy: the protection issue; unknown proposed.
    """
    return any(one is not False for one in (twin, sibling_known, same_address))


def twins(days_apart: int, shared_carer: bool, same_address: bool, same_family_name: bool) -> bool:
    """Born the same day or a day apart, with a carer in common, or one address and family name.

    Policy: the protection issue; what makes them known as twins proposed.
    """
    return abs(days_apart) <= 1 and (shared_carer or (same_address and same_family_name))


def same_home(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether lines of two addresses of one postcode may be one home, however each source wrote them.

    The house numbers decide, where one address may leave out the flat; two without any, by their first lines. A number
    against none cannot be told apart.

    Policy: proposed; a child too many is asked about, rather than one too few.
    """
    here, there = (set(_HOUSE.findall(" ".join(lines).lower())) for lines in (one, other))
    if here or there:
        return here <= there or there <= here
    return _letters(one) == _letters(other)


def _letters(lines: Sequence[str]) -> str:
    return "".join(filter(str.isalnum, "".join(lines[:1]))).casefold()


def parts_shown(role: Role | None, own_authority: bool, shielded: bool | None, override_open: bool) -> str:
    """`record`, `four` (name, gender, date of birth, number) or `nothing`. Not knowing shields.

    Reg. 6(4)-(6); the parent's name hidden since 2010. Policy: design, section 9.
    """
    if role is Role.MANAGEMENT_TEAM:
        return "record" if own_authority or shielded is False else "four"
    if role not in (Role.PRACTITIONER, Role.ASSISTANT):
        return "nothing"
    return "record" if shielded is False or (override_open and role is Role.PRACTITIONER) else "four"


def found_by(fact: str, shielded: bool, old_identity: bool = False) -> bool:
    """Whether this fact may find this record; a shielded one only by what it still shows.

    Shielding fact sheet; Reg. 6(6). Policy: design, sections 3 and 4.
    """
    if old_identity:
        return False
    return fact in (SEEN_WHILE_SHIELDED if shielded else FINDABLE)
