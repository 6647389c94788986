from datetime import date

import pytest

from cp.matching import births
from cp.matching.compare import compare
from cp.matching.facts import Facts, OtherName, asked
from cp.matching.reasons import listed, reasons, tried
from cp.terms import Gender, NameKind
from tests.matching.children import TODAY, ask, former, home, preferred, record

AGED_TEN = asked("Amira", "Siddiqui", births.aged(10, TODAY))
IN_2016 = asked("Amira", "Siddiqui", births.in_year(2016))


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        pytest.param(ask(), record(), "Same names and date of birth.", id="all the same"),
        pytest.param(ask("Amira", ""), record(), "Same given name and date of birth.", id="one name asked"),
        pytest.param(
            ask("amira", "sidiqi"),
            record(),
            "Same given name and date of birth. Siddiqui is spelt like Sidiqi.",
            id="a misspelt family name, typed without capitals",
        ),
        pytest.param(
            ask("Amira", "Sidiqi"),
            record("Ameera", "Siddique", date(2016, 7, 2)),
            "Both names sound alike. Same year of birth, another day and month.",
            id="both names sound alike",
        ),
        pytest.param(
            ask("Amira", "Sidiqi"),
            record("Samira", "Sadiq"),
            "Same date of birth. Both names are close in spelling.",
            id="both names close in spelling",
        ),
        pytest.param(
            ask("Catherine"), record("Kathryn"), "Same family name and date of birth. Kathryn sounds like Catherine.",
            id="sounds like",
        ),
        pytest.param(
            ask("Kate"), record("Catherine"), "Same family name and date of birth. Kate is short for Catherine.",
            id="asked by the short form",
        ),
        pytest.param(
            ask("Catherine"), record("Kate"), "Same family name and date of birth. Kate is short for Catherine.",
            id="recorded by the short form",
        ),
        pytest.param(
            ask("Mohammed"), record("Muhammad"),
            "Same family name and date of birth. Muhammad is another spelling of Mohammed.", id="spelling",
        ),
        pytest.param(
            ask("David"), record("Dafydd"), "Same family name and date of birth. Dafydd is a form of David.", id="form",
        ),
        pytest.param(
            ask("Katie"), record("Cathy"),
            "Same family name and date of birth. Cathy and Katie are forms of one name.", id="forms of one name",
        ),
        pytest.param(
            ask("Oliver"), record("Olivia"),
            "Same family name and date of birth. Olivia is close to Oliver in spelling.", id="close",
        ),
        pytest.param(
            ask("Amira", "Nowak"), record(others=[former("Nowak")]),
            "Same given name and date of birth. Formerly Nowak.", id="former name",
        ),
        pytest.param(
            ask("Amira", "Novak"), record(others=[former("Nowak")]),
            "Same given name and date of birth. Formerly Nowak. Nowak is spelt like Novak.", id="near a former name",
        ),
        pytest.param(
            ask("Ami"), record(others=[preferred("Ami")]),
            "Same family name and date of birth. Known as Ami.", id="preferred name",
        ),
        pytest.param(
            ask("Mimi"), record(others=[OtherName(NameKind.ALSO_KNOWN_AS, "Mimi", "")]),
            "Same family name and date of birth. Also known as Mimi.", id="also known as",
        ),
        pytest.param(
            ask("Amira", "Jones"), record("Amira", "Smith-Jones"),
            "Same given name and date of birth. Jones is part of the name.", id="half of the recorded name",
        ),
        pytest.param(
            ask("Amira", "Smith-Jones"), record("Amira", "Jones"),
            "Same given name and date of birth. Jones is part of what was asked.", id="half of the name asked",
        ),
        pytest.param(
            ask("Noor"), record("Amira Noor"),
            "Same family name and date of birth. Noor is a later given name.", id="a later given name",
        ),
        pytest.param(
            ask("Amira Noor"), record("Amira Jane"),
            "Same family name and date of birth. The later given names are different.", id="other later names",
        ),
        pytest.param(
            ask("Siddiqui", "Amira"), record(), "Same date of birth. The names are in the other order.", id="order",
        ),
        pytest.param(
            ask("Sidiqi", "Amira"), record(),
            "Same date of birth. The names are in the other order. Siddiqui is spelt like Sidiqi.",
            id="order, and misspelt",
        ),
        pytest.param(
            ask("Farah"), record(), "Same family name and date of birth. Another given name.", id="another given name",
        ),
        pytest.param(
            ask("Amira", "Nowak"), record(), "Same given name and date of birth. Another family name.",
            id="another family name",
        ),
        pytest.param(
            ask(born=date(2016, 4, 3)), record(born_on=date(2016, 3, 4)),
            "Same names. Day and month are exchanged.", id="exchanged",
        ),
        pytest.param(
            ask(), record(born_on=date(2016, 3, 15)),
            "Same names. One digit of the date of birth is different.", id="digit",
        ),
        pytest.param(
            ask(born=date(2016, 3, 13)), record(born_on=date(2016, 3, 31)),
            "Same names. Two digits of the date of birth are exchanged.", id="two digits",
        ),
        pytest.param(ask(), record(born_on=date(2017, 3, 14)), "Same names. A year younger.", id="a year younger"),
        pytest.param(ask(), record(born_on=date(2015, 3, 14)), "Same names. A year older.", id="a year older"),
        pytest.param(ask(), record(born_on=date(2012, 7, 2)), "Same names. Another date of birth.", id="another date"),
        pytest.param(AGED_TEN, record(), "Same names and age.", id="age"),
        pytest.param(AGED_TEN, record(born_on=date(2017, 3, 14)), "Same names. A year younger.", id="younger by age"),
        pytest.param(IN_2016, record(), "Same names and year of birth.", id="year"),
        pytest.param(
            ask(place=home()), record(places=[home()]), "Same names, date of birth and postcode.", id="postcode",
        ),
        pytest.param(
            ask(place=home("ZA4")), record(places=[home()]),
            "Same names, date of birth and first half of the postcode.", id="first half asked",
        ),
        pytest.param(
            ask(place=home()), record(places=[home("ZA4 1AA")]),
            "Same names, date of birth and first half of the postcode.", id="only the first half agrees",
        ),
        pytest.param(
            ask(place=home()), record(places=[home("ZA9 1AA")]),
            "Same names and date of birth. Another postcode.", id="another postcode",
        ),
        pytest.param(
            ask(gender=Gender.MALE), record(), "Same names and date of birth.", id="gender stands in the row anyway",
        ),
    ],
)  # fmt: skip
def test_why_a_child_was_found(mine: Facts, theirs: Facts, said: str) -> None:
    assert " ".join(reasons(compare(mine, theirs))) == said


