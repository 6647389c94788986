"""Who may do what, a second time: a table written from the law, the design and the access issue, not from the rule.

It shares with `cp/rules/access.py` the questions asked of it and nothing of how they are answered. Where the sources
are silent, the row takes the reading that is safer for the child:

- A reviewer has alerts and nothing else; suppliers and implementation managers have nothing yet but their account.
- A national administrator runs the accounts of those who run others', and none from which a child can be seen: so no
  request to join, no look-up budget.
- The management team sees everything of the children of its own authority, and elsewhere no more than a practitioner.
- An assistant reads another body's number only where both they and their principal may.
- Taking the lead shows who leads now, which is hidden on a shielded record: not there, but for the team.
- A record that is not live is not there, for anybody.
- A password alone opens nothing; a suspended person does not even see their own account.
"""

from dataclasses import dataclass, field
from datetime import date

from cp.rules.access import Actor, Holder, Principal, Subject
from cp.rules.conditions import AGREEMENT_VERSION
from cp.terms import Act, BodyKind, Duty, Part, Role

# who: `all` everybody, `self` whoever is signed in, else the letters of the roles; `-` nobody over the web.
# about: a child, an account, the account that an alert is about, or nothing.
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
see_alerts            R      alert    no    no
close_alert           R      alert    ?     no
load_demonstration    -      -        ?     ?
set_up                -      -        ?     ?
"""

LETTERS = {
    Role.PRACTITIONER: "P", Role.ASSISTANT: "A", Role.MANAGEMENT_TEAM: "M", Role.ACCOUNT_MANAGER: "U",
    Role.NATIONAL_ADMINISTRATOR: "N", Role.REVIEWER: "R", Role.SUPPLIER: "", Role.IMPLEMENTATION_MANAGER: "",
}  # fmt: skip
OF_THEIR_OWN_WORK = {
    "prepare_involvement", "record_involvement", "take_lead", "end_involvement", "withdraw_involvement",
    "confirm_involvement", "see_own_involvements",
}  # fmt: skip
LOOKS_ONLY = {"see_one_account", "preview_account"}
TEAMS_OWN_AREA = {"shield", "see_handovers", "hand_over"}
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
    if not letter or letter not in row.who or (act in OF_THEIR_OWN_WORK and actor.practitioner_id is None):
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
        ("unused", person.unused_since is not None and (today - person.unused_since).days < 90),
        ("agreement", person.agreement_version == AGREEMENT_VERSION),
        ("check", _in_date(person.check_issued_on, 36, today)),
        ("training", _in_date(person.trained_on, 24, today)),
        ("accreditation", person.accreditation_ends_on is not None and today < person.accreditation_ends_on),
        ("second_factor", person.second_factor),
        ("review", _in_date(person.kept_on, 4, today)),
    ]
    return [name for name, holds in asked if not holds]


def _in_date(since: date | None, months: int, today: date) -> bool:
    """From its first day until the same day so many months on, which is out (R3: the first of the month after)."""
    if since is None or since > today:
        return False
    full = (today.year - since.year) * 12 + today.month - since.month
    return full < months or (full == months and today.day < since.day)


def _on_child(actor: Actor, act: Act, child: Subject) -> Expected:
    at_home = child.authority_id == actor.authority_id
    theirs = at_home or (child.on_own_list and act not in TEAMS_OWN_AREA)
    if not theirs or not child.live:
        return Expected(False, hidden=True)
    team = actor.role is Role.MANAGEMENT_TEAM and at_home
    if team:
        return _may(act, ORDINARY | READERS.keys())
    if child.shielded:
        return Expected(False) if act is Act.TAKE_LEAD else _may(act, {Part.IDENTITY})
    kinds = {actor.body_kind}
    if actor.role is Role.ASSISTANT and actor.principal is not None:
        kinds |= {actor.principal.body_kind}
    return _may(act, ORDINARY | {part for part, kind in READERS.items() if kinds == {kind}})


def _on_account(actor: Actor, act: Act, holder: Holder) -> Expected:
    if holder.account_id == actor.account_id and act not in LOOKS_ONLY | {"see_alerts"}:
        return Expected(False, why="to_oneself")
    same_authority = holder.authority_id == actor.authority_id
    if actor.role is Role.REVIEWER:
        in_scope = same_authority
    elif actor.role is Role.NATIONAL_ADMINISTRATOR:
        in_scope = bool(holder.roles) and holder.roles <= {Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR}
    elif actor.body_kind is BodyKind.AUTHORITY:
        in_scope = same_authority
    else:
        in_scope = same_authority and holder.organisation_id == actor.organisation_id
    return _may(act) if in_scope else Expected(False, hidden=True)


def _may(act: Act, parts: set[Part] | frozenset[Part] = frozenset()) -> Expected:
    row = ROWS[act]
    opens = act in {Act.OPEN_RECORD, Act.PRINT_RECORD}
    asked = {Duty.STEP_UP: row.code, Duty.ALERT: row.alert, Duty.LIMIT: "yes" if opens else "no"}
    asked |= {Duty.REASON: "yes" if opens else "?", Duty.AUDIT: "?" if row.who == "all" else "yes"}
    return Expected(
        True,
        parts=frozenset(parts),
        must=frozenset(duty for duty, said in asked.items() if said == "yes"),
        must_not=frozenset(duty for duty, said in asked.items() if said == "no"),
    )
