"""Somebody's account as a manager sees it: what they may act as, since when, until when, and what keeps them out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from cp.rules.access import Actor, Principal
from cp.rules.conditions import CHECK_YEARS, TRAINING_MONTHS, review_due_on
from cp.rules.days import anniversary
from cp.terms import OrganisationKind, Role, SuspendedBecause

State = Literal["open", "missing", "invited", "suspended", "closed"]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Grant:
    """One role, from its first day to its end; for an assistant, for whom."""

    role: Role
    starts_on: date
    ends_on: date | None
    principal: Principal | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's account, for the manager of it. `actors` is how the one decision sees them, by role in force."""

    id: int
    uid: UUID
    name: str
    email: str
    organisation_uid: UUID
    organisation_name: str
    organisation_kind: OrganisationKind
    authority_name: str
    post: str | None
    works_as: str | None
    grants: tuple[Grant, ...]
    override: bool
    opened_on: date | None
    last_used_on: date | None
    kept_on: date | None
    joined: bool
    has_factor: bool
    check_issued_on: date | None
    trained_on: date | None
    agreement_version: int | None
    agreement_signed_on: date | None
    accreditation_ends_on: date | None
    suspended_at: datetime | None
    suspended_because: SuspendedBecause | None
    closed_at: datetime | None
    actors: tuple[Actor, ...]
    missing: tuple[str, ...]

    @property
    def state(self) -> State:
        if self.closed_at:
            return "closed"
        if self.suspended_at:
            return "suspended"
        if not self.joined:
            return "invited"
        return "missing" if self.missing else "open"

    @property
    def invited_on(self) -> date | None:
        return min((grant.starts_on for grant in self.grants), default=None)

    @property
    def needed_on(self) -> date | None:
        """When it was last said, or plain, that this person needs the account."""
        return self.kept_on or self.opened_on or self.invited_on

    @property
    def review_due_on(self) -> date | None:
        return review_due_on(self.needed_on)

    @property
    def assists_until(self) -> date | None:
        """The first day on which an assistant no longer assists."""
        return next((grant.ends_on for grant in self.grants if grant.role is Role.ASSISTANT), None)

    @property
    def leaves_on(self) -> date | None:
        """The first day on which no role is left, where that is said already."""
        ends = [grant.ends_on for grant in self.grants]
        return None if None in ends else max((end for end in ends if end), default=None)

    @property
    def lasts(self) -> dict[str, date | None]:
        """The last good day of each condition, as things stand."""
        checked, trained = self.check_issued_on, self.trained_on
        ends = {
            "check": checked and anniversary(checked, CHECK_YEARS),
            "training": trained and anniversary(trained, 0, TRAINING_MONTHS),
            "accreditation": self.accreditation_ends_on,
        }
        return {code: end and end - DAY for code, end in ends.items()} | {"review": self.review_due_on}
