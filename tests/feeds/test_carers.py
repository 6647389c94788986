"""The carers of a row."""

import pytest

from cp.feeds.carers import Unsaid, phones_in, relationship_in
from cp.feeds.checking import check
from cp.rules.derive import CarerSaid
from cp.terms import Column, Fault, Relationship
from tests.feeds.rows import GOOD, context, one, said, saw

C, R = Column, Relationship
UNUSUAL = Fault.UNUSUAL


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Mother", R.MOTHER), ("Mum", R.MOTHER), ("MUM", R.MOTHER), ("Birth mother", R.MOTHER), ("PAM", R.MOTHER),
        ("Father", R.FATHER), ("Dad", R.FATHER), ("Step-father", R.STEP_PARENT), ("Stepmother", R.STEP_PARENT),
        ("Step mum", R.STEP_PARENT), ("Foster Mother", R.FOSTER_CARER), ("Foster carer", R.FOSTER_CARER),
        ("Adoptive father", R.ADOPTIVE_PARENT), ("Grandmother", R.GRANDPARENT), ("Grandad", R.GRANDPARENT),
        ("Nan", R.GRANDPARENT), ("Great-aunt", R.OTHER_RELATIVE), ("Uncle", R.OTHER_RELATIVE),
        ("Older sister", R.OTHER_RELATIVE), ("Legal guardian", R.GUARDIAN), ("Local authority", R.LOCAL_AUTHORITY),
        ("Parent", Unsaid.NOT_SAID), ("Parent/Carer", Unsaid.NOT_SAID), ("Carer", Unsaid.NOT_SAID),
        ("Other", Unsaid.NOT_SAID), ("", Unsaid.NOT_SAID), ("Neighbour", Unsaid.NOBODY), ("Childminder", Unsaid.NOBODY),
        ("Family friend", Unsaid.NOBODY), ("Mother's friend", Unsaid.NOBODY), ("Social Worker", Unsaid.NOBODY),
        ("Mother's partner", Unsaid.UNKNOWN), ("Godparent", Unsaid.UNKNOWN), ("Nancy", Unsaid.UNKNOWN),
    ],
)  # fmt: skip
def test_how_a_carer_stands_to_the_child_is_read_from_a_word(word: str, expected: Relationship | Unsaid) -> None:
    assert relationship_in(word) == expected


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0161 496 0001", ("+441614960001",)),
        ("0161/496-0001", ("+441614960001",)),
        ("0161 496 0001 / 020 7946 0002", ("+441614960001", "+442079460002")),
        ("(0161) 496 0001 (work, mornings)", ("+441614960001",)),
        ("1614960001", ("+441614960001",)),
        ("441614960001", ("+441614960001",)),
        ("+44 (0)161 496 0001", ("+441614960001",)),
        ("+33 1 99 00 12 34", ("+33199001234",)),
        ("0161 496 0001, 0161 496 0001", ("+441614960001",)),
        ("12345", ()),
        ("ring after 4pm", ()),
        ("1.61496E+09", ()),
        ("", ()),
    ],
)
def test_every_number_of_a_cell_is_read(text: str, numbers: tuple[str, ...]) -> None:
    assert phones_in(text) == numbers


def test_both_carers_are_read_in_the_order_of_the_file() -> None:
    found = said(
        carer_1_given_names="Eve", carer_1_family_name="ASH", carer_1_relationship="Mum",
        carer_2_name="Mr Adam Ash", carer_2_relationship="Father", carer_2_responsibility="Yes",
    )  # fmt: skip

    assert found.carers == (
        CarerSaid("Eve ASH", R.MOTHER, True, True),
        CarerSaid("Adam Ash", R.FATHER, True, True),
    )


def test_responsibility_is_what_the_file_says_and_else_a_mothers_alone() -> None:
    mother = said(carer_1_name="Eve Ash", carer_1_relationship="Mother", carer_1_responsibility="No")
    father = said(carer_1_name="Adam Ash", carer_1_relationship="Father")

    assert [(carer.responsibility, carer.care) for carer in (*mother.carers, *father.carers)] == [
        (False, True),
        (False, True),
    ]


def test_a_neighbour_is_no_carer_but_whoever_has_responsibility_is() -> None:
    assert said(carer_1_name="Joy Oak", carer_1_relationship="Neighbour").carers == ()
    found = said(carer_1_name="Joy Oak", carer_1_relationship="Family friend", carer_1_responsibility="Y")
    assert found.carers == (CarerSaid("Joy Oak", R.CARER, True, True),)


def test_the_same_person_twice_is_one_carer() -> None:
    found = said(carer_1_name="Eve Ash", carer_1_relationship="Mother", carer_2_name="EVE ASH", carer_2_phone="")

    assert [carer.name for carer in found.carers] == ["Eve Ash"]


@pytest.mark.parametrize(
    ("heading", "name", "relationship"),
    [
        ("Mother's Name", "Eve Ash", R.MOTHER),
        ("Dad", "Adam Ash", R.FATHER),
        ("Parent 1 Name", "Mrs Eve Ash", R.MOTHER),
        ("Parent 1 Name", "Mr Adam Ash", R.FATHER),
        ("Parent 1 Name", "Eve Ash", R.PARENT),
        ("Parent or carer", "Eve Ash", R.CARER),
        ("Contact 1", "Mrs Eve Ash", R.CARER),
    ],
)
def test_the_heading_or_a_parents_title_tells_how_a_carer_stands(
    heading: str, name: str, relationship: Relationship
) -> None:
    headings = {C.CARER_1_NAME: heading}

    (found,) = check([(2, GOOD | {C.CARER_1_NAME: name})], headings, context())

    assert found.said
    assert [carer.relationship for carer in found.said.carers] == [relationship]


def test_what_is_odd_about_a_carer_is_listed_and_the_row_is_sent() -> None:
    nameless = one(carer_1_phone="0161 496 0001")
    unknown = one(carer_1_name="Joy Oak", carer_1_relationship="Godparent")

    assert saw(nameless) == [(UNUSUAL, "Carer 1 Phone", "0161 496 0001 has no name beside it")]
    assert saw(unknown) == [(UNUSUAL, "Carer 1 Relationship", "Godparent is not a word that we know")]
    assert [row.said.carers for row in (nameless, unknown) if row.said] == [
        (),
        (CarerSaid("Joy Oak", R.CARER, False, True),),
    ]
