"""What a record says once what was found of its disputed facts is heard."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from cp.rules.derive import Address, CarerSaid, Derived, Finding, OtherName, Said, Stay, Value, derive
from cp.rules.findings import address_value, carer_value, findings_of, is_there, settle, stay_value, values_of
from cp.terms import AddressState, Disputable, Gender, NameKind, Relationship, SourceKind

HOME = Address(AddressState.CURRENT, ("18 Tanner’s Row",), "Northvale", "ZA4 7QD", from_on=date(2024, 3, 1))
OTHER = Address(AddressState.CURRENT, ("2 Weir Street",), "Northvale", "ZA1 2AB")
NEW: Value = ("Northvale", "ZA9 9ZZ", "1 New Street")
FARAH = CarerSaid("Farah Siddiqui", Relationship.MOTHER, True, True, ("+441614960163",), "farah@example.test")
OMAR = CarerSaid("Omar Siddiqui", Relationship.FATHER, True, False)
SCHOOL = Said(1, SourceKind.SCHOOL, date(2026, 9, 7), "Amira", "Siddiqi", date(2014, 5, 3), Gender.FEMALE,
              addresses=(HOME, OTHER), carers=(FARAH, OMAR))  # fmt: skip
PRACTICE = Said(2, SourceKind.GP_PRACTICE, date(2020, 1, 1), "Amirah", "Sidiqi")
NAMED, BORN, IS_GIRL = ("Amira", "Siddiqi"), ("2014-05-03",), ("female",)
MONDAY = date(2026, 11, 23)


def found(fact: Disputable, wrong: Value | tuple[Value, ...], right: Value | None, source: int = 9) -> Said:
    """As it is kept: the decision with who the child is, and what was found."""
    every = wrong if wrong and isinstance(wrong[0], tuple) else (wrong,)
    finding = Finding(fact, every, right)  # type: ignore[arg-type]
    return Said(source, SourceKind.DECISION, MONDAY, "Amira", "Siddiqi", date(2014, 5, 3), finding=finding)


def record(*said: Said) -> Derived:
    return settle(derive(said), findings_of(said))


@pytest.mark.parametrize(
    ("fact", "wrong", "right", "changed"),
    [
        pytest.param(Disputable.NAME, NAMED, ("Amira", "Siddiqui"),
                     {"family_name": "Siddiqui", "name_source": 9}, id="a name"),
        pytest.param(Disputable.BORN_ON, BORN, ("2014-03-05",),
                     {"born_on": date(2014, 3, 5), "born_source": 9}, id="a date of birth"),
        pytest.param(Disputable.GENDER, IS_GIRL, ("male",), {"gender": Gender.MALE}, id="a gender"),
        pytest.param(Disputable.GENDER, IS_GIRL, None, {"gender": Gender.NOT_SPECIFIED}, id="none is specified"),
        pytest.param(Disputable.ADDRESS, address_value(HOME), NEW,
                     {"addresses": ((Address(AddressState.CURRENT, ("1 New Street",), "Northvale", "ZA9 9ZZ"), 9),
                                    (OTHER, 1))}, id="one of two addresses"),
        pytest.param(Disputable.ADDRESS, address_value(HOME), None, {"addresses": ((OTHER, 1),)},
                     id="one that nobody knows better"),
        pytest.param(Disputable.CARER, carer_value(FARAH.name, FARAH.phones), ("Farah Siddiqui", "+441614960164"),
                     {"carers": ((replace(FARAH, phones=("+441614960164",)), 9), (OMAR, 1))}, id="a carer’s number"),
        pytest.param(Disputable.CARER, ("Omar Siddiqui",), None, {"carers": ((FARAH, 1),)}, id="nobody’s carer"),
    ],
)  # fmt: skip
def test_what_was_found_right_stands_in_the_place_of_what_was_wrong(
    fact: Disputable, wrong: Value, right: Value | None, changed: dict[str, Any]
) -> None:
    before = derive([SCHOOL])

    assert record(SCHOOL, found(fact, wrong, right)) == replace(before, **changed)


def test_without_a_finding_nothing_is_settled() -> None:
    assert settle(derive([SCHOOL, PRACTICE]), []) == derive([SCHOOL, PRACTICE])


def test_where_the_only_address_is_wrong_none_is_known() -> None:
    said = replace(SCHOOL, addresses=(HOME,))

    assert record(said, found(Disputable.ADDRESS, address_value(HOME), None)).addresses == (
        (Address(AddressState.NONE_KNOWN), 9),
    )


def test_a_wrong_last_known_address_is_replaced_as_one() -> None:
    last = replace(HOME, state=AddressState.LAST_KNOWN, until_on=date(2026, 10, 1))

    ((at, source),) = record(
        replace(SCHOOL, addresses=(last,)), found(Disputable.ADDRESS, address_value(HOME), NEW)
    ).addresses

    assert (at.state, at.postcode, at.from_on, at.until_on, source) == (
        AddressState.LAST_KNOWN, "ZA9 9ZZ", None, date(2026, 10, 1), 9)  # fmt: skip


def test_an_address_that_was_there_already_is_not_there_twice() -> None:
    said = found(Disputable.ADDRESS, address_value(HOME), address_value(OTHER))

    assert [address_value(at) for at, _ in record(SCHOOL, said).addresses] == [address_value(OTHER)]


def test_the_next_file_does_not_bring_the_error_back_whoever_says_it() -> None:
    decided = found(Disputable.BORN_ON, BORN, ("2014-03-05",))
    again = replace(SCHOOL, source=20, said_on=date(2026, 12, 1), family_name="Siddiqui")
    practice = replace(PRACTICE, source=21, said_on=date(2026, 12, 2), born_on=date(2014, 5, 3))

    assert (record(again, decided).born_on, record(again, decided).family_name) == (date(2014, 3, 5), "Siddiqui")
    assert record(again, practice, decided).born_on == date(2014, 3, 5)


def test_a_value_that_nobody_found_wrong_is_shown() -> None:
    moved = replace(SCHOOL, source=20, said_on=date(2026, 12, 1), born_on=date(2014, 3, 6))

    after = record(moved, found(Disputable.BORN_ON, BORN, ("2014-03-05",)))

    assert (after.born_on, after.born_source) == (date(2014, 3, 6), 20)


def test_a_wrong_number_stays_away_when_another_fact_of_the_carer_changes() -> None:
    mailed = replace(FARAH, email="f.siddiqui@example.test")
    decided = found(Disputable.CARER, carer_value(FARAH.name, FARAH.phones), ("Farah Siddiqui", "+441614960164"))

    ((carer, source), _) = record(replace(SCHOOL, carers=(mailed, OMAR)), decided).carers

    assert (carer.phones, carer.email, source) == (("+441614960164",), "f.siddiqui@example.test", 9)


def test_the_name_that_was_right_is_no_other_name_besides() -> None:
    said = replace(SCHOOL, names=(OtherName(NameKind.ALSO_KNOWN_AS, "Amira", "Siddiqui"),))

    assert record(said, found(Disputable.NAME, NAMED, ("Amira", "Siddiqui"))).names == ()


def test_what_was_found_speaks_where_nobody_else_does_and_for_nobody_else() -> None:
    alone = replace(found(Disputable.BORN_ON, BORN, ("2014-03-05",)), born_on=date(2014, 3, 5))

    assert (record(alone).born_on, record(alone).born_source) == (date(2014, 3, 5), 9)
    assert record(alone, PRACTICE).given_names == "Amirah"


A, B, C = ("Amira", "A"), ("Amira", "B"), ("Amira", "C")


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        pytest.param([(A, B)], "B", id="one"),
        pytest.param([(A, B), (B, C)], "C", id="found wrong in its turn"),
        pytest.param([(A, B), (B, A)], "A", id="found right after all"),
        pytest.param([(A, B), (B, A), (A, C)], "C", id="and wrong again"),
        pytest.param([(B, C)], "A", id="about what nobody says"),
    ],
)
def test_of_two_findings_the_newer_holds(findings: list[tuple[Value, Value]], expected: str) -> None:
    said = [replace(SCHOOL, family_name="A")]
    said += [found(Disputable.NAME, wrong, right, source=10 + at) for at, (wrong, right) in enumerate(findings)]

    assert {record(*some).family_name for some in permutations(said)} == {expected}


def test_findings_are_heard_in_the_order_in_which_they_were_made() -> None:
    first, second = found(Disputable.NAME, A, B, source=3), found(Disputable.NAME, B, C, source=4)

    assert findings_of([second, SCHOOL, first]) == [(3, first.finding), (4, second.finding)]


def test_what_a_source_says_of_each_fact() -> None:
    assert values_of(SCHOOL) == {
        Disputable.NAME: (NAMED,), Disputable.BORN_ON: (BORN,), Disputable.GENDER: (IS_GIRL,),
        Disputable.ADDRESS: (("Northvale", "ZA4 7QD", "18 Tanner’s Row"), ("Northvale", "ZA1 2AB", "2 Weir Street")),
        Disputable.CARER: (("Farah Siddiqui", "+441614960163"), ("Omar Siddiqui",)),
    }  # fmt: skip
    assert values_of(Said(1, SourceKind.SCHOOL, MONDAY)) == {
        fact: () for fact in Disputable if fact not in (Disputable.SCHOOL, Disputable.GP)
    }


def test_an_address_is_the_same_whenever_somebody_moved_in() -> None:
    assert address_value(HOME) == address_value(replace(HOME, state=AddressState.LAST_KNOWN, from_on=None))
    assert address_value(HOME) != address_value(OTHER)
    assert address_value(Address(AddressState.NONE_KNOWN)) == ("none_known",)


def test_a_carer_is_the_same_by_name_and_numbers() -> None:
    assert carer_value("Farah", ["+44", "+45"]) == ("Farah", "+44", "+45")


def test_a_school_that_was_found_wrong_is_not_there_until_it_says_something_else() -> None:
    wrong = stay_value(7, Stay(date(2026, 9, 1)))
    decided = findings_of([found(Disputable.SCHOOL, wrong, None)])

    assert not is_there(decided, 7, Stay(date(2026, 9, 1)))
    assert is_there(decided, 7, Stay(date(2027, 1, 4)))
    assert is_there(decided, 8, Stay(date(2026, 9, 1)))
    assert is_there([], 7, Stay(date(2026, 9, 1)))


def test_a_stay_is_the_same_with_the_same_school_since_the_same_day() -> None:
    assert stay_value(7, Stay(date(2026, 9, 1), date(2026, 11, 1))) == ("7", "2026-09-01")
    assert stay_value(7, Stay()) == ("7", "")
