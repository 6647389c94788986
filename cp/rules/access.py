"""Who may do what, and see which parts of a record. Nothing else decides."""

from datetime import date

from cp.rules.acts import (
    ACTS_OF,
    ALERTED,
    ANYBODY,
    BY_RIGHT,
    CHANGING_ACCOUNTS,
    NAMES_ITS_SERVICE,
    NEEDS_INVOLVEMENTS,
    OF_ARCHIVE,
    OF_HOLDS,
    OF_OLD_IDENTITIES,
    OF_SENSITIVE_SERVICES,
    OPENING,
    OWN_ACCOUNT,
    PROTECTING,
    READING_ARCHIVE,
    STEPPED_UP,
)
from cp.rules.asking import Actor, Allowed, Holder, Principal, Refused, Subject
from cp.rules.conditions import (
    AGREEMENT_VERSION,
    account_refusals,
    accreditation_asked,
    assistant_refusal,
    review_due_on,
    review_suspends,
)
from cp.rules.contents import outside_number_shown
from cp.rules.phases import Days, phase_refusal
from cp.rules.retention import archive_readable
from cp.rules.shielding import parts_shown
from cp.rules.training import practice_done
from cp.terms import Act, ArchivePurpose, BodyKind, Duty, NumberKind, Part, Role

__all__ = [
    "Actor",
    "Allowed",
    "Holder",
    "Principal",
    "Refused",
    "Subject",
    "decide",
    "manages",
    "refusal_of",
    "refusals_of",
]
FOUR_FACTS = frozenset({Part.IDENTITY})
WHOLE_RECORD = FOUR_FACTS | {Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS}
NUMBERS = {NumberKind.UPN: Part.EDUCATION_NUMBERS, NumberKind.NHS: Part.HEALTH_NUMBERS}


RUN_NATIONALLY = frozenset({Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR})
"""The accounts that a national administrator runs: those who run the others'."""


