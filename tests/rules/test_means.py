"""Which means of supply is proposed: the least work that will do, how often, and why."""

from itertools import product

import pytest

from cp.rules.means import FEW, Proposal, proposed
from cp.terms import Frequency, Means, MeansWhy, OrganisationKind, PupilSystem

SCHOOL, PRACTICE = OrganisationKind.INDEPENDENT_SCHOOL, OrganisationKind.GP_PRACTICE
FILE, LIST, HAND = Means.TRANSFER_FILE, Means.SPREADSHEET, Means.BY_HAND
TABLE = """
isams     -             400  transfer_file  termly  exports
isams     transfer_file 400  transfer_file  termly  exports
isams     spreadsheet   400  transfer_file  termly  exports
isams     by_hand       400  transfer_file  termly  exports
isams     by_hand       25   transfer_file  termly  exports
isams     system        400  system         daily   asked_for
isams     folder        400  folder         daily   asked_for
arbor     -             400  transfer_file  termly  exports
bromcom   -             400  transfer_file  termly  exports
sims      -             400  transfer_file  termly  exports
other     -             400  spreadsheet    termly  list_of_system
other     system        400  system         daily   asked_for
other     folder        400  folder         daily   asked_for
other     transfer_file 400  transfer_file  termly  asked_for
other     spreadsheet   400  spreadsheet    termly  list_of_system
other     by_hand       400  spreadsheet    termly  many
other     by_hand       26   spreadsheet    termly  many
other     by_hand       25   by_hand        termly  few
other     -             25   spreadsheet    termly  list_of_system
other     by_hand       -    spreadsheet    termly  list_of_system
paper     -             400  spreadsheet    termly  list_kept
paper     -             25   by_hand        termly  few
paper     spreadsheet   25   spreadsheet    termly  list_kept
paper     by_hand       26   spreadsheet    termly  many
paper     system        400  spreadsheet    termly  list_kept
paper     transfer_file 25   by_hand        termly  few
not_known -             400  spreadsheet    termly  list_anyhow
not_known -             25   by_hand        termly  few
not_known system        400  spreadsheet    termly  list_anyhow
not_known by_hand       400  spreadsheet    termly  many
-         -             -    spreadsheet    termly  list_anyhow
-         system        -    spreadsheet    termly  list_anyhow
-         -             1    by_hand        termly  few
"""
"""System, wish, pupils (`-`: not known); the means, how often, why. Of an independent school."""


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
def test_the_least_work_that_will_do_is_proposed(row: str) -> None:
    system, wish, pupils, means, often, why = row.split()

    found = proposed(
        None if system == "-" else PupilSystem(system), None if wish == "-" else Means(wish),
        None if pupils == "-" else int(pupils), SCHOOL,
    )  # fmt: skip

    assert found == Proposal(Means(means), Frequency(often), MeansWhy(why))


@pytest.mark.parametrize(
    ("kind", "means", "often"),
    [
        (OrganisationKind.PRIMARY_SCHOOL, FILE, Frequency.TERMLY),
        (OrganisationKind.COLLEGE, FILE, Frequency.TERMLY),
        (PRACTICE, LIST, Frequency.MONTHLY),
        (PRACTICE, Means.SYSTEM, Frequency.DAILY),
        (OrganisationKind.PRIMARY_SCHOOL, Means.FOLDER, Frequency.DAILY),
    ],
)
def test_what_somebody_has_to_do_is_asked_for_each_term_and_monthly_of_a_practice(
    kind: OrganisationKind, means: Means, often: Frequency
) -> None:
    found = proposed(PupilSystem.OTHER, means, 400, kind)

    assert (found.means, found.frequency) == (means, often)


def test_nobody_is_proposed_more_work_than_they_wish_but_for_typing_many() -> None:
    least = list(Means)

    for system, wish, pupils in product(PupilSystem, Means, (1, FEW, FEW + 1, 400)):
        found = proposed(system, wish, pupils, SCHOOL)
        able = system in (PupilSystem.OTHER, *list(PupilSystem)[:4]) or wish in (LIST, HAND)
        assert not able or least.index(found.means) <= least.index(wish), (system, wish, pupils)
