import pytest
from hypothesis import given

from cp.matching.compare import compare
from cp.matching.facts import Facts
from cp.matching.sameness import Given, given_names, look_alike
from tests.matching.children import former, preferred, record, records


@pytest.mark.parametrize(
    ("mine", "theirs", "sure"),
    [
        ("Amira", "AMIRA", Given.SAME),
        ("Amira", "Amira Noor", Given.SAME),
        ("Mary Jane", "Mary-Jane", Given.SAME),
        ("Zoë", "Zoe", Given.SAME),
        ("Aisha", "Ayesha", Given.SAME),
        ("Mohammed", "Muhammad", Given.SAME),
        ("Muhammad Yusuf", "Mohammed Yusuf Ali", Given.SAME),
        ("Kate", "Catherine", Given.VARIANT),
        ("Dafydd", "David", Given.VARIANT),
        ("Emily", "Millie", Given.VARIANT),
        ("Noor", "Amira Noor", Given.VARIANT),
        ("Mary", "Mary-Jane", Given.VARIANT),
        ("Muhammad", "Muhammad Yusuf", Given.VARIANT),
        ("Mohammed", "Muhammad Yusuf", Given.VARIANT),
        ("Amina", "Amira", Given.NEAR),
        ("Jayden", "Kayden", Given.NEAR),
        ("Mia", "Maya", Given.NEAR),
        ("Amira Noor", "Amira Jane", Given.NEAR),
        ("Muhammad Yusuf", "Muhammad Ali", Given.NEAR),
        ("Thi Lan", "Thi Mai", Given.NEAR),
        ("Farah", "Amira", Given.OTHER),
        ("", "Amira", Given.MISSING),
    ],
)
def test_how_sure_it_is_that_two_given_names_are_one_childs(mine: str, theirs: str, sure: Given) -> None:
    a, b = record(mine), record(theirs)

    assert (given_names(a, b, crossed=False), given_names(b, a, crossed=False)) == (sure, sure)


def test_a_preferred_name_is_a_variant_of_the_name_that_is_recorded() -> None:
    assert given_names(record("Ami"), record(others=[preferred("Ami")]), crossed=False) is Given.VARIANT


def test_names_in_the_other_order_are_as_sure_as_the_less_sure_of_both() -> None:
    asked = [record("Siddiqui", "Amira"), record("Siddiqui", "Amina"), record("Sidiqi", "Amira")]

    assert [given_names(row, record(), crossed=True) for row in asked] == [Given.SAME, Given.NEAR, Given.NEAR]


@given(records, records)
def test_how_sure_it_is_does_not_depend_on_who_asks(a: Facts, b: Facts) -> None:
    ways = [given_names(*pair, crossed=crossed) for crossed in (False, True) for pair in ((a, b), (b, a))]

    assert ways[0] is ways[1]
    assert ways[2] is ways[3]


@pytest.mark.parametrize(
    ("row", "alike"),
    [
        pytest.param(record("Amira"), False, id="Latin letters"),
        pytest.param(record("Amíra"), False, id="with an accent"),
        pytest.param(record("\u0410mira"), True, id="a Cyrillic capital in a Latin name"),
        pytest.param(record("Amira", "Siddiqu\u0456"), True, id="a Cyrillic letter in the family name"),
        pytest.param(record("Amir\u03b1"), True, id="a Greek letter"),
        pytest.param(record("Amira", "\u0421\u043e\u0441"), True, id="a whole name in another alphabet"),
        pytest.param(record("Amira", others=[former("\u0421\u043e\u0441")]), False, id="a former one that is not met"),
        pytest.param(record("李 Amira"), False, id="two names, each in its own script"),
        pytest.param(record("\uff21mira"), False, id="a wide letter is the same letter"),
    ],
)
def test_letters_of_two_scripts_may_look_alike(row: Facts, alike: bool) -> None:
    theirs = record("Amira", "Coc") if row.family[0].text == "\u0421\u043e\u0441" else record()

    assert look_alike(row, theirs, compare(row, theirs)) is alike
    assert look_alike(theirs, row, compare(theirs, row)) is alike


def test_a_name_wholly_in_its_own_script_is_like_none_but_itself() -> None:
    own = record("李", "王")

    assert not look_alike(own, own, compare(own, own))
