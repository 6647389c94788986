"""Who reads what of the log: which entries, how much of each, and which child one is about."""

from datetime import date, timedelta

from cp.rules.acts import (
    ANSWERING_CONTACT,
    ASKING_FOR_CONTACT,
    DISPUTING,
    FINDING,
    FINDING_BY_FAMILY,
    INVOLVING,
    MANAGING,
    OF_ARCHIVE,
    OF_CREDENTIALS,
    OF_HOLDS,
    OF_ONES_OVERRIDES,
    OF_SENSITIVE_SERVICES,
    OF_THE_LOG,
    OPENING,
    OVERRIDING,
    OVERSEEING_SUPPLY,
    OWN_ACCOUNT,
    PROTECTING,
    READING_ARCHIVE,
    READING_REGISTER,
    SUPPLYING,
    TELLING,
    TELLING_CHANGES,
)
from cp.terms import Act, Decision, EntryShown, LogGroup, Part

MOST_DAYS = 31
LOOKS_AT_THE_LOG = OF_THE_LOG - {Act.READ_CRITERIA} | {Act.SEE_OWN_LOG}
"""Left out unless they are asked for: each look would be the first line of the next one."""
GRAVE = frozenset({Act.OVERRIDE, Act.SEARCH_FAMILY, Act.OPEN_OLD_IDENTITY, Act.ANSWER_HOLD}) | READING_ARCHIVE
FOUR_FACTS = Part.IDENTITY.value
"""All that an opening showed of a shielded record."""
LOOKS = OPENING | {Act.OVERRIDE}
OF_IDENTITIES = frozenset(
    {
        Act.PREPARE_IDENTITY, Act.MAKE_IDENTITY, Act.SEE_SEALS, Act.PREPARE_SEAL, Act.ASK_SEAL, Act.SEAL_IDENTITY,
        Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY, Act.OPEN_OLD_IDENTITY,
    }
)  # fmt: skip
OF_SHIELDS = frozenset(
    {Act.SEE_SHIELDS, Act.PREPARE_SHIELD, Act.SHIELD, Act.KEEP_SHIELD, Act.ASK_LIFT, Act.LIFT_SHIELD}
)
UNTOLD = OF_IDENTITIES | OF_SHIELDS | OF_SENSITIVE_SERVICES | {Act.PREPARE_MERGE, Act.MERGE}
"""Acts whose name beside a child's number would say what nobody may know who was not there, or list the shielded."""
LISTS = frozenset(act for act in Act if act.value.startswith("see_")) | {Act.SUPPLY}
"""Acts of which one page, or one file, may write an entry for each of many children: read as one line."""
NOT_THERE = "none"
_CONTACT = ASKING_FOR_CONTACT | ANSWERING_CONTACT | {Act.SEE_CONTACTS, Act.STEP_CONTACT}
_PAIRS = frozenset({Act.SEE_PAIRS, Act.JUDGE_PAIR, Act.SEE_TOLD, Act.JUDGE_TOLD, Act.SEE_CHANGES, Act.JUDGE_CHANGE,
                    Act.SEE_DISPUTES, Act.DECIDE_DISPUTE, Act.PREPARE_MERGE, Act.MERGE})  # fmt: skip
