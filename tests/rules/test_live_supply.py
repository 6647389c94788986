"""When an organisation's rows may be applied, and which test file may be accepted before that."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from cp.rules.live_supply import Facts, accepted_file_stands, lacking, may_be_accepted
from cp.terms import FileForm, Lack, Means

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
EVERYTHING = Facts(False, TODAY, TODAY, TODAY, TODAY, TOMORROW)
OPENING, MEANS, TEST, SIGNATURE, AGREEMENT = Lack


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (EVERYTHING, ()),
        (replace(EVERYTHING, agreement_ends_on=None), ()),
        (Facts(), (OPENING, MEANS, TEST, SIGNATURE)),
        (replace(EVERYTHING, data_from=None), (OPENING,)),
        (replace(EVERYTHING, data_from=TOMORROW), (OPENING,)),
        (replace(EVERYTHING, means_agreed_on=None), (MEANS,)),
        (replace(EVERYTHING, means_agreed_on=TOMORROW), (MEANS,)),
        (replace(EVERYTHING, test_accepted_on=None), (TEST,)),
        (replace(EVERYTHING, test_accepted_on=TOMORROW), (TEST,)),
        (replace(EVERYTHING, agreement_signed_on=None), (SIGNATURE,)),
        (replace(EVERYTHING, agreement_signed_on=TOMORROW), (SIGNATURE,)),
        (replace(EVERYTHING, agreement_ends_on=TODAY), (AGREEMENT,)),
        (replace(EVERYTHING, agreement_signed_on=None, agreement_ends_on=TODAY), (SIGNATURE,)),
        (Facts(own=True, data_from=TODAY), ()),
        (Facts(own=True), (OPENING,)),
        (Facts(own=True, data_from=TOMORROW), (OPENING,)),
    ],
)
def test_what_keeps_rows_from_being_applied(facts: Facts, expected: tuple[Lack, ...]) -> None:
    assert lacking(facts, TODAY) == expected


def test_only_all_of_it_together_lets_rows_be_applied() -> None:
    live = [there for there in product((None, TODAY), repeat=4) if not lacking(Facts(False, *there), TODAY)]

    assert live == [(TODAY, TODAY, TODAY, TODAY)]


@pytest.mark.parametrize(
    ("means", "form", "total", "ready", "expected"),
    [
        (Means.SPREADSHEET, FileForm.CSV, 10, 9, True),
        (Means.SPREADSHEET, FileForm.XLSX, 1, 1, True),
        (Means.SPREADSHEET, FileForm.CSV, 100, 89, False),
        (Means.SPREADSHEET, FileForm.CSV, 9, 8, False),
        (Means.SPREADSHEET, FileForm.CSV, 0, 0, False),
        (Means.SPREADSHEET, FileForm.CTF, 10, 10, False),
        (Means.TRANSFER_FILE, FileForm.CTF, 10, 10, True),
        (Means.TRANSFER_FILE, FileForm.ODS, 10, 10, False),
        (Means.FOLDER, FileForm.CTF, 10, 10, True),
        (Means.FOLDER, FileForm.CSV, 10, 10, True),
        (Means.FOLDER, FileForm.MACHINE, 10, 10, False),
        (Means.SYSTEM, FileForm.MACHINE, 10, 10, True),
        (Means.SYSTEM, FileForm.CSV, 10, 10, False),
        (Means.BY_HAND, FileForm.HAND, 1, 1, True),
        (None, FileForm.CSV, 10, 10, False),
    ],
)
def test_which_test_file_may_be_accepted(
    means: Means | None, form: FileForm, total: int, ready: int, expected: bool
) -> None:
    assert may_be_accepted(means, form, total, ready) is expected


@pytest.mark.parametrize(
    ("before", "after", "form", "expected"),
    [
        (Means.FOLDER, Means.SPREADSHEET, FileForm.CSV, True),
        (Means.FOLDER, Means.TRANSFER_FILE, FileForm.CSV, False),
        (Means.SPREADSHEET, Means.FOLDER, FileForm.ODS, True),
        (Means.SPREADSHEET, Means.SYSTEM, FileForm.CSV, False),
        (Means.SYSTEM, Means.BY_HAND, FileForm.MACHINE, False),
        (Means.SPREADSHEET, Means.SPREADSHEET, None, True),
        (Means.SPREADSHEET, Means.FOLDER, None, False),
        (None, Means.FOLDER, None, False),
    ],
)
def test_an_accepted_file_speaks_for_means_that_bring_its_form(
    before: Means | None, after: Means, form: FileForm | None, expected: bool
) -> None:
    assert accepted_file_stands(before, after, form) is expected
