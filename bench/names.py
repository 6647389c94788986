"""What children and their families are called."""

import csv
import re
import unicodedata
from functools import cache
from typing import NamedTuple

from bench import tails
from bench.communities import Community, adults, communities
from bench.draw import Draw, Table
from bench.shapes import OtherName

ALONE = {"tamil": 0.02, "nepali": 0.01, "afghan": 0.02, "indian": 0.003}
"""The share of children with a single name."""
DOUBLED = {"english": 0.06, "caribbean": 0.04, "welsh": 0.06, "irish": 0.05}
OWN_TONGUE_GENDERS = {"polish": 0.5, "pakistani": 0.08, "bangladeshi": 0.12, "indian": 0.12}
"""The share of families whose girls have another form of the family name, or another name, than the boys."""
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "đ": "d", "ð": "d", "\u0131": "i", "ə": "e", "Ə": "E"})


class Family(NamedTuple):
    """A family's name as the boys have it and as the girls have it."""

    community: Community
    boys: str
    girls: str

    def of(self, gender: str) -> str:
        return self.girls if gender == "female" else self.boys


@cache
def english() -> Community:
    return communities()[0]


@cache
def short_forms() -> dict[str, str]:
    with (tails.DATA / "nicknames.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["short"] for row in csv.DictReader(file)}


def of_single_names() -> Community:
    """A community in which single names are nothing out of the ordinary."""
    return next(community for community in communities() if community.name == "tamil")


def mix(draw: Draw, even: bool) -> Table[Community]:
    """Who lives in an authority: as in the whole country, or some communities many times more, as life is."""
    weights = [round(1e6 * c.share * (1 if even or c.name == "english" else 0.2 + 2.2 * draw.random() ** 2))
               for c in communities()]  # fmt: skip
    return Table(communities(), weights)


def family(draw: Draw, community: Community) -> Family:
    name = family_name(draw, community)
    if draw.random() >= OWN_TONGUE_GENDERS.get(community.name, 0):
        return Family(community, name, name)
    return Family(community, name, _girls_form(draw, community.name, name))


def family_name(draw: Draw, community: Community) -> str:
    name = community.family.pick(draw)
    if draw.random() >= DOUBLED.get(community.name, 0.01) or " " in name or "-" in name:
        return name
    second = english().family.pick(draw)
    return name if second == name else f"{name}-{second}"


def _girls_form(draw: Draw, community: str, name: str) -> str:
    if community == "polish":
        return re.sub("(?<=[sc])ki$|(?<=dz)ki$", "ka", name)
    return "Kaur" if community == "indian" else draw.pick(("Begum", "Bibi", "Khatun", "Begum"))


def given_names(draw: Draw, community: Community, gender: str, taken: set[str]) -> str:
    """A given name that no brother or sister has, and a middle name where the family's custom has one."""
    if gender not in ("female", "male"):
        gender = "female" if draw.chance(0.5) else "male"
    home = english() if draw.random() < community.english_given else community
    table = home.girls if gender == "female" else home.boys
    if not table.things:
        table = english().girls if gender == "female" else english().boys
    first = table.pick(draw)
    while first in taken:
        first = table.pick(draw)
    taken.add(first)
    if draw.random() >= community.middle:
        return first
    middle = table.pick(draw)
    return first if middle == first else f"{first} {middle}"


def adult(draw: Draw, community: Community, gender: str, family_name: str) -> str:
    """A grown person's whole name: one given name, in the fashion of some decades ago."""
    own = community.girls if gender == "female" else community.boys
    abroad = community.name not in ("english", "caribbean") and draw.random() >= community.english_given * 0.7
    table = own if abroad and own.things else adults()[gender]
    return f"{table.pick(draw)} {family_name}"


def alone(draw: Draw, community: Community) -> bool:
    """Whether this child has a single name."""
    return draw.random() < ALONE.get(community.name, 0.0005)


def other_names(draw: Draw, given: str, own: Family, gender: str) -> tuple[OtherName, ...]:
    """Former and preferred names; what stays as in the name is left empty."""
    found: list[OtherName] = []
    if draw.random() < 0.06:
        before = own.community if draw.chance(0.7) else english()
        found.append(OtherName("former", "", family_name(draw, before)))
        if found[0].family_name == own.of(gender):
            found.clear()
    first = given.split(" ")[0]
    if first in short_forms() and draw.random() < 0.22:
        found.append(OtherName("preferred", short_forms()[first], ""))
    elif " " in given and draw.random() < 0.015:
        found.append(OtherName("preferred", given.split(" ")[1], ""))
    elif own.community.name in ("chinese", "vietnamese", "polish") and draw.random() < 0.1:
        table = english().girls if gender == "female" else english().boys
        found.append(OtherName("also_known_as", table.pick(draw), ""))
    return tuple(found)


def plain(text: str) -> str:
    """Letters without their marks, as an email address or an old computer has them."""
    marked = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def email(name: str, at: str) -> str:
    local = ".".join(re.sub("[^a-z]", "", part) for part in plain(name).lower().split())
    return f"{local}@{at}"
