"""The four-month review: who should no longer have this? The managers say so of each account, one round at a time."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account
from cp.rules.access import Actor
from cp.rules.conditions import ROUND_ENDS
from cp.services import audit
from cp.services.managing import changing, holders, staff
from cp.services.managing.member import Member
from cp.terms import Act, Role, SuspendedBecause

OPENS = timedelta(days=30)
SOON = timedelta(days=7)
UNUSED = timedelta(days=60)
AT_ONCE = 50
"""People on one page; the rest come when these are answered."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round as a manager sees it. `first` are doubtful, `rest` are not; `more` come on the next page."""

    opens_on: date
    ends_on: date
    first: tuple[Member, ...]
    rest: tuple[Member, ...]
    more: int
    answered: int
    myself: Member | None
    other: str | None
    """Who may answer for this manager."""

    @property
    def left(self) -> int:
        return len(self.first) + len(self.rest) + self.more

    @property
    def late(self) -> int:
        """How many of them had no answer in an earlier round, and are suspended for it."""
        today = clock.today()
        return sum(one.review_due_on is not None and one.review_due_on < today for one in (*self.first, *self.rest))

    @property
    def soon(self) -> bool:
        return bool(self.left) and clock.today() > self.ends_on - SOON


def ending_next(today: date) -> date:
    """The last day of the round that ends next."""
    return next(day for day in _ends(today) if day >= today)


def _ends(today: date) -> list[date]:
    """The last days of the rounds around this day, in their order."""
    return [date(today.year + year, month, day) for year in (-1, 0, 1) for month, day in ROUND_ENDS]


def show(session: Session, actor: Actor) -> Round:
    """For the page: everybody who waits for an answer, doubtful ones first."""
    found = of_round(actor, staff.everybody(session, actor))
    audit.record(session, actor, Act.SEE_ACCOUNT_REVIEW, audit.About(results=found.left))
    return found


def of_round(actor: Actor, members: list[Member]) -> Round:
    """The round out of everybody in this manager's scope."""
    today = clock.today()
    ends_on = ending_next(today)
    opens_on = ends_on - OPENS
    since = opens_on if today >= opens_on else max(day for day in _ends(today) if day < today) - OPENS
    waiting = [one for one in members if _waits(one, opens_on, ends_on, today)]
    mine = next((one for one in waiting if one.id == actor.account_id), None)
    others = [one for one in waiting if one.id != actor.account_id]
    first = [one for one in others if _doubtful(one, today)]
    rest = [one for one in others if not _doubtful(one, today)]
    shown, tail = first[:AT_ONCE], rest[: max(0, AT_ONCE - len(first))]
    return Round(
        opens_on, ends_on, tuple(shown), tuple(tail), len(others) - len(shown) - len(tail),
        sum(_answered(one, since) for one in members if one.id != actor.account_id), mine, _other(actor, members),
    )  # fmt: skip


def _waits(one: Member, opens_on: date, ends_on: date, today: date) -> bool:
    """Due in this round, once it is open; or late from an earlier one."""
    if one.state == "closed" or not one.grants:
        return False
    due = one.review_due_on
    return due is None or due < today or (due <= ends_on and today >= opens_on)


def _doubtful(one: Member, today: date) -> bool:
    """Never signed in, not used for 60 days, suspended, or without something it needs."""
    lapsed = one.state == "suspended" or set(one.missing) - {"review"}
    return not one.joined or bool(lapsed) or one.last_used_on is None or one.last_used_on <= today - UNUSED


def _answered(one: Member, since: date) -> bool:
    """In the round that is open, or in the last one and after it."""
    if one.closed_at:
        removed = one.suspended_because is SuspendedBecause.REMOVED_IN_REVIEW
        return removed and one.closed_at.date() >= since
    return one.kept_on is not None and one.kept_on >= since and one.kept_on != one.opened_on


def _other(actor: Actor, members: list[Member]) -> str | None:
    """Another manager here who can answer for this one."""
    runs = (Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR)
    return next(
        (one.name for one in members if one.id != actor.account_id and one.state in ("open", "missing")
         and any(grant.role in runs for grant in one.grants)),
        None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saved:
    answered: int
    overtaken: int
    """Of them somebody else had answered meanwhile."""


def answer(session: Session, actor: Actor, answers: dict[UUID, bool]) -> Saved:
    """Keep (True) or remove each. Raises Problem for the last account manager, and then nothing is saved."""
    with session.begin_nested():
        counted = [_answer(session, actor, uid, answers[uid]) for uid in sorted(answers)]
    return Saved(sum(counted), len(counted) - sum(counted))


def _answer(session: Session, actor: Actor, uid: UUID, keep: bool) -> bool:
    """Whether this answer counts: of two managers', the first one's does."""
    today = clock.today()
    account = holders.find(session, actor, uid, Act.REVIEW_ACCOUNTS, lock=True)
    if account.closed_at or _kept_already(account, ending_next(today) - OPENS):
        return False
    if keep:
        account.kept_on = today
        audit.record(session, actor, Act.REVIEW_ACCOUNTS, audit.About(object_id=account.uid, reason="kept"))
    else:
        because = SuspendedBecause.REMOVED_IN_REVIEW
        changing.close(session, actor, account, today, because, Act.REVIEW_ACCOUNTS)
    return True


def _kept_already(account: Account, opens_on: date) -> bool:
    """Somebody said in this round that it is needed."""
    kept = account.kept_on
    return kept is not None and kept >= opens_on and kept != account.opened_on