_REQUESTS = READING_REGISTER | {
    Act.SEE_FAMILY_REQUESTS, Act.PREPARE_FAMILY_REQUEST, Act.MAKE_FAMILY_REQUEST, Act.SEE_FAMILY_REQUEST,
    Act.ANSWER_FAMILY_REQUEST, Act.PREPARE_DISCLOSURE, Act.ASK_DISCLOSURE, Act.ANSWER_DISCLOSURE, Act.SEE_DISCLOSED,
}  # fmt: skip
_ENDS = (OF_HOLDS | OF_ARCHIVE) | {
    Act.SEE_ENDING, Act.SEE_HOLDS, Act.PREPARE_HOLD, Act.SEE_HOLD, Act.PREPARE_STAY, Act.RECORD_STAY, Act.WITHDRAW_STAY,
    Act.SEE_ARCHIVE, Act.ARCHIVE, Act.DESTROY,
}  # fmt: skip
_GROUPS: dict[LogGroup, frozenset[Act]] = {
    LogGroup.SEARCHES: FINDING | FINDING_BY_FAMILY,
    LogGroup.RECORDS: OPENING | {Act.SEE_REASON, Act.GIVE_MORE_REASON},
    LogGroup.CONTACT: _CONTACT | {Act.SEE_NEUTRAL_LINE, Act.SET_NEUTRAL_LINE},
    LogGroup.CHANGES: INVOLVING
    | OF_SENSITIVE_SERVICES
    | DISPUTING
    | TELLING
    | TELLING_CHANGES
    | _PAIRS
    | {Act.SEE_HANDOVERS, Act.HAND_OVER},
    LogGroup.PROTECTION: OVERRIDING
    | OF_ONES_OVERRIDES
    | (PROTECTING - _PAIRS - _CONTACT - _REQUESTS - _ENDS)
    | OF_IDENTITIES
    | OF_SHIELDS,
    LogGroup.REQUESTS: _REQUESTS,
    LogGroup.ENDS: _ENDS,
    LogGroup.ACCOUNTS: OWN_ACCOUNT - {Act.SEE_OWN_LOG}
    | MANAGING
    | {
        Act.READ_PUBLIC, Act.SIGN_IN, Act.GIVE_CODE, Act.SIGN_OUT, Act.USE_LINK, Act.ASK_TO_JOIN, Act.CHOOSE_ROLE,
        Act.SET_LIMITS, Act.SEE_SERVICES, Act.DECLARE_SERVICE,
    },
    LogGroup.SUPPLY: SUPPLYING | OF_CREDENTIALS | OVERSEEING_SUPPLY | {Act.SEND_ROWS, Act.SUPPLY},
    LogGroup.REVIEWS: OF_THE_LOG
    | {Act.SEE_OWN_LOG, Act.SEE_ALERTS, Act.CLOSE_ALERT, Act.SEE_OVERRIDES, Act.REVIEW_OVERRIDE},
}  # fmt: skip


def acts_of_group(group: LogGroup) -> frozenset[Act]:
    """The acts that are read together under one word. Each act is in one group; FIRST has acts of several.

    Policy: pages, principle 11: what is stuck or grave first.
    """
    if group is LogGroup.FIRST:
        return GRAVE
    named = frozenset[Act]().union(*_GROUPS.values())
    return _GROUPS.get(group, frozenset(Act) - named)


def looked_at_first(act: Act, parts: str | None, decision: Decision) -> bool:
    """Overrides, searches by a carer or an address, old identities and archived records read, what was refused, and
    each opening that showed four facts, which is all of a shielded record that is shown.

    Policy: domain 10: reviewers see every override and address search.
    """
    return act in GRAVE or (act in OPENING and parts == FOUR_FACTS) or decision is Decision.REFUSED


def entry_shown(own_user: bool, own_child: bool, act: Act, decision: Decision, protected: bool) -> EntryShown:
    """An authority investigates its own users. Of others' users it is told that one of theirs looked at a child of its
    own, and of which organisation: whoever runs that user's account asks them.

    `protected`: the record is shielded or not live, so that where the child lives is not to be told, or whoever looked
    works in a sensitive service.

    Commons Hansard 12 October 2009; Policy: domain 10; others' looks: proposed.
    """
    if own_user:
        return EntryShown.WHOLE
    looked = own_child and act in LOOKS and decision is Decision.ALLOWED
    return EntryShown.PLACE if looked and not protected else EntryShown.NOTHING


def child_told(act: Act, decision: Decision, reason: str | None, by_sensitive_service: bool) -> bool:
    """Whether a reviewer, or the user, reads in the log which child an entry is about.

    Not where the act tells of an old identity, of what the team shields, of a joined record or a sensitive service;
    not where the answer was that nothing is there; and not of whoever works in a sensitive service, beside whose name
    a number says whom it helps. A user's own entries are never `by_sensitive_service` to the user.

    Reg. 11(3); Reg. 6(4). Policy: pages, principle 6.
    """
    return act not in UNTOLD and not by_sensitive_service and not (decision is Decision.REFUSED and reason == NOT_THERE)


def days_problem(since: date, until: date, today: date, one: bool) -> str | None:
    """What is wrong with a first and a last day, as a code. `one`: of one person or one child, for any time.

    Policy: proposed; a month is what is reviewed at once.
    """
    if until < since:
        return "turned_round"
    if since > today:
        return "to_come"
    return "too_many" if not one and until - since >= timedelta(days=MOST_DAYS) else None
