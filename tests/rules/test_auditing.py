"""What an entry of the audit must say."""

import pytest

from cp.rules.auditing import audit_refusal
from cp.terms import Act


@pytest.mark.parametrize(
    ("act", "missing", "refused", "expected"),
    [
        pytest.param(Act.OPEN_RECORD, set(), False, None, id="an opening, whole"),
        pytest.param(Act.OPEN_RECORD, {"reason"}, False, "missing_reason", id="an opening without a reason"),
        pytest.param(Act.PRINT_RECORD, {"parts"}, False, "missing_parts", id="a printing without the parts"),
        pytest.param(Act.OPEN_RECORD, {"reason", "subject_id"}, False, "missing_subject_id", id="the first is named"),
        pytest.param(Act.SIGN_IN, {"reason", "subject_id", "account_id"}, False, None, id="a sign-in by who knows"),
        pytest.param(Act.SIGN_OUT, {"account_id"}, False, "missing_account_id", id="a sign-out by nobody"),
        pytest.param(Act.SEE_RESULTS, {"results"}, False, "missing_results", id="a search without its results"),
        pytest.param(Act.SEARCH, {"object_id"}, False, "missing_object_id", id="a search without its criteria"),
        pytest.param(Act.SEARCH, {"subject_id"}, False, None, id="a search is about no one child"),
        pytest.param(Act.RECORD_INVOLVEMENT, {"subject_id"}, False, "missing_subject_id", id="whose involvement?"),
        pytest.param(Act.OPEN_RECORD, {"subject_id", "parts", "account_id"}, True, None, id="a stranger is refused"),
        pytest.param(Act.OPEN_RECORD, {"request_id"}, True, "missing_request_id", id="a refusal of no request"),
        pytest.param(Act.SHIELD, {"reason"}, False, "missing_reason", id="a shield without its ground"),
        pytest.param(Act.GRANT, {"subject_id"}, False, None, id="a right is given, and which"),
        pytest.param(Act.GRANT, {"reason"}, False, "missing_reason", id="a right is given: which?"),
        pytest.param(Act.CLOSE_ACCOUNT, {"object_id"}, False, "missing_object_id", id="whose account?"),
        pytest.param(Act.HAND_OVER, {"subject_id"}, False, "missing_subject_id", id="handed over: of whom?"),
        pytest.param(Act.SHIELD, {"account_id", "role"}, False, None, id="a shield from the server"),
        pytest.param(Act.SEE_LOG, {"results"}, False, "missing_results", id="how much of the log?"),
        pytest.param(
            Act.READ_CRITERIA, {"reason"}, False, "missing_reason", id="what was searched for: read for what?"
        ),
        pytest.param(Act.READ_CRITERIA, {"object_id"}, False, "missing_object_id", id="which search?"),
        pytest.param(Act.KEEP_REGISTER, {"account_id", "role"}, False, None, id="a register from the server"),
        pytest.param(Act.KEEP_REGISTER, {"reason"}, False, "missing_reason", id="a register is kept: which?"),
        pytest.param(Act.KEEP_REGISTER, {"results"}, False, "missing_results", id="what did a register change?"),
    ],
)
def test_an_entry_says_who_did_what_to_whom_and_why(
    act: Act, missing: set[str], refused: bool, expected: str | None
) -> None:
    assert audit_refusal(act, missing, refused) == expected


def test_an_entry_is_of_something_done_unless_it_says_refused() -> None:
    assert audit_refusal(Act.OPEN_RECORD, {"reason"}) == "missing_reason"
