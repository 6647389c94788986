"""Looking through a shield: who may, for how long, and who says whether it was right."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from cp.rules.conditions import step_up_fresh
from cp.rules.days import working_days_after
from cp.terms import OverrideFinding, OverrideReason, Role

OVERRIDE_LASTS = timedelta(minutes=15)
REVIEWED_IN = 2
"""Working days."""
REFERENCE = "OV-{}"
"""How people speak of an override."""


class Team(NamedTuple):
    """Where a practitioner works; `name` is None where the register does not say in which team."""

    organisation_id: int
    name: str | None


def override_refusal(  # noqa: PLR0913 - one for each column of the table
    role: Role,
    holds_right: bool,
    shielded: bool,
    reason: OverrideReason | None,
    factor_at: datetime | None,
    now: datetime,
    has_open_override: bool,
) -> str | None:
    """Why a shield may not be looked through now: `no_right`, `not_shielded`, `reason`, `fresh_code`, `one_open`.

    A practitioner who holds the named right, with a listed reason and a second factor under five minutes old, and no
    override still without a finding.

    Shielding fact sheet. Policy: the protection issue, pages 11.
    """
    refusals = {
        "no_right": role is not Role.PRACTITIONER or not holds_right,
        "not_shielded": not shielded,
        "reason": reason is None,
        "fresh_code": not step_up_fresh(factor_at, now),
        "one_open": has_open_override,
    }
    return next((code for code, holds in refusals.items() if holds), None)


def override_open(opened_at: datetime | None, left_at: datetime | None, now: datetime) -> bool:
    """One record, until the person leaves it, at most 15 minutes. Returning needs a new override.

    Shielding fact sheet. Policy: design, section 9.
    """
    if opened_at is None or not opened_at <= now < opened_at + OVERRIDE_LASTS:
        return False
    return left_at is None or now < left_at


def override_review(  # noqa: PLR0913 - one for each column of the table
    reviewer_role: Role,
    same_person: bool,
    same_team: bool,
    finding: OverrideFinding | None,
    opened_on: date,
    today: date,
    holidays: Collection[date] = (),
) -> Literal["waiting", "escalated", "closed", "refused"]:
    """A reviewer of another team says that it was right or not. Without that it goes up after two working days.

    One that has gone up can still be closed. Asking the person first leaves it waiting.

    Policy: design, section 9; the protection issue, pages 11.
    """
    if reviewer_role is not Role.REVIEWER or same_person or same_team:
        return "refused"
    if finding in (OverrideFinding.RIGHT, OverrideFinding.NOT_RIGHT):
        return "closed"
    return "escalated" if today > working_days_after(opened_on, REVIEWED_IN, holidays) else "waiting"


def same_team(mine: Team | None, theirs: Team | None) -> bool:
    """Whether a reviewer works beside the person: one organisation, one team. A team not known counts as the same.

    Whoever is no practitioner, which is None, works in no team of theirs.

    Policy: the protection issue; that a team not known counts as the same: proposed.
    """
    if mine is None or theirs is None or mine.organisation_id != theirs.organisation_id:
        return False
    return mine.name is None or theirs.name is None or mine.name == theirs.name


def review_falls_to(named: bool | None, review: Literal["waiting", "escalated", "closed", "refused"]) -> bool:
    """Whether this reviewer may say what they find. The one named alone, until it has gone up; then any other team's.

    `named` is None where nobody could be named: then it is for all of them from the start.

    Policy: the protection issue; design, section 9.
    """
    return review == "escalated" or (review == "waiting" and named is not False)
