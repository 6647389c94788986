"""What the model of access asks of a person's account, before any act: R39, R41 and R50, a second time."""

from datetime import date

from cp.rules.asking import Actor, Principal
from cp.rules.conditions import AGREEMENT_VERSION
from cp.terms import Role
from tests.rules.table_of_acts import LETTERS

ROUNDS = [date(year, month, day) for year in range(2020, 2035) for month, day in ((3, 31), (7, 31), (11, 30))]


def lacking(actor: Actor, today: date) -> list[str]:
    """R39, R41 and R50, the first to be told first."""
    own = _conditions(actor, today) + _too_early(actor, actor.role, today)
    if actor.role is not Role.ASSISTANT:
        return own
    principal = actor.principal
    if principal is None:
        return [*own, "no_principal"]
    begun = principal.starts_on is not None and principal.starts_on <= today
    running = begun and principal.ends_on is not None and today < principal.ends_on
    behind = ["principal"] if _conditions(principal, today) + _too_early(principal, Role.PRACTITIONER, today) else []
    return [*own, *([] if running else ["delegation_ended"]), *behind]


def _conditions(person: Actor | Principal, today: date) -> list[str]:
    sends = isinstance(person, Actor) and person.role is Role.SUPPLIER
    asked = [
        ("not_active", person.active),
        ("review", person.kept_on is not None and today <= _round(person.kept_on)),
        ("unused", person.unused_since is not None and (today - person.unused_since).days < 90),
        ("agreement", person.agreement_version == AGREEMENT_VERSION),
        ("check", _in_date(person.check_issued_on, 36, today)),
        ("training", _in_date(person.trained_on, 24, today)),
        ("practice", _practised(person)),
        ("accreditation", sends or (person.accreditation_ends_on or today) > today),
        ("second_factor", person.second_factor),
    ]
    return [name for name, holds in asked if not holds]


def _too_early(person: Actor | Principal, role: Role, today: date) -> list[str]:
    may_shield = person.shields_from is not None and person.shields_from <= today
    planned = person.access_from is not None and person.access_from <= today
    has_opened = planned and person.opened_on is not None and person.opened_on <= today
    if role is Role.MANAGEMENT_TEAM:
        return [] if may_shield or has_opened else ["no_shields_yet"]
    return ["not_open"] if role in (Role.PRACTITIONER, Role.ASSISTANT) and not has_opened else []


def _practised(person: Actor | Principal) -> bool:
    """Asked of those who look for children; whom an assistant acts for is one."""
    if isinstance(person, Actor) and LETTERS[person.role] not in "PAM":
        return True
    return person.practised_on is not None


def _in_date(since: date | None, months: int, today: date) -> bool:
    """From its first day until the same day so many months on, which is out (R3: the first of the month after)."""
    if since is None or since > today:
        return False
    full = (today.year - since.year) * 12 + today.month - since.month
    return full < months or (full == months and today.day < since.day)


def _round(kept_on: date) -> date:
    """The end of the round in which a manager is asked again."""
    return min(end for end in ROUNDS if (end - kept_on).days >= 45)
