"""Who may do what, and see which parts of a record. Nothing else decides."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from cp.rules.contents import outside_number_shown
from cp.rules.days import anniversary
from cp.terms import Act, BodyKind, Duty, NumberKind, Part, Role

CHECK_YEARS = 3
TRAINING_MONTHS = 24
UNUSED_DAYS = 90
AGREEMENT_VERSION = 1

FOUR_FACTS = frozenset({Part.IDENTITY})
WHOLE_RECORD = FOUR_FACTS | {Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS}
SEEN_WHILE_SHIELDED = frozenset({"current_name", "gender", "date_of_birth", "number"})
FINDABLE = SEEN_WHILE_SHIELDED | {"former_name", "preferred_name", "postcode", "first_half"}
NUMBERS = {NumberKind.UPN: Part.EDUCATION_NUMBERS, NumberKind.NHS: Part.HEALTH_NUMBERS}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, in one role, for one request; read afresh from the database each time."""

    account_id: int
    account_uid: UUID
    name: str
    role: Role
    organisation_id: int
    organisation_uid: UUID
    organisation_name: str
    body_kind: BodyKind
    authority_id: int
    authority_uid: UUID
    authority_name: str
    team_phone: str
    help_phone: str
    practitioner_id: int | None
    request_id: UUID
    active: bool
    unused_since: date | None
    agreement_version: int | None
    check_issued_on: date | None
    trained_on: date | None
    accreditation_ends_on: date | None
    second_factor: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What a decision needs to know of a record."""

    authority_id: int
    shielded: bool
    live: bool = True


@dataclass(frozen=True, slots=True)
class Allowed:
    parts: frozenset[Part] = frozenset()
    duties: frozenset[Duty] = frozenset({Duty.AUDIT})
    allowed: bool = field(default=True, init=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """`reason` is a code from a closed list; pages turn it into a sentence. `hidden` means: answer as for "none"."""

    reason: str
    hidden: bool = False
    allowed: bool = field(default=False, init=False)


ANYBODY = frozenset({Act.READ_PUBLIC, Act.SIGN_IN, Act.GIVE_CODE, Act.SIGN_OUT})
OWN_ACCOUNT = frozenset({Act.SEE_ACCOUNT, Act.ENROL_FACTOR, Act.STAY_SIGNED_IN})
FINDING = frozenset({Act.PREPARE_SEARCH, Act.SEARCH, Act.SEE_RESULTS})
READING = frozenset({Act.SEE_REASON, Act.OPEN_RECORD, Act.PRINT_RECORD})
INVOLVING = frozenset(
    {
        Act.PREPARE_INVOLVEMENT,
        Act.RECORD_INVOLVEMENT,
        Act.TAKE_LEAD,
        Act.END_INVOLVEMENT,
        Act.WITHDRAW_INVOLVEMENT,
        Act.CONFIRM_INVOLVEMENT,
        Act.SEE_OWN_INVOLVEMENTS,
    }
)
NEEDS_INVOLVEMENTS = frozenset({Act.PRINT_RECORD, Act.PREPARE_INVOLVEMENT, Act.RECORD_INVOLVEMENT, Act.TAKE_LEAD})
"""Acts that show or join the involvements; a practitioner's own one stays theirs to end, shield or not."""
ACTS_OF: dict[Role, frozenset[Act]] = {
    Role.PRACTITIONER: FINDING | READING | INVOLVING,
    Role.MANAGEMENT_TEAM: FINDING | READING | {Act.SHIELD},
    Role.ACCOUNT_MANAGER: frozenset(),
    Role.REVIEWER: frozenset(),
}


def decide(actor: Actor | None, act: Act, subject: Subject | None, today: date) -> Allowed | Refused:
    """Whether this person may do this now, to this record, and which parts of it they may see.

    In order: what anybody may do; the person's own account; every condition of an account; the role's acts; the
    state of the record. `subject` is None for an act that is about no record yet.

    Regs 6, 9, 10; Sch. 3. Policy: design, section 1.3.
    """
    if act in ANYBODY:
        return Allowed(duties=frozenset())
    if actor is None:
        return Refused("not_signed_in")
    if act in OWN_ACCOUNT:
        return Allowed() if actor.active and actor.second_factor else Refused("not_signed_in")
    if missing := refusal_of(actor, today):
        return Refused(missing)
    if act not in ACTS_OF.get(actor.role, frozenset()):
        return Refused("role")
    if subject is None:
        return Allowed()
    return _of_record(actor, act, subject)


