"""A synthetic directory that looks like England: the same children for the same number, seed and day, anywhere.

Streams: authorities first, then each authority's organisations and practitioners, then its children in batches.
Memory does not grow with the number of children. Nobody in it is anybody; see data/README.md.
"""

from collections import deque
from collections.abc import Iterator
from datetime import date

from bench import names, numbers, organisations, places, schooling, stories
from bench.draw import Draw
from bench.households import Born, Calendar, Household, Settled, household
from bench.numbers import NhsNumbers, PupilNumbers, Scattered
from bench.organisations import REAL_SIZE, Register
from bench.places import Place
from bench.schooling import Spell, Year
from bench.services import Day, services
from bench.shapes import Area, Authorities, Authority, Child, Children, Involvement
from bench.sources import Facts, Files, Known
from bench.workforce import Hiring, workforce

BATCH = 2000
KNOWN_NHS = 0.78
REMEMBERED = 400
"""Children of whom one may have a namesake."""
FIRST_PHASE = 17
REGIONS = (
    "north_west", "north_east", "yorkshire_and_the_humber", "east_midlands", "west_midlands", "east_of_england",
    "london", "south_east", "south_west",
)  # fmt: skip


def generate(children: int, seed: int, today: date) -> Iterator[Authorities | Area | Children]:
    """A directory of so many children. One authority for every 27,700 of them, and always a neighbour."""
    count = max(1, round(children / REAL_SIZE))
    authorities = tuple(_authority(index, seed) for index in range(max(2, count)))
    yield Authorities(authorities)
    shared = Shared(seed)
    for index in range(count):
        own = children * (index + 1) // count - children * index // count
        settlement = Settlement(index, authorities, own, shared, (seed, today, count))
        yield settlement.area
        yield from settlement.batches()


def _authority(index: int, seed: int) -> Authority:
    draw = Draw(seed, "authority", index)
    code = 999 - index if index < 55 else 599 - (index - 55) % 200
    team, help_line = (numbers.phone(draw.random(), 1) for _ in range(2))
    return Authority(
        index + 1, f"{places.town(index)} Council", str(code), f"E99{index + 1:06d}", team, help_line, *_phase(index)
    )


def _phase(index: int) -> tuple[str, int]:
    """The region and the phase: the first 17 in the North West come first, as they did (domain 1.4)."""
    if index < FIRST_PHASE:
        return REGIONS[0], 1
    return REGIONS[(index - FIRST_PHASE) % len(REGIONS)], 2 + (index - FIRST_PHASE) % 3


class Shared:
    """What runs through all authorities: keys, and numbers that nobody else may have."""

    def __init__(self, seed: int) -> None:
        draw = Draw(seed, "numbers")
        self.organisation = self.practitioner = self.child = 1
        self.serials = Scattered(numbers.SERIALS, draw.below(numbers.SERIALS), 381_966_011)
        self.nhs = NhsNumbers(draw.below(numbers.NHS))


