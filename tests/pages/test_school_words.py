"""How a school's answers and the proposed means are worded, in full."""

import pytest

from cp.models import Organisation
from cp.services.implementation import answers
from cp.services.implementation.answers import Answers
from cp.terms import Means, OrganisationKind, PupilSystem, SchoolQuestion
from cp.views.school_words import because_said, proposed_said
from tests.conftest import NOW

EASY = "It takes a few minutes and there is nothing to install."
SENTENCES = [
    (PupilSystem.SIMS, None, 400,
     f"Upload one file each term. Your system, SIMS, can export a Common Transfer File. {EASY}"),
    (PupilSystem.SIMS, Means.SYSTEM, 400,
     "Let your system send by itself each working day. You said that this suits you. Once it is set up, there is "
     "nothing more to do."),
    (PupilSystem.OTHER, Means.FOLDER, 400,
     "Let your system put a file into a folder each working day. You said that this suits you. Once it is set up, "
     "there is nothing more to do."),
    (PupilSystem.OTHER, Means.TRANSFER_FILE, 400,
     f"Upload one file each term. You said that this suits you. {EASY}"),
    (PupilSystem.OTHER, None, 400,
     f"Upload one spreadsheet each term. Your system can save a list of pupils as a spreadsheet. {EASY}"),
    (PupilSystem.PAPER, None, 400,
     "Upload one spreadsheet each term. You keep the list yourself, so you can send the one that you have. If it is on "
     "paper, type it into a spreadsheet once."),
    (PupilSystem.NOT_KNOWN, None, 400,
     "Upload one spreadsheet each term. Whatever holds your pupils, it can save a list as a spreadsheet. " + EASY),
    (PupilSystem.NOT_KNOWN, Means.BY_HAND, 1400,
     "Upload one spreadsheet each term. To type 1,400 pupils would take days. A spreadsheet of them takes minutes."),
    (PupilSystem.PAPER, None, 12,
     "Type your pupils in, and look through them each term. You have few pupils: typing them takes less time than "
     "making a file."),
]  # fmt: skip


@pytest.mark.parametrize(("system", "wish", "pupils", "sentence"), SENTENCES)
def test_what_is_proposed_is_said_with_the_reason(
    system: PupilSystem, wish: Means | None, pupils: int, sentence: str
) -> None:
    school = Organisation(kind=OrganisationKind.INDEPENDENT_SCHOOL)
    found = Answers(dict.fromkeys(SchoolQuestion, NOW), system=system, wish=wish, pupils=pupils)

    proposal = answers.proposal(found, school)

    assert proposal is not None
    assert f"{proposed_said(proposal, school)} {because_said(proposal, found, school)}" == sentence


def test_a_practice_sends_a_list_of_children_each_month() -> None:
    practice = Organisation(kind=OrganisationKind.GP_PRACTICE)
    found = Answers(dict.fromkeys(SchoolQuestion, NOW), system=PupilSystem.OTHER, pupils=400)

    proposal = answers.proposal(found, practice)

    assert proposal is not None
    assert f"{proposed_said(proposal, practice)} {because_said(proposal, found, practice)}" == (
        f"Upload one spreadsheet each month. Your system can save a list of children as a spreadsheet. {EASY}"
    )
