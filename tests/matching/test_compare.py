from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cp.matching import births, weights
from cp.matching.compare import compare
from cp.matching.facts import Facts, Where
from cp.matching.glance import Glance
from cp.matching.names import Form, Use
from cp.terms import Gender
from tests.matching.children import BORN, TODAY, ask, former, home, preferred, record, records

ORDER = [
    record(),
    record("Amira Noor"),  # a later name that was not asked for
    record("Amira", "Siddiqi"),  # a letter of the family name
    record("Samira", "Sadiq"),  # both names near
    record("Amira", "Siddiqui", date(2016, 3, 13)),  # a digit of the birth date: of two children, one pair in 300
    record("Amira", "Nowak"),  # another family name
    record("Farah", "Siddiqui"),  # another given name: a twin
    record("Amira", "Siddiqui", date(2012, 7, 2)),  # another birth date
    record("Oliver", "Smith"),  # only the birth date
    record("Oliver", "Smith", date(2012, 7, 2)),  # nothing
]


def test_the_more_that_agrees_the_higher_the_score() -> None:
    scores = [compare(ask(), child).score for child in ORDER]

    assert scores[0] == scores[1]
    assert scores[1:] == sorted(scores[1:], reverse=True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(ask(), record("AMIRA", "siddiqui"), id="case"),
        pytest.param(ask("Amira", "OBrien"), record("Amira", "O’Brien"), id="apostrophe"),
        pytest.param(ask("Amira", "Al Hassan"), record("Amira", "Alhassan"), id="space or none"),
        pytest.param(ask("Mary Jane"), record("Mary-Jane"), id="hyphen or space"),
        pytest.param(ask("Yusuf"), record("Muhammad Yusuf"), id="called by the second name after Muhammad"),
        pytest.param(ask("", "Siddiqui"), record(), id="a name that was not asked"),
        pytest.param(ask("Amira"), record("Amira Noor"), id="a later name that was not asked"),
        pytest.param(ask(gender=Gender.FEMALE), record(), id="gender"),
        pytest.param(ask(place=home()), record(places=[home("ZA9 1AA"), home()]), id="one of two addresses"),
        pytest.param(ask(place=home("ZA4")), record(places=[home()]), id="first half of the postcode"),
    ],
)
def test_what_agrees_in_full_is_exact(asked: Facts, found: Facts) -> None:
    assert compare(asked, found).exact


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(ask(), record("Ameera"), id="a near name"),
        pytest.param(ask(), record("Siddiqui", "Amira"), id="names in the other order"),
        pytest.param(ask("Amira", "Nowak"), record(others=[former("Nowak")]), id="a former name"),
        pytest.param(ask("Ami"), record(others=[preferred("Ami")]), id="a preferred name"),
        pytest.param(ask("Amira", "Jones"), record("Amira", "Smith-Jones"), id="half a name"),
        pytest.param(ask("Noor"), record("Amira Noor"), id="a later name"),
        pytest.param(ask("Muhammad Ali"), record("Muhammad Yusuf"), id="the name of honour alone"),
        pytest.param(ask(place=home()), record(), id="no known address"),
        pytest.param(ask(place=home()), record(places=[home("ZA4 1AA")]), id="another second half of the postcode"),
        pytest.param(ask(gender=Gender.MALE), record(), id="another gender"),
    ],
)
def test_what_is_only_near_or_missing_is_not_exact(asked: Facts, found: Facts) -> None:
    assert not compare(asked, found).exact


def test_a_name_of_honour_that_many_share_says_little() -> None:
    shared = compare(ask("Muhammad Ali"), record("Muhammad Yusuf")).score
    other = compare(ask("Amira Noor"), record("Amira Jane")).score

    assert shared < other


def test_names_in_the_other_order_agree_only_where_both_do() -> None:
    assert compare(ask("Siddiqui", "Amira"), record()).crossed
    assert not compare(ask("Siddiqui", "Jones"), record()).crossed


def test_a_gender_that_is_not_specified_weighs_nothing() -> None:
    unsaid = compare(ask(gender=Gender.NOT_SPECIFIED), record()).score

    assert unsaid == compare(ask(), record(gender=Gender.NOT_SPECIFIED)).score == compare(ask(), record()).score


