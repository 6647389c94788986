"""What a page gets of a record: frozen, only the allowed parts, nothing that can reach the database."""

import math
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from cp.rules.days import age_on
from cp.rules.derive import Address
from cp.services.disputes.shown import Conflicts, Marks
from cp.terms import (
    AddressState,
    BestTime,
    Gender,
    MoreReason,
    NameKind,
    NumberKind,
    OrganisationKind,
    Reason,
    Relationship,
    SensitiveGround,
    ShieldGround,
    WhoAsked,
)  # fmt: skip

MINUTE = 60


class Opened(NamedTuple):
    """Why a record is open, the search that it comes from, and since when; what was said besides, past a limit."""

    reason: Reason
    search_uid: UUID | None
    at: datetime
    more: MoreReason | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Who said a fact, and when."""

    name: str
    said_on: date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody or some organisation that works with the child, and how to reach them."""

    uid: UUID
    name: str
    role: str
    organisation: str
    organisation_kind: OrganisationKind
    phone: str | None
    email: str | None
    started_on: date
    ended_on: date | None
    confirmed_on: date | None
    lead: bool
    assessment: bool
    mine: bool
    universal: bool
    organisation_uid: UUID | None = None
    """None of people who do not exist."""


@dataclass(frozen=True, slots=True)
class CarerShown:
    name: str
    relationship: Relationship
    responsibility: bool
    care: bool
    phones: tuple[str, ...]
    email: str | None
    best_time: BestTime | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class NameShown:
    kind: NameKind
    name: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class AddressShown:
    address: Address
    source: Source | None

    @property
    def state(self) -> AddressState:
        return self.address.state


@dataclass(frozen=True, slots=True)
class NumberShown:
    kind: NumberKind
    value: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class ShieldShown:
    """What a shield says of itself to the people who answer for it. `who_asked`, `owner`: not known, where it was set
    at the server."""

    since: date
    ground: ShieldGround
    who_asked: WhoAsked | None
    owner: str | None
    review_on: date
    review_due: bool
    lift_asked_by: str | None
    lift_asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Look:
    """A look through the shield, which closes by itself."""

    reference: str
    closes_at: datetime

    def minutes(self, now: datetime) -> int:
        """Those that are left, begun ones counted."""
        return -(-int((self.closes_at - now).total_seconds()) // MINUTE)

    def next_in(self, now: datetime) -> int:
        """Seconds until there is a minute less."""
        return max(1, math.ceil((self.closes_at - now).total_seconds()) - (self.minutes(now) - 1) * MINUTE)


@dataclass(frozen=True, slots=True)
class SensitiveShown:
    """What a sensitive service recorded: for that service and for the management team."""

    uid: UUID
    service: str
    name: str
    role: str
    phone: str | None
    email: str | None
    started_on: date
    ground: SensitiveGround
    ends_on: date
    """The first day on which it is shown no more."""
    mine: bool


@dataclass(frozen=True, slots=True)
class Record:
    """One child as this reader may see them now. `shielded` says that only four facts are here."""

    uid: UUID
    number: str
    given_names: str
    family_name: str
    born_on: date
    gender: Gender
    died_on: date | None
    shielded: bool
    authority_name: str
    """Empty where the location is not shown: it says in which area a child lives."""
    reason: Reason
    opened_at: datetime
    search_uid: UUID | None = None
    may_record: bool = False
    may_shield: bool = False
    """It is open, and this reader answers for its protection."""
    shield: ShieldShown | None = None
    """It is shielded, and this reader sees through that because they answer for it."""
    may_print: bool = False
    may_override: bool = False
    look: Look | None = None
    """The reader looks through its shield now."""
    may_record_sensitive: bool = False
    """This reader's service is recorded by consent, and apart."""
    neutral_line: bool = False
    """The record's authority has the one sentence on every record."""
    may_ask: bool = False
    """For contact; the same of every record."""
    may_tell: bool = False
    """What has changed in the child's life; the same of every record."""
    may_join: bool = False
    """This reader may look for another record of the same child, to join the two."""
    may_seal: bool = False
    """This reader may ask that this record be sealed as an old identity."""
    may_dispute: bool = False
    """This reader may say that a fact which they are shown is wrong."""
    may_tell_family: bool = False
    """This reader may tell the child or a parent who looked, and what it says."""
    may_disclose: bool = False
    """This reader may ask that something of it be given out of the system."""
    may_keep_on: bool = False
    """This reader may write down that the young person agrees to stay beyond 18."""
    marks: Marks = field(default_factory=dict)
    conflicts: Conflicts = field(default_factory=dict)
    name_source: Source | None = None
    born_source: Source | None = None
    people: tuple[Person, ...] = ()
    universal: tuple[Person, ...] = ()
    ended: tuple[Person, ...] = ()
    carers: tuple[CarerShown, ...] = ()
    names: tuple[NameShown, ...] = ()
    addresses: tuple[AddressShown, ...] = ()
    numbers: tuple[NumberShown, ...] = field(default=())
    own_service: tuple[SensitiveShown, ...] = ()
    sensitive: tuple[SensitiveShown, ...] = ()

    @property
    def name(self) -> str:
        return full_name(self.given_names, self.family_name)

    @property
    def called(self) -> str:
        return called(self.given_names, self.family_name)

    def age(self, today: date) -> int:
        return age_on(self.born_on, today)

    @property
    def mine(self) -> Person | None:
        return next((person for person in self.people if person.mine), None)

    @property
    def mine_by_consent(self) -> bool:
        return any(one.mine for one in self.own_service)

    @property
    def lead(self) -> Person | None:
        return next((person for person in self.people if person.lead), None)


def full_name(given_names: str, family_name: str) -> str:
    return f"{given_names} {family_name}".strip()


def called(given_names: str, family_name: str) -> str:
    """The first given name, as headings use it."""
    return given_names.split(" ")[0] or family_name
