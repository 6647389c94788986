"""The practitioners of an authority: in its schools and in the teams of its services."""

import csv
from functools import cache
from typing import NamedTuple

from bench import names, numbers, tails
from bench.communities import Community
from bench.draw import Draw, Table
from bench.organisations import REAL_SIZE, Landscape
from bench.shapes import Organisation, Practitioner

IN_SCHOOLS = {
    "primary_school": ("Head teacher", "Special educational needs co-ordinator", "Pastoral lead", "Teacher"),
    "secondary_school": (
        "Deputy head, safeguarding", "Special educational needs co-ordinator", "Head of year", "Head of year",
        "Head of year", "Pastoral lead",
    ),
    "special_school": ("Head teacher", "Family liaison officer", "Pastoral lead"),
    "independent_school": ("Deputy head, pastoral", "Housemaster", "School matron"),
    "college": ("Student support officer", "Safeguarding lead"),
    "nursery": ("Nursery manager",),
}  # fmt: skip


class Team(NamedTuple):
    organisation: str
    name: str
    role: str
    youngest: int
    oldest: int
    weight: int
    practitioners: int
    leads: bool
    """Whether the team's people are often a child's lead professional."""


class Workforce(NamedTuple):
    practitioners: list[Practitioner]
    of_school: dict[int, list[Practitioner]]
    of_team: dict[str, list[Practitioner]]
    by_age: list[Table[Team]]


@cache
def teams() -> tuple[Team, ...]:
    with (tails.DATA / "teams.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Team(
                row["organisation"], row["team"], row["role"], int(row["youngest"]), int(row["oldest"]),
                int(row["weight"]), int(row["practitioners"]), row["headed"] == "1",
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


class Hiring:
    """People as they are made, each with the next key."""

    def __init__(self, mix: Table[Community], first_key: int, draw: Draw) -> None:
        self.mix, self.first_key, self.draw = mix, first_key, draw
        self.made: list[Practitioner] = []

    def person(self, organisation: Organisation, role: str, team: str | None) -> Practitioner:
        draw = self.draw
        community = names.english() if draw.chance(0.45) else self.mix.pick(draw)
        gender = "female" if draw.chance(0.74) else "male"
        name = names.adult(draw, community, gender, names.family_name(draw, community))
        phone = organisation.phone if draw.chance(0.4) else numbers.phone(draw.random(), 1 + draw.below(2))
        email = names.email(name, organisation.email.partition("@")[2])
        return self._add(organisation, (f"Dr {name}" if role == "Paediatrician" else name, role, team, phone, email))

    def team(self, organisation: Organisation, team: Team) -> Practitioner:
        """A team of nobody by name: it is reached as a team."""
        email = f"{team.name.lower().replace(' ', '.')}@{organisation.email.partition('@')[2]}"
        phone = numbers.phone(self.draw.random(), 1)
        return self._add(organisation, (f"{team.name} team", "Team", team.name, phone, email))

    def _add(self, organisation: Organisation, own: tuple[str, str, str | None, str, str]) -> Practitioner:
        practitioner = Practitioner(self.first_key + len(self.made), organisation.key, *own)
        self.made.append(practitioner)
        return practitioner


def workforce(hiring: Hiring, landscape: Landscape, children: int) -> Workforce:
    of_school = {
        site.organisation.key: [hiring.person(site.organisation, role, None) for role in roles]
        for kind, roles in IN_SCHOOLS.items()
        for site in landscape.sites[kind]
    }
    of_team = {team.name: _members(hiring, landscape, team, children) for team in teams()}
    return Workforce(hiring.made, of_school, of_team, [_of_age(age) for age in range(18)])


def _members(hiring: Hiring, landscape: Landscape, team: Team, children: int) -> list[Practitioner]:
    """At least two of each."""
    organisation = landscape.services[team.organisation]
    if not team.practitioners:
        return [hiring.team(organisation, team)]
    count = max(2, round(team.practitioners * children / REAL_SIZE))
    return [hiring.person(organisation, team.role, team.name) for _ in range(count)]


def _of_age(age: int) -> Table[Team]:
    fitting = [team for team in teams() if team.youngest <= age <= team.oldest]
    return Table(fitting, [team.weight for team in fitting])
