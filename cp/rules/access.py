"""Who may do what, and see which parts of a record. Nothing else decides."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from cp.rules.acts import (
    ACTS_OF,
    ALERTED,
    ANYBODY,
    CHANGING_ACCOUNTS,
    NEEDS_INVOLVEMENTS,
    OPENING,
    OWN_ACCOUNT,
    STEPPED_UP,
)
from cp.rules.conditions import AGREEMENT_VERSION, account_refusals, assistant_refusal, review_due_on, review_suspends
from cp.rules.contents import outside_number_shown
from cp.rules.shielding import parts_shown
from cp.terms import Act, BodyKind, Duty, NumberKind, Part, Role

FOUR_FACTS = frozenset({Part.IDENTITY})
WHOLE_RECORD = FOUR_FACTS | {Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS}
NUMBERS = {NumberKind.UPN: Part.EDUCATION_NUMBERS, NumberKind.NHS: Part.HEALTH_NUMBERS}


@dataclass(frozen=True, slots=True)
class Principal:
    """Whom an assistant acts for, from one day until another; held to the same conditions."""

    account_uid: UUID
    name: str
    organisation_name: str
    body_kind: BodyKind
    practitioner_id: int | None
    starts_on: date | None
    ends_on: date | None
    active: bool
    kept_on: date | None
    unused_since: date | None
    agreement_version: int | None
    check_issued_on: date | None
    trained_on: date | None
    accreditation_ends_on: date | None
    second_factor: bool = True
    """Theirs is asked for when they sign in themselves."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, in one role, for one request; read afresh from the database each time.

    `practitioner_id` is whose involvements are theirs: an assistant's are the principal's.
    """

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
    kept_on: date | None
    unused_since: date | None
    agreement_version: int | None
    check_issued_on: date | None
    trained_on: date | None
    accreditation_ends_on: date | None
    second_factor: bool
    factor_at: datetime | None = None
    principal: Principal | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a decision needs to know of a record."""

    authority_id: int
    shielded: bool
    live: bool = True
    on_own_list: bool = False
    """The person asking works with this child now, which is reason enough to open the record."""


@dataclass(frozen=True, slots=True)
class Holder:
    """What a decision needs to know of somebody's account."""

    account_id: int
    organisation_id: int
    authority_id: int
    roles: frozenset[Role]
    """In force today or later."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """`parts` of the record may be shown; `duties` must be done for it."""

    parts: frozenset[Part] = frozenset()
    duties: frozenset[Duty] = frozenset({Duty.AUDIT})
    allowed: bool = field(default=True, init=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """`reason` is a code from a closed list; pages turn it into a sentence. `hidden` means: answer as for "none"."""

    reason: str
    hidden: bool = False
    allowed: bool = field(default=False, init=False)


RUN_NATIONALLY = frozenset({Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR})
"""The accounts that a national administrator runs: those who run the others'."""


def decide(actor: Actor | None, act: Act, subject: Subject | Holder | None, today: date) -> Allowed | Refused:
    """Whether this person may do this now, to this record or account; which parts they may see, and what it takes.

    In order: what anybody may do; the person's own account; every condition of an account, and of the one that an
    assistant acts for; the role's acts; area and relationship; the state of the record. `subject` is None for an act
    that is about none yet.

    Regs 6, 9, 10; Sch. 3. Policy: design, section 1.3.
    """
    if act in ANYBODY:
        return Allowed(duties=frozenset())
    if actor is None:
        return Refused("not_signed_in")
    if act in OWN_ACCOUNT:
        return Allowed(duties=duties_of(act)) if actor.active and actor.second_factor else Refused("not_signed_in")
    if missing := refusal_of(actor, today):
        return Refused(missing)
    if act not in ACTS_OF.get(actor.role, frozenset()):
        return Refused("role")
    if isinstance(subject, Holder):
        return _of_account(actor, act, subject)
    return _of_record(actor, act, subject) if subject else Allowed(duties=duties_of(act))