def test_a_former_name_is_not_said_where_it_may_not_be_shown() -> None:
    found = compare(ask("Ami", "Novak"), record(others=[former("Nowak"), preferred("Ami")]))

    assert reasons(found, other_names_shown=False) == ["Same date of birth."]


def test_no_reason_holds_a_digit() -> None:
    """A birth date that differs is never said, nor a postcode."""
    everyone = [record(born_on=date(2016, 3, day), places=[home("ZA9 1AA")]) for day in range(1, 32)]

    said = [sentence for child in everyone for sentence in reasons(compare(ask(place=home()), child))]

    assert [sentence for sentence in said if any(map(str.isdigit, sentence))] == []


@pytest.mark.parametrize(
    ("mine", "looked"),
    [
        pytest.param(
            ask(),
            [
                "other spellings",
                "short, former and preferred names",
                "names in the other order",
                "the day and month exchanged",
                "one digit of the date of birth different",
            ],
            id="names and birth date",
        ),
        pytest.param(
            ask("Amira", ""),
            ["other spellings", "short, former and preferred names", "the day and month exchanged"],
            id="one name and birth date",
        ),
        pytest.param(
            AGED_TEN,
            [
                "other spellings",
                "short, former and preferred names",
                "names in the other order",
                "a year younger and a year older",
            ],
            id="names and age",
        ),
    ],
)
def test_what_was_tried_follows_from_what_was_asked(mine: Facts, looked: list[str]) -> None:
    assert tried(mine) == looked


def test_words_are_listed_as_they_are_read_aloud() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
