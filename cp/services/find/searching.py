"""The search: the candidates that the index gives, compared in full, judged, and explained."""

from dataclasses import dataclass, replace
from datetime import date
from heapq import nlargest

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import sealing
from cp.matching import births
from cp.matching.compare import Comparison, Fact, compare
from cp.matching.facts import Facts, asked, recorded
from cp.matching.glance import Glance
from cp.matching.reasons import reasons, tried
from cp.matching.verdict import Helps, helps_most, judge
from cp.models.child import Child
from cp.rules import number
from cp.services.find.entry import where
from cp.services.find.known import Known, born_and_named, read
from cp.services.find.near import FAMILY, GIVEN, hashes
from cp.services.find.probes import Probes
from cp.services.find.tiers import STRONG, Tiers, likely_days
from cp.terms import Gender, RecordState

MOST_COMPARED = 60
"""Candidates compared in full. Of more than these that weigh the same, too many would match anyway."""


NAMED_AND_BORN = (Fact.GIVEN, Fact.FAMILY, Fact.BORN)

SURE = 40.0
"""What our own number is worth, in bits: its check digit lets no slip through."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a person asks; it is for the caller to see that it is enough. `postcode`: whole, or its first half."""

    number: str | None = None
    given_name: str = ""
    family_name: str = ""
    born: date | None = None
    born_year: int | None = None
    age: int | None = None
    gender: Gender | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A child who may be the one: how much speaks for it in bits, why in plain words, the half postcode of now."""

    child_id: int
    score: float
    why: str
    outward: str | None
    shielded: bool = False
    """When it was compared: a match found by what has been hidden since is none."""


@dataclass(frozen=True, slots=True)
class Found:
    """The matches, most likely first; none where there are too many, or where there is none.

    `equal` of the first match equally well, 1 where the first stands alone. `tried` and `helps` follow from what was
    asked alone, so that they cannot tell what the directory holds.
    """

    matches: tuple[Match, ...] = ()
    too_many: bool = False
    equal: int = 1
    tried: tuple[str, ...] = ()
    helps: Helps = Helps.DATE_OF_BIRTH


def search(session: Session, criteria: Criteria, today: date) -> Found:
    """Who this may be. Reads a bounded part of the index, whatever is asked, and nothing that a shield hides."""
    if criteria.number and (named := _by_number(session, criteria.number)):
        return Found(
            (Match(named.entry.child_id, SURE, "Same ContactPoint number.", named.outward(), named.entry.shielded),)
        )
    mine = facts_of(criteria, today)
    nothing = Found(tried=tuple(tried(mine)), helps=helps_most(mine))
    if not (mine.given or mine.family):
        return nothing
    looked = _look(session, mine)
    if looked is None:
        return replace(nothing, too_many=True)
    known, compared = looked
    verdict = judge(compared.items(), order=shuffled)
    matches = tuple(
        Match(
            child_id, found.score, " ".join(reasons(found)), known[child_id].outward(), known[child_id].entry.shielded
        )
        for child_id, found in verdict.matches
    )
    return replace(nothing, matches=matches, too_many=verdict.too_many, equal=max(1, verdict.tied))


def _look(session: Session, mine: Facts) -> tuple[dict[int, Known], dict[int, Comparison]] | None:
    """Everybody who may be meant, compared; None where too many may."""
    probes, glance = Probes(session), Glance(mine)
    known = _at_once(session, mine)
    compared = _compared(probes, mine, known)
    if any(found.weight_of(*NAMED_AND_BORN) >= glance.best - STRONG for found in compared.values()):
        return known, compared
    tiers = Tiers(probes, glance)
    tiers.look()
    if tiers.too_many:
        return None
    known = _likeliest(session, tiers)
    return known, _compared(probes, mine, known)


def shuffled(child_id: int) -> int:
    """The same order at each look, which tells nothing of which record was made first."""
    return sealing.ring().lasting_look_up("order", str(child_id))


def _by_number(session: Session, typed: str) -> Known | None:
    """Of a record that is not live no more is read than of none, so that the time does not tell of it."""
    query = select(Child.id).where(Child.number == number.normalise(typed), Child.state == RecordState.LIVE)
    found = session.scalars(query).one_or_none()
    return read(session, [found]).get(found) if found is not None else None


def _at_once(session: Session, mine: Facts) -> dict[int, Known]:
    """Those born that day, or with day and month exchanged, under both names: most searches need look no further."""
    if not (mine.given and mine.family and mine.born and mine.born.known):
        return {}
    return born_and_named(session, likely_days(mine.born.first), hashes(mine.family, FAMILY), hashes(mine.given, GIVEN))


def _likeliest(session: Session, tiers: Tiers) -> dict[int, Known]:
    """Of those whom the tiers found, the few that may match."""
    best = tiers.best.items()
    likely = nlargest(MOST_COMPARED, ((w, -child_id) for child_id, w in best if w >= tiers.glance.least))
    return read(session, [-child_id for _, child_id in likely]) if likely else {}


def _compared(probes: Probes, mine: Facts, known: dict[int, Known]) -> dict[int, Comparison]:
    places = probes.places(known.keys()) if mine.places and known else {}
    facts = {
        child_id: recorded(entry.names, entry.born_on, entry.gender, entry.others, places.get(child_id, ()))
        for child_id, (entry, _) in known.items()
    }
    return {child_id: compare(mine, theirs) for child_id, theirs in facts.items()}


def facts_of(criteria: Criteria, today: date) -> Facts:
    return asked(
        criteria.given_name,
        criteria.family_name,
        _born(criteria, today),
        criteria.gender,
        where(criteria.postcode) if criteria.postcode else (),
    )


def _born(criteria: Criteria, today: date) -> births.Span | None:
    """The date, else the age, else the year: the nearest that is known."""
    if criteria.born:
        return births.day(criteria.born)
    if criteria.age is not None:
        return births.aged(criteria.age, today)
    return births.in_year(criteria.born_year) if criteria.born_year else None
