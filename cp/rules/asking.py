"""Who asks, about what, and what the one decision answers: values, and nothing that decides."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from cp.terms import ArchivePurpose, BodyKind, Duty, Part, Role


@dataclass(frozen=True, slots=True)
class Principal:
    """Whom an assistant acts for, from one day until another; held to the same conditions."""

    account_uid: UUID
    name: str
    organisation_name: str
    body_kind: BodyKind
    practitioner_id: int | None
    starts_on: date | None
    ends_on: date | None
    active: bool
    kept_on: date | None
    unused_since: date | None
    agreement_version: int | None
    check_issued_on: date | None
    trained_on: date | None
    practised_on: date | None
    accreditation_ends_on: date | None
    second_factor: bool = True
    """Theirs is asked for when they sign in themselves."""
    sensitive_service: str | None = None
    shields_from: date | None = None
    access_from: date | None = None
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, in one role, for one request; read afresh from the database each time.

    `practitioner_id` is whose involvements are theirs: an assistant's are the principal's.
    """

    account_id: int
    account_uid: UUID
    name: str
    role: Role
    organisation_id: int
    organisation_uid: UUID
    organisation_name: str
    body_kind: BodyKind
    authority_id: int
    authority_uid: UUID
    authority_name: str
    team_phone: str
    help_phone: str
    practitioner_id: int | None
    request_id: UUID
    active: bool
    kept_on: date | None
    unused_since: date | None
    agreement_version: int | None
    check_issued_on: date | None
    trained_on: date | None
    practised_on: date | None
    accreditation_ends_on: date | None
    second_factor: bool
    factor_at: datetime | None = None
    principal: Principal | None = None
    may_override: bool = False
    """They hold the named right today."""
    overridden_id: int | None = None
    """The child whose shield they have overridden and not left, within its minutes."""
    sensitive_service: str | None = None
    """What their service is known by, where the register calls it sensitive."""
    shields_from: date | None = None
    """Of their authority, as the two that follow; those are a national partner's own. None: not open."""
    access_from: date | None = None
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a decision needs to know of a record."""

    authority_id: int
    shielded: bool
    live: bool = True
    on_own_list: bool = False
    """The person asking works with this child now, which is reason enough to open the record."""
    override_open: bool = False
    """The person asking has overridden this record's shield, and may look now."""
    sealed: bool = False
    """An old identity."""
    opened_together: bool = False
    """The two people named for an old identity, or for reading an archived record, may look at it now."""
    shieldable: bool = True
    """The authority that answers for it has begun to shield."""
    archived: bool = False
    """Its day has come: it is read in the archive alone, and may be held back from destruction."""
    archived_on: date | None = None
    purpose: ArchivePurpose | None = None
    """For what the person asking reads it there."""


@dataclass(frozen=True, slots=True)
class Holder:
    """What a decision needs to know of somebody's account."""

    account_id: int
    organisation_id: int
    authority_id: int
    roles: frozenset[Role]
    """In force today or later."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """`parts` of the record may be shown; `duties` must be done for it."""

    parts: frozenset[Part] = frozenset()
    duties: frozenset[Duty] = frozenset({Duty.AUDIT})
    allowed: bool = field(default=True, init=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """`reason` is a code from a closed list; pages turn it into a sentence. `hidden` means: answer as for "none"."""

    reason: str
    hidden: bool = False
    allowed: bool = field(default=False, init=False)
