"""The synthetic directory is the same everywhere, streams, and is nobody's."""

import re
import tracemalloc
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from itertools import islice

import pytest

from bench.census import children
from bench.organisations import REAL_SIZE
from bench.population import BATCH, generate
from bench.shapes import Area, Authorities, Child, Children, Organisation
from cp import terms
from cp.rules import derive, identifiers, number, phones, postcodes
from tests.scale import scaled

TODAY = date(2026, 11, 22)

WORDS = {
    "kind of organisation": terms.OrganisationKind,
    "kind of body": terms.BodyKind,
    "gender": terms.Gender,
    "ground": terms.ShieldGround,
    "kind of name": terms.NameKind,
    "state": terms.AddressState,
    "leave": terms.LeaveKind,
    "relationship": terms.Relationship,
    "time": terms.BestTime,
    "kind of number": terms.NumberKind,
    "kind of source": terms.SourceKind,
}


@pytest.fixture(scope="module")
def small() -> list[Child]:
    return list(children(generate(4000, 1, TODAY)))


def digest(count: int, seed: int) -> str:
    return sha256("\n".join(map(repr, generate(count, seed, TODAY))).encode()).hexdigest()


def test_the_same_number_seed_and_day_give_the_same_directory_on_every_machine() -> None:
    assert digest(600, 7) == "d5aa56083085f955212423ddde93fa57bc48281c76f0a85f031bf114ec800be1"


def test_another_seed_gives_other_children() -> None:
    assert digest(600, 7) != digest(600, 8)


def test_seventeen_authorities_of_the_north_west_come_first_and_the_others_in_three_phases() -> None:
    first = next(generate(30 * REAL_SIZE, 1, TODAY))
    assert isinstance(first, Authorities)

    placed = [(one.region, one.phase) for one in first.authorities]

    assert placed[:17] == [("north_west", 1)] * 17
    assert placed[17:21] == [
        ("north_west", 2), ("north_east", 3), ("yorkshire_and_the_humber", 4), ("east_midlands", 2),
    ]  # fmt: skip
    assert {region for region, _ in placed} == set(terms.Region)


def test_there_are_as_many_children_as_asked_for() -> None:
    for count in (0, 1, 57, 2500):
        assert sum(1 for _ in children(generate(count, 3, TODAY))) == count


def test_a_school_has_a_head_and_an_address_for_its_envelope_and_a_service_has_neither() -> None:
    area = next(part for part in generate(100, 5, TODAY) if isinstance(part, Area))

    school, service = area.organisations[:2]

    assert school.head_name is not None
    assert [line.strip() != "" for line in (school.address or "").split("\n")] == [True] * 3
    assert (school.postcode or "").startswith("ZA")
    assert (service.head_name, service.address, service.postcode) == (None, None, None)


def test_the_demonstrations_school_and_health_service_come_first() -> None:
    area = next(part for part in generate(100, 5, TODAY) if isinstance(part, Area))

    assert [(one.key, one.name) for one in area.organisations[:2]] == [
        (1, "Hollin Bank Primary School"),
        (2, "Vale Community Health"),
    ]
    assert area.authority.name == "Northvale Council"


def texts(thing: object) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from texts(part)


def test_postcodes_telephones_and_emails_belong_to_nobody() -> None:
    found = {text for part in generate(6000, 2, TODAY) for text in texts(part)}
    codes = {text for text in found if re.fullmatch("[A-Z]{2}[0-9]{1,2} [0-9][A-Z]{2}", text)}
    numbers = {text for text in found if text.startswith("+")}
    emails = {text for text in found if "@" in text}

    assert min(len(codes), len(numbers), len(emails)) > 500
    assert [code for code in codes if not code.startswith("ZA") or postcodes.postcode_verdict(code) != "ok"] == []
    kept_for_fiction = r"\+44(2079460|1614960|7700900)\d{3}|\+3319900\d{4}|\+120255501\d\d"
    assert [one for one in numbers if not re.fullmatch(kept_for_fiction, one) or phones.phone_normal(one) != one] == []
    assert [one for one in emails if not re.fullmatch(r"[a-z.]+@([a-z]+\.)?example\.test", one)] == []


