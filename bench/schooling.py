"""Which school and which practice a child has, since when, and which it had before."""

from datetime import date
from typing import NamedTuple

from bench import stories
from bench.draw import Draw
from bench.organisations import Landscape, Site
from bench.places import QUARTERS

NEAR = 0.85
SPECIAL, INDEPENDENT, MOVED_SCHOOL, NO_COLLEGE = 0.015, 0.06, 0.05, 0.1
JULY_END = (7, 17)
GRADUAL = (0.06, 0.12, 0.4, 0.82, 0.9)
"""The share of children in a nursery at each age."""


class Choice(NamedTuple):
    """What a household chose, for all its children."""

    nursery: Site
    primary: Site
    secondary: Site
    practice: Site
    independent: Site | None


class Spell(NamedTuple):
    """Day numbers; `ended` is 0 while it goes on."""

    site: Site
    started: int
    ended: int


class Year(NamedTuple):
    """The school year that today is in, by the calendar year it began in, and today's day number."""

    began: int
    today: int

    @classmethod
    def of(cls, today: date) -> "Year":
        return cls(today.year if today.month > 8 else today.year - 1, today.toordinal())

    def joined(self, years_ago: int, draw: Draw) -> int:
        return min(self.today, date(self.began - years_ago, 9, 1).toordinal() + draw.below(7))

    def left(self, years_ago: int, draw: Draw) -> int:
        return date(self.began - years_ago, *JULY_END).toordinal() + draw.below(6)


def choose(draw: Draw, landscape: Landscape, quarter: int) -> Choice:
    sites = landscape.sites
    private = sites["independent_school"]
    return Choice(
        _near(draw, sites["nursery"], quarter),
        _near(draw, sites["primary_school"], quarter),
        _near(draw, sites["secondary_school"], quarter),
        _near(draw, sites["gp_practice"], quarter),
        draw.pick(private) if draw.random() < INDEPENDENT else None,
    )


def _near(draw: Draw, sites: list[Site], quarter: int) -> Site:
    """Mostly one of the same quarter of the town."""
    if draw.random() >= NEAR or quarter >= len(sites):
        return draw.pick(sites)
    return sites[quarter + QUARTERS * draw.below((len(sites) - 1 - quarter) // QUARTERS + 1)]


def spells(draw: Draw, landscape: Landscape, choice: Choice, born: date, year: Year) -> list[Spell]:
    """Schools and nurseries, the present one first; none for most under two."""
    level = year.began - born.year - (1 if born.month > 8 else 0)
    if level < 4:
        return _nursery(draw, choice, born, year)
    if draw.random() < SPECIAL:
        return [Spell(draw.pick(landscape.sites["special_school"]), year.joined(level - 4, draw), 0)]
    if level < 11:
        return _primary(draw, landscape, choice, level, year)
    if level < 16:
        site = choice.independent or choice.secondary
        here = Spell(site, year.joined(level - 11, draw), 0)
        return _with_earlier(draw, landscape, "secondary_school", here, year) if level > 11 else [
            here, Spell(choice.primary, year.joined(7, draw), year.left(0, draw))
        ]  # fmt: skip
    if draw.random() < NO_COLLEGE:
        return [Spell(choice.secondary, year.joined(level - 11, draw), year.left(level - 16, draw))]
    college = draw.pick(landscape.sites["college"]) if draw.chance(0.6) else choice.secondary
    return [Spell(college, year.joined(level - 16 if college is not choice.secondary else level - 11, draw), 0)]


def boarding(draw: Draw, landscape: Landscape, born: date, year: Year) -> list[Spell]:
    age = year.today - born.toordinal()
    return [Spell(landscape.sites["independent_school"][-1], year.today - 10 - draw.below(min(age, 900)), 0)]


def _nursery(draw: Draw, choice: Choice, born: date, year: Year) -> list[Spell]:
    age = year.today - born.toordinal()
    if draw.random() >= GRADUAL[min(4, age // 365)] or age < 120:
        return []
    return [Spell(choice.nursery, year.today - draw.below(min(age - 100, 500)), 0)]


def _primary(draw: Draw, landscape: Landscape, choice: Choice, level: int, year: Year) -> list[Spell]:
    here = Spell(choice.independent or choice.primary, year.joined(level - 4, draw), 0)
    if level == 4 and draw.random() < 0.7:
        return [here, Spell(choice.nursery, year.joined(1, draw), year.left(0, draw))]
    return _with_earlier(draw, landscape, "primary_school", here, year)


def _with_earlier(draw: Draw, landscape: Landscape, kind: str, here: Spell, year: Year) -> list[Spell]:
    """A few came from another school in the middle of things."""
    earlier = draw.pick(landscape.sites[kind])
    changed = year.today - 15 - draw.below(700)
    if draw.random() >= MOVED_SCHOOL or earlier is here.site or changed - 30 <= here.started:
        return [here]
    return [here._replace(started=changed), Spell(earlier, here.started, changed - 1 - draw.below(25))]


def practice(draw: Draw, choice: Choice, born: int, today: int, changed: int) -> Spell:
    """Registered soon after birth, or when the family came."""
    since = born + 7 + draw.below(40)
    if draw.random() < 0.3:
        since = max(since, today - draw.below(3000))
    return Spell(choice.practice, min(today, max(since, changed and born)), 0)


def closed(spell: Spell, on: int) -> Spell | None:
    """The spell as it stands once the child left or died; None if it had not begun."""
    if spell.ended and spell.ended <= on:
        return spell
    return spell._replace(ended=on) if spell.started < on else None


def attends(story: str) -> bool:
    return story not in (stories.NO_SCHOOL, stories.NEITHER)
