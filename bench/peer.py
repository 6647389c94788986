"""What the peers have in common: the same rows to index, the same ranking, the same record read at the end.

A peer only finds. What it finds is weighed by our first look and compared by our comparison, so that nothing but the
finding differs. It is asked to look wider until an answer is strong, by the same rule as our own tiers.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cp.matching import keys, weights
from cp.matching.births import exchanged
from cp.matching.compare import compare
from cp.matching.facts import Facts, Where, recorded
from cp.matching.glance import Glance
from cp.matching.reasons import reasons
from cp.matching.verdict import ENOUGH, judge
from cp.matching.weights import Place, Sex
from cp.models.child import Child
from cp.rules import postcodes
from cp.services.find import Criteria, Entry, Found, Match, search
from cp.services.find.known import read
from cp.services.find.searching import MOST_COMPARED, facts_of
from cp.services.find.tiers import STRONG

MOST = 200
"""Candidates that a peer may hand over at each look."""

BATCH = 1000


class Row(NamedTuple):
    """A child as every peer keeps it. `pairs`: folded names, `family/given`, a space between them."""

    child_id: int
    given_names: str
    family_name: str
    other_names: str
    born: str
    gender: str
    postcodes: str
    pairs: str


class Candidate(NamedTuple):
    """A child whom a peer has found."""

    child_id: int
    born: date
    pairs: str
    postcodes: str


class Asked(NamedTuple):
    """A search as peers get it: as typed, and taken apart, the postcode in plain text."""

    criteria: Criteria
    facts: Facts

    @property
    def given(self) -> list[str]:
        return [form.folded for form in self.facts.given]

    @property
    def family(self) -> list[str]:
        return [form.folded for form in self.facts.family]

    @property
    def days(self) -> list[date]:
        """The birth date, and with day and month exchanged; none where only an age is known."""
        born = self.facts.born
        return [day for day in (born.first, exchanged(born.first)) if day] if born and born.known else []

    @property
    def place(self) -> Where | None:
        return next(iter(self.facts.places), None)


class Peer(Protocol):
    """Another way to find a child."""

    @property
    def name(self) -> str: ...

    @property
    def scans(self) -> bool:
        """Whether it reads everything, and so is asked less often."""

    def build(self, rows: Iterable[Row]) -> int:
        """Index these children, as many as there are, in bounded memory; how many bytes that takes."""

    def looks(self, asked: Asked) -> Iterator[list[Candidate]]:
        """The candidates of the first look, then those of wider ones, the likeliest of each."""


def spool(engine: Engine, file: Path) -> None:
    """Write every live child of the directory into a file, batch by batch."""
    with file.open("w", newline="", encoding="utf-8") as opened, Session(engine) as session:
        out, ids = csv.writer(opened), iter(session.scalars(select(Child.id).order_by(Child.id)).yield_per(BATCH))
        while batch := list(islice(ids, BATCH)):
            out.writerows(row_of(known.whole()) for known in read(session, batch).values())


def rows(file: Path) -> Iterator[Row]:
    with file.open(newline="", encoding="utf-8") as opened:
        for child_id, *rest in csv.reader(opened):
            yield Row(int(child_id), *rest)


def row_of(entry: Entry) -> Row:
    return Row(
        entry.child_id,
        *entry.names,
        ", ".join(f"{other.given_names} {other.family_name}".strip() for other in entry.others),
        entry.born_on.isoformat(),
        entry.gender.value,
        ",".join(dict.fromkeys(filter(None, (postcodes.normalise(home.postcode) for home in entry.homes)))),
        " ".join(map("/".join, keys.name_rows(entry.names, entry.others))),
    )


def names_in(pairs: str) -> list[str]:
    """The names of these pairs, given ones and family names, each once."""
    return list(dict.fromkeys(filter(None, pairs.replace("/", " ").split(" "))))


def places_in(listed: str) -> list[Where]:
    return [Where(whole.split()[0], whole) for whole in listed.split(",") if whole]


def asked_of(criteria: Criteria, today: date) -> Asked:
    outward = postcodes.outward(criteria.postcode)
    place = [Where(outward, postcodes.normalise(criteria.postcode))] if outward else []
    mine = facts_of(criteria, today)
    return Asked(criteria, Facts(mine.given, mine.family, mine.born, mine.gender, frozenset(place)))


def answer(session: Session, peer: Peer, today: date, criteria: Criteria) -> Found:
    """Who this may be, as this peer finds them; a number is looked up by its key, as by everybody."""
    if criteria.number:
        return search(session, criteria, today)
    asked = asked_of(criteria, today)
    glance, best, found = Glance(asked.facts), dict[int, float](), dict[int, Candidate]()
    for candidates in peer.looks(asked):
        for one in candidates:
            found[one.child_id] = one
            best[one.child_id] = max(
                glance.weigh(given, family, one.born)
                for family, given in (pair.split("/") for pair in one.pairs.split(" "))
            )
        if max(best.values(), default=0.0) >= glance.best - STRONG:
            break
    return _ranked(session, asked.facts, best, found)


def _ranked(session: Session, mine: Facts, best: dict[int, float], found: dict[int, Candidate]) -> Found:
    """The likeliest candidates read, compared, judged and explained, as our own search does it."""
    least = ENOUGH - weights.SEX[Sex.SAME] - (weights.PLACE[Place.POSTCODE] if mine.places else 0.0)
    likely = nlargest(MOST_COMPARED, ((weight, -child_id) for child_id, weight in best.items() if weight >= least))
    known = read(session, [-child_id for _, child_id in likely]) if likely else {}
    compared = {
        child_id: compare(
            mine, recorded(entry.names, entry.born_on, entry.gender, entry.others, places_in(found[child_id].postcodes))
        )
        for child_id, (entry, _) in known.items()
    }
    verdict = judge(compared.items(), order=lambda child_id: child_id)
    matches = tuple(
        Match(child_id, one.score, " ".join(reasons(one)), known[child_id].outward(), known[child_id].entry.shielded)
        for child_id, one in verdict.matches
    )
    return Found(matches, verdict.too_many, max(1, verdict.tied))


def folder_size(paths: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in paths)