class Settlement:
    """One authority and the making of its children."""

    def __init__(
        self,
        index: int,
        authorities: tuple[Authority, ...],
        children: int,
        shared: Shared,
        whole: tuple[int, date, int],
    ) -> None:
        seed, today, count = whole
        self.children, self.shared, self.index = children, shared, index
        self.authority, self.neighbour = authorities[index], authorities[(index + 1) % len(authorities)]
        self.draw = Draw(seed, "children", index)
        draw = Draw(seed, "place", index)
        place, mix = Place(index, count, children, draw), names.mix(draw, even=index == 0)
        register = Register(place, self.authority.key, self.authority.education_code, shared.organisation)
        self.landscape = organisations.landscape(register, children, draw)
        self.force = workforce(Hiring(mix, shared.practitioner, draw), self.landscape, children)
        self.area = Area(self.authority, tuple(self.landscape.organisations), tuple(self.force.practitioners))
        shared.organisation += len(self.area.organisations)
        shared.practitioner += len(self.area.practitioners)
        boarding = (self.landscape.sites["independent_school"][-1].address,)
        self.settled = Settled(place, mix, self.authority.name, boarding, Calendar.of(today))
        self.year = Year.of(today)
        self.files = Files(self.landscape.services["council"].key, self.year.today)
        width = 1000 // -(-count // organisations.AUTHORITIES_A_LAP)
        lap = index // organisations.AUTHORITIES_A_LAP * width
        self.pupil_numbers = PupilNumbers(lap, lap + width)
        self.recent: deque[tuple[names.Family, str, Born]] = deque(maxlen=REMEMBERED)

    def batches(self) -> Iterator[Children]:
        made: list[Child] = []
        left, number = self.children, 0
        while left:
            family = self._household(self._story(number), left)
            left -= len(family)
            number += 1
            made += family
            if len(made) >= BATCH:
                yield Children(tuple(made))
                made = []
        if made:
            yield Children(tuple(made))

    def _story(self, number: int) -> str:
        if self.index == 0 and 0 <= number - stories.FIRST_AT < len(stories.FIRST):
            return stories.FIRST[number - stories.FIRST_AT]
        return stories.TABLE.pick(self.draw)

    def _household(self, story: str, most: int) -> list[Child]:
        like = self.draw.pick(self.recent) if story == stories.SAME_NAME and self.recent else None
        own = like and like[0]
        if story == stories.SINGLE_NAME:
            own = names.family(self.draw, names.of_single_names())
        home = household(self.draw, self.settled, story, most, own)
        choice = schooling.choose(self.draw, self.landscape, home.quarter)
        taken: set[str] = set()
        children = []
        for eldest, born in enumerate(home.born):
            if like:
                _, given, born = like
            else:
                given = names.given_names(self.draw, home.family.community, born.gender, taken)
            if story == stories.PLAIN and born.gender != "not_specified":
                self.recent.append((home.family, given, born))
            children.append(self._child(home, choice, given, born, first=eldest == 0))
        return children

    def _child(self, home: Household, choice: schooling.Choice, given: str, born: Born, *, first: bool) -> Child:
        draw, today, story = self.draw, self.year.today, home.story
        died = today - 1 - draw.below(45) if story == stories.DIED and first else 0
        gone = died or (home.changed if story in stories.LEFT else 0)
        facts = self._facts(home, given, born, single=story == stories.SINGLE_NAME and first)
        school, practice = self._spells(home, choice, facts.born_on)
        known = self._known(choice, school, practice)
        people = services(draw, self.force, Day(born.day, today, gone), _current(school, gone), story)
        said = self.files.said(draw, facts, home, known)
        child = Child(
            self.shared.child, self.shared.serials.next() or 0, self._responsible(story).key, *facts[:4],
            date.fromordinal(died) if died else None,
            draw.pick(GROUNDS) if story == stories.SHIELDED else None,
            tuple(name for one in said for name in one.names), home.locations, home.carers,
            tuple(number for one in said for number in one.numbers),
            (*_attendance([*school, *practice], gone), *people), said, story,
        )  # fmt: skip
        self.shared.child += 1
        return child

    def _responsible(self, story: str) -> Authority:
        return self.neighbour if story == stories.FROM_ELSEWHERE else self.authority

    def _facts(self, home: Household, given: str, born: Born, *, single: bool) -> Facts:
        born_on = date.fromordinal(born.day)
        if single or names.alone(self.draw, home.family.community):
            return Facts(given.split(" ")[0], "", born_on, born.gender, ())
        others = names.other_names(self.draw, given, home.family, born.gender)
        return Facts(given, home.family.of(born.gender), born_on, born.gender, others)

    def _spells(self, home: Household, choice: schooling.Choice, born: date) -> tuple[list[Spell], list[Spell]]:
        """Schools, the present one first, and the practice."""
        if home.story == stories.ABROAD:
            school = schooling.boarding(self.draw, self.landscape, born, self.year)
        else:
            school = schooling.spells(self.draw, self.landscape, choice, born, self.year)
        if not schooling.attends(home.story):
            school = []
        if home.story in (stories.NO_GP, stories.NEITHER):
            return school, []
        return school, [schooling.practice(self.draw, choice, born.toordinal(), self.year.today, home.changed)]

    def _known(self, choice: schooling.Choice, school: list[Spell], practice: list[Spell]) -> Known:
        here = school[0] if school and not school[0].ended else None
        nhs = self.shared.nhs.next() if practice and self.draw.random() < KNOWN_NHS else None
        upn = None
        if here and here.site.establishment:
            issuer = here.site if here.site.organisation.kind == "special_school" else choice.primary
            upn = self.pupil_numbers.next(issuer.establishment, date.fromordinal(here.started).year)
        return Known(here, practice[0] if practice else None, upn, nhs)


GROUNDS = (
    "domestic-abuse",
    "domestic-abuse",
    "domestic-abuse",
    "adoption",
    "witness-protection",
    "other-significant-harm",
)


def _current(school: list[Spell], gone: int) -> int | None:
    here = school and not school[0].ended and not gone
    return school[0].site.organisation.key if here else None


def _attendance(spells: list[Spell], gone: int) -> list[Involvement]:
    """Schools and the practice as involvements of an organisation without a practitioner."""
    standing = (schooling.closed(spell, gone) if gone else spell for spell in spells)
    return [
        Involvement(
            spell.site.organisation.key, None, date.fromordinal(spell.started),
            date.fromordinal(spell.ended) if spell.ended else None, None, False, False,
        )
        for spell in standing
        if spell
    ]  # fmt: skip