def _of_record(actor: Actor, act: Act, subject: Subject) -> Allowed | Refused:
    if not subject.live:
        return Refused("none", hidden=True)
    parts = _parts(actor, subject)
    if act in NEEDS_INVOLVEMENTS and Part.INVOLVEMENTS not in parts:
        return Refused("shielded")
    return Allowed(parts, frozenset({Duty.AUDIT, Duty.REASON}))


def _parts(actor: Actor, subject: Subject) -> frozenset[Part]:
    own = actor.authority_id == subject.authority_id
    if parts_shown(actor.role, own, subject.shielded, override_open=False) != "record":
        return FOUR_FACTS
    team = actor.role is Role.MANAGEMENT_TEAM
    return WHOLE_RECORD | {
        part for kind, part in NUMBERS.items() if outside_number_shown(kind, actor.body_kind, team, subject.shielded)
    }


def parts_shown(role: Role | None, own_authority: bool, shielded: bool | None, override_open: bool) -> str:
    """`record`, `four` (name, gender, date of birth, number) or `nothing`. Not knowing shields.

    Reg. 6(4)-(6); the parent's name hidden since 2010. Policy: design, section 9.
    """
    if role is Role.MANAGEMENT_TEAM:
        return "record" if own_authority or shielded is False else "four"
    if role not in (Role.PRACTITIONER, Role.ASSISTANT):
        return "nothing"
    return "record" if shielded is False or override_open else "four"


def found_by(fact: str, shielded: bool, old_identity: bool = False) -> bool:
    """Whether this fact may find this record; a shielded one only by what it still shows.

    Shielding fact sheet; Reg. 6(6). Policy: design, sections 3 and 4.
    """
    if old_identity:
        return False
    return fact in (SEEN_WHILE_SHIELDED if shielded else FINDABLE)


def check_in_date(issued_on: date | None, today: date) -> bool:
    """An enhanced check lasts three years from its issue; the third anniversary is out.

    Lords Hansard 22 June 2009.
    """
    return issued_on is not None and issued_on <= today < anniversary(issued_on, CHECK_YEARS)


def account_refusals(
    *,
    active: bool,
    unused_since: date | None,
    agreement_current: bool,
    check_issued_on: date | None,
    trained_on: date | None,
    accreditation_ends_on: date | None,
    second_factor: bool,
    today: date,
) -> list[str]:
    """Everything that keeps this account from child data today, in the order it is told.

    Lords Hansard 22 June 2009; Commons Hansard 12 October 2009. Policy: design, section 9.
    """
    held = {
        "not_active": active,
        "unused": unused_since is not None and today < unused_since + timedelta(days=UNUSED_DAYS),
        "agreement": agreement_current,
        "check": check_in_date(check_issued_on, today),
        "training": trained_on is not None and trained_on <= today < anniversary(trained_on, 0, TRAINING_MONTHS),
        "accreditation": accreditation_ends_on is not None and today < accreditation_ends_on,
        "second_factor": second_factor,
    }
    return [code for code, holds in held.items() if not holds]


def account_refusal(**conditions: object) -> str | None:
    """The first of `account_refusals`; None when the account may see child data.

    Lords Hansard 22 June 2009; Commons Hansard 12 October 2009. Policy: design, section 9.
    """
    return next(iter(account_refusals(**conditions)), None)  # type: ignore[arg-type]


def refusals_of(actor: Actor, today: date) -> list[str]:
    """`account_refusals` of somebody signed in.

    Policy: design, section 1.3.
    """
    return account_refusals(
        active=actor.active,
        unused_since=actor.unused_since,
        agreement_current=actor.agreement_version == AGREEMENT_VERSION,
        check_issued_on=actor.check_issued_on,
        trained_on=actor.trained_on,
        accreditation_ends_on=actor.accreditation_ends_on,
        second_factor=actor.second_factor,
        today=today,
    )


def refusal_of(actor: Actor, today: date) -> str | None:
    """The first of `refusals_of`.

    Policy: design, section 1.3.
    """
    return next(iter(refusals_of(actor, today)), None)
