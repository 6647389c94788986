import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp.matching.names import LONGEST, Use, family_forms, fold, given_forms, second_names


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Łukasz", "lukasz", id="Polish l"),
        pytest.param("Małgorzata Żółć", "malgorzatazolc", id="Polish letters"),
        pytest.param("Siân", "sian", id="Welsh circumflex"),
        pytest.param("Weiß", "weiss", id="sharp s"),
        pytest.param("Sørensen", "sorensen", id="o with a stroke"),
        pytest.param("Æthelred", "aethelred", id="ash"),
        pytest.param("Yağmur Işık", "yagmurisik", id="Turkish letters"),
        pytest.param("Nguyễn", "nguyen", id="Vietnamese"),
        pytest.param("O'Brien", "obrien", id="straight apostrophe"),
        pytest.param("O’Brien", "obrien", id="curly apostrophe"),
        pytest.param("O Brien", "obrien", id="no apostrophe"),
        pytest.param("SMITH-JONES", "smithjones", id="hyphen and case"),
        pytest.param("Smith\u2013Jones", "smithjones", id="dash"),
        pytest.param("  smith   jones ", "smithjones", id="spaces"),
        pytest.param("Al-Hassan", "alhassan", id="Arabic article"),
        pytest.param("van der Berg", "vanderberg", id="Dutch particles"),
        pytest.param("St John", "saintjohn", id="saint before a name"),
        pytest.param("St. John", "saintjohn", id="saint with a full stop"),
        pytest.param("St", "st", id="saint alone is a name"),
        pytest.param("王小明", "王小明", id="Chinese"),
        pytest.param("محمد", "محمد", id="Arabic"),
        pytest.param("ＡＭＩＲＡ", "amira", id="full-width letters"),
        pytest.param("Amira\u0000\u202e", "amira", id="control characters"),
        pytest.param("42", "", id="digits are no name"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_name_folds_to_its_bare_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=80))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_no_text_folds_to_more_than_the_longest_name(text: str) -> None:
    assert len(fold(text)) <= LONGEST


@given(st.text("aábłß -'", max_size=30))
def test_case_and_apostrophes_never_matter(text: str) -> None:
    assert fold(text) == fold(text.upper()) == fold(text.replace("'", "’"))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        pytest.param("Amira", [("amira", Use.CURRENT)], id="one name"),
        pytest.param(
            "Amira Noor", [("amira", Use.FIRST), ("amiranoor", Use.ALL), ("noor", Use.SECOND)], id="a later name"
        ),
        pytest.param(
            "Mary-Jane", [("maryjane", Use.CURRENT), ("mary", Use.HALF), ("jane", Use.HALF)], id="one name of two parts"
        ),
        pytest.param(
            "Muhammad Yusuf",
            [("muhammad", Use.FIRST), ("muhammadyusuf", Use.ALL), ("yusuf", Use.FIRST)],
            id="called by the second",
        ),
        pytest.param("Abdul Rahman", [("abdulrahman", Use.CURRENT), ("rahman", Use.HALF)], id="one name of two words"),
        pytest.param("", [], id="none"),
    ],
)
def test_given_names_are_known_in_every_form(text: str, forms: list[tuple[str, Use]]) -> None:
    assert [(form.folded, form.use) for form in given_forms(text)] == forms


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        pytest.param("Nowak", [("nowak", Use.CURRENT)], id="one name"),
        pytest.param(
            "Smith-Jones", [("smithjones", Use.CURRENT), ("smith", Use.HALF), ("jones", Use.HALF)], id="two halves"
        ),
        pytest.param("van der Berg", [("vanderberg", Use.CURRENT), ("berg", Use.HALF)], id="without the particles"),
        pytest.param("O Brien", [("obrien", Use.CURRENT)], id="O is part of the name"),
        pytest.param("Mac Donald", [("macdonald", Use.CURRENT)], id="Mac is part of the name"),
        pytest.param(
            "van der Berg-Al Hassan",
            [("vanderbergalhassan", Use.CURRENT), ("vanderberg", Use.HALF), ("alhassan", Use.HALF)],
            id="two halves with particles",
        ),
        pytest.param("-", [], id="none"),
    ],
)
def test_family_names_are_known_in_every_form(text: str, forms: list[tuple[str, Use]]) -> None:
    assert [(form.folded, form.use) for form in family_forms(text)] == forms


def test_a_form_keeps_what_was_written() -> None:
    assert [form.text for form in family_forms("Al-Hassan")] == ["Al-Hassan", "Hassan"]


def test_kaur_among_the_given_names_may_be_asked_for_as_the_family_name() -> None:
    assert [form.folded for form in second_names("Simran Kaur")] == ["kaur"]
    assert second_names("Kaur") == ()