def test_no_number_is_given_twice_and_each_has_its_check() -> None:
    seen: set[str] = set()
    total = 0
    for child in children(generate(scaled(30_000, 1_000_000), 4, TODAY)):
        given = [number.make(f"{child.serial:09d}"), *(value for _, value in child.numbers)]
        seen.update(given)
        total += len(given)
        for kind, value in child.numbers if total % 10 == 0 else ():
            assert value == (identifiers.upn_normal(value) if kind == "upn" else identifiers.nhs_normal(value))
            assert value[1:4] == "999" if kind == "upn" else value.startswith("999")

    assert len(seen) == total


def test_every_word_is_one_of_the_closed_lists(small: list[Child]) -> None:
    area = next(part for part in generate(300, 1, TODAY) if isinstance(part, Area))
    said = [one for child in small for one in child.said]
    used: dict[str, set[str | None]] = {
        "kind of organisation": {one.kind for one in area.organisations},
        "kind of body": {one.body_kind for one in area.organisations},
        "gender": {one.gender for one in said},
        "ground": {child.shield_ground for child in small},
        "kind of name": {name.kind for child in small for name in child.names},
        "state": {place.state for child in small for place in child.locations},
        "leave": {place.leave_kind for child in small for place in child.locations},
        "relationship": {carer.relationship for child in small for carer in child.carers},
        "time": {carer.best_time for child in small for carer in child.carers},
        "kind of number": {kind for child in small for kind, _ in child.numbers},
        "kind of source": {one.kind for one in said},
    }

    assert {what: used[what] - {None} - {word.value for word in words} for what, words in WORDS.items()} == {
        what: set() for what in WORDS
    }


def test_people_work_where_their_involvement_says() -> None:
    parts = list(generate(3000, 1, TODAY))
    people = {one.key: one for part in parts if isinstance(part, Area) for one in part.practitioners}
    places: dict[int, Organisation] = {o.key: o for part in parts if isinstance(part, Area) for o in part.organisations}

    for child in children(parts):
        for one in child.involvements:
            assert one.organisation in places
            assert one.practitioner is None or people[one.practitioner].organisation == one.organisation


def test_the_record_is_what_its_sources_come_to(small: list[Child]) -> None:
    for child in small:
        record = derive.derive([_said(index, child) for index in range(len(child.said))])

        assert (record.given_names, record.family_name, record.born_on, record.gender) == child[3:7]
        assert [tuple(map(str, (n.kind, n.given_names, n.family_name))) for n, _ in record.names] == [*child.names]
        assert [address.state for address, _ in record.addresses] == [place.state for place in child.locations]
        assert [carer.name for carer, _ in record.carers] == [carer.name for carer in child.carers]
        assert sorted((str(kind), value) for kind, value, _ in record.numbers) == sorted(child.numbers)


def _said(index: int, child: Child) -> derive.Said:
    one = child.said[index]
    return derive.Said(
        index,
        terms.SourceKind(one.kind),
        one.said_on,
        one.given_names,
        one.family_name,
        one.born_on,
        terms.Gender(one.gender),
        tuple(derive.OtherName(terms.NameKind(n.kind), n.given_names, n.family_name) for n in one.names),
        tuple(derive.Address(terms.AddressState(place.state)) for place in one.locations),
        tuple(
            derive.CarerSaid(c.name, terms.Relationship(c.relationship), c.responsibility, c.care) for c in one.carers
        ),
        tuple((terms.NumberKind(kind), value) for kind, value in one.numbers),
    )


def test_a_nations_directory_streams() -> None:
    list(generate(1, 1, TODAY))  # the lists of names are read once
    tracemalloc.start()
    stream = generate(11_000_000, 1, TODAY)

    first = list(islice(stream, 4))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [type(part) for part in first] == [Authorities, Area, Children, Children]
    assert [len(part.children) - BATCH < 10 for part in first if isinstance(part, Children)] == [True, True]
    assert peak < 50_000_000
