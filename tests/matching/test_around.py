"""How a carer's name, a street and a house agree, and what of it is enough."""

from datetime import date

import pytest

from cp.matching import around
from cp.matching.around import home, kin, may_be_found, meant, with_these
from cp.matching.compare import Agreement, compare
from cp.matching.facts import Facts, asked
from cp.matching.family import Home, Kin, carer_rows
from cp.matching.likeness import Likeness
from cp.matching.reasons import AROUND, reasons
from tests.matching.children import ask, record
from tests.matching.children import home as at

FARAH, HADDAD = around.forms_typed("Farah", "Haddad")
NOTHING = asked()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Farah Haddad", [("haddad", "farah")], id="two names"),
        pytest.param("Mrs Farah Haddad", [("haddad", "farah")], id="a title"),
        pytest.param("Farah Leila Haddad", [("haddad", "farah")], id="a second given name"),
        pytest.param("Anna van der Berg", [("vanderberg", "anna"), ("berg", "anna")], id="particles"),
        pytest.param("Anna Smith-Jones", [("smithjones", "anna"), ("smith", "anna"), ("jones", "anna")], id="double"),
        pytest.param("Mohammed Ali Khan", [("khan", "mohammed"), ("khan", "ali")], id="a name of honour"),
        pytest.param("Simran Kaur Gill", [("gill", "simran"), ("kaur", "simran")], id="a second name"),
        pytest.param("Dr Price", [("price", "dr")], id="a title alone may be a name"),
        pytest.param("Abdul Sheikh", [("sheikh", "abdul")], id="a particle that is the given name"),
        pytest.param("Zuzanna", [], id="one name"),
        pytest.param("Al-Hassan", [], id="one name with a hyphen"),
        pytest.param(" - ", [], id="none"),
    ],
)
def test_by_which_names_a_carer_is_found(name: str, expected: list[tuple[str, str]]) -> None:
    assert carer_rows(name) == expected


def agreed(given: str | None, family: str | None, crossed: bool = False) -> Agreement:
    """How one carer of these names agrees with Farah Haddad; None where there is no name of that place."""
    names = tuple(
        meant(forms, [name] if name else [], given=of_given).get(name or "")
        for forms, name, of_given in ((FARAH, given, True), (HADDAD, family, False))
    )
    return kin([] if crossed else [names], [names] if crossed else [])


def test_a_carer_who_agrees_better_weighs_more() -> None:
    same, close, none = agreed("farah", "haddad"), agreed("fara", "hadad"), agreed("mary", "haddad")

    crossed = agreed("farah", "haddad", crossed=True)
    assert [one.how for one in (same, crossed, close, none)] == [Kin.SAME, Kin.CROSSED, Kin.CLOSE, Kin.OTHER]
    assert same.weight > max(crossed.weight, close.weight) > min(crossed.weight, close.weight) > none.weight


def test_a_name_means_itself_and_those_tied_to_it_whatever_the_directory_holds() -> None:
    (kate, _) = around.forms_typed("Kate", "")

    found = meant(kate, [], given=True)

    assert found["kate"].how is Likeness.SAME
    assert found["catherine"].how is Likeness.SHORT
    assert len(meant(kate, [f"kate{letter}" for letter in "abcdefghijklmnopqrstuvwxyz" * 3], given=True)) <= 40
    assert meant((), ["kate"], given=True) == {}


HERE, ZA4 = record(places=[at()]), ask("", "", None, place=at("ZA4"))
CARER, NO_CARER = agreed("farah", "haddad"), agreed("mary", "price")
HOUSE, STREET, NEXT_DOOR = home(True, True), home(True, None), home(True, False)


@pytest.mark.parametrize(
    ("mine", "beside", "expected"),
    [
        pytest.param(ZA4, [CARER], True, id="a carer and half a postcode"),
        pytest.param(ask("Amira", "", None), [CARER], True, id="a carer and the child's name"),
        pytest.param(ask("", ""), [CARER], True, id="a carer and a birth date"),
        pytest.param(NOTHING, [CARER], False, id="a carer alone"),
        pytest.param(ask("Oliver", "", None), [CARER], False, id="a carer, and another name"),
        pytest.param(ask("", "", born=date(2009, 8, 2)), [CARER], False, id="a carer, and another birth"),
        pytest.param(ask(place=at("ZA4")), [], False, id="only what is the child's own"),
        pytest.param(ZA4, [HOUSE], True, id="a house"),
        pytest.param(ZA4, [STREET], False, id="a street"),
        pytest.param(ZA4, [NEXT_DOOR], False, id="the house next door"),
        pytest.param(ZA4, [STREET, CARER], True, id="a street and a carer"),
        pytest.param(ask("Amira", "", None, place=at("ZA4")), [STREET], True, id="a street and a name"),
        pytest.param(ask("Oliver", "", None, place=at("ZA4")), [STREET], False, id="a street, and another name"),
        pytest.param(ZA4, [HOUSE, NO_CARER], True, id="a house, and another carer"),
        pytest.param(ask("Amira", "", place=at("ZA4")), [home(False, None), NO_CARER], False, id="neither"),
    ],
)
def test_what_is_enough(mine: Facts, beside: list[Agreement], expected: bool) -> None:
    assert may_be_found(with_these(compare(mine, HERE), beside, len(beside))) is expected


def test_it_is_exact_where_everything_asked_agrees_in_full() -> None:
    own = compare(ZA4, HERE)

    assert with_these(own, [CARER, HOUSE], 2).exact
    assert not with_these(own, [CARER], 2).exact
    assert not with_these(own, [CARER, NEXT_DOOR], 2).exact
    assert with_these(own, [CARER, HOUSE], 2).score == pytest.approx(own.score + CARER.weight + HOUSE.weight)


def test_every_way_to_agree_has_its_sentence_which_names_nobody() -> None:
    assert AROUND.keys() == {*Kin, *Home}
    assert reasons(with_these(compare(ZA4, HERE), [CARER, NEXT_DOOR], 2)) == [
        "Same first half of the postcode.", "A carer of the same name.", "Same street, another house.",
    ]  # fmt: skip
