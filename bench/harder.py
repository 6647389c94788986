"""Searches that are harder than everyday: two mistakes at once, and mistakes that no weight was learnt from.

Each table has its kinds with their shares in a hundred, as `bench/queries.py` has.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench.draw import Draw
from bench.known import drawn, sought
from bench.lines import Line
from bench.mistakes import first_letter, near_day, other_vowel, respelt, short_forms, slip, wrong_digit
from bench.queries import Kinds, Sought, aged, called, kind, mixed, whole
from bench.shares import places, share
from cp import clock
from cp.services.find import Criteria

TWO_MISTAKES: Kinds = {}
UNSEEN: Kinds = {}
BEGINNING = 4
QUERIES, SEED = 2000, 20_281
FIRST_TEN, EACH_KIND = 0.98, 0.9


def run(engine: Engine, children: int, queries: int = QUERIES) -> Iterator[Line]:
    """The lines of this benchmark: the share of each table, then of each of its kinds."""
    today = clock.today()
    with Session(engine) as session:
        known = sought(session, drawn(session, children))
        for name, kinds in {"two mistakes at once": TWO_MISTAKES, "mistakes of other kinds": UNSEEN}.items():
            found = places(session, mixed(known, queries, SEED, today, kinds), today)
            everyone = [at for each in found.values() for at in each]
            yield Line(f"first ten: {name}", share(everyone, 10), "share", FIRST_TEN, least=True)
            for each, at in found.items():
                yield Line(f"first ten: {each}", share(at, 10), "share", EACH_KIND, least=True)


@kind("two slips in the family name", 15, TWO_MISTAKES)
def _two_slips(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return replace(whole(child), family_name=slip(draw, slip(draw, child.family_name))) if child.family_name else None


@kind("a slip in each name", 15, TWO_MISTAKES)
def _each_name(draw: Draw, child: Sought, today: date) -> Criteria | None:
    if not child.family_name:
        return None
    return replace(whole(child), given_name=slip(draw, called(child)), family_name=slip(draw, child.family_name))


@kind("a slip in each name, age and half a postcode", 10, TWO_MISTAKES)
def _each_name_vague(draw: Draw, child: Sought, today: date) -> Criteria | None:
    told = aged(child, today)
    if told is None or not child.postcode:
        return None
    return replace(
        told,
        given_name=slip(draw, called(child)),
        family_name=slip(draw, child.family_name),
        postcode=child.postcode.split()[0],
    )


@kind("a slip, and a digit of the birth date wrong", 15, TWO_MISTAKES)
def _slip_and_digit(draw: Draw, child: Sought, today: date) -> Criteria | None:
    wrong = wrong_digit(draw, child.born_on)
    if wrong is None or wrong > today or not child.family_name:
        return None
    return replace(whole(child), family_name=slip(draw, child.family_name), born=wrong)


@kind("names in the other order, one misspelt", 10, TWO_MISTAKES)
def _crossed_and_slip(draw: Draw, child: Sought, today: date) -> Criteria | None:
    if not child.family_name:
        return None
    return replace(whole(child), given_name=slip(draw, child.family_name), family_name=called(child))


@kind("the beginning of the family name, age and half a postcode", 10, TWO_MISTAKES)
def _beginning(draw: Draw, child: Sought, today: date) -> Criteria | None:
    told = aged(child, today)
    if told is None or not child.postcode or len(child.family_name) <= BEGINNING:
        return None
    return replace(told, family_name=child.family_name[:BEGINNING], postcode=child.postcode.split()[0])


@kind("short form, family name misspelt", 10, TWO_MISTAKES)
def _short_and_slip(draw: Draw, child: Sought, today: date) -> Criteria | None:
    short = short_forms().get(called(child))
    if not short or not child.family_name:
        return None
    return replace(whole(child), given_name=draw.pick(short), family_name=slip(draw, child.family_name))


@kind("former name, misspelt", 5, TWO_MISTAKES)
def _former_and_slip(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return replace(whole(child), family_name=slip(draw, child.other_family)) if child.other_family else None


@kind("as it sounds, day and month exchanged", 10, TWO_MISTAKES)
def _heard_and_exchanged(draw: Draw, child: Sought, today: date) -> Criteria | None:
    heard, born = respelt(draw, child.family_name), child.born_on
    if not heard or born.day > 12 or born.day == born.month:
        return None
    return replace(whole(child), family_name=heard, born=born.replace(day=born.month, month=born.day))


@kind("another vowel in the family name", 30, UNSEEN)
def _vowel(draw: Draw, child: Sought, today: date) -> Criteria | None:
    heard = other_vowel(draw, child.family_name)
    return replace(whole(child), family_name=heard) if heard else None


@kind("another vowel in the given name", 20, UNSEEN)
def _vowel_given(draw: Draw, child: Sought, today: date) -> Criteria | None:
    heard = other_vowel(draw, called(child))
    return replace(whole(child), given_name=heard) if heard else None


@kind("another first letter", 20, UNSEEN)
def _first_letter(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return replace(whole(child), family_name=first_letter(draw, child.family_name)) if child.family_name else None


@kind("the end of the family name left out", 15, UNSEEN)
def _end_lost(draw: Draw, child: Sought, today: date) -> Criteria | None:
    kept = len(child.family_name) - draw.between(1, 2)
    return replace(whole(child), family_name=child.family_name[:kept]) if kept > 2 else None


@kind("a day, a month or a year beside the birth date", 15, UNSEEN)
def _near_day(draw: Draw, child: Sought, today: date) -> Criteria | None:
    near = near_day(draw, child.born_on)
    return replace(whole(child), born=near) if near <= today and child.family_name else None
