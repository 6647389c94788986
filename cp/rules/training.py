"""When somebody is trained: the day, the practice tasks, who has a place, and how many are still to be trained."""

from collections.abc import Collection, Sequence
from datetime import date

from cp.rules.conditions import TRAINING_MONTHS
from cp.rules.days import anniversary
from cp.rules.eligibility import role_problem
from cp.terms import OrganisationKind, Role, Training

PRACTISING = frozenset({Role.PRACTITIONER, Role.ASSISTANT, Role.MANAGEMENT_TEAM})
"""Who looks for children, and so tries it first with children who do not exist."""
ROLE_OF = {
    Training.USERS: Role.PRACTITIONER,
    Training.ASSISTANTS: Role.ASSISTANT,
    Training.MANAGERS: Role.ACCOUNT_MANAGER,
    Training.SUPPLIERS: Role.SUPPLIER,
}
"""What a person whom a school names will be, and is trained for."""


def training_problem(completed_on: date, recorded_on: date | None, today: date) -> str | None:
    """`in_future`, `too_old` (it would be out of date already) or `earlier` than what is recorded; None to record it.

    Lords Hansard 22 June 2009. Policy: design, section 9.
    """
    if completed_on > today:
        return "in_future"
    if today >= anniversary(completed_on, 0, TRAINING_MONTHS):
        return "too_old"
    return "earlier" if recorded_on is not None and completed_on < recorded_on else None


def trained_day(recorded_on: date | None, attended_on: date | None) -> date | None:
    """The day that counts of what an account has and what a session says: the later, whoever recorded it.

    Lords Hansard 22 June 2009: training is asked for, not by whom. Policy: the implementation issue.
    """
    return max((day for day in (recorded_on, attended_on) if day is not None), default=None)


def practice_done(role: Role, practised_on: date | None) -> bool:
    """Whoever looks for children has done every practice task once. Nobody else is asked to.

    Policy: the implementation issue; peers, row 52.
    """
    return role not in PRACTISING or practised_on is not None


def practice_left(done: Collection[str], tasks: Sequence[str]) -> list[str]:
    """The tasks still to do, in their order. One that is no longer asked counts for nothing.

    Policy: the implementation issue.
    """
    return [task for task in tasks if task not in done]


def named_problem(need: Training, kind: OrganisationKind, post: str | None) -> str | None:
    """Why somebody named for this cannot be let in from such an organisation: `post`, or None.

    Sch. 3. Policy: the implementation issue; who only runs accounts or sends data sees no child and needs no post.
    """
    return role_problem(ROLE_OF[need], kind, post)


def has_place(rank: int, places: int) -> bool:
    """Whether the so-manieth to be booked, from 1, has a place; the others wait, in their order.

    Policy: the implementation issue.
    """
    return rank <= places


def still_to_train(staff: int, named: int, trained: int, booked: int) -> int:
    """How many more need training: of the staff as the school counts them, or of those it named where these are more.

    Policy: the implementation issue.
    """
    return max(0, max(staff, named) - trained - booked)