def duties_of(act: Act) -> frozenset[Duty]:
    """What an act takes, besides what the record asks for.

    Policy: the access issue; design, sections 1.4 and 9.
    """
    asked = {Duty.STEP_UP: STEPPED_UP, Duty.ALERT: ALERTED, Duty.LIMIT: OPENING}
    return frozenset({Duty.AUDIT}) | {duty for duty, acts in asked.items() if act in acts}


def _of_account(actor: Actor, act: Act, holder: Holder) -> Allowed | Refused:
    if not manages(actor, holder):
        return Refused("none", hidden=True)
    if act in CHANGING_ACCOUNTS and actor.account_id == holder.account_id:
        return Refused("to_oneself")
    return Allowed(duties=duties_of(act))


def manages(actor: Actor, holder: Holder) -> bool:
    """An account manager at the authority runs its accounts, one elsewhere those of their own organisation.

    A national administrator runs the accounts of those who run others', and no account of anybody who sees a child.

    Policy: the access issue; section 3 of the security page.
    """
    if actor.role is Role.NATIONAL_ADMINISTRATOR:
        return bool(holder.roles) and holder.roles <= RUN_NATIONALLY
    if actor.role is not Role.ACCOUNT_MANAGER or Role.NATIONAL_ADMINISTRATOR in holder.roles:
        return False
    if actor.body_kind is BodyKind.AUTHORITY:
        return actor.authority_id == holder.authority_id
    return actor.organisation_id == holder.organisation_id


def _of_record(actor: Actor, act: Act, subject: Subject) -> Allowed | Refused:
    if not subject.live:
        return Refused("none", hidden=True)
    parts = _parts(actor, subject)
    if act in NEEDS_INVOLVEMENTS and Part.INVOLVEMENTS not in parts:
        return Refused("shielded")
    if act is Act.SHIELD and actor.authority_id != subject.authority_id:
        return Refused("role")
    return Allowed(parts, duties_of(act) | (frozenset() if subject.on_own_list else {Duty.REASON}))


def _parts(actor: Actor, subject: Subject) -> frozenset[Part]:
    """Never more than the principal of an assistant may see."""
    own = actor.authority_id == subject.authority_id
    shown = parts_shown(actor.role, own, subject.shielded, override_open=False)
    if shown != "record":
        return FOUR_FACTS if shown == "four" else frozenset()
    team = actor.role is Role.MANAGEMENT_TEAM
    bodies = [actor.body_kind, *([actor.principal.body_kind] if actor.principal else [])]
    return WHOLE_RECORD | {
        part
        for kind, part in NUMBERS.items()
        if all(outside_number_shown(kind, body, team, subject.shielded) for body in bodies)
    }


def refusals_of(person: Actor | Principal, today: date) -> list[str]:
    """Everything that keeps this person from their work today, in the order it is told.

    `account_refusals`, the managers' four-month review, and for an assistant what is missing of their delegation.

    Policy: design, section 1.3; the access issue.
    """
    missing = account_refusals(
        active=person.active,
        unused_since=person.unused_since,
        agreement_current=person.agreement_version == AGREEMENT_VERSION,
        check_issued_on=person.check_issued_on,
        trained_on=person.trained_on,
        accreditation_ends_on=person.accreditation_ends_on,
        second_factor=person.second_factor,
        today=today,
    )
    if review_suspends(review_due_on(person.kept_on), None, today):
        missing.insert(missing[:1] == ["not_active"], "review")
    if isinstance(person, Actor) and person.role is Role.ASSISTANT and (delegation := _delegation(person, today)):
        missing.append(delegation)
    return missing


def _delegation(actor: Actor, today: date) -> str | None:
    held = actor.principal
    theirs = next(iter(refusals_of(held, today)), None) if held else None
    dates = (held.starts_on, held.ends_on) if held else (None, None)
    return assistant_refusal(None, theirs, held, *dates, today)


def refusal_of(actor: Actor, today: date) -> str | None:
    """The first of `refusals_of`.

    Policy: design, section 1.3.
    """
    return next(iter(refusals_of(actor, today)), None)
