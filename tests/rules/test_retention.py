"""Who has a record, and the end of one: archived, read there, held back, destroyed."""

from datetime import UTC, date, datetime

import pytest

from cp.rules.days import london_day
from cp.rules.retention import (
    archive_because,
    archive_on,
    archive_readable,
    destroy_because,
    destroy_on,
    hold_end_refusal,
    hold_refusal,
    kept_until,
    may_consent,
    may_have_record,
    stay_refusal,
    stays_to,
)
from cp.terms import ArchivePurpose, ArchiveReason, DestroyReason, KeptKind, LeaveKind, Role, StayGround

TODAY = date(2026, 11, 23)
CARE, DISABILITY = StayGround.CARE_LEAVER, StayGround.LEARNING_DISABILITY
MAX, MAY = 1, 2


def day(text: str) -> date:
    return date.fromisoformat(text)


def known(text: str) -> date | None:
    return None if text == "–" else day(text)


@pytest.mark.parametrize(
    ("born", "in_area", "ground", "consented_on", "withdrawn_on", "today", "expected"),
    [
        ("2016-03-14", True, None, "–", "–", "2026-11-23", True),
        ("2016-03-14", False, None, "–", "–", "2026-11-23", False),
        ("2016-03-14", None, None, "–", "–", "2026-11-23", False),
        ("2026-11-24", True, None, "–", "–", "2026-11-23", False),
        ("2008-02-29", True, None, "–", "–", "2026-02-28", True),
        ("2008-02-29", True, None, "–", "–", "2026-03-01", False),
        ("2008-11-23", True, CARE, "2026-11-23", "–", "2026-11-23", True),
        ("2006-01-01", True, DISABILITY, "–", "–", "2026-11-23", False),
        ("2006-01-01", True, None, "2024-01-01", "–", "2026-11-23", False),
        ("2006-01-01", True, CARE, "2026-11-24", "–", "2026-11-23", False),
        ("2006-01-01", True, CARE, "2024-01-01", "2026-11-23", "2026-11-23", False),
        ("2001-11-24", True, CARE, "2019-11-24", "–", "2026-11-23", True),
        ("2001-11-23", True, CARE, "2019-11-23", "–", "2026-11-23", False),
    ],
)
def test_children_have_a_record_and_by_consent_some_young_people(
    born: str, in_area: bool | None, ground: StayGround | None, consented_on: str, withdrawn_on: str, today: str,
    expected: bool,
) -> None:  # fmt: skip
    asked = (day(born), in_area, ground, known(consented_on), known(withdrawn_on), day(today))

    assert may_have_record(*asked) is expected


def test_the_day_of_a_birthday_begins_at_midnight_in_london() -> None:
    born = date(2008, 7, 31)

    before, after = (london_day(datetime(2026, 7, 30, 22, 59, second, tzinfo=UTC)) for second in (59, 0))
    on = london_day(datetime(2026, 7, 30, 23, tzinfo=UTC))

    kept = [may_have_record(born, True, None, None, None, today) for today in (before, after, on)]
    assert (kept, archive_on(born, None, None, None, 18) == on) == ([True, True, False], True)


