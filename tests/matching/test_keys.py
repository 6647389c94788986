from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp.matching.facts import OtherName
from cp.matching.keys import MOST_ROWS, beginning_keys, born_key, born_on, name_keys, name_rows, own_key, probes
from cp.matching.likeness import Likeness, likeness
from cp.matching.names import fold
from tests.matching.children import FAMILY, GIVEN, former, others, preferred

folded = st.sampled_from(sorted({*map(fold, GIVEN + FAMILY)} - {""})) | st.text("abeimnrst", min_size=3, max_size=8)


@st.composite
def one_edit(draw: st.DrawFn) -> tuple[str, str]:
    """A name of three letters or more, and what one slip of the finger makes of it."""
    name = draw(folded.filter(lambda name: len(name) > 2))
    at = draw(st.integers(0, len(name) - 2))
    letter = draw(st.sampled_from("abeimnrst"))
    slips = (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    return name, draw(st.sampled_from(slips))


@given(one_edit())
def test_names_one_edit_apart_share_a_key(pair: tuple[str, str]) -> None:
    name, slipped = pair

    assert name_keys(name, family=True) & name_keys(slipped, family=True)


@given(folded, folded)
def test_names_that_sound_alike_or_stand_for_each_other_are_probed(asked: str, recorded: str) -> None:
    how = likeness(asked, recorded, given=True)

    assert how in (Likeness.CLOSE, Likeness.OTHER) or probes(asked, family=False) & name_keys(recorded, family=False)


@given(folded)
def test_given_and_family_names_share_no_key(name: str) -> None:
    assert not name_keys(name, family=True) & name_keys(name, family=False)


def test_keys_are_the_same_for_ever() -> None:
    """CRC-32 of `fkhan`, of it without each letter, of its two sounds and of its first four letters."""
    assert sorted(name_keys("khan", family=True)) == [
        -1807499155, -1403024941, -1385740869, -1356727326, -333782173, -51325023, -21599752, 2091253490,
    ]  # fmt: skip


@given(folded)
def test_keys_fit_the_column(name: str) -> None:
    assert all(-(1 << 31) <= key < 1 << 31 for key in name_keys(name, family=True) | probes(name, family=False))


@given(folded)
def test_a_name_is_found_by_its_own_key(name: str) -> None:
    assert own_key(name, family=True) in name_keys(name, family=True)


def test_names_that_begin_alike_share_a_key_that_is_not_probed_for_near_names() -> None:
    alike = name_keys("oyelaran", family=True) & name_keys("oyelowo", family=True)

    assert alike == beginning_keys("oyel", family=True) == beginning_keys("oyelaran", family=True)
    assert not alike & probes("oyelaran", family=True)
    assert beginning_keys("oye", family=True) == set()


def test_an_empty_name_has_no_keys() -> None:
    assert name_keys("", family=True) == set()


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_birth_date_is_a_number_of_days(born: date) -> None:
    assert born_on(born_key(born)) == born


@pytest.mark.parametrize(
    ("names", "other", "rows"),
    [
        pytest.param(("Amira", "Siddiqui"), [], [("siddiqui", "amira")], id="one pair"),
        pytest.param(("Amira Noor", "Siddiqui"), [], [("siddiqui", "amira")], id="not the later names"),
        pytest.param(
            ("Muhammad Yusuf", "Khan"), [], [("khan", "muhammad"), ("khan", "yusuf")], id="called by the second name"
        ),
        pytest.param(
            ("Amira", "Smith-Jones"),
            [],
            [("smithjones", "amira"), ("smith", "amira"), ("jones", "amira")],
            id="each half",
        ),
        pytest.param(
            ("Simran Kaur", "Gill"), [], [("gill", "simran"), ("kaur", "simran")], id="Kaur as the family name"
        ),
        pytest.param(("Amira", ""), [], [("", "amira")], id="a single name"),
        pytest.param(
            ("Amira", "Siddiqui"),
            [former("Nowak"), preferred("Ami")],
            [("siddiqui", "amira"), ("nowak", "amira"), ("siddiqui", "ami"), ("nowak", "ami")],
            id="former and preferred names",
        ),
        pytest.param(("Amira", "Siddiqui"), [former("Siddiqui")], [("siddiqui", "amira")], id="the same name again"),
    ],
)
def test_which_pairs_of_names_are_indexed(
    names: tuple[str, str], other: list[OtherName], rows: list[tuple[str, str]]
) -> None:
    assert name_rows(names, other) == rows


@given(st.sampled_from(GIVEN), st.sampled_from(FAMILY), st.lists(others, max_size=6))
def test_rows_are_few_and_none_stands_twice(given_names: str, family_name: str, other: list[OtherName]) -> None:
    rows = name_rows((given_names, family_name), other)

    assert 1 <= len(rows) <= MOST_ROWS
    assert len(set(rows)) == len(rows)