def test_a_place_that_is_not_known_weighs_nothing() -> None:
    assert compare(ask(place=home()), record()).score == compare(ask(), record(places=[home()])).score


def test_a_single_name_is_no_disagreement_about_the_other() -> None:
    assert compare(ask("Amira", "Khan"), record("Amira", "")).score == compare(ask("Amira", ""), record()).score


@pytest.mark.parametrize(
    "table",
    [weights.GIVEN, weights.FAMILY, weights.BORN, weights.PLACE, weights.SEX],
    ids=["given", "family", "born", "place", "sex"],
)
def test_the_first_of_each_table_is_its_largest_and_only_disagreement_counts_against(
    table: dict[object, float],
) -> None:
    first, *rest = table.values()

    assert all(first > weight for weight in rest)
    assert [str(how) for how, weight in table.items() if weight < 0] == [str(list(table)[-1])]


@given(records, records)
def test_comparing_is_symmetric(a: Facts, b: Facts) -> None:
    assert compare(a, b).score == pytest.approx(compare(b, a).score)


def of_today(*facts: object) -> bool:
    """Whether the names among these are borne today: whoever bears one now agrees better than whoever once did."""
    firsts = [fact[0] for fact in facts if isinstance(fact, tuple) and fact]
    return all(first.use < Use.SECOND for first in firsts if isinstance(first, Form))


@given(records, records)
def test_nobody_agrees_better_than_with_oneself(a: Facts, b: Facts) -> None:
    assume(of_today(a.given, a.family))

    assert compare(a, b).score <= compare(a, a).score + 1e-9


FACTS = ["given", "family", "born", "gender", "places"]


@given(records, st.sets(st.sampled_from(FACTS)), st.sampled_from(FACTS))
def test_adding_a_true_fact_never_lowers_the_score(child: Facts, told: set[str], added: str) -> None:
    less = replace(Facts(), **{fact: getattr(child, fact) for fact in told})
    more = replace(less, **{added: getattr(child, added)})

    assert compare(more, child).score >= compare(less, child).score


@given(records, records, st.sets(st.sampled_from(["given", "family"])), st.sampled_from(["born", "gender", "places"]))
def test_adding_a_true_fact_beside_wrong_ones_never_lowers_the_score(
    child: Facts, another: Facts, wrong: set[str], added: str
) -> None:
    less = replace(Facts(), **{fact: getattr(another, fact) for fact in wrong})
    more = replace(less, **{added: getattr(child, added)})

    assert compare(more, child).score >= compare(less, child).score


@given(records, records, st.sets(st.sampled_from(FACTS)), st.sampled_from(FACTS))
def test_adding_a_true_fact_never_lowers_the_rank(child: Facts, another: Facts, told: set[str], added: str) -> None:
    less = replace(Facts(), **{fact: getattr(child, fact) for fact in told})
    more = replace(less, **{added: getattr(child, added)})
    assume(of_today(getattr(child, added)))
    assume(compare(less, child).score >= compare(less, another).score)

    assert compare(more, child).score >= compare(more, another).score - 1e-9


@given(records, records, st.sets(st.sampled_from(FACTS), min_size=1))
def test_a_near_match_never_outranks_an_exact_one(child: Facts, another: Facts, told: set[str]) -> None:
    asked = replace(Facts(), **{fact: getattr(child, fact) for fact in told})
    exact, near = compare(asked, child), compare(asked, another)
    assume(exact.exact and not near.exact)

    assert near.score < exact.score


@given(records)
def test_a_glance_weighs_a_row_as_the_comparison_does(child: Facts) -> None:
    row = record("Ameera", "Sadiq", BORN)
    asked = replace(child, gender=None, places=frozenset())

    assert Glance(asked).weigh("ameera", "sadiq", BORN) == pytest.approx(compare(asked, row).score)


def test_an_age_agrees_less_than_a_date() -> None:
    age = replace(ask(born=None), born=births.aged(10, TODAY))

    assert compare(age, record()).score < compare(ask(), record()).score
    assert compare(age, record()).exact


def test_a_place_is_compared_by_whatever_stands_for_it() -> None:
    keys = Where(17, 4711)

    assert compare(ask(place=keys), record(places=[keys])).exact
