"""What an entry of the audit must say before it may be written."""

from collections.abc import Collection

from cp.terms import Act

EVERY = ("at", "act", "decision", "request_id")
WHO = ("account_id", "role", "organisation_id", "authority_id")
OPENED = ("subject_id", "parts", "reason")
BESIDES = {
    Act.OPEN_RECORD: OPENED,
    Act.PRINT_RECORD: OPENED,
    Act.SEARCH: ("object_id", "reason"),
    Act.SEARCH_FAMILY: ("object_id", "reason"),
    Act.SEE_RESULTS: ("object_id", "reason", "results"),
    Act.RECORD_INVOLVEMENT: ("subject_id", "object_id"),
    Act.TAKE_LEAD: ("subject_id", "object_id"),
    Act.END_INVOLVEMENT: ("subject_id", "object_id"),
    Act.WITHDRAW_INVOLVEMENT: ("subject_id", "object_id"),
    Act.CONFIRM_INVOLVEMENT: ("subject_id", "object_id"),
    Act.SHIELD: ("subject_id", "reason"),
    Act.OVERRIDE: ("subject_id", "object_id", "reason"),
    Act.RECORD_SENSITIVE: ("subject_id", "object_id", "reason"),
    Act.WITHDRAW_SENSITIVE: ("subject_id", "object_id"),
    Act.ASK_CONTACT: ("subject_id", "object_id", "reason"),
    Act.STEP_CONTACT: ("object_id", "reason"),
    Act.ANSWER_CONTACT: ("object_id", "reason"),
    Act.REVIEW_OVERRIDE: ("object_id", "reason"),
    Act.ANSWER_OVERRIDE: ("object_id", "reason"),
    Act.DECLARE_SERVICE: ("object_id", "reason"),
    Act.SET_NEUTRAL_LINE: ("object_id", "reason"),
    **dict.fromkeys((Act.SEE_CREDENTIALS, Act.MAKE_CREDENTIAL, Act.REVOKE_CREDENTIAL), ("object_id",)),
    Act.SEND_ROWS: ("object_id", "reason", "results"),
    Act.MERGE: ("subject_id", "object_id", "reason"),
    **dict.fromkeys(
        (Act.ASK_SEAL, Act.SEAL_IDENTITY, Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY, Act.OPEN_OLD_IDENTITY),
        ("subject_id", "object_id"),
    ),
    **dict.fromkeys((Act.KEEP_SHIELD, Act.ASK_LIFT, Act.LIFT_SHIELD, Act.MAKE_IDENTITY), ("subject_id",)),
    Act.HAND_OVER: ("subject_id", "object_id"),
    Act.SUPPLY: ("subject_id", "object_id"),
    Act.JUDGE_PAIR: ("object_id", "reason"),
    Act.DISPUTE: ("subject_id", "object_id", "reason"),
    Act.WITHDRAW_DISPUTE: ("subject_id", "object_id"),
    Act.DECIDE_DISPUTE: ("subject_id", "object_id", "reason"),
    Act.TELL: ("object_id", "reason"),
    Act.JUDGE_TOLD: ("object_id", "reason"),
    **dict.fromkeys((Act.TELL_CHANGE, Act.JUDGE_CHANGE), ("subject_id", "object_id", "reason")),
    **dict.fromkeys(
        (
            Act.RECEIVE_FILE,
            Act.SEE_FILE,
            Act.CONFIRM_COLUMNS,
            Act.SEND_FILE,
            Act.STOP_FILE,
            Act.UNDO_FILE,
            Act.TAKE_FIX_LIST,
        ),
        ("object_id",),
    ),
    **dict.fromkeys((Act.SEE_FIGURES, Act.SEE_NATIONAL_FIGURES), ("results",)),
    **dict.fromkeys((Act.SET_FREQUENCY, Act.SET_THRESHOLDS), ("object_id", "reason")),
    **dict.fromkeys((Act.SEE_SCHOOL_ANSWERS, Act.MAKE_SCHOOL_LINK), ("object_id",)),
    Act.ANSWER_AS_SCHOOL: ("object_id", "reason"),
    **dict.fromkeys((Act.SEE_MEANS, Act.SEE_TEST_FILE), ("object_id",)),
    **dict.fromkeys((Act.OFFER_MEANS, Act.AGREE_MEANS, Act.JUDGE_TEST_FILE), ("object_id", "reason")),
    **dict.fromkeys(
        (
            Act.RECORD_AGREEMENT,
            Act.TAKE_BACK_AGREEMENT,
            Act.ANSWER_ACCREDITATION,
            Act.ACCREDIT,
            Act.WITHDRAW_ACCREDITATION,
            Act.ACCREDIT_AUTHORITY,
            Act.WITHDRAW_AUTHORITY,
        ),
        ("object_id", "reason"),
    ),
    **dict.fromkeys((Act.SEE_LOG, Act.PRINT_LOG, Act.SEE_OWN_LOG, Act.SEE_REGION), ("results",)),
    Act.READ_CRITERIA: ("object_id", "reason"),
    **dict.fromkeys((Act.NAME_PEOPLE, Act.ARRANGE_TRAINING), ("object_id", "reason")),
    **dict.fromkeys((Act.RECORD_ATTENDANCE, Act.SET_CLUSTER), ("object_id", "results")),
    Act.PRACTISE: ("reason",),
    Act.SEE_SCHOOLS: ("results",),
    Act.SEE_SCHOOL: ("object_id",),
    **dict.fromkeys((Act.KEEP_SCHOOL_CONTACT, Act.LOG_CONTACT), ("object_id", "reason")),
    Act.SUSPEND_ACCOUNT: ("object_id", "reason"),
    Act.GRANT: ("object_id", "reason"),
    Act.END_GRANT: ("object_id", "reason"),
    Act.APPROVE: ("object_id", "reason"),
    Act.PRINT_LINK: ("object_id", "reason"),
    Act.USE_LINK: ("object_id", "reason"),
    Act.ASK_TO_JOIN: ("object_id",),
    Act.KEEP_REGISTER: ("reason", "results"),
    **dict.fromkeys((Act.SET_PHASE, Act.CARRY_ON), ("object_id", "reason")),
    Act.OPEN_AUTHORITY: ("object_id",),
    **dict.fromkeys(
        (
            Act.SEE_ONE_ACCOUNT,
            Act.PREVIEW_ACCOUNT,
            Act.INVITE,
            Act.CHANGE_ACCOUNT,
            Act.RESTORE_ACCOUNT,
            Act.CLOSE_ACCOUNT,
            Act.REVIEW_ACCOUNTS,
            Act.ANSWER_JOIN_REQUEST,
            Act.ANSWER_LIMIT,
        ),
        ("object_id",),
    ),
    Act.MAKE_LETTERS: ("object_id", "reason", "results"),
    Act.ARCHIVE: ("subject_id", "reason"),
    Act.DESTROY: ("object_id",),
    **dict.fromkeys((Act.SEE_ENDING, Act.SEE_HOLDS, Act.SEE_ARCHIVE), ("results",)),
    Act.SEE_HOLD: ("subject_id", "object_id"),
    Act.PREPARE_STAY: ("subject_id", "parts"),
    Act.FIND_ARCHIVED: ("object_id", "reason", "results"),
    **dict.fromkeys(
        (Act.PREPARE_ARCHIVED, Act.ASK_ARCHIVED, Act.ANSWER_ARCHIVED), ("subject_id", "object_id", "reason")
    ),
    **dict.fromkeys((Act.READ_ARCHIVED, Act.PRINT_ARCHIVED), ("subject_id", "object_id", "parts", "reason")),
    **dict.fromkeys((Act.ASK_HOLD, Act.RECORD_STAY, Act.WITHDRAW_STAY), ("subject_id", "object_id")),
    Act.ANSWER_HOLD: ("subject_id", "object_id", "reason"),
    **dict.fromkeys((Act.SEE_DISCLOSURES, Act.EXPORT_DISCLOSURES), ("results",)),
    Act.MAKE_FAMILY_REQUEST: ("subject_id", "object_id", "reason"),
    Act.SEE_FAMILY_REQUEST: ("subject_id", "object_id", "results"),
    Act.ANSWER_FAMILY_REQUEST: ("subject_id", "object_id", "reason"),
    Act.SEE_DISCLOSURE: ("object_id",),
    **dict.fromkeys((Act.ASK_DISCLOSURE, Act.ANSWER_DISCLOSURE), ("subject_id", "object_id", "parts", "reason")),
    Act.SEE_DISCLOSED: ("subject_id", "object_id", "parts", "reason"),
}
BY_NOBODY = frozenset({Act.READ_PUBLIC, Act.SIGN_IN, Act.GIVE_CODE, Act.USE_LINK, Act.ASK_TO_JOIN, Act.SHIELD,
                       Act.RECEIVE_FILE, Act.SEND_FILE, Act.STOP_FILE, Act.UNDO_FILE, Act.SUPPLY,
                       Act.LOAD_DEMONSTRATION, Act.KEEP_REGISTER, Act.SET_UP, Act.SEND_ROWS, Act.MAKE_CREDENTIAL,
                       Act.REVOKE_CREDENTIAL, Act.OPEN_AUTHORITY, Act.FIND_LOCAL_CONTACT,
                       Act.ANSWER_AS_SCHOOL, Act.ARCHIVE, Act.DESTROY})  # fmt: skip
"""Acts that somebody unknown to us may try, or that are done at the server itself."""


def audit_refusal(act: Act, missing: Collection[str], refused: bool = False) -> str | None:
    """The first part that an entry needs and lacks, as `missing_reason`; None when it may be written.

    A search's criteria are kept apart: the entry says which search. An entry that somebody was refused says when
    and what, and whatever else is known. That it holds no names is seen to by the columns' types, and that nothing
    is shown before it is committed, by the transaction.

    Commons Hansard 24 July 2007. Policy: design, sections 1 and 3.
    """
    needed: tuple[str, ...] = EVERY
    if not refused:
        needed += (() if act in BY_NOBODY else WHO) + BESIDES.get(act, ())
    return next((f"missing_{part}" for part in needed if part in missing), None)
