"""What the population is made of. Words for kinds and states are the values of cp/terms.py.

Organisations, practitioners and children are known by whole numbers that start at 1 and count up as they are yielded.
"""

from datetime import date
from typing import NamedTuple


class Authority(NamedTuple):
    key: int
    name: str
    education_code: str
    statistics_code: str
    team_phone: str
    help_phone: str
    region: str
    phase: int


class Organisation(NamedTuple):
    key: int
    authority: int
    kind: str
    body_kind: str
    name: str
    urn: str | None
    dfe_number: str | None
    practice_code: str | None
    phone: str
    email: str
    for_everyone_of_age: bool
    head_name: str | None
    address: str | None
    """Lines for an envelope, one below the other; None for a service, which has no place here."""
    postcode: str | None


class Practitioner(NamedTuple):
    key: int
    organisation: int
    name: str
    role: str
    team: str | None
    phone: str
    email: str


class OtherName(NamedTuple):
    kind: str
    given_names: str
    family_name: str


class Address(NamedTuple):
    lines: tuple[str, ...]
    town: str
    postcode: str
    """Empty abroad."""


class Location(NamedTuple):
    state: str
    address: Address | None
    from_on: date | None
    until_on: date | None
    leave_kind: str | None


class Carer(NamedTuple):
    name: str
    relationship: str
    responsibility: bool
    care: bool
    phones: tuple[str, ...]
    email: str | None
    best_time: str | None


class Involvement(NamedTuple):
    organisation: int
    practitioner: int | None
    started_on: date
    ended_on: date | None
    confirmed_on: date | None
    lead: bool
    assessment: bool


class Said(NamedTuple):
    """What one source said of a child: its own row key, and each fact it stated."""

    kind: str
    organisation: int
    row_key: str
    said_on: date
    given_names: str
    family_name: str
    born_on: date
    gender: str
    names: tuple[OtherName, ...]
    locations: tuple[Location, ...]
    carers: tuple[Carer, ...]
    numbers: tuple[tuple[str, str], ...]


class Child(NamedTuple):
    key: int
    serial: int
    """Nine digits, each child's own: what the ContactPoint number is made of."""
    authority: int
    given_names: str
    family_name: str
    """Empty for a single name, which stands in `given_names`."""
    born_on: date
    gender: str
    died_on: date | None
    shield_ground: str | None
    names: tuple[OtherName, ...]
    locations: tuple[Location, ...]
    carers: tuple[Carer, ...]
    numbers: tuple[tuple[str, str], ...]
    involvements: tuple[Involvement, ...]
    said: tuple[Said, ...]
    """The first one states the record's facts; numbers come from each."""
    story: str
    """What is particular about this child's household, for tests and reports; "" for most."""


class Authorities(NamedTuple):
    """All of them, before anything else: a child may be another authority's responsibility."""

    authorities: tuple[Authority, ...]


class Area(NamedTuple):
    """The organisations of an authority and the people in them: come before its children."""

    authority: Authority
    organisations: tuple[Organisation, ...]
    practitioners: tuple[Practitioner, ...]


class Children(NamedTuple):
    """The next children, brothers and sisters next to each other."""

    children: tuple[Child, ...]
