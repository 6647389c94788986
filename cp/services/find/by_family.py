"""Find a carer or an address, arrive at the child: candidates by blind keys alone, then compared as any others are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice, product

from sqlalchemy.orm import Session

from cp import sealing
from cp.matching import around, keys
from cp.matching.births import YEAR, Span
from cp.matching.compare import Agreement, Comparison, compare
from cp.matching.facts import Facts, recorded
from cp.matching.family import carer_rows
from cp.matching.names import Form
from cp.matching.reasons import reasons, tried
from cp.matching.verdict import helps_most, judge
from cp.rules import postcodes, streets
from cp.rules.searching import Family
from cp.services.find.carers import carers_of
from cp.services.find.entry import carer_key, on_street
from cp.services.find.family_probes import FamilyProbes, Lives
from cp.services.find.known import Known, read
from cp.services.find.searching import Criteria, Found, Match, facts_of, shuffled

Forms = tuple[Form, ...]
MOST_FAMILY = 12
"""Family names that are each paired with every given name that may be meant: those have many spellings."""


def search_by_family(session: Session, criteria: Criteria, family: Family, today: date) -> Found:
    """Whose child this may be. Reads a bounded part of the index, and nothing that a shield hides."""
    mine = around.of_one(facts_of(criteria, today))
    looking = _Looking(session, criteria, family, mine)
    nothing = Found(tried=tuple(_tried(mine, looking.carer)), helps=helps_most(mine))
    ids = looking.candidates()
    if looking.too_many:
        return replace(nothing, too_many=True)
    found = read(session, sorted(ids)) if ids else {}
    known = {child_id: child for child_id, child in found.items() if not child.entry.shielded}
    verdict = judge(looking.compared(known).items(), order=shuffled, may=around.may_be_found)
    matches = tuple(
        Match(child_id, compared.score, " ".join(reasons(compared)), known[child_id].outward())
        for child_id, compared in verdict.matches
    )
    return replace(nothing, matches=matches, too_many=verdict.too_many, equal=max(1, verdict.tied))


def _tried(mine: Facts, carer: around.Carer) -> Iterator[str]:
    yield from tried(mine)
    if carer:
        yield "other spellings of the carer’s name"
    if carer.whole:
        yield "the carer’s names in the other order"


class _Looking:
    """One search's way. `too_many`: more than can be told apart by what was asked."""

    def __init__(self, session: Session, criteria: Criteria, family: Family, mine: Facts) -> None:
        self.session, self.family, self.mine = session, family, mine
        self.probes = FamilyProbes(session)
        self.too_many = False
        self.outward = postcodes.outward(criteria.postcode)
        self.given_forms, self.family_forms = around.forms_typed(family.carer_given, family.carer_family)
        self.keys_in_use = sealing.ring().current_first
        self.carer = self._carer()

    def candidates(self) -> set[int]:
        """Those of the carer, and those of the street."""
        found = self._of_carer() if self.carer.whole else set()
        return found | (self._of_street() if self.streets else set())

    def compared(self, known: Mapping[int, Known]) -> dict[int, Comparison]:
        homes = self.probes.homes(known) if known else {}
        carers = carers_of(self.session, known) if known and self.carer else {}
        asked = bool(self.carer) + bool(self.streets)
        found = {}
        for child_id, child in known.items():
            lives, (_, names, born_on, gender, _, others, *_) = homes.get(child_id, []), child.entry
            own = compare(self.mine, recorded(names, born_on, gender, others, [home.where for home in lives]))
            beside = [*self._kin(carers.get(child_id, [])), *self._home(child, lives)]
            found[child_id] = around.with_these(own, beside, asked)
        return found

    def _carer(self) -> around.Carer:
        given, family = self._near(self.given_forms, self.family_forms)
        given_too, family_too = self._near(self.family_forms, self.given_forms)
        return around.Carer(
            around.meant(self.given_forms, given, given=True), around.meant(self.family_forms, family, given=False),
            around.meant(self.given_forms, family_too, given=False),
            around.meant(self.family_forms, given_too, given=False),
        )  # fmt: skip

    def _near(self, given: Forms, family: Forms) -> tuple[dict[str, int], dict[str, int]]:
        """The names of the directory that are like these, with their ids: the given names, and the family names."""
        asked = [*((form.folded, False) for form in given), *((form.folded, True) for form in family)]
        if not asked:
            return {}, {}
        found = self.probes.names({key for name, kind in asked for key in keys.probes(name, family=kind)})
        if self.probes.flooded:
            found |= self.probes.names({keys.own_key(name, family=kind) for name, kind in asked})
        like_given, like_family = ({name: key for key, name, kind in found if kind is of} for of in (False, True))
        return like_given, like_family

    @cached_property
    def streets(self) -> list[int]:
        """The street that was typed, by each blind key that the index may hold it by."""
        if not self.outward or not streets.street_of(self.family.street):
            return []
        return [on_street(key, self.outward, self.family.street) for key in self.keys_in_use]

    def _of_carer(self) -> set[int]:
        """In either order of the names."""
        carer, found = self.carer, set[int]()
        for family, given in ((carer.family, carer.given), (carer.given_as_family, carer.family_as_given)):
            paired = product(self.keys_in_use, islice(family, MOST_FAMILY), given)
            carers = [carer_key(*pair) for pair in paired]
            of_them = self.probes.by_carer(carers)
            if self.probes.flooded:
                of_them = self._narrowed(carers)
                self.too_many |= self.probes.flooded
            found |= of_them
        return found

    def _narrowed(self, carers: list[int]) -> set[int]:
        """The same, under the surest fact besides that was asked."""
        born = self.mine.born
        if self.mine.places:
            outward = {place.outward for place in self.mine.places if isinstance(place.outward, int)}
            return self.probes.by_carer_at(carers, outward)
        if born:
            return self.probes.by_carer_born(carers, Span(born.first - YEAR, born.last + YEAR))
        return self.probes.by_carer_of(carers, self._named())

    def _named(self) -> list[int]:
        """The given names of the directory that the child's may be."""
        names, _ = self._near(self.mine.given, ())
        return [names[name] for name in around.meant(self.mine.given, names, given=True) if name in names]

    def _called(self) -> list[int]:
        """The same of the family name."""
        _, names = self._near((), self.mine.family)
        return [names[name] for name in around.meant(self.mine.family, names, given=False) if name in names]

    def _of_street(self) -> set[int]:
        found = self.probes.in_street(self.streets)
        if not self.probes.flooded:
            return found
        if self.mine.given:
            found = self.probes.in_street_and(self.streets, named=self._named())
        elif self.mine.family:
            found = self.probes.in_street_and(self.streets, family=self._called())
        self.too_many |= self.probes.flooded
        return found

    def _kin(self, names: Sequence[str]) -> Iterator[Agreement]:
        """How the carers agree; nothing where no carer was asked for, or where none is known."""
        carer, rows = self.carer, [row for name in names for row in carer_rows(name)]
        if not carer or not rows:
            return
        own = [
            tuple(at.get(name) for at, name in ((carer.given, given), (carer.family, family)) if at)
            for family, given in rows
        ]
        crossed = [(carer.family_as_given.get(given), carer.given_as_family.get(family)) for family, given in rows]
        yield around.kin(own, crossed if carer.whole else [])

    def _home(self, child: Known, lives: list[Lives]) -> Iterator[Agreement]:
        """How the addresses agree; only where the street is the same is an address unsealed for its house."""
        if not self.streets or not lives:
            return
        same_street = any(home.street in self.streets for home in lives)
        asks_house = same_street and bool(self.family.house)
        yield around.home(same_street, self._same_house(child) if asks_house else None)

    def _same_house(self, child: Known) -> bool:
        street = streets.street_of(self.family.street)
        return any(
            streets.same_house(self.family.house, address["lines"][0])
            for address in child.addresses()
            if address["lines"] and streets.street_of(address["lines"][0]) == street
            and postcodes.outward(address["postcode"]) == self.outward
        )  # fmt: skip
