"""Families with names of one origin: their given names and family names, weighted by how common they are."""

import csv
from functools import cache
from typing import NamedTuple

from bench import tails
from bench.draw import Draw, Table, zipf

GIVEN = (9.0, 1.2)
FAMILY = (4.0, 0.8)
ENGLISH_FAMILY = (5.0, 1.06)
RARER = 4
"""How much rarer a double given name is than its rank among the others says."""
BOYS = ("first_names_male", "first_romanized_names_male", "first_romanized_names")
GIRLS = ("first_names_female", "first_romanized_names_female", "first_romanized_names")
FAMILIES = ("last_names", "unisex_last_names", "male_last_names", "last_romanized_names")


class Community(NamedTuple):
    name: str
    share: float
    english_given: float
    """The share of children with an English given name."""
    middle: float
    boys: Table[str]
    girls: Table[str]
    family: Table[str]


@cache
def communities() -> tuple[Community, ...]:
    with (tails.DATA / "communities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_community(row) for row in csv.DictReader(file))


@cache
def adults() -> dict[str, Table[str]]:
    """Given names of people born in England some decades ago, by gender."""
    return {
        "male": _table(tails.from_faker("en_GB", "first_names_male"), GIVEN),
        "female": _table(tails.from_faker("en_GB", "first_names_female"), GIVEN),
    }


def _community(row: dict[str, str]) -> Community:
    name, locales = row["name"], row["given_locales"]
    own = _own(name)
    boys = (*BOYS, "first_names") if locales == "en_PK" else BOYS  # that list is of boys' names, whatever it is called
    english = name == "english"
    return Community(
        name,
        float(row["share"]),
        float(row["english_given"]),
        float(row["middle"]),
        _listed(own["boys"], locales, boys, tails.double_names("boys") if english else []),
        _listed(own["girls"], locales, GIRLS, tails.double_names("girls") if english else []),
        _families(own["family"], row["family_locales"], english),
    )


def _own(name: str) -> dict[str, tuple[str, ...]]:
    file = f"{name}.txt"
    return tails.lists(file) if (tails.DATA / file).exists() else {"boys": (), "girls": (), "family": ()}


def _listed(own: tuple[str, ...], locales: str, parts: tuple[str, ...], rare: list[str]) -> Table[str]:
    """Our own list by rank, then faker's, then the rare ones, both in no order of their own."""
    draw = Draw("names", locales, *parts)
    common = list(dict.fromkeys((*own, *draw.shuffled(tails.from_faker(locales, *parts)))))
    uncommon = [name for name in draw.shuffled(rare) if name not in set(common)]
    weights = zipf(len(common) + len(uncommon), *GIVEN)
    seldom = [weight // RARER for weight in weights[len(common) :]]
    return Table(common + uncommon, weights[: len(common)] + seldom)


def _families(own: tuple[str, ...], locales: str, english: bool) -> Table[str]:
    draw = Draw("families", locales)
    faker = [name for name in tails.from_faker(locales, *FAMILIES) if not name.endswith("ová")]
    names = list(
        dict.fromkeys((*own, *draw.shuffled(faker), *(draw.shuffled(tails.family_names()) if english else ())))
    )
    return _table(names, ENGLISH_FAMILY if english else FAMILY)


def _table(names: list[str], curve: tuple[float, float]) -> Table[str]:
    return Table(names, zipf(len(names), *curve))
