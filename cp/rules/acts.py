"""Which acts belong together, and which role may do which: the lists that `decide` looks things up in."""

from cp.terms import Act, Role

ANYBODY = frozenset(
    {
        Act.READ_PUBLIC, Act.SIGN_IN, Act.GIVE_CODE, Act.SIGN_OUT, Act.USE_LINK, Act.ASK_TO_JOIN, Act.CHOOSE_ROLE,
        Act.SEND_ROWS, Act.FIND_LOCAL_CONTACT, Act.ANSWER_AS_SCHOOL,
    }
)  # fmt: skip
"""Whoever does one of these need not be signed in yet; what they hold (a link, a code, a system's credential) is asked
for there."""
OWN_ACCOUNT = frozenset(
    {
        Act.SEE_ACCOUNT, Act.STAY_SIGNED_IN, Act.STEP_UP, Act.ENROL_FACTOR, Act.CHANGE_PASSWORD, Act.READ_PROCEDURES,
        Act.RECORD_TRAINING, Act.SIGN_AGREEMENT, Act.PRACTISE, Act.SEE_OWN_LOG,
    }
)  # fmt: skip
FINDING = frozenset({Act.PREPARE_SEARCH, Act.SEARCH, Act.SEE_RESULTS})
FINDING_BY_FAMILY = frozenset({Act.PREPARE_FAMILY_SEARCH, Act.SEARCH_FAMILY})
"""By a carer or an address: for the management team, and for a practitioner who holds the right to override."""
OPENING = frozenset({Act.OPEN_RECORD, Act.PRINT_RECORD})
READING = OPENING | {Act.SEE_REASON, Act.GIVE_MORE_REASON}
INVOLVING = frozenset(
    {
        Act.PREPARE_INVOLVEMENT, Act.RECORD_INVOLVEMENT, Act.TAKE_LEAD, Act.END_INVOLVEMENT, Act.WITHDRAW_INVOLVEMENT,
        Act.CONFIRM_INVOLVEMENT, Act.SEE_OWN_INVOLVEMENTS,
    }
)  # fmt: skip
BECOMING_INVOLVED = frozenset({Act.PREPARE_INVOLVEMENT, Act.RECORD_INVOLVEMENT, Act.TAKE_LEAD})
"""Not for whoever works in a sensitive service: that is recorded by consent, and apart."""
OF_SENSITIVE_SERVICES = frozenset(
    {Act.PREPARE_SENSITIVE, Act.RECORD_SENSITIVE, Act.SEE_SENSITIVE, Act.WITHDRAW_SENSITIVE}
)
ASKING_FOR_CONTACT = frozenset({Act.PREPARE_CONTACT, Act.ASK_CONTACT, Act.SEE_OWN_CONTACTS})
TELLING = frozenset({Act.PREPARE_TELLING, Act.TELL, Act.SEE_OWN_TOLD})
"""Of a child who was looked for and not found. Nothing of it shows whether anybody like that is held."""
TELLING_CHANGES = frozenset({Act.PREPARE_CHANGE, Act.TELL_CHANGE})
"""In a child's life. The same of every record, shielded or not."""
NAMES_ITS_SERVICE = BECOMING_INVOLVED | {Act.PREPARE_TELLING, Act.TELL}
"""What comes to stand on a record with the service that it is from: never with a sensitive one."""
ANSWERING_CONTACT = frozenset({Act.SEE_PASSED_CONTACTS, Act.ANSWER_CONTACT})
DISPUTING = frozenset({Act.PREPARE_DISPUTE, Act.DISPUTE, Act.WITHDRAW_DISPUTE, Act.SEE_OWN_DISPUTES})
"""For everybody who reads records: of the facts that they are shown."""
OVERRIDING = frozenset({Act.PREPARE_OVERRIDE, Act.OVERRIDE, Act.SEE_TIME_LEFT, Act.LEAVE_OVERRIDE})
"""For a holder of the named right alone."""
BY_RIGHT = OVERRIDING | FINDING_BY_FAMILY
"""What no practitioner does without the named right."""
OF_ONES_OVERRIDES = frozenset({Act.SEE_OWN_OVERRIDES, Act.ANSWER_OVERRIDE})
PROTECTING = frozenset(
    {
        Act.FIND_ARCHIVED, Act.PREPARE_ARCHIVED, Act.ASK_ARCHIVED, Act.ANSWER_ARCHIVED, Act.READ_ARCHIVED,
        Act.PRINT_ARCHIVED,
        Act.PREPARE_SHIELD, Act.SHIELD, Act.KEEP_SHIELD, Act.ASK_LIFT, Act.LIFT_SHIELD, Act.PREPARE_SEAL, Act.ASK_SEAL,
        Act.SEAL_IDENTITY, Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY, Act.OPEN_OLD_IDENTITY, Act.PREPARE_MERGE,
        Act.MERGE, Act.SEE_CONTACTS, Act.STEP_CONTACT, Act.SEE_PAIRS, Act.JUDGE_PAIR, Act.SEE_DISPUTES,
        Act.DECIDE_DISPUTE, Act.SEE_CHANGES, Act.JUDGE_CHANGE, Act.ASK_HOLD, Act.ANSWER_HOLD, Act.PREPARE_STAY,
        Act.RECORD_STAY, Act.WITHDRAW_STAY,
        Act.PREPARE_FAMILY_REQUEST, Act.MAKE_FAMILY_REQUEST, Act.SEE_FAMILY_REQUEST, Act.ANSWER_FAMILY_REQUEST,
        Act.PREPARE_DISCLOSURE, Act.ASK_DISCLOSURE, Act.ANSWER_DISCLOSURE, Act.SEE_DISCLOSED,
    }
)  # fmt: skip
"""What the management team does to records that its own authority answers for."""
OF_OLD_IDENTITIES = frozenset({Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY, Act.OPEN_OLD_IDENTITY})
"""The only acts that a sealed record is there for."""
OF_HOLDS = frozenset({Act.ASK_HOLD, Act.ANSWER_HOLD})
"""Of live records and, without showing anything of them, of archived ones."""
READING_ARCHIVE = frozenset({Act.READ_ARCHIVED, Act.PRINT_ARCHIVED})
OF_ARCHIVE = READING_ARCHIVE | {Act.FIND_ARCHIVED, Act.PREPARE_ARCHIVED, Act.ASK_ARCHIVED, Act.ANSWER_ARCHIVED}
"""Of archived records, and of no others. Only the first two show anything of one."""
MANAGING_PROTECTION = PROTECTING | {
    Act.SEE_ENDING, Act.SEE_HOLDS, Act.PREPARE_HOLD, Act.SEE_HOLD, Act.SEE_ARCHIVE,
    Act.SEE_SHIELDS, Act.PREPARE_IDENTITY, Act.MAKE_IDENTITY, Act.SEE_SEALS, Act.SEE_OVERRIDES, Act.SEE_NEUTRAL_LINE,
    Act.SET_NEUTRAL_LINE, Act.SEE_TOLD, Act.JUDGE_TOLD, Act.SEE_FAMILY_REQUESTS,
}  # fmt: skip
READING_REGISTER = frozenset({Act.SEE_DISCLOSURES, Act.EXPORT_DISCLOSURES, Act.SEE_DISCLOSURE})
"""Of what was given out of the system: which parts, to whom, on what ground; never what they say."""
NEEDS_INVOLVEMENTS = BECOMING_INVOLVED | {Act.PRINT_RECORD, Act.PREPARE_SENSITIVE, Act.RECORD_SENSITIVE}
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
SUPPLYING = frozenset(
    {
        Act.SEE_SUPPLY, Act.RECEIVE_FILE, Act.SEE_FILE, Act.SEE_PROGRESS, Act.CONFIRM_COLUMNS, Act.SEND_FILE,
        Act.STOP_FILE, Act.UNDO_FILE, Act.TAKE_FIX_LIST,
    }
)  # fmt: skip
"""With the files of one's own organisation. Nothing of it shows whether any child is known (Reg. 11)."""
OF_CREDENTIALS = frozenset({Act.SEE_CREDENTIALS, Act.MAKE_CREDENTIAL, Act.REVOKE_CREDENTIAL})
"""By which other systems send, for the organisations that this manager answers for."""
OVERSEEING_SUPPLY = frozenset({Act.SEE_SUPPLIERS, Act.SET_FREQUENCY, Act.SET_THRESHOLDS})
"""Of organisations of one's own authority: how they supply, never what."""
SEEING_PHASES = frozenset({Act.SEE_PHASES})
SETTING_PHASES = frozenset({Act.SET_PHASE})
"""When data, shields and practitioners begin in an authority."""
CARRYING_ON = frozenset({Act.CARRY_ON})
"""What is known of a school that closed is taken over by its successor."""
WRITING_LETTERS = frozenset({Act.SEE_LETTERS, Act.MAKE_LETTERS})
"""To organisations of one's own authority on their way to being live: nothing of any child."""
OF_SCHOOL_LINKS = frozenset({Act.SEE_SCHOOL_ANSWERS, Act.MAKE_SCHOOL_LINK})
"""By which schools of one's own authority answer by themselves: nothing of any child."""
AGREEING_SUPPLY = frozenset({Act.SEE_MEANS, Act.OFFER_MEANS, Act.AGREE_MEANS, Act.SEE_TEST_FILE, Act.JUDGE_TEST_FILE})
"""How an organisation of one's own authority will send, and how good its test file was: figures, and no child."""
GOVERNING = frozenset(
    {
        Act.SEE_AGREEMENTS, Act.RECORD_AGREEMENT, Act.TAKE_BACK_AGREEMENT, Act.SEE_ACCREDITATION,
        Act.ANSWER_ACCREDITATION, Act.ACCREDIT, Act.WITHDRAW_ACCREDITATION,
    }
)  # fmt: skip
"""Of organisations of one's own authority: what they agreed to, and whether their people may be let in."""
WITHDRAWING = frozenset({Act.SEE_ACCREDITATION, Act.WITHDRAW_ACCREDITATION})
"""For the management team too, which finds misuse."""
ACCREDITING_AUTHORITIES = frozenset({Act.SEE_AUTHORITIES, Act.ACCREDIT_AUTHORITY, Act.WITHDRAW_AUTHORITY})
"""The authorities themselves, as the organisations that their own people work for."""
BRINGING_IN = frozenset({Act.SEE_SCHOOLS, Act.SEE_SCHOOL, Act.KEEP_SCHOOL_CONTACT, Act.LOG_CONTACT})
"""Organisations of one's own authority: what each waits for, whom to contact there, which contacts were made."""
COUNTING = frozenset({Act.SEE_FIGURES})
"""How far the organisations of one's own authority are: organisations, and people in rounded numbers."""
COUNTING_NATIONALLY = frozenset({Act.SEE_NATIONAL_FIGURES})
"""The same of every authority, and of organisations alone."""
MANAGING = SEEING_ACCOUNTS | CHANGING_ACCOUNTS | {Act.INVITE, Act.ANSWER_JOIN_REQUEST}
STEPPED_UP = frozenset(
    {
        Act.ENROL_FACTOR, Act.CHANGE_PASSWORD, Act.EXPORT_ACCOUNTS, Act.GRANT, Act.APPROVE, Act.PRINT_LINK,
        Act.SET_LIMITS, Act.ASK_LIFT, Act.LIFT_SHIELD, Act.ASK_SEAL, Act.SEAL_IDENTITY,
        Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY, Act.DECLARE_SERVICE, Act.MAKE_CREDENTIAL,
        Act.SET_PHASE, Act.ASK_HOLD, Act.ANSWER_HOLD, Act.RECORD_STAY, Act.WITHDRAW_STAY,
        Act.ASK_ARCHIVED, Act.ANSWER_ARCHIVED,
        Act.ANSWER_FAMILY_REQUEST, Act.ANSWER_DISCLOSURE,
    }
)  # fmt: skip
"""Overriding needs one too: its own form asks for the code, and its rule for how fresh it is."""
ALERTED = frozenset({Act.SET_LIMITS, Act.OVERRIDE})
WORKING = (
    FINDING | READING | INVOLVING | OF_SENSITIVE_SERVICES | ASKING_FOR_CONTACT | ANSWERING_CONTACT | DISPUTING | TELLING
    | TELLING_CHANGES
)  # fmt: skip
OF_TRAINING = frozenset(
    {
        Act.SEE_PEOPLE, Act.NAME_PEOPLE, Act.SEE_TRAINING, Act.ARRANGE_TRAINING, Act.RECORD_ATTENDANCE,
        Act.SEE_TRAINING_NEEDS, Act.SET_CLUSTER,
    }
)  # fmt: skip
"""Whom the organisations of one's own authority name for ContactPoint, and how they are trained. No account is made."""
OF_THE_LOG = frozenset({Act.PREPARE_LOG, Act.SEE_LOG, Act.PRINT_LOG, Act.READ_CRITERIA})
"""What the users of one's own authority did: ids and codes in words, and no child but by its number."""
TRAINING_OF_A_REGION = frozenset({Act.SEE_REGION_TRAINING})
ACTS_OF: dict[Role, frozenset[Act]] = {
    Role.PRACTITIONER: WORKING | BY_RIGHT | OF_ONES_OVERRIDES,
    Role.ASSISTANT: WORKING,
    Role.MANAGEMENT_TEAM: (
        FINDING
        | FINDING_BY_FAMILY
        | READING
        | DISPUTING
        | MANAGING_PROTECTION
        | OVERSEEING_SUPPLY
        | WITHDRAWING
        | READING_REGISTER
        | {Act.SEE_HANDOVERS, Act.HAND_OVER}
    ),
    Role.ACCOUNT_MANAGER: MANAGING | OF_CREDENTIALS | {Act.SET_LIMITS, Act.SEE_SERVICES, Act.DECLARE_SERVICE},
    Role.REVIEWER: (
        READING_REGISTER | OF_THE_LOG | {Act.SEE_ALERTS, Act.CLOSE_ALERT, Act.SEE_OVERRIDES, Act.REVIEW_OVERRIDE}
    ),
    Role.IMPLEMENTATION_MANAGER: (
        SEEING_PHASES
        | CARRYING_ON
        | WRITING_LETTERS
        | OF_SCHOOL_LINKS
        | AGREEING_SUPPLY
        | GOVERNING
        | OF_TRAINING
        | BRINGING_IN
        | COUNTING
    ),
    Role.REGIONAL_COORDINATOR: SEEING_PHASES | TRAINING_OF_A_REGION | COUNTING_NATIONALLY | {Act.SEE_REGION},
    Role.SUPPLIER: SUPPLYING,
    Role.NATIONAL_ADMINISTRATOR: (
        MANAGING - {Act.ANSWER_JOIN_REQUEST, Act.ANSWER_LIMIT}  # those see children
        | SEEING_PHASES
        | SETTING_PHASES
        | ACCREDITING_AUTHORITIES
        | COUNTING_NATIONALLY
    ),
}