@pytest.mark.parametrize(
    ("born", "died", "left_on", "leave", "stays_to", "expected", "because"),
    [
        ("2008-05-01", "–", "–", None, 18, "2026-05-01", ArchiveReason.GROWN_UP),
        ("2008-02-29", "–", "–", None, 18, "2026-03-01", ArchiveReason.GROWN_UP),
        ("2004-02-29", "–", "–", None, 24, "2028-02-29", ArchiveReason.STAY_OVER),
        ("2004-02-29", "–", "–", None, 25, "2029-03-01", ArchiveReason.STAY_OVER),
        ("2004-02-29", "–", "–", None, 26, "2029-03-01", ArchiveReason.STAY_OVER),
        ("2008-05-01", "–", "–", None, 0, "2026-05-01", ArchiveReason.GROWN_UP),
        ("2015-05-01", "2024-07-09", "–", None, 18, "2025-07-09", ArchiveReason.DIED),
        ("2015-05-01", "2024-02-29", "–", None, 18, "2025-03-01", ArchiveReason.DIED),
        ("2008-05-01", "2026-04-01", "–", None, 18, "2026-05-01", ArchiveReason.GROWN_UP),
        ("2016-01-01", "–", "2026-09-01", LeaveKind.NOT_RETURNING, 18, "2027-09-01", ArchiveReason.LEFT),
        ("2016-01-01", "–", "2026-09-01", LeaveKind.UNKNOWN, 18, "2029-09-01", ArchiveReason.LEFT),
        ("2016-01-01", "–", "2026-09-01", None, 18, "2029-09-01", ArchiveReason.LEFT),
        ("2016-01-01", "–", "2024-02-29", LeaveKind.NOT_RETURNING, 18, "2025-03-01", ArchiveReason.LEFT),
        ("2009-01-01", "–", "2026-09-01", LeaveKind.RETURNING, 18, "2027-01-01", ArchiveReason.GROWN_UP),
    ],
)
def test_a_record_is_archived_at_the_soonest_of_its_ends(
    born: str, died: str, left_on: str, leave: LeaveKind | None, stays_to: int, expected: str, because: ArchiveReason
) -> None:
    facts = (day(born), known(died), known(left_on), leave, stays_to)

    assert (archive_on(*facts), archive_because(*facts)) == (day(expected), because)


TEAM = Role.MANAGEMENT_TEAM
ENQUIRY = ArchivePurpose.SECTION_47


@pytest.mark.parametrize(
    ("role", "archived_on", "second_person", "purpose", "expected"),
    [
        (TEAM, "2025-11-24", False, None, True),
        (TEAM, "2025-11-23", False, None, False),
        (TEAM, "2025-11-23", True, ENQUIRY, True),
        (TEAM, "2025-11-23", True, None, False),
        (TEAM, "2025-11-23", False, ENQUIRY, False),
        (TEAM, "–", True, ENQUIRY, False),
        (Role.PRACTITIONER, "2026-11-01", True, ENQUIRY, False),
        (TEAM, "2020-11-24", True, ArchivePurpose.CHILD_DEATH, True),
        (TEAM, "2020-11-23", True, ENQUIRY, False),
        (TEAM, "2026-11-24", False, None, False),
        (TEAM, "2026-11-23", False, None, True),
    ],
)
def test_the_archive_is_read_by_the_team_for_a_year_and_then_by_two(
    role: Role, archived_on: str, second_person: bool, purpose: ArchivePurpose | None, expected: bool
) -> None:
    assert archive_readable(role, known(archived_on), second_person, purpose, TODAY) is expected


@pytest.mark.parametrize("role", [role for role in Role if role is not TEAM])
def test_no_other_role_reads_the_archive_ever(role: Role) -> None:
    asked = [(on, second, why) for on in (TODAY, day("2024-01-01")) for second in (True, False)
             for why in (None, *ArchivePurpose)]  # fmt: skip

    assert not any(archive_readable(role, on, second, why, TODAY) for on, second, why in asked)


@pytest.mark.parametrize(
    ("second", "ends_on", "expected"),
    [
        (MAY, "2027-11-23", None),
        (None, "2027-11-23", "two_people"),
        (MAX, "2027-11-23", "two_people"),
        (MAY, "–", "end_date"),
        (MAY, "2026-11-23", "end_date"),
        (MAY, "2031-11-23", None),
        (MAY, "2031-11-24", "too_long"),
    ],
)
def test_a_hold_takes_two_people_and_an_end(second: int | None, ends_on: str, expected: str | None) -> None:
    assert hold_refusal(MAX, second, known(ends_on), TODAY) == expected


@pytest.mark.parametrize(
    ("asked_by", "answered_by", "team", "expected"),
    [
        (MAX, MAY, True, None),
        (MAX, MAX, True, "two_people"),
        (MAX, MAX, False, "two_people"),
        (None, MAY, True, "two_people"),
        (MAX, MAY, False, "asker_left"),
    ],
)
def test_a_hold_is_ended_by_as_many_as_placed_it(
    asked_by: int | None, answered_by: int, team: bool, expected: str | None
) -> None:
    assert hold_end_refusal(asked_by, answered_by, team) == expected


