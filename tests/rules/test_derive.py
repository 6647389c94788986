"""A record from what its sources say."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from cp.rules.derive import Address, CarerSaid, OtherName, Said, Stay, derive, left
from cp.terms import AddressState, Gender, NameKind, NumberKind, Relationship, SourceKind

SCHOOL = Said(
    1, SourceKind.SCHOOL, date(2026, 9, 1), given_names="Amira", family_name="Siddiqui", born_on=date(2016, 3, 15)
)
PRACTICE = Said(
    2, SourceKind.GP_PRACTICE, date(2020, 1, 1), given_names="Amirah", family_name="Sidiqi", born_on=date(2016, 3, 14)
)
LEFT_ON = date(2026, 11, 23)
AUTHORITY = Said(3, SourceKind.AUTHORITY, date(2025, 5, 5))
BIRCH = Address(AddressState.CURRENT, ("1 Birch Road",), "Northvale", "ZA1 1AA")
CEDAR = Address(AddressState.CURRENT, ("2 Cedar Road",), "Northvale", "ZA2 2AA")
LAST = Address(AddressState.LAST_KNOWN, ("3 Elm Road",), "Northvale", "ZA3 3AA")
NONE_KNOWN, LEFT = Address(AddressState.NONE_KNOWN), Address(AddressState.LEFT_AREA)
FARAH = CarerSaid("Farah Siddiqui", Relationship.MOTHER, responsibility=True, care=True)
IMRAN = CarerSaid("Imran Siddiqui", Relationship.FATHER, responsibility=True, care=False)


def test_names_come_from_the_school_and_the_birth_date_from_the_practice() -> None:
    record = derive([PRACTICE, SCHOOL])

    assert (record.given_names, record.family_name, record.name_source) == ("Amira", "Siddiqui", 1)
    assert (record.born_on, record.born_source) == (date(2016, 3, 14), 2)


def test_within_a_kind_the_newest_counts() -> None:
    newer = replace(SCHOOL, source=4, said_on=date(2026, 9, 2), given_names="Amira Jane")

    assert derive([SCHOOL, newer]).given_names == "Amira Jane"
    assert derive([newer, SCHOOL]).given_names == "Amira Jane"


def test_a_single_name_leaves_the_family_name_empty() -> None:
    assert derive([replace(SCHOOL, given_names="Suharto", family_name=None)]).family_name == ""


@pytest.mark.parametrize("absent", ["given_names", "born_on"])
def test_nobody_has_a_record_without_a_name_and_a_birth_date(absent: str) -> None:
    without: dict[str, Any] = {absent: None}

    with pytest.raises(ValueError, match="a name and a date of birth"):
        derive([replace(SCHOOL, **without), AUTHORITY])


@pytest.mark.parametrize(
    ("of_practice", "of_school", "expected"),
    [
        pytest.param(Gender.FEMALE, Gender.MALE, Gender.FEMALE, id="the practice first"),
        pytest.param(Gender.NOT_SPECIFIED, Gender.MALE, Gender.MALE, id="a value outweighs not specified"),
        pytest.param(None, Gender.MALE, Gender.MALE, id="silence counts for nothing"),
        pytest.param(None, None, Gender.NOT_SPECIFIED, id="nobody says"),
    ],
)
def test_gender_is_a_value_where_anybody_gives_one(
    of_practice: Gender | None, of_school: Gender | None, expected: Gender
) -> None:
    assert derive([replace(PRACTICE, gender=of_practice), replace(SCHOOL, gender=of_school)]).gender is expected


@pytest.mark.parametrize(
    ("of_school", "of_authority", "expected"),
    [
        pytest.param((BIRCH,), (CEDAR,), ((CEDAR, 3),), id="the authority first"),
        pytest.param((BIRCH, CEDAR), (), ((BIRCH, 1), (CEDAR, 1)), id="home and boarding school"),
        pytest.param((), (CEDAR,), ((CEDAR, 3),), id="whoever says"),
        pytest.param((LAST,), (), ((LAST, 1),), id="a last known one"),
        pytest.param((BIRCH,), (NONE_KNOWN,), ((BIRCH, 1),), id="an older statement that none is known"),
        pytest.param((NONE_KNOWN,), (CEDAR,), ((NONE_KNOWN, 1),), id="a newer statement that none is known"),
        pytest.param((LEFT,), (CEDAR,), ((LEFT, 1),), id="a newer statement of leaving"),
        pytest.param((NONE_KNOWN,), (), ((NONE_KNOWN, 1),), id="none known to anybody"),
        pytest.param((), (), (), id="nobody says"),
    ],
)
def test_addresses_are_taken_whole_from_one_source(
    of_school: tuple[Address, ...], of_authority: tuple[Address, ...], expected: tuple[tuple[Address, int], ...]
) -> None:
    said = [replace(AUTHORITY, addresses=of_authority), replace(SCHOOL, addresses=of_school)]

    assert derive(said).addresses == expected


@pytest.mark.parametrize(("day", "expected"), [(20, (BIRCH, 1)), (21, (LEFT, 3)), (22, (LEFT, 3))])
def test_of_one_day_the_higher_authority_says_that_the_child_left_the_area(
    day: int, expected: tuple[Address, int]
) -> None:
    said = [replace(AUTHORITY, said_on=date(2026, 9, day), addresses=(LEFT,)),
            replace(SCHOOL, said_on=date(2026, 9, 21), addresses=(BIRCH,))]  # fmt: skip

    assert derive(said).addresses == (expected,)


def test_a_school_that_knows_of_no_address_does_not_outweigh_the_authority_on_one_day() -> None:
    day = date(2026, 9, 21)
    said = [replace(AUTHORITY, said_on=day, addresses=(CEDAR,)), replace(SCHOOL, said_on=day, addresses=(NONE_KNOWN,))]

    assert derive(said).addresses == ((CEDAR, 3),)


def test_a_carer_whom_the_best_source_no_longer_names_is_gone() -> None:
    record = derive([replace(AUTHORITY, carers=(FARAH,)), replace(SCHOOL, carers=(FARAH, IMRAN))])

    assert record.carers == ((FARAH, 3),)


def test_other_names_are_kept_once_and_never_the_current_one() -> None:
    nowak = OtherName(NameKind.FORMER, "Amira", "Nowak")
    current = OtherName(NameKind.PREFERRED, "Amira", "Siddiqui")
    mira = OtherName(NameKind.PREFERRED, "Mira", "Siddiqui")

    record = derive([replace(SCHOOL, names=(nowak, current)), replace(PRACTICE, names=(mira, nowak))])

    assert record.names == ((nowak, 1), (mira, 2))


def test_one_number_of_each_kind_is_kept() -> None:
    school = replace(SCHOOL, numbers=((NumberKind.UPN, "H801200001001"),))
    practice = replace(PRACTICE, numbers=((NumberKind.NHS, "9990000018"), (NumberKind.UPN, "B823432110001")))

    assert derive([practice, school]).numbers == (
        (NumberKind.UPN, "H801200001001", 1),
        (NumberKind.NHS, "9990000018", 2),
    )


def test_a_source_that_the_child_has_left_comes_last_among_its_kind() -> None:
    old = replace(SCHOOL, given_names="Amirah", said_on=date(2026, 9, 1), addresses=(CEDAR,), stay=Stay(None, LEFT_ON))
    new = replace(SCHOOL, source=7, said_on=date(2026, 1, 5), addresses=(BIRCH,))

    record = derive([old, new])

    assert (record.name_source, record.addresses) == (7, ((BIRCH, 7),))


def test_where_a_child_was_last_counts_only_while_nobody_knows_where_the_child_is() -> None:
    gone = left(replace(SCHOOL, addresses=(CEDAR,)), LEFT_ON)

    of_practice = replace(PRACTICE, addresses=(BIRCH,))

    assert derive([gone]).addresses == ((replace(CEDAR, state=AddressState.LAST_KNOWN), SCHOOL.source),)
    assert derive([gone, of_practice]).addresses == ((BIRCH, PRACTICE.source),)


def test_who_has_left_is_still_who_they_are_and_has_no_carers_of_that_source() -> None:
    there = replace(SCHOOL, carers=(FARAH,), addresses=(BIRCH, NONE_KNOWN), stay=Stay(date(2024, 9, 2)))

    gone = left(there, LEFT_ON)

    assert gone == replace(
        there, said_on=LEFT_ON, carers=(), stay=Stay(date(2024, 9, 2), LEFT_ON),
        addresses=(replace(BIRCH, state=AddressState.LAST_KNOWN), NONE_KNOWN),
    )  # fmt: skip
    assert (gone.has_left, there.has_left) == (True, False)


def test_who_left_before_it_is_said_left_on_that_day_and_was_there_until_then() -> None:
    there = replace(SCHOOL, said_on=date(2026, 9, 1), stay=Stay())

    gone = left(there, LEFT_ON, date(2026, 11, 2))

    assert (gone.said_on, gone.stay) == (LEFT_ON, Stay(date(2026, 9, 1), date(2026, 11, 2)))


def test_the_same_sources_give_the_same_record_in_any_order() -> None:
    twice = replace(SCHOOL, source=5, given_names="Mira", names=(OtherName(NameKind.FORMER, "A", "Nowak"),))
    said = [
        replace(SCHOOL, addresses=(BIRCH,), carers=(FARAH,)),
        replace(PRACTICE, addresses=(CEDAR,), gender=Gender.FEMALE),
        replace(AUTHORITY, addresses=(NONE_KNOWN,), carers=(IMRAN,)),
        twice,
    ]

    records = [derive(order) for order in permutations(said)]

    assert records == [records[0]] * 24
