"""Who may do what, a second time: a model written from the law, the design and the issues, not from the rule.

Which role has which act is the table in `table_of_acts.py`; here is what depends on who the person is, and on the
record. It shares with `cp/rules/access.py` the questions asked of it and nothing of how they are answered. Where the
sources are silent, it takes the reading that is safer for the child:

- A reviewer has alerts and the log; a supplier their own organisation's files, before it is accredited too, and no
  child held here; implementation managers and regional co-ordinators have schools, and no child and no account.
- Who looks for children tries it first on some who do not exist; nobody else is asked to.
- A national administrator runs the accounts of those who run others', and none from which a child can be seen: so no
  request to join, no look-up budget. Only a national administrator runs another's.
- An assistant reads another body's number only where both they and their principal may.
- Shields come before practitioners: in an authority that has not opened nobody looks children up, and in one that has
  not begun to shield the team does not either; an assistant waits for both places. (Domain 1.4.)
- A record that is not live is not there, for anybody; nor is one whose authority has not begun to shield, but for who
  works with that child already. A password alone opens nothing.

Settled after the first comparison, where two sources differ or one speaks that had not been read:
- A child of another authority is the security page's "wider search": open for a reason that is asked for, not absent.
- The team reads other bodies' numbers wherever it sees the record (R20); the shield of another area holds for it (R28).
- A shielded record is not printed (pages 5), joined or led: all three show, or touch, who works with the child.
- Without a manager's answer an account is suspended, which is told before what the person can mend; rounds end on the
  days of pages 12, and an answer counts from 45 days before (whoever was asked so recently is not asked again).

Of what protects a child:
- An old identity is not there, whoever asks for whatever, but for two named people of its own authority's team who
  open it together (R34). Asking, and agreeing, shows nothing of it; that they are the two is known where that is kept.
- Only a practitioner who holds the right, today, looks through a shield; it opens no other body's number (R20), no
  sensitive service (R24) and no printer (pages 11), and does not go with them into another role.
- A carer or an address is searched by only by the team, and by a practitioner who holds that right.
- The team shields, lifts, seals, joins, brokers and tells families in its own authority; elsewhere four facts (R28).
- Who works in a sensitive service, or assists somebody of one, records there and nowhere else, and tells of no child on
  the web, for a record says whose word it is; nobody joins a record shielded from them.
- A legal hold may be placed on an archived record as on a live one, at home, with a code; nothing of it is shown.
- The archive of the team's own authority is read by one of them in the first year, then by two for one of three
  purposes, and from six years on by nobody (R62); while it can be read at all, the team may find and ask for it. What
  it holds is shown as of a live record. Two people give a code for it, as below.
- Two people give a code to open an old identity, when they ask and when they agree; looking at it takes no third.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date

from cp.rules.asking import Actor, Holder, Subject
from cp.terms import Act, BodyKind, Duty, Part, Role
from tests.rules.model_of_conditions import lacking
from tests.rules.table_of_acts import LETTERS, OF_FAMILIES, ROWS

OPENS, LOOKS_ONLY = {"open_record", "print_record"}, {"see_one_account", "preview_account", "see_log"}
JOINS = {"prepare_involvement", "record_involvement", "take_lead"}
TELLS, JOINS_SENSITIVE = {"prepare_telling", "tell"}, {"prepare_sensitive", "record_sensitive"}
SENSITIVE_ONLY = JOINS_SENSITIVE | {"see_sensitive", "withdraw_sensitive"}
AT_HOME = OF_FAMILIES | {
    "prepare_shield", "shield", "keep_shield", "ask_lift", "lift_shield", "prepare_seal", "ask_seal", "seal_identity",
    "prepare_merge", "merge", "see_contacts", "step_contact", "ask_old_identity", "agree_old_identity",
    "open_old_identity", "see_pairs", "judge_pair", "see_disputes", "decide_dispute", "see_changes", "judge_change",
    "ask_hold", "answer_hold", "prepare_stay", "record_stay", "withdraw_stay",
    "find_archived", "prepare_archived", "ask_archived", "answer_archived", "read_archived", "print_archived",
}  # fmt: skip
HOLDS, OLD_IDENTITIES = {"ask_hold", "answer_hold"}, {"ask_old_identity", "agree_old_identity", "open_old_identity"}
READS_ARCHIVE = {"read_archived", "print_archived"}
OF_ARCHIVE = READS_ARCHIVE | {"find_archived", "prepare_archived", "ask_archived", "answer_archived"}
OVERRIDES, OF_AN_OVERRIDE = {"prepare_override", "override"}, {"see_time_left", "leave_override"}
BY_FAMILY = {"prepare_family_search", "search_family"}
ORDINARY = {Part.IDENTITY, Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS}
READERS = {Part.EDUCATION_NUMBERS: BodyKind.EDUCATION, Part.HEALTH_NUMBERS: BodyKind.HEALTH}


@dataclass(frozen=True)
class Expected:
    """`why` only where the sources name it; `parts` exactly what an opened record shows, else the most that may be.

    `either`: the sources leave open whether it is allowed; where it is, no more than this. `hidden` is None where the
    answer may come before or after the record is looked for: it says nothing of the record.
    """

    allowed: bool
    hidden: bool | None = False
    why: str | None = None
    parts: frozenset[Part] = frozenset()
    must: frozenset[Duty] = frozenset()
    must_not: frozenset[Duty] = field(default=frozenset())
    either: bool = False


def expected(actor: Actor | None, act: Act, subject: Subject | Holder | None, today: date) -> Expected:
    row = ROWS[act]
    if row.who == "all":
        return _may(act)
    if actor is None:
        return Expected(False)
    if row.who == "self":
        return _may(act) if actor.active and actor.second_factor else Expected(False)
    if missing := lacking(actor, today):
        return Expected(False, why=missing[0])
    letter = LETTERS[actor.role]
    if letter and letter.lower() in row.who:
        return replace(_may(act), either=True)
    if not letter or letter not in row.who:
        return Expected(False)
    return _fitting(actor, act) or _about(actor, act, subject, today)


def _fitting(actor: Actor, act: Act) -> Expected | None:
    """What the person lacks for this act beside the role, whatever it is about; None where nothing."""
    if act in OF_AN_OVERRIDE and not actor.may_override:
        return replace(_may(act, {Part.IDENTITY}), either=True)
    of_the_right = OVERRIDES | BY_FAMILY if actor.role is Role.PRACTITIONER else OVERRIDES
    without_right = act in of_the_right and not actor.may_override
    without_service = act in SENSITIVE_ONLY and actor.sensitive_service is None
    of_a_service = act in JOINS | TELLS and actor.sensitive_service is not None
    return Expected(False, hidden=None) if without_right or without_service or of_a_service else None


def _about(actor: Actor, act: Act, subject: Subject | Holder | None, today: date) -> Expected:
    if isinstance(subject, Subject):
        return _on_child(actor, act, subject, today)
    if isinstance(subject, Holder):
        return _on_account(actor, act, subject)
    return _may(act)


def _on_child(actor: Actor, act: Act, child: Subject, today: date) -> Expected:
    at_home = child.authority_id == actor.authority_id
    if child.sealed and at_home and act in OLD_IDENTITIES:
        return _on_old_identity(act, child)
    if child.archived and not child.sealed and at_home and act in HOLDS:
        return _may(act)
    if act in OF_ARCHIVE:
        return _on_archived(actor, act, child, at_home, today)
    gone = child.sealed or not child.live or not (child.shieldable or child.on_own_list)
    if gone or (at_home and act in OLD_IDENTITIES):
        return Expected(False, hidden=True)
    if act in AT_HOME and not at_home:
        return Expected(False)
    return _on_live(actor, act, child, at_home)


def _on_archived(actor: Actor, act: Act, child: Subject, at_home: bool, today: date) -> Expected:
    """The anniversary is counted here by the parts of a date: of 29 February it is 1 March."""
    since, nobody = child.archived_on, Expected(False, hidden=True)
    if not at_home:
        gone = child.sealed or not child.live or not (child.shieldable or child.on_own_list)
        return Expected(False, hidden=gone)
    if not child.archived or child.sealed or not child.shieldable or since is None or today < since:
        return nobody
    years = today.year - since.year - ((today.month, today.day) < (since.month, since.day))
    if years >= 6:
        return nobody
    if act not in READS_ARCHIVE:
        return _may(act)
    opens = years < 1 or (child.opened_together and child.purpose is not None)
    return _may(act, _parts(actor, at_home, False)) if opens else nobody


def _on_old_identity(act: Act, child: Subject) -> Expected:
    if act is not Act.OPEN_OLD_IDENTITY:
        return _may(act)
    return _may(act, set(Part)) if child.opened_together else Expected(False, hidden=True)


def _on_live(actor: Actor, act: Act, child: Subject, at_home: bool) -> Expected:
    if act in OVERRIDES and not child.shielded:
        return Expected(False, why="not_shielded")
    kept_from = child.shielded and not (at_home and actor.role is Role.MANAGEMENT_TEAM)
    overridden = child.override_open and actor.may_override and actor.role is Role.PRACTITIONER
    if act is Act.PRINT_RECORD and (kept_from or child.override_open):
        return Expected(False)
    if act in JOINS | JOINS_SENSITIVE and kept_from and not overridden:
        return Expected(False)
    asks = frozenset() if child.on_own_list else frozenset({Duty.REASON})
    parts = {Part.IDENTITY} if kept_from and not overridden else _parts(actor, at_home, kept_from)
    left_open = child.override_open if act in OVERRIDES else act in OF_AN_OVERRIDE and not overridden
    return replace(_may(act, parts, asks), either=left_open)


def _parts(actor: Actor, at_home: bool, through_a_shield: bool) -> set[Part]:
    """What they see of a record that is open to them."""
    team = actor.role is Role.MANAGEMENT_TEAM
    kinds = {actor.body_kind}
    if actor.role is Role.ASSISTANT and actor.principal is not None:
        kinds |= {actor.principal.body_kind}
    parts = set(ORDINARY)
    if not through_a_shield:
        parts |= {part for part, kind in READERS.items() if team or kinds == {kind}}
    if team and at_home:
        return parts | {Part.SENSITIVE}
    return parts | ({Part.OWN_SENSITIVE} if actor.sensitive_service is not None else set())


def _on_account(actor: Actor, act: Act, holder: Holder) -> Expected:
    if holder.account_id == actor.account_id and act not in LOOKS_ONLY:
        return Expected(False, why="to_oneself")
    same_authority = holder.authority_id == actor.authority_id
    if actor.role is Role.NATIONAL_ADMINISTRATOR:
        in_scope = bool(holder.roles) and holder.roles <= {Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR}
    elif Role.NATIONAL_ADMINISTRATOR in holder.roles:
        in_scope = False
    elif actor.body_kind is BodyKind.AUTHORITY:
        in_scope = same_authority
    else:
        in_scope = same_authority and holder.organisation_id == actor.organisation_id
    return _may(act) if in_scope else Expected(False, hidden=True)


def _may(act: Act, parts: AbstractSet[Part] = frozenset(), asks: frozenset[Duty] = frozenset()) -> Expected:
    row = ROWS[act]
    opens = act in OPENS
    counts = "?" if act is Act.OPEN_OLD_IDENTITY or act in READS_ARCHIVE else "yes" if opens else "no"
    asked = {Duty.STEP_UP: row.code, Duty.ALERT: row.alert, Duty.LIMIT: counts}
    asked |= {Duty.AUDIT: "?" if row.who == "all" else "yes"}
    return Expected(
        True,
        parts=frozenset(parts),
        must=frozenset(duty for duty, said in asked.items() if said == "yes") | (asks if opens else frozenset()),
        must_not=frozenset(duty for duty, said in asked.items() if said == "no"),
    )
