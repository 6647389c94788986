"""Who may do what, a second time: a table written from the law, the design and the access issue, not from the rule.

It shares with `cp/rules/access.py` the questions asked of it and nothing of how they are answered. Where the sources
are silent, the row takes the reading that is safer for the child:

- A reviewer has alerts and nothing else; suppliers and implementation managers have nothing yet but their account.
- A national administrator runs the accounts of those who run others', and none from which a child can be seen: so no
  request to join, no look-up budget. Only a national administrator runs another's.
- An assistant reads another body's number only where both they and their principal may.
- A record that is not live is not there, for anybody.
- A password alone opens nothing; a suspended person does not even see their own account.

Settled after the first comparison, where two sources differ or one speaks that had not been read:

- A child of another authority is the security page's "wider search": open for a reason that is asked for, not absent.
- The team reads other bodies' numbers wherever it sees the record (R20); the shield of another area holds for it (R28).
- A shielded record is not printed (pages 5), joined or led: all three show, or touch, who works with the child.
- Without a manager's answer an account is suspended, which is told before what the person can mend; rounds end on the
  days of pages 12, and an answer counts from 45 days before (whoever was asked so recently is not asked again).
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from cp.rules.access import Actor, Holder, Principal, Subject
from cp.rules.conditions import AGREEMENT_VERSION
from cp.terms import Act, BodyKind, Duty, Part, Role

# who: `all` everybody, `self` whoever is signed in, else the letters of the roles; `-` nobody over the web.
# about: a child, an account, or nothing.
# code: does it take a code from the last five minutes? alert: is a reviewer told? `?` where the sources leave it open.
TABLE = """
act                   who    about    code  alert
read_public           all    -        no    no
sign_in               all    -        no    no
give_code             all    -        no    no
sign_out              all    -        no    no
use_link              all    -        no    no
ask_to_join           all    -        no    no
choose_role           all    -        no    no
stay_signed_in        self   -        no    no
step_up               self   -        no    no
see_account           self   -        no    no
read_procedures       self   -        no    no
record_training       self   -        no    no
sign_agreement        self   -        no    no
change_password       self   -        yes   no
enrol_factor          self   -        ?     no
prepare_search        PAM    -        no    no
search                PAM    -        no    no
see_results           PAM    -        no    no
see_reason            PAM    child    no    no
give_more_reason      PAM    child    no    no
open_record           PAM    child    no    no
print_record          PAM    child    no    no
prepare_involvement   PA     child    no    no
record_involvement    PA     child    no    no
take_lead             PA     child    no    no
end_involvement       PA     child    no    no
withdraw_involvement  PA     child    no    no
confirm_involvement   PA     child    no    no
see_own_involvements  PA     -        no    no
shield                M      child    ?     ?
see_handovers         M      child    no    no
hand_over             M      child    ?     no
see_accounts          UN     -        no    no
export_accounts       UN     -        yes   ?
see_one_account       UN     account  no    no
preview_account       UN     account  no    no
prepare_invitation    UN     -        ?     no
invite                UN     -        ?     ?
change_account        UN     account  ?     ?
grant                 UN     account  yes   ?
end_grant             UN     account  ?     ?
approve               UN     account  yes   ?
print_link            UN     account  yes   ?
suspend_account       UN     account  ?     ?
restore_account       UN     account  ?     ?
close_account         UN     account  ?     ?
see_account_review    UN     -        no    no
review_accounts       UN     account  ?     ?
answer_join_request   U      -        ?     ?
answer_limit          U      account  ?     ?
set_limits            U      -        yes   yes
see_alerts            R      -        no    no
close_alert           R      -        ?     no
load_demonstration    -      -        ?     ?
set_up                -      -        ?     ?
"""

LETTERS = {
    Role.PRACTITIONER: "P", Role.ASSISTANT: "A", Role.MANAGEMENT_TEAM: "M", Role.ACCOUNT_MANAGER: "U",
    Role.NATIONAL_ADMINISTRATOR: "N", Role.REVIEWER: "R", Role.SUPPLIER: "", Role.IMPLEMENTATION_MANAGER: "",
}  # fmt: skip
OPENS = {"open_record", "print_record"}
LOOKS_ONLY = {"see_one_account", "preview_account"}
SHOWS_WHO_WORKS = {"print_record", "prepare_involvement", "record_involvement", "take_lead"}
ROUNDS = [date(year, month, day) for year in range(2020, 2035) for month, day in ((3, 31), (7, 31), (11, 30))]
ORDINARY = {Part.IDENTITY, Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS}
READERS = {Part.EDUCATION_NUMBERS: BodyKind.EDUCATION, Part.HEALTH_NUMBERS: BodyKind.HEALTH}


@dataclass(frozen=True)
class Row:
    who: str
    about: str
    code: str
    alert: str


ROWS = {
    Act(act): Row(who, about, code, alert)
    for act, who, about, code, alert in (line.split() for line in TABLE.split("\n")[2:-1])
}


@dataclass(frozen=True)
class Expected:
    """`why` only where the sources name it; `parts` exactly what an opened record shows, else the most that may be."""

    allowed: bool
    hidden: bool = False
    why: str | None = None
    parts: frozenset[Part] = frozenset()
    must: frozenset[Duty] = frozenset()
    must_not: frozenset[Duty] = field(default=frozenset())


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
    if not letter or letter not in row.who:
        return Expected(False)
    if isinstance(subject, Subject):
        return _on_child(actor, act, subject)
    if isinstance(subject, Holder):
        return _on_account(actor, act, subject)
    return _may(act)


def lacking(actor: Actor, today: date) -> list[str]:
    """R39, R41 and R50, the first to be told first."""
    own = _conditions(actor, today)
    if actor.role is not Role.ASSISTANT:
        return own
    principal = actor.principal
    if principal is None:
        return [*own, "no_principal"]
    begun = principal.starts_on is not None and principal.starts_on <= today
    running = begun and principal.ends_on is not None and today < principal.ends_on
    behind = ["principal"] if _conditions(principal, today) else []
    return [*own, *([] if running else ["delegation_ended"]), *behind]


def _conditions(person: Actor | Principal, today: date) -> list[str]:
    asked = [
        ("not_active", person.active),
        ("review", person.kept_on is not None and today <= _round(person.kept_on)),
        ("unused", person.unused_since is not None and (today - person.unused_since).days < 90),
        ("agreement", person.agreement_version == AGREEMENT_VERSION),
        ("check", _in_date(person.check_issued_on, 36, today)),
        ("training", _in_date(person.trained_on, 24, today)),
        ("accreditation", person.accreditation_ends_on is not None and today < person.accreditation_ends_on),
        ("second_factor", person.second_factor),
    ]
    return [name for name, holds in asked if not holds]


def _in_date(since: date | None, months: int, today: date) -> bool:
    """From its first day until the same day so many months on, which is out (R3: the first of the month after)."""
    if since is None or since > today:
        return False
    full = (today.year - since.year) * 12 + today.month - since.month
    return full < months or (full == months and today.day < since.day)


def _round(kept_on: date) -> date:
    """The end of the round in which a manager is asked again."""
    return min(end for end in ROUNDS if (end - kept_on).days >= 45)


def _on_child(actor: Actor, act: Act, child: Subject) -> Expected:
    if not child.live:
        return Expected(False, hidden=True)
    at_home = child.authority_id == actor.authority_id
    team = actor.role is Role.MANAGEMENT_TEAM
    if act is Act.SHIELD and not at_home:
        return Expected(False)
    asks = frozenset() if child.on_own_list else frozenset({Duty.REASON})
    if child.shielded and not (team and at_home):
        return Expected(False) if act in SHOWS_WHO_WORKS else _may(act, {Part.IDENTITY}, asks)
    kinds = {actor.body_kind}
    if actor.role is Role.ASSISTANT and actor.principal is not None:
        kinds |= {actor.principal.body_kind}
    return _may(act, ORDINARY | {part for part, kind in READERS.items() if team or kinds == {kind}}, asks)


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
    asked = {Duty.STEP_UP: row.code, Duty.ALERT: row.alert, Duty.LIMIT: "yes" if opens else "no"}
    asked |= {Duty.AUDIT: "?" if row.who == "all" else "yes"}
    return Expected(
        True,
        parts=frozenset(parts),
        must=frozenset(duty for duty, said in asked.items() if said == "yes") | (asks if opens else frozenset()),
        must_not=frozenset(duty for duty, said in asked.items() if said == "no"),
    )
