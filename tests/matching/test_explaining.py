from cp.matching.apart import Bar, Number, Numbers
from cp.matching.explaining import BARS, explained
from cp.terms import Gender
from tests.matching.pairs import BY_UPN, OTHER_UPN, child, judged, moved


def test_every_fact_is_said_with_its_weight_and_then_the_sum() -> None:
    found = judged(child(), numbers=Numbers(Number.AGREES, Number.AGREES), same_carer=True)

    assert explained(found) == [
        "Same given name. +8.1",
        "Same family name. +9.1",
        "Same date of birth. +12.9",
        "Same gender. +1.0",
        "Same postcode. +13.4",
        "The same pupil number and NHS number. +20.0",
        "A carer of the same name. +8.0",
        "In all: +72.5",
    ]


def test_what_differs_is_said_and_what_keeps_the_two_from_joining() -> None:
    found = judged(moved("Sidiqi", "Amira"), numbers=OTHER_UPN)

    assert explained(found) == [
        "Siddiqui is spelt like Sidiqi. +8.8",
        "Same family name. +9.1",
        "Same date of birth. +12.9",
        "Same gender. +1.0",
        "Another postcode. -3.5",
        "The names are in the other order. -2.0",
        "Another pupil number. -6.0",
        "In all: +20.3",
        BARS[Bar.OTHER_NUMBER],
        BARS[Bar.NAMES_AND_BIRTH_ALONE],
        BARS[Bar.TOO_LITTLE],
    ]


def test_twins_are_said_to_be_twins() -> None:
    found = judged(child("Amina", gender=Gender.MALE), numbers=BY_UPN)

    assert explained(found)[3:] == [
        "Another gender. -4.6",
        "Same postcode. +13.4",
        "The same pupil number. +20.0",
        "In all: +57.4",
        BARS[Bar.TWINS],
    ]


def test_every_bar_has_its_sentence() -> None:
    assert set(BARS) == set(Bar)
