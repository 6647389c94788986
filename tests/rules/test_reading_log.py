"""Who reads what of the log."""

from collections import Counter
from datetime import date

import pytest

from cp.rules.reading_log import acts_of_group, child_told, days_problem, entry_shown, looked_at_first
from cp.terms import Act, Decision, EntryShown, LogGroup

ALLOWED, REFUSED = Decision
WHOLE, PLACE, NOTHING = EntryShown


@pytest.mark.parametrize(
    ("own_user", "own_child", "act", "decision", "protected", "expected"),
    [
        pytest.param(True, True, Act.OPEN_RECORD, ALLOWED, False, WHOLE, id="its own user"),
        pytest.param(True, False, Act.OPEN_RECORD, ALLOWED, False, WHOLE, id="its own user, another area's child"),
        pytest.param(True, False, Act.SET_LIMITS, ALLOWED, False, WHOLE, id="its own user, no child"),
        pytest.param(True, True, Act.OVERRIDE, REFUSED, True, WHOLE, id="its own user, a shielded child"),
        pytest.param(
            False, True, Act.OPEN_RECORD, ALLOWED, False, PLACE, id="another's user opened its child's record"
        ),
        pytest.param(False, True, Act.PRINT_RECORD, ALLOWED, False, PLACE, id="printed it"),
        pytest.param(False, True, Act.OVERRIDE, ALLOWED, False, PLACE, id="a shield that is lifted now was overridden"),
        pytest.param(
            False, True, Act.OPEN_RECORD, ALLOWED, True, NOTHING, id="where a shielded child lives is not told"
        ),
        pytest.param(False, True, Act.OPEN_RECORD, REFUSED, False, NOTHING, id="another's user was refused"),
        pytest.param(False, True, Act.SEE_RESULTS, ALLOWED, False, NOTHING, id="another's search"),
        pytest.param(False, True, Act.RECORD_INVOLVEMENT, ALLOWED, False, NOTHING, id="stands on the record itself"),
        pytest.param(False, False, Act.OPEN_RECORD, ALLOWED, False, NOTHING, id="another's user and child"),
    ],
)
def test_an_authority_investigates_its_own_users(
    own_user: bool, own_child: bool, act: Act, decision: Decision, protected: bool, expected: EntryShown
) -> None:
    assert entry_shown(own_user, own_child, act, decision, protected) is expected


@pytest.mark.parametrize(
    ("act", "decision", "reason", "by_sensitive_service", "expected"),
    [
        pytest.param(Act.OPEN_RECORD, ALLOWED, "working_with", False, True, id="opened"),
        pytest.param(Act.OPEN_RECORD, ALLOWED, "working_with", True, False, id="by a sensitive service"),
        pytest.param(Act.OPEN_RECORD, REFUSED, "none", False, False, id="what is not there has no number"),
        pytest.param(Act.PRINT_RECORD, REFUSED, "shielded", False, True, id="they were told why not"),
        pytest.param(Act.OVERRIDE, ALLOWED, "section_47", False, True, id="overridden"),
        pytest.param(Act.SHIELD, ALLOWED, None, False, False, id="shielded"),
        pytest.param(Act.SEE_SHIELDS, ALLOWED, None, False, False, id="the list of shields"),
        pytest.param(Act.MERGE, ALLOWED, "same", False, False, id="joined"),
        pytest.param(Act.MAKE_IDENTITY, ALLOWED, None, False, False, id="a new identity"),
        pytest.param(Act.SEAL_IDENTITY, ALLOWED, None, False, False, id="sealed"),
        pytest.param(Act.OPEN_OLD_IDENTITY, ALLOWED, None, False, False, id="an old identity opened"),
        pytest.param(Act.SEE_SEALS, ALLOWED, None, False, False, id="the list of old identities"),
        pytest.param(Act.RECORD_SENSITIVE, ALLOWED, "child", False, False, id="recorded by consent"),
        pytest.param(Act.SIGN_IN, REFUSED, None, False, True, id="refused without a reason"),
    ],
)
def test_the_log_tells_of_no_child_what_nobody_may_know(
    act: Act, decision: Decision, reason: str | None, by_sensitive_service: bool, expected: bool
) -> None:
    assert child_told(act, decision, reason, by_sensitive_service) is expected


@pytest.mark.parametrize(
    ("act", "parts", "decision", "expected"),
    [
        (Act.OVERRIDE, None, ALLOWED, True),
        (Act.SEARCH_FAMILY, None, ALLOWED, True),
        (Act.OPEN_OLD_IDENTITY, "carers+identity", ALLOWED, True),
        (Act.OPEN_RECORD, "identity", ALLOWED, True),
        (Act.OPEN_RECORD, "carers+identity", ALLOWED, False),
        (Act.ASK_CONTACT, "identity", ALLOWED, False),
        (Act.SIGN_OUT, None, REFUSED, True),
        (Act.SEARCH, None, ALLOWED, False),
    ],
)
def test_overrides_shielded_records_and_refusals_come_first(
    act: Act, parts: str | None, decision: Decision, expected: bool
) -> None:
    assert looked_at_first(act, parts, decision) is expected


@pytest.mark.parametrize(
    ("since", "until", "one", "expected"),
    [
        pytest.param(date(2026, 11, 23), date(2026, 11, 23), False, None, id="today"),
        pytest.param(date(2026, 10, 24), date(2026, 11, 23), False, None, id="31 days"),
        pytest.param(date(2026, 10, 23), date(2026, 11, 23), False, "too_many", id="32"),
        pytest.param(date(2020, 1, 1), date(2026, 11, 23), True, None, id="years, of one"),
        pytest.param(date(2026, 11, 23), date(2026, 11, 22), True, "turned_round", id="turned round"),
        pytest.param(date(2026, 11, 24), date(2026, 11, 24), False, "to_come", id="tomorrow"),
        pytest.param(date(2026, 11, 23), date(2026, 11, 30), False, None, id="until a day to come"),
    ],
)
def test_a_month_is_read_at_once_and_of_one_person_or_child_all(
    since: date, until: date, one: bool, expected: str | None
) -> None:
    assert days_problem(since, until, date(2026, 11, 23), one) == expected


def test_each_act_is_in_one_group() -> None:
    counted = Counter(act for group in LogGroup if group is not LogGroup.FIRST for act in acts_of_group(group))

    assert {act: counted[act] for act in Act if counted[act] != 1} == {}
    assert acts_of_group(LogGroup.SEARCHES) >= {Act.SEARCH, Act.SEARCH_FAMILY, Act.SEE_RESULTS}
    read = {Act.READ_ARCHIVED, Act.PRINT_ARCHIVED}
    first = {Act.OVERRIDE, Act.SEARCH_FAMILY, Act.OPEN_OLD_IDENTITY, Act.ANSWER_HOLD}
    assert acts_of_group(LogGroup.FIRST) == first | read
    assert Act.LOG_CONTACT in acts_of_group(LogGroup.ROLL_OUT)
