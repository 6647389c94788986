"""Who has responsibility for the children of a household, and who cares for them."""

from bench import names, numbers, stories
from bench.draw import Draw, Table
from bench.names import Family
from bench.shapes import Carer

HOMES = Table(
    ("both", "mother", "apart", "father", "step", "grandparent", "adopted", "guardian"),
    (68, 13, 9, 2, 4, 1, 1, 2),
)
TIMES = ("morning", "daytime", "after_four", "evening")
OF_STORY = {
    stories.TWO_HOMES: "apart", stories.LOOKED_AFTER: "foster", stories.FROM_ELSEWHERE: "foster",
    stories.ABROAD: "abroad",
}  # fmt: skip
MOTHER, FATHER = ("female", "mother"), ("male", "father")
FULL, PARENTAL, DAILY = (True, True), (True, False), (False, True)
"""Responsibility and care; responsibility alone; care alone."""


def carers(draw: Draw, story: str, own: Family, council: str, country: int) -> tuple[Carer, ...]:
    """About two: those who have responsibility, those who care, mostly the same people."""
    home = OF_STORY.get(story) or HOMES.pick(draw)
    match home:
        case "both":
            people = [_parent(draw, own, MOTHER, FULL), _parent(draw, own, FATHER, FULL)]
        case "mother":
            people = [_parent(draw, own, MOTHER, FULL)]
        case "father":
            people = [_parent(draw, own, FATHER, FULL)]
        case "apart":
            people = [_parent(draw, own, MOTHER, FULL), _parent(draw, own, FATHER, PARENTAL)]
        case "foster":
            people = _foster(draw, own, council)
        case "abroad":
            people = _abroad(draw, own, country)
        case _:
            people = _others(draw, own, home)
    return tuple(people)


def _parent(draw: Draw, own: Family, who: tuple[str, str], stands: tuple[bool, bool]) -> Carer:
    gender, relationship = who
    same = draw.random() < (0.62 if gender == "female" else 0.85)
    name = own.of(gender) if same else names.family_name(draw, own.community)
    return _carer(draw, names.adult(draw, own.community, gender, name), relationship, stands)


def _stranger(draw: Draw, gender: str, relationship: str, stands: tuple[bool, bool]) -> Carer:
    community = names.english()
    name = names.adult(draw, community, gender, names.family_name(draw, community))
    return _carer(draw, name, relationship, stands)


def _others(draw: Draw, own: Family, home: str) -> list[Carer]:
    mother = _parent(draw, own, MOTHER, PARENTAL)
    if home == "step":
        step = _parent(draw, own, ("male", "step_parent"), DAILY)
        return [mother._replace(care=True), step, *([_parent(draw, own, FATHER, PARENTAL)] if draw.chance(0.5) else [])]
    if home == "grandparent":
        return [_parent(draw, own, ("female", "grandparent"), DAILY), mother]
    if home == "adopted":
        return [_parent(draw, own, (gender, "adoptive_parent"), FULL) for gender in ("female", "male")]
    relationship = draw.pick(("guardian", "other_relative"))
    return [_parent(draw, own, ("female", relationship), (relationship == "guardian", True))]


def _foster(draw: Draw, own: Family, council: str) -> list[Carer]:
    people = [_stranger(draw, "female", "foster_carer", DAILY)]
    if draw.chance(0.6):
        partner = _stranger(draw, "male", "foster_carer", DAILY)
        people.append(partner._replace(name=f"{partner.name.split()[0]} {people[0].name.split(' ', 1)[1]}"))
    if draw.chance(0.6):
        phone = numbers.phone(draw.random(), 1)
        people.append(Carer(council, "local_authority", True, False, (phone,), None, None))
    if draw.chance(0.75):
        people.append(_parent(draw, own, MOTHER, PARENTAL))
    return people


def _abroad(draw: Draw, own: Family, country: int) -> list[Carer]:
    parents = [_parent(draw, own, who, PARENTAL) for who in (MOTHER, FATHER)]
    far = [one._replace(phones=(numbers.phone_abroad(draw.random(), country),), best_time="evening") for one in parents]
    return [*far, *([_stranger(draw, "female", "guardian", DAILY)] if draw.chance(0.5) else [])]


def _carer(draw: Draw, name: str, relationship: str, stands: tuple[bool, bool]) -> Carer:
    """Most have a mobile; some a second number, at home or at work."""
    phones: tuple[str, ...] = (numbers.phone(draw.random(), 2 if draw.random() < 0.8 else 1),)
    if draw.random() < 0.18:
        phones = (*phones, numbers.phone(draw.random(), draw.below(2)))
    address = names.email(name, "example.test") if draw.random() < 0.35 else None
    return Carer(name, relationship, *stands, phones, address, draw.pick(TIMES) if draw.random() < 0.15 else None)
