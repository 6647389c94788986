"""What ends soon."""

from datetime import date
from typing import Any

import pytest

from cp.rules.conditions import account_refusals
from cp.rules.expiring import expiring

TODAY = date(2026, 11, 23)
NOTHING: dict[str, Any] = {
    "check_issued_on": None, "trained_on": None, "accreditation_ends_on": None, "kept_on": None,
    "delegation_ends_on": None,
}  # fmt: skip


def ending(day: date) -> dict[str, date]:
    return {"accreditation_ends_on": day}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({}, [], id="nothing known"),
        pytest.param(ending(date(2027, 1, 24)), [], id="61 days"),
        pytest.param(ending(date(2027, 1, 23)), [("accreditation", date(2027, 1, 22), 60)], id="60"),
        pytest.param(ending(date(2026, 12, 25)), [("accreditation", date(2026, 12, 24), 60)], id="31"),
        pytest.param(ending(date(2026, 12, 24)), [("accreditation", date(2026, 12, 23), 30)], id="30"),
        pytest.param(ending(date(2026, 12, 2)), [("accreditation", date(2026, 12, 1), 30)], id="8"),
        pytest.param(ending(date(2026, 12, 1)), [("accreditation", date(2026, 11, 30), 7)], id="7"),
        pytest.param(ending(date(2026, 11, 24)), [("accreditation", TODAY, 7)], id="the last day"),
        pytest.param(ending(TODAY), [], id="over"),
        pytest.param({"check_issued_on": date(2023, 12, 1)}, [("check", date(2026, 11, 30), 7)], id="a check"),
        pytest.param({"trained_on": date(2024, 12, 1)}, [("training", date(2026, 11, 30), 7)], id="training"),
        pytest.param({"delegation_ends_on": date(2026, 12, 1)}, [("delegation_ended", date(2026, 11, 30), 7)],
                     id="an assistant's time"),
        pytest.param({"kept_on": date(2026, 8, 1)}, [("review", date(2026, 11, 30), 7)], id="a review"),
        pytest.param({"kept_on": date(2026, 11, 2)}, [], id="a review far off"),
        pytest.param(
            {"check_issued_on": date(2024, 1, 10), "trained_on": date(2024, 12, 1)},
            [("training", date(2026, 11, 30), 7), ("check", date(2027, 1, 9), 60)],
            id="the soonest first",
        ),
    ],
)  # fmt: skip
def test_what_ends_is_told_60_30_and_7_days_before(
    given: dict[str, date], expected: list[tuple[str, date, int]]
) -> None:
    found = expiring(**NOTHING | given, today=TODAY)

    assert [(one.code, one.last_on, one.within) for one in found] == expected


def test_whatever_was_warned_of_is_good_on_its_last_day_and_refused_on_the_next() -> None:
    held = NOTHING | {"check_issued_on": date(2023, 12, 25), "trained_on": date(2024, 12, 12),
                      "accreditation_ends_on": date(2026, 12, 3)}  # fmt: skip
    for one in expiring(**held, today=TODAY):
        assert one.code not in refused(held, one.last_on)
        assert one.code in refused(held, date.fromordinal(one.last_on.toordinal() + 1))
    assert len(expiring(**held, today=TODAY)) == 3


def refused(held: dict[str, Any], today: date) -> list[str]:
    kept = {name: held[name] for name in ("check_issued_on", "trained_on", "accreditation_ends_on")}
    return account_refusals(
        active=True,
        unused_since=today,
        agreement_current=True,
        practised=True,
        second_factor=True,
        today=today,
        **kept,
    )