@pytest.mark.parametrize(
    ("archived_on", "hold_ends_on", "expected", "because"),
    [
        ("2026-05-01", "–", "2032-05-01", DestroyReason.SIX_YEARS),
        ("2028-02-29", "–", "2034-03-01", DestroyReason.SIX_YEARS),
        ("2026-05-01", "2032-05-02", "2032-05-02", DestroyReason.HOLD_OVER),
        ("2026-05-01", "2030-01-01", "2032-05-01", DestroyReason.SIX_YEARS),
        ("2026-05-01", "2032-05-01", "2032-05-01", DestroyReason.SIX_YEARS),
    ],
)
def test_a_record_is_destroyed_six_years_on_or_when_its_hold_ends(
    archived_on: str, hold_ends_on: str, expected: str, because: DestroyReason
) -> None:
    facts = (day(archived_on), known(hold_ends_on))

    assert (destroy_on(*facts), destroy_because(*facts)) == (day(expected), because)


AT = datetime(2026, 11, 23, 23, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "since", "expected"),
    [
        (KeptKind.SEARCH_CRITERIA, day("2026-11-23"), day("2027-11-23")),
        (KeptKind.SEARCH_CRITERIA, day("2024-02-29"), day("2025-03-01")),
        (KeptKind.AUDIT, day("2024-02-29"), day("2031-03-01")),
        (KeptKind.SUPPLIED_ROW, day("2026-11-23"), day("2027-02-21")),
        (KeptKind.ALERT, day("2026-11-23"), day("2028-11-23")),
        (KeptKind.ALERT, day("2024-02-29"), day("2026-03-01")),
        (KeptKind.DRAFT, AT, datetime(2026, 11, 24, 0, 20, tzinfo=UTC)),
    ],
)
def test_each_kind_is_kept_for_a_time_of_its_own(kind: KeptKind, since: date, expected: date) -> None:
    assert kept_until(kind, since) == expected


@pytest.mark.parametrize(
    ("born", "given_on", "to_age", "expected"),
    [
        ("2010-11-23", "2026-11-23", 19, None),
        ("2010-11-24", "2026-11-23", 19, "given_on"),
        ("2010-02-28", "2026-02-28", 25, None),
        ("2008-02-29", "2024-02-29", 25, None),
        ("2008-02-29", "2024-02-28", 25, "given_on"),
        ("2008-11-24", "2026-11-24", 21, "given_on"),
        ("2008-11-24", "–", 21, "given_on"),
        ("2008-11-24", "2026-11-20", 18, "to_age"),
        ("2008-11-24", "2026-11-20", 26, "to_age"),
        ("2007-11-23", "2026-11-20", 19, "to_age"),
        ("2007-11-24", "2026-11-20", 19, None),
    ],
)
def test_consent_to_stay_is_given_from_16_until_a_birthday_to_come(
    born: str, given_on: str, to_age: int, expected: str | None
) -> None:
    assert stay_refusal(day(born), known(given_on), to_age, TODAY) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2010-01-01", [19, 20, 21, 22, 23, 24, 25]),
        ("2007-11-24", [19, 20, 21, 22, 23, 24, 25]),
        ("2007-11-23", [20, 21, 22, 23, 24, 25]),
        ("2001-11-24", [25]),
        ("2001-11-23", []),
    ],
)
def test_the_birthdays_that_may_be_chosen_are_those_to_come(born: str, expected: list[int]) -> None:
    assert stays_to(day(born), TODAY) == expected


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        ("2010-11-23", "2026-11-22", False),
        ("2010-11-23", "2026-11-23", True),
        ("2008-02-29", "2024-02-28", False),
        ("2008-02-29", "2024-02-29", True),
    ],
)
def test_from_the_16th_birthday_a_young_person_may_consent(born: str, on: str, expected: bool) -> None:
    assert may_consent(day(born), day(on)) is expected
