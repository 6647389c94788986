"""Whom the index gives for a batch of rows: everybody whom a judge may take for one of them, and few others."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from bench.population import generate
from bench.shapes import Children
from bench.supplied import Supply, supplied
from cp.matching.facts import Facts, OtherName, recorded
from cp.matching.joining import judge_pair
from cp.services import find
from cp.services.find import Alike, Entry, Home
from cp.terms import Gender, Judgement, NameKind
from tests import build
from tests.build import World
from tests.scale import scaled
from tests.services.directory import Made, executed, in_bulk
from tests.services.test_find_cost import scans

TODAY = date(2026, 11, 23)
CHILDREN, ROWS, SEED = scaled(300, 3000), scaled(150, 1500), 606


def entries(supply: Supply) -> list[Entry]:
    """The children whom the directory holds, as the index gets them."""
    held = {entry.key for entry in supply.held}
    return [
        Entry(
            child.key, (child.given_names, child.family_name), child.born_on, Gender(child.gender), False,
            tuple(OtherName(NameKind(name.kind), name.given_names, name.family_name) for name in child.names),
            tuple(Home(at.address.postcode, at.address.lines[0]) for at in child.locations
                  if at.address and at.address.postcode),
        )
        for batch in generate(CHILDREN, SEED, TODAY) if isinstance(batch, Children)
        for child in batch.children if child.key in held
    ]  # fmt: skip


def placed(facts: Facts) -> Facts:
    """With the places as the index has them."""
    return replace(facts, places=frozenset(at for place in facts.places for at in find.where(str(place.whole))))


def test_whoever_may_be_meant_is_among_those_whom_the_index_gives(session: Session, world: World, url: str) -> None:
    supply = supplied(CHILDREN, ROWS, SEED, TODAY)
    for entry in supply.held:
        build.child(session, world, id=entry.key)
    session.commit()
    in_bulk(url, entries(supply))

    alike = Alike(session, {str(at): placed(row.facts) for at, row in enumerate(supply.rows)})

    given = {at: set(alike.likeliest(str(at), 10)) for at in range(ROWS)}
    may_be = {
        at: {
            entry.key for entry in supply.held
            if judge_pair(row.facts, entry.facts).judgement is not Judgement.DIFFERENT
        }
        for at, row in enumerate(supply.rows)
    }  # fmt: skip
    assert sum(map(len, may_be.values())) > ROWS / 2
    assert {at: missing for at in may_be if (missing := may_be[at] - given[at])} == {}
    assert max(len(alike.likeliest(str(at), 1000)) for at in range(ROWS)) < CHILDREN / 5


def test_a_batch_reads_no_table_from_end_to_end(session: Session, made: Made) -> None:
    made(postcodes=("ZA4 7QD",))
    asked = {name: recorded((name, "Sidiqi"), date(2016, 3, 15), Gender.FEMALE, (), find.where("ZA4 7QD"))
             for name in ("Amria", "Jo")}  # fmt: skip

    sent = executed(session, lambda: Alike(session, asked).look_at(session, [1]))

    assert len(sent) == 6
    assert [statement for statement in sent if scans(session, *statement)] == []


def test_who_changed_since_is_among_the_answers(session: Session, made: Made) -> None:
    asked = {"1": recorded(("Amira", "Siddiqui"), date(2016, 3, 14), Gender.FEMALE)}
    alike = Alike(session, asked)
    amira, jack = made(), made(given_names="Jack", family_name="Evans", born_on=date(2012, 5, 5))

    before = alike.likeliest("1", 10)
    alike.look_at(session, [amira.id, jack.id])

    assert (before, alike.likeliest("1", 10), alike.likeliest("1", 0)) == ([], [amira.id], [amira.id])
