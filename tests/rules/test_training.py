"""When somebody is trained: the day, the practice tasks, who has a place, and how many are still to be trained."""

from datetime import date

import pytest

from cp.rules.training import (
    has_place,
    named_problem,
    practice_done,
    practice_left,
    still_to_train,
    trained_day,
    training_problem,
)
from cp.terms import OrganisationKind, Role, Training

TODAY = date(2026, 11, 23)
EARLIER, LATER = date(2026, 4, 18), date(2026, 11, 2)


@pytest.mark.parametrize(
    ("completed_on", "recorded_on", "expected"),
    [
        pytest.param(date(2026, 11, 23), None, None, id="today"),
        pytest.param(date(2026, 11, 24), None, "in_future", id="tomorrow"),
        pytest.param(date(2024, 11, 24), None, None, id="the oldest that counts"),
        pytest.param(date(2024, 11, 23), None, "too_old", id="24 months ago"),
        pytest.param(date(1926, 11, 23), None, "too_old", id="a century ago"),
        pytest.param(date(2026, 4, 18), date(2026, 4, 18), None, id="the same again"),
        pytest.param(date(2026, 4, 17), date(2026, 4, 18), "earlier", id="earlier than recorded"),
        pytest.param(date(2026, 4, 19), date(2026, 4, 18), None, id="later than recorded"),
    ],
)
def test_training_counts_for_24_months(completed_on: date, recorded_on: date | None, expected: str | None) -> None:
    assert training_problem(completed_on, recorded_on, TODAY) == expected


@pytest.mark.parametrize(
    ("recorded_on", "attended_on", "expected"),
    [
        pytest.param(None, None, None, id="never"),
        pytest.param(EARLIER, None, EARLIER, id="by the person alone"),
        pytest.param(None, EARLIER, EARLIER, id="by a session alone"),
        pytest.param(EARLIER, LATER, LATER, id="a session since"),
        pytest.param(LATER, EARLIER, LATER, id="a session before what the person said"),
    ],
)
def test_the_later_day_counts_whoever_recorded_it(
    recorded_on: date | None, attended_on: date | None, expected: date | None
) -> None:
    assert trained_day(recorded_on, attended_on) == expected


@pytest.mark.parametrize(
    ("role", "without"),
    [
        (Role.PRACTITIONER, False), (Role.ASSISTANT, False), (Role.MANAGEMENT_TEAM, False),
        (Role.ACCOUNT_MANAGER, True), (Role.REVIEWER, True), (Role.IMPLEMENTATION_MANAGER, True),
        (Role.REGIONAL_COORDINATOR, True), (Role.SUPPLIER, True), (Role.NATIONAL_ADMINISTRATOR, True),
    ],
)  # fmt: skip
def test_whoever_looks_for_children_has_practised(role: Role, without: bool) -> None:
    assert (practice_done(role, None), practice_done(role, EARLIER)) == (without, True)


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ([], ["find", "reason", "record"]),
        (["reason"], ["find", "record"]),
        (["find", "reason", "record"], []),
        (["find", "one that is gone"], ["reason", "record"]),
    ],
)
def test_the_tasks_left_are_told_in_their_order(done: list[str], expected: list[str]) -> None:
    assert practice_left(done, ["find", "reason", "record"]) == expected


@pytest.mark.parametrize(
    ("need", "kind", "post", "expected"),
    [
        (Training.USERS, OrganisationKind.INDEPENDENT_SCHOOL, "head", None),
        (Training.USERS, OrganisationKind.INDEPENDENT_SCHOOL, "special_needs_coordinator", None),
        (Training.USERS, OrganisationKind.INDEPENDENT_SCHOOL, None, "post"),
        (Training.USERS, OrganisationKind.INDEPENDENT_SCHOOL, "police_officer", "post"),
        (Training.USERS, OrganisationKind.NURSERY, "head", "post"),
        (Training.ASSISTANTS, OrganisationKind.PRIMARY_SCHOOL, None, "post"),
        (Training.ASSISTANTS, OrganisationKind.GP_PRACTICE, "assists_professional", None),
        (Training.MANAGERS, OrganisationKind.PRIMARY_SCHOOL, None, None),
        (Training.SUPPLIERS, OrganisationKind.NURSERY, None, None),
    ],
)
def test_who_is_named_to_look_for_children_holds_a_listed_post(
    need: Training, kind: OrganisationKind, post: str | None, expected: str | None
) -> None:
    assert named_problem(need, kind, post) == expected


@pytest.mark.parametrize(("rank", "places", "expected"), [(1, 1, True), (2, 1, False), (12, 12, True), (13, 12, False)])
def test_the_first_to_be_booked_have_the_places(rank: int, places: int, expected: bool) -> None:
    assert has_place(rank, places) is expected


@pytest.mark.parametrize(
    ("staff", "named", "trained", "booked", "expected"),
    [
        pytest.param(10, 0, 0, 0, 10, id="nobody yet"),
        pytest.param(10, 4, 3, 1, 6, id="some"),
        pytest.param(0, 4, 1, 1, 2, id="more named than counted"),
        pytest.param(2, 1, 3, 0, 0, id="more trained than counted"),
        pytest.param(0, 0, 0, 0, 0, id="nobody"),
    ],
)
def test_who_is_neither_trained_nor_booked_is_still_to_train(
    staff: int, named: int, trained: int, booked: int, expected: int
) -> None:
    assert still_to_train(staff, named, trained, booked) == expected