def decide(actor: Actor | None, act: Act, subject: Subject | Holder | None, today: date) -> Allowed | Refused:
    """Whether this person may do this now, to this record or account; which parts they may see, and what it takes.

    In order: what anybody may do; the person's own account; every condition of an account, its authority being open,
    and the same of the one that an assistant acts for; the role's acts; area and relationship; the state of the record.
    `subject` is None for an act that is about none yet.

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
    if act not in ACTS_OF.get(actor.role, frozenset()) or _lacks_right(actor, act):
        return Refused("role")
    if refusal := _of_service(actor, act):
        return Refused(refusal)
    if isinstance(subject, Holder):
        return _of_account(actor, act, subject)
    return _of_record(actor, act, subject, today) if subject else Allowed(duties=duties_of(act))


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


def _lacks_right(actor: Actor, act: Act) -> bool:
    return act in BY_RIGHT and actor.role is Role.PRACTITIONER and not actor.may_override


def _of_service(actor: Actor, act: Act) -> str | None:
    """A sensitive service is recorded by consent and apart; any other is not."""
    if act in OF_SENSITIVE_SERVICES and actor.sensitive_service is None:
        return "role"
    return "sensitive_service" if act in NAMES_ITS_SERVICE and actor.sensitive_service is not None else None


def _of_record(actor: Actor, act: Act, subject: Subject, today: date) -> Allowed | Refused:
    gone = subject.sealed or not subject.live or not (subject.shieldable or subject.on_own_list)
    if act in PROTECTING and actor.authority_id != subject.authority_id:
        return Refused("none", hidden=True) if gone else Refused("role")
    if act in OF_OLD_IDENTITIES:
        return _of_old_identity(act, subject)
    if act in OF_ARCHIVE or (act in OF_HOLDS and subject.archived):
        return _of_archived(actor, act, subject, today)
    if gone:
        return Refused("none", hidden=True)
    parts = _parts(actor, subject)
    if act in NEEDS_INVOLVEMENTS and Part.INVOLVEMENTS not in parts:
        return Refused("shielded")
    if act is Act.PRINT_RECORD and subject.override_open:
        return Refused("shielded")
    if act in (Act.PREPARE_OVERRIDE, Act.OVERRIDE) and not subject.shielded:
        return Refused("not_shielded")
    return Allowed(parts, duties_of(act) | (frozenset() if subject.on_own_list else {Duty.REASON}))


def _of_old_identity(act: Act, subject: Subject) -> Allowed | Refused:
    """Whether the two people are those named for it is asked where it is kept; nobody sees it before both agreed."""
    if not subject.sealed or (act is Act.OPEN_OLD_IDENTITY and not subject.opened_together):
        return Refused("none", hidden=True)
    return Allowed(WHOLE_RECORD if act is Act.OPEN_OLD_IDENTITY else frozenset(), duties_of(act))


def _of_archived(actor: Actor, act: Act, subject: Subject, today: date) -> Allowed | Refused:
    """That it is there is told while it could be read at all; what it holds, as of a live one, to whom it opens now."""
    if not subject.archived or subject.sealed:
        return Refused("none", hidden=True)
    if act in OF_HOLDS:
        return Allowed(duties=duties_of(act))
    reads = act in READING_ARCHIVE
    asked = [(subject.opened_together, subject.purpose)] if reads else [(True, purpose) for purpose in ArchivePurpose]
    opens = any(archive_readable(actor.role, subject.archived_on, *one, today) for one in asked)
    if not opens or not subject.shieldable:
        return Refused("none", hidden=True)
    return Allowed(_parts(actor, subject) if reads else frozenset(), duties_of(act))


def _parts(actor: Actor, subject: Subject) -> frozenset[Part]:
    """Never more than the principal of an assistant may see. Through a shield looks who holds the right today."""
    own = actor.authority_id == subject.authority_id
    shown = parts_shown(actor.role, own, subject.shielded, subject.override_open and actor.may_override)
    if shown != "record":
        return FOUR_FACTS if shown == "four" else frozenset()
    team = actor.role is Role.MANAGEMENT_TEAM
    bodies = [actor.body_kind, *([actor.principal.body_kind] if actor.principal else [])]
    numbers = {
        part
        for kind, part in NUMBERS.items()
        if all(outside_number_shown(kind, body, team, subject.shielded) for body in bodies)
    }
    return WHOLE_RECORD | numbers | _sensitive(actor, own)


def _sensitive(actor: Actor, own: bool) -> frozenset[Part]:
    """What sensitive services recorded: all of it for the management team of the area, its own for such a service."""
    if actor.role is Role.MANAGEMENT_TEAM and own:
        return frozenset({Part.SENSITIVE})
    return frozenset() if actor.sensitive_service is None else frozenset({Part.OWN_SENSITIVE})


def refusals_of(person: Actor | Principal, today: date) -> list[str]:
    """Everything that keeps this person from their work today, in the order it is told.

    `account_refusals` as far as their role is asked for it, the managers' four-month review, whether their authority
    has come so far, and for an assistant what is missing of their delegation.

    Policy: design, section 1.3; the access issue.
    """
    role = person.role if isinstance(person, Actor) else Role.PRACTITIONER
    missing = account_refusals(
        active=person.active,
        unused_since=person.unused_since,
        agreement_current=person.agreement_version == AGREEMENT_VERSION,
        check_issued_on=person.check_issued_on,
        trained_on=person.trained_on,
        practised=practice_done(role, person.practised_on),
        accreditation_ends_on=person.accreditation_ends_on if accreditation_asked(role) else date.max,
        second_factor=person.second_factor,
        today=today,
    )
    if review_suspends(review_due_on(person.kept_on), None, today):
        missing.insert(missing[:1] == ["not_active"], "review")
    if waits := phase_refusal(role, _days(person), person.opened_on, today):
        missing.append(waits)
    if isinstance(person, Actor) and role is Role.ASSISTANT and (delegation := _delegation(person, today)):
        missing.append(delegation)
    return missing


def _days(person: Actor | Principal) -> Days:
    return Days(None, person.shields_from, person.access_from)


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
