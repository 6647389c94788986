"""Towns, quarters, streets and houses that do not exist."""

from typing import NamedTuple

from bench import numbers
from bench.draw import Draw
from bench.shapes import Address
from bench.tails import lists

QUARTERS = 12
DISTRICTS = 9
HOUSES = 16
CHILDREN_A_STRETCH = 8
LATER = ("Upper", "Lower", "Great", "Little")
FIRST_TOWN = "Northvale"
FIRST_QUARTER = "Hollin Bank"


class Stretch(NamedTuple):
    """The houses of a street that share a postcode."""

    street: str
    quarter: int
    postcode: str
    first: int
    """Houses are numbered from here, one side of the street, so in twos."""
    flats: bool


class Place:
    """An authority's town. Streets run through one quarter, and a quarter's postcodes share their first half."""

    def __init__(self, index: int, authorities: int, children: int, draw: Draw) -> None:
        self.town = town(index)
        self.quarters = self._quarters(draw)
        self.districts = districts(index, authorities)
        self.stretches: list[Stretch] = []
        self.of_quarter: list[list[Stretch]] = [[] for _ in self.quarters]
        self._lay_out(max(QUARTERS * 2, children // CHILDREN_A_STRETCH), index, draw)

    def address(self, draw: Draw, stretch: Stretch) -> Address:
        number = stretch.first + 2 * draw.below(HOUSES)
        house = f"{number} {stretch.street}"
        if stretch.flats:
            house = f"Flat {draw.between(1, 12)}, {house}"
        return Address((house, self.quarters[stretch.quarter]), self.town, stretch.postcode)

    def _quarters(self, draw: Draw) -> list[str]:
        firsts, seconds = draw.shuffled(lists("places.txt")["quarters first"]), lists("places.txt")["quarters second"]
        names = [f"{first} {draw.pick(seconds)}" for first in firsts[:QUARTERS]]
        if self.town == FIRST_TOWN:
            names = [FIRST_QUARTER, *(name for name in names if not name.startswith("Hollin"))][:QUARTERS]
        return names

    def _lay_out(self, stretches: int, index: int, draw: Draw) -> None:
        parts = lists("places.txt")
        names = [f"{a} {b}" for a in parts["streets first"] for b in parts["streets second"]]
        units = [0] * numbers.DISTRICTS
        street = 0
        names = draw.shuffled(names)
        while len(self.stretches) < stretches:
            quarter = street % len(self.quarters)
            district = self.districts[quarter % len(self.districts)]
            flats = draw.chance(0.12)
            for piece in range(draw.between(1, 4)):
                unit = (units[district - 1] + index // numbers.DISTRICTS * 977) % numbers.UNITS_A_DISTRICT
                units[district - 1] += 1
                postcode = numbers.postcode(district, _scatter(unit))
                first = 1 + piece * 2 * HOUSES + draw.below(2)
                self._add(Stretch(names[street % len(names)], quarter, postcode, first, flats))
            street += 1

    def _add(self, stretch: Stretch) -> None:
        self.stretches.append(stretch)
        self.of_quarter[stretch.quarter].append(stretch)


def _scatter(unit: int) -> int:
    return unit * 1_373 % numbers.UNITS_A_DISTRICT


def districts(index: int, authorities: int) -> list[int]:
    """The postcode districts of one authority of so many: its own, while there are enough for all."""
    each = max(1, min(DISTRICTS, numbers.DISTRICTS // authorities))
    return [(index * each + number) % numbers.DISTRICTS + 1 for number in range(each)]


def town(index: int) -> str:
    """Northvale first; then every other first half with every second half, and after them numbered ones."""
    firsts, seconds = lists("places.txt")["towns first"], lists("places.txt")["towns second"]
    lap, rest = divmod(index, len(firsts) * len(seconds))
    name = firsts[rest % len(firsts)] + seconds[(rest + rest // len(firsts)) % len(seconds)]
    return f"{name} {LATER[lap - 1]}" if lap else name
