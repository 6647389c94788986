"""What an account must have to be used: its conditions, its review, its grants, and whom an assistant acts for."""

from datetime import date, datetime, timedelta

from cp.rules.days import anniversary, in_force
from cp.terms import Right, Role

CHECK_YEARS = 3
TRAINING_MONTHS = 24
UNUSED_DAYS = 90
AGREEMENT_VERSION = 1
FACTOR_FRESH = timedelta(minutes=5)
ROUND_ENDS = ((3, 31), (7, 31), (11, 30))
"""The last days of the three rounds a year in which managers confirm accounts."""
SPARED = timedelta(days=45)
"""An account opened or confirmed so shortly before the end of a round is not asked about in it."""
TWO_AGREE = frozenset({Role.MANAGEMENT_TEAM, Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR})
"""Roles that one person alone cannot give: those that see most, and those that agree as the second."""


def check_in_date(issued_on: date | None, today: date) -> bool:
    """An enhanced check lasts three years from its issue; the third anniversary is out.

    Lords Hansard 22 June 2009.
    """
    return issued_on is not None and issued_on <= today < anniversary(issued_on, CHECK_YEARS)


def account_refusals(  # noqa: PLR0913 - one for each condition of the law
    *,
    active: bool,
    unused_since: date | None,
    agreement_current: bool,
    check_issued_on: date | None,
    trained_on: date | None,
    practised: bool,
    accreditation_ends_on: date | None,
    second_factor: bool,
    today: date,
) -> list[str]:
    """Everything that keeps this account from child data today, in the order it is told.

    Lords Hansard 22 June 2009; Commons Hansard 12 October 2009. Policy: design, section 9.
    """
    held = {
        "not_active": active,
        "unused": unused_since is not None and today < unused_since + timedelta(days=UNUSED_DAYS),
        "agreement": agreement_current,
        "check": check_in_date(check_issued_on, today),
        "training": trained_on is not None and trained_on <= today < anniversary(trained_on, 0, TRAINING_MONTHS),
        "practice": practised,
        "accreditation": accreditation_ends_on is not None and today < accreditation_ends_on,
        "second_factor": second_factor,
    }
    return [code for code, holds in held.items() if not holds]


def account_refusal(**conditions: object) -> str | None:
    """The first of `account_refusals`; None when the account may see child data.

    Lords Hansard 22 June 2009; Commons Hansard 12 October 2009. Policy: design, section 9.
    """
    return next(iter(account_refusals(**conditions)), None)  # type: ignore[arg-type]


def accreditation_asked(role: Role) -> bool:
    """Whether somebody in this role works only while their organisation is accredited: everybody but a supplier, who
    is let in to no child's record, and who sends a test file before anybody can decide on the accreditation.

    Commons Hansard 12 October 2009. Policy: the implementation issue.
    """
    return role is not Role.SUPPLIER


def step_up_fresh(factor_at: datetime | None, now: datetime) -> bool:
    """Whether a second factor given then is still enough for the acts that need a fresh one.

    Policy: section 3 of the security page; the clock is proposed.
    """
    return factor_at is not None and factor_at <= now < factor_at + FACTOR_FRESH


def grant_refusal(
    granter_role: Role | None,
    granter: object | None,
    receiver: object | None,
    right: Role | Right | None,
    second_approver: object | None,
) -> str | None:
    """Nobody grants, or approves, to themselves. What `takes_two` needs a second approver.

    Policy: the access issue.
    """
    if granter_role not in (Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR) or granter is None or right is None:
        return "role"
    if receiver is None or receiver in (granter, second_approver):
        return "to_oneself"
    return "second_approver" if takes_two(right) and second_approver in (None, granter) else None


def takes_two(right: Role | Right) -> bool:
    """Whether two people must agree to it: the override right and the grave roles. An account manager's is one of them,
    or whoever gave it would agree with themselves.

    Policy: the access issue; account managers: threat 7 of the security page.
    """
    return right in TWO_AGREE or right is Right.OVERRIDE


def review_due_on(kept_on: date | None) -> date | None:
    """The last day by which a manager must say again that this account is needed; three rounds end each year.

    Policy: the access issue, pages 12.
    """
    if kept_on is None:
        return None
    ends = (date(kept_on.year + year, month, day) for year in (0, 1) for month, day in ROUND_ENDS)
    return next(end for end in ends if end >= kept_on + SPARED)


def review_suspends(due_on: date | None, answer: str | None, today: date) -> bool:
    """No answer by the last day suspends from the next. Not knowing that day suspends.

    Policy: the access issue, pages 12.
    """
    return answer == "remove" or (answer is None and (due_on is None or today > due_on))


def assistant_refusal(
    own_refusal: str | None,
    principal_refusal: str | None,
    principal: object | None,
    from_on: date | None,
    ends_on: date | None,
    today: date,
) -> str | None:
    """An assistant acts from their own account, for one named principal, until a date. Both meet every condition.

    Sch. 3 para 2 (draft). Policy: the access issue.
    """
    if own_refusal:
        return own_refusal
    if principal is None:
        return "no_principal"
    if ends_on is None or not in_force(from_on, ends_on, today):
        return "delegation_ended"
    return "principal" if principal_refusal else None
