"""The names of a row."""

import pytest

from cp.feeds.checking import check
from cp.feeds.naming import in_ordinary_letters, scripts, split, without_title
from cp.feeds.supplied import Checked
from cp.rules.derive import OtherName
from cp.terms import Column, Fault, NameKind
from tests.feeds.rows import context, one, said, saw

C = Column
WRONG, UNUSUAL = Fault.WRONG, Fault.UNUSUAL


def whole(name: str) -> Checked:
    """A row of a file with the name in one cell."""
    headings = {C.WHOLE_NAME: "Pupil Name", C.BORN_ON: "DOB"}
    (found,) = check([(2, {C.WHOLE_NAME: name, C.BORN_ON: "14/03/2016"})], headings, context())
    return found


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("John Smith", "John", "Smith"),
        ("SMITH, John", "John", "Smith"),
        ("Smith, John Paul", "John Paul", "Smith"),
        ("de Souza, Maria", "Maria", "de Souza"),
        ("Maria de Souza", "Maria", "de Souza"),
        ("SMITH John Paul", "John Paul", "Smith"),
        ("John Paul SMITH", "John Paul", "Smith"),
        ("Jan van der BERG", "Jan", "van der Berg"),
        ("JOHN SMITH", "John", "Smith"),
        ("TJ Smith", "TJ", "Smith"),
        ("Maria DE SOUZA", "Maria", "De Souza"),
        ("Mai NG", "Mai", "NG"),
        ("Miss Ana Bell", "Ana", "Bell"),
        ("Anne-Marie O'Neil", "Anne-Marie", "O'Neil"),
    ],
)
def test_a_whole_name_is_split_where_there_is_no_doubt(name: str, given: str, family: str) -> None:
    found = whole(name)

    assert found.problems == ()
    assert found.said
    assert (found.said.given_names, found.said.family_name) == (given, family)


def test_a_whole_name_of_many_words_is_listed_with_how_it_was_read() -> None:
    found = whole("Ana Maria Silva Costa")

    assert saw(found) == [
        (UNUSUAL, "Pupil Name", "Ana Maria Silva Costa was read as Ana Maria Silva, family name Costa")
    ]
    assert found.said
    assert found.said.given_names == "Ana Maria Silva"


def test_a_single_name_may_be_right() -> None:
    family, given, both = one(family_name=""), one(given_names=""), whole("Vijay")

    assert saw(family) == [(UNUSUAL, "Family Name", "Empty")]
    assert family.problems[0].do == "Add the family name, or leave it if the pupil has only one name"
    assert saw(given) == [(UNUSUAL, "Given Names", "Empty")]
    assert saw(both) == [(UNUSUAL, "Pupil Name", "Vijay is a single name")]
    names = [(row.said.given_names, row.said.family_name) for row in (family, given, both) if row.said]
    assert names == [("Sam", ""), ("Ash", ""), ("Vijay", "")]


@pytest.mark.parametrize(
    ("given", "family", "seen"),
    [
        ("", "", "Empty"),
        ("Unknown", "", "Unknown is not a name"),
        ("N/A", "N/A", "N/A is not a name"),
        ("-", ".", "- is not a name"),
        ("XXX", "xxxx", "XXX is not a name"),
        ("Test", "Pupil", "Test Pupil is nobody’s name"),
        ("A N", "Other", "A N Other is nobody’s name"),
        ("Dummy", "Student", "Dummy Student is nobody’s name"),
        ("Sam " * 40, "Ash", "Too long for a name"),
        ("(Sam)", "", "Empty"),
    ],
)
def test_a_row_without_a_persons_name_is_wrong(given: str, family: str, seen: str) -> None:
    found = one(given_names=given, family_name=family)

    assert saw(found)[-1] == (WRONG, "Given Names", seen)
    assert found.said is None


def test_names_that_look_like_nobodys_may_be_somebodys() -> None:
    assert said(given_names="Jade", family_name="Null").family_name == "Null"
    assert said(given_names="Na", family_name="Other").given_names == "Na"


@pytest.mark.parametrize(
    ("given", "family", "seen"),
    [
        ("Sam", "Sm1th", "Sm1th has 1 in it"),
        ("Sam", "Ash?", "Ash? has ? in it"),
        ("Sam", "Смiт", "Смiт mixes letters of two alphabets"),
        ("Sam", "Jos\u00c3\u00a9", "Jos\u00c3\u00a9 has \u00a9 in it"),
        ("Sam (Sammy)", "Ash", "(Sammy) is not part of a name"),
        ("Sam", "Ash [do not ring father]", "[do not ring father] is not part of a name"),
    ],
)
def test_what_is_odd_in_a_name_is_listed(given: str, family: str, seen: str) -> None:
    found = one(given_names=given, family_name=family)

    assert [problem.saw for problem in found.problems] == [seen]
    assert found.said
    assert not set("()[]") & set(found.said.given_names + found.said.family_name)


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("Zoë", "Müller"), ("Anne-Marie", "O’Neil"), ("D'Arcy", "St. John"), ("Оля", "Шевченко"), ("李", "明"),
        ("Siân", "ap Rhys"), ("T J", "Ng"), ("さくら子", "山田"), ("Ka\u02bbili", "Ash"), ("नेहा", "शर्मा"),
    ],
)  # fmt: skip
def test_names_are_as_people_have_them(given: str, family: str) -> None:
    found = said(given_names=given, family_name=family)

    assert (found.given_names, found.family_name) == (given, family)


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("O'BRIEN-MCKAY", "O'Brien-McKay"),
        ("ÉLODIE", "Élodie"),
        ("DE SOUZA", "De Souza"),
        ("smith", "Smith"),
        ("STRAßE", "Straße"),
        ("ALİ", "ALİ"),
    ],
)
def test_capitals_become_ordinary_letters_where_nothing_is_lost(written: str, made: str) -> None:
    assert in_ordinary_letters(written) == made


def test_only_names_that_shout_are_put_into_ordinary_letters() -> None:
    assert said(given_names="SAM", family_name="ASH").given_names == "Sam"
    assert said(given_names="Sam", family_name="ASH").family_name == "Ash"
    assert said(given_names="TJ", family_name="Ash").given_names == "TJ"
    assert said(given_names="sam", family_name="ash").family_name == "Ash"
    assert said(given_names="Sam", family_name="van der Berg").family_name == "van der Berg"


def test_a_middle_name_in_both_cells_counts_once() -> None:
    assert said(given_names="Sam Jo", middle_names="Jo").given_names == "Sam Jo"
    assert said(given_names="Joann", middle_names="Ann").given_names == "Joann Ann"


def test_other_names_are_those_that_differ() -> None:
    same = said(middle_names="Jo", preferred_given_names="SAM", preferred_family_name="Ash", former_family_name="ASH")
    other = said(middle_names="Jo", preferred_given_names="Jo", former_given_names="Alex", former_family_name="Oak")

    assert same.names == ()
    assert other.names == (OtherName(NameKind.PREFERRED, "Jo", ""), OtherName(NameKind.FORMER, "Alex", "Oak"))


def test_titles_are_no_part_of_a_name() -> None:
    assert without_title("Mrs. Eve Ash") == ("mrs", "Eve Ash")
    assert without_title("Miss") == ("", "Miss")
    assert split("Master Sam Ash") == ("Sam", "Ash", True)


def test_the_script_of_letters_is_known() -> None:
    assert scripts("Ash-2") == {"LATIN"}
    assert scripts("Смiт") == {"CYRILLIC", "LATIN"}
    assert scripts("23") == set()
