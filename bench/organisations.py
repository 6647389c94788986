"""Schools, practices and services of an authority, of plausible kinds and numbers."""

import re
from typing import NamedTuple

from bench import names, numbers
from bench.draw import Draw
from bench.places import Place
from bench.shapes import Address, Organisation
from bench.tails import lists

AUTHORITIES_A_LAP = 25
"""So many authorities' schools have numbers of four digits of their own."""
REAL_SIZE = 27_700
"""Under-18s of the authority whose counts these are."""
COUNTS = {
    "primary_school": 38, "nursery": 12, "secondary_school": 8, "special_school": 2, "independent_school": 4,
    "college": 1, "gp_practice": 14,
}  # fmt: skip
ESTABLISHMENTS = {
    "nursery": 1000, "primary_school": 2000, "secondary_school": 4000, "special_school": 7000,
    "independent_school": 6000, "college": 8000,
}  # fmt: skip
ENDS = {
    "nursery": ("Nursery", "Pre-school", "Nursery School", "Playgroup"),
    "primary_school": ("Primary School", "Primary School", "Community Primary School", "Primary Academy"),
    "secondary_school": ("High School", "School", "Academy", "Community College"),
    "special_school": ("School",),
    "independent_school": ("Preparatory School", "School", "Hall School", "College"),
    "college": ("Sixth Form College",),
    "gp_practice": ("Surgery", "Medical Centre", "Health Centre", "Medical Practice"),
}
SERVICES = (
    ("health", "health_service", "health", "{vale} Community Health"),
    ("council", "council_service", "authority", "{town} Council"),
    ("help", "council_service", "social_care", "{town} Early Help"),
    ("care", "council_service", "social_care", "{town} Children\u2019s Social Care"),
    ("justice", "council_service", "justice", "{town} Youth Justice Service"),
    ("carers", "charity", "voluntary", "{town} Young Carers"),
    ("housing", "council_service", "authority", "{town} Homes"),
)
FIRST_SCHOOL = "Hollin Bank Primary School"
FIRST_NURSERY = "Hollin Bank Nursery"
FIRST_PRACTICE = "Vale Road Surgery"
CHURCH = 0.25
"""The share of primary schools named after a saint."""


class Site(NamedTuple):
    """An organisation with a place: what a family chooses among."""

    organisation: Organisation
    establishment: int
    """Four digits of its pupils' numbers; 0 where it gives none."""
    address: Address


def _domain(name: str) -> str:
    """What a name has of its own, in bare letters: `hollinbank` of Hollin Bank Primary School."""
    common = lists("places.txt")["words of many organisations"]
    own = [word for word in re.sub("[^a-z ]", "", name.lower()).split() if word not in common]
    return "".join(own)[:30]


class Landscape(NamedTuple):
    """All organisations of one authority, and where each kind is found."""

    organisations: list[Organisation]
    sites: dict[str, list[Site]]
    services: dict[str, Organisation]


class Register:
    """Organisations as they are made, each with the next key and with numbers of its own."""

    def __init__(self, place: Place, authority: int, code: str, first_key: int) -> None:
        self.place, self.authority, self.code, self.first_key = place, authority, code, first_key
        self.made: list[Organisation] = []
        self.names: set[str] = set()

    def add(self, kind: str, body: str, name: str, draw: Draw, **own: str | None) -> Organisation:
        key = self.first_key + len(self.made)
        domain = f"{_domain(name)}.example.test"
        made = Organisation(
            key, self.authority, kind, body, name, own.get("urn"), own.get("dfe_number"), own.get("practice_code"),
            numbers.phone(draw.random(), 1), f"{own.get('mailbox') or 'office'}@{domain}", kind in COUNTS,
            own.get("head_name"), own.get("address"), own.get("postcode"),
        )  # fmt: skip
        self.made.append(made)
        self.names.add(name)
        return made


def landscape(register: Register, children: int, draw: Draw) -> Landscape:
    """The first school and the community health service come first: the demonstration's people work there."""
    sites: dict[str, list[Site]] = {kind: [] for kind in COUNTS}
    sites["primary_school"].append(_site(register, "primary_school", 0, draw))
    services = _services(register, draw)
    for kind, count in COUNTS.items():
        while len(sites[kind]) < max(1, round(count * children / REAL_SIZE)):
            sites[kind].append(_site(register, kind, len(sites[kind]), draw))
    return Landscape(register.made, sites, services)


def _services(register: Register, draw: Draw) -> dict[str, Organisation]:
    town = register.place.town
    vale = "Vale" if town == "Northvale" else town
    return {
        short: register.add(kind, body, name.format(town=town, vale=vale), draw, mailbox=short)
        for short, kind, body, name in SERVICES
    }


def _site(register: Register, kind: str, index: int, draw: Draw) -> Site:
    quarter = index % len(register.place.quarters)
    stretch = draw.pick(register.place.of_quarter[quarter])
    address = register.place.address(draw, stretch)
    name = _name(register, kind, index, quarter, draw)
    place = {"address": _envelope(address), "postcode": address.postcode}
    if kind == "gp_practice":
        code = f"Z{len(register.made) + register.first_key:05d}"
        return Site(register.add(kind, "health", name, draw, practice_code=code, **place), 0, address)
    establishment = ESTABLISHMENTS[kind] + (register.authority - 1) % AUTHORITIES_A_LAP * 2 * COUNTS[kind] + index
    made = register.add(
        kind, "education", name, draw,
        urn=str(900_001 + register.first_key + len(register.made)), dfe_number=f"{register.code}{establishment:04d}",
        head_name=_head(register.authority, name), **place,
    )  # fmt: skip
    return Site(made, 0 if kind in ("nursery", "independent_school") else establishment, address)


def _envelope(address: Address) -> str:
    """A whole house, never a flat in one."""
    house, *rest = address.lines
    return "\n".join((house.rpartition(", ")[2], *rest, address.town))


def _head(authority: int, school: str) -> str:
    """Somebody who does not exist, by a chance of their own: nothing else in the directory moves."""
    draw = Draw("head", authority, school)
    gender, community = draw.pick(("female", "male")), names.english()
    return names.adult(draw, community, gender, names.family_name(draw, community))


def _name(register: Register, kind: str, index: int, quarter: int, draw: Draw) -> str:
    first = {"primary_school": FIRST_SCHOOL, "nursery": FIRST_NURSERY, "gp_practice": FIRST_PRACTICE}.get(kind)
    if index == 0 and first and register.place.town == "Northvale":
        return first
    while True:
        name = f"{_called(register, kind, quarter, draw)} {draw.pick(ENDS[kind])}"
        if name not in register.names:
            return name


def _called(register: Register, kind: str, quarter: int, draw: Draw) -> str:
    parts = lists("places.txt")
    if kind == "primary_school" and draw.chance(CHURCH):
        return f"{draw.pick(parts['saints'])} Church of England"
    if kind in ("special_school", "independent_school"):
        return names.english().family.things[400 + draw.below(2000)]
    if kind in ("college", "secondary_school") and draw.chance(0.5):
        return f"{register.place.town} {draw.pick(('Park', 'Heath', 'Grange', 'Wood', 'Manor', 'Central'))}"
    if draw.chance(0.5):
        return register.place.quarters[quarter]
    return f"{draw.pick(parts['streets first'])} {draw.pick(('Road', 'Street', 'Lane', 'Park', 'Green'))}"
