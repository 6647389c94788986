"""Which acts belong together, and which role may do which: the lists that `decide` looks things up in."""

from cp.terms import Act, Role

ANYBODY = frozenset(
    {Act.READ_PUBLIC, Act.SIGN_IN, Act.GIVE_CODE, Act.SIGN_OUT, Act.USE_LINK, Act.ASK_TO_JOIN, Act.CHOOSE_ROLE}
)
"""Whoever does one of these need not be signed in yet; what they hold (a link, a code) is asked for there."""
OWN_ACCOUNT = frozenset(
    {
        Act.SEE_ACCOUNT, Act.STAY_SIGNED_IN, Act.STEP_UP, Act.ENROL_FACTOR, Act.CHANGE_PASSWORD, Act.READ_PROCEDURES,
        Act.RECORD_TRAINING, Act.SIGN_AGREEMENT,
    }
)  # fmt: skip
FINDING = frozenset({Act.PREPARE_SEARCH, Act.SEARCH, Act.SEE_RESULTS})
OPENING = frozenset({Act.OPEN_RECORD, Act.PRINT_RECORD})
READING = OPENING | {Act.SEE_REASON, Act.GIVE_MORE_REASON}
INVOLVING = frozenset(
    {
        Act.PREPARE_INVOLVEMENT, Act.RECORD_INVOLVEMENT, Act.TAKE_LEAD, Act.END_INVOLVEMENT, Act.WITHDRAW_INVOLVEMENT,
        Act.CONFIRM_INVOLVEMENT, Act.SEE_OWN_INVOLVEMENTS,
    }
)  # fmt: skip
NEEDS_INVOLVEMENTS = frozenset({Act.PRINT_RECORD, Act.PREPARE_INVOLVEMENT, Act.RECORD_INVOLVEMENT, Act.TAKE_LEAD})
"""Acts that show or join the involvements; a practitioner's own one stays theirs to end, shield or not."""
SEEING_ACCOUNTS = frozenset(
    {
        Act.SEE_ACCOUNTS, Act.EXPORT_ACCOUNTS, Act.SEE_ONE_ACCOUNT, Act.PREVIEW_ACCOUNT, Act.PREPARE_INVITATION,
        Act.SEE_ACCOUNT_REVIEW,
    }
)  # fmt: skip
CHANGING_ACCOUNTS = frozenset(
    {
        Act.CHANGE_ACCOUNT, Act.GRANT, Act.END_GRANT, Act.APPROVE, Act.PRINT_LINK, Act.SUSPEND_ACCOUNT,
        Act.RESTORE_ACCOUNT, Act.CLOSE_ACCOUNT, Act.REVIEW_ACCOUNTS, Act.ANSWER_LIMIT,
    }
)  # fmt: skip
"""Nobody does any of these to their own account."""
MANAGING = SEEING_ACCOUNTS | CHANGING_ACCOUNTS | {Act.INVITE, Act.ANSWER_JOIN_REQUEST}
STEPPED_UP = frozenset(
    {Act.ENROL_FACTOR, Act.CHANGE_PASSWORD, Act.EXPORT_ACCOUNTS, Act.GRANT, Act.APPROVE, Act.PRINT_LINK, Act.SET_LIMITS}
)
ALERTED = frozenset({Act.SET_LIMITS})
ACTS_OF: dict[Role, frozenset[Act]] = {
    Role.PRACTITIONER: FINDING | READING | INVOLVING,
    Role.ASSISTANT: FINDING | READING | INVOLVING,
    Role.MANAGEMENT_TEAM: FINDING | READING | {Act.SHIELD, Act.SEE_HANDOVERS, Act.HAND_OVER},
    Role.ACCOUNT_MANAGER: MANAGING | {Act.SET_LIMITS},
    Role.REVIEWER: frozenset({Act.SEE_ALERTS, Act.CLOSE_ALERT}),
    Role.IMPLEMENTATION_MANAGER: frozenset(),
    Role.SUPPLIER: frozenset(),
    Role.NATIONAL_ADMINISTRATOR: MANAGING - {Act.ANSWER_JOIN_REQUEST, Act.ANSWER_LIMIT},  # those see children
}
