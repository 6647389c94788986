"""Everybody who may knock, in every state an account can be in: signed in as far as they get."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority, Organisation, Practitioner, RightGrant, RoleGrant, SignedIn
from cp.rules.conditions import AGREEMENT_VERSION
from cp.services import sessions
from cp.terms import BodyKind, OrganisationKind, Right, Role, SensitiveSubject
from tests import build
from tests.build import Person, World

KINDS = (
    "stranger", "practitioner", "colleague", "brink", "assistant", "team", "manager", "head", "administrator",
    "reviewer", "implementer", "supplier", "overrider", "clinician",
    "suspended", "closed", "revoked", "unchecked", "untrained", "unused", "unsigned", "unconfirmed", "unaccredited",
    "password", "choosing", "ended", "forsaken", "stale",
    "elsewhere", "team_elsewhere", "manager_elsewhere", "reviewer_elsewhere",
)  # fmt: skip
"""The columns of the table of what is expected."""
SESSION_LEFT_OPEN: dict[str, dict[str, Any]] = {
    "brink": {"check_issued_on": date(2023, 11, 24), "trained_on": date(2024, 11, 24),
              "last_used_on": date(2026, 8, 26)},
    "suspended": {"active": False},
    "closed": {"active": False},
    "revoked": {},
    "unchecked": {"check_issued_on": date(2023, 11, 22)},
    "untrained": {"trained_on": date(2024, 11, 23)},
    "unused": {"last_used_on": date(2026, 8, 25)},
    "unsigned": {"agreement_version": AGREEMENT_VERSION - 1},
    "unconfirmed": {"kept_on": date(2026, 5, 1)},
    "password": {},
}  # fmt: skip
"""A practitioner at Sam's school, with one thing that is not in order (`brink`: in order until tomorrow)."""


@dataclass(frozen=True)
class Everybody:
    """Each kind's account, and the token in their browser; a stranger has neither."""

    people: dict[str, Person]
    tokens: dict[str, str]
    there: Authority
    """Another authority, with people of its own."""

    @classmethod
    def make(cls, session: Session, world: World) -> "Everybody":
        there = build.add(session, build.opened(name="Southvale Council", education_code="998",
                                       team_phone="+441614960150", help_phone="+441614960151"))  # fmt: skip
        people = _with_roles(session, world) | _not_in_order(session, world) | _elsewhere(session, there)
        tokens = {name: _sign_in(session, name, person) for name, person in people.items()}
        for name, spoil in SPOILT.items():
            spoil(session, people[name].account)
        session.commit()
        return cls(people, tokens, there)


def _with_roles(session: Session, world: World) -> dict[str, Person]:
    def at_council(name: str, role: Role) -> Person:
        return build.person(session, world.council, name.title(), f"{name}.walker", role)

    return {
        "practitioner": world.sam, "colleague": world.nia, "assistant": world.ash, "team": world.max,
        "manager": world.una, "administrator": world.ade, "reviewer": world.rex,
        "head": build.person(session, world.school, "Hana Head", "head.walker", Role.ACCOUNT_MANAGER),
        "implementer": world.ivy, "regional": world.gil,
        "supplier": at_council("supplier", Role.SUPPLIER),
        "stale": at_council("stale", Role.ACCOUNT_MANAGER),
        "overrider": _with_the_right(session, at_council("overrider", Role.PRACTITIONER)),
        "clinician": build.person(session, _clinic(session, world), "Clinician", "clinician.walker"),
    }  # fmt: skip


def _with_the_right(session: Session, person: Person) -> Person:
    build.add(session, RightGrant(account_id=person.account.id, right=Right.OVERRIDE, starts_on=date(2026, 1, 5)))
    return person


def _clinic(session: Session, world: World) -> Organisation:
    """A service that the register calls sensitive."""
    return build.organisation(session, world.authority, OrganisationKind.HEALTH_SERVICE, name="Vale Clinic",
                              body_kind=BodyKind.HEALTH, for_everyone_of_age=None,
                              sensitive_subject=SensitiveSubject.SEXUAL_HEALTH)  # fmt: skip


def _not_in_order(session: Session, world: World) -> dict[str, Person]:
    made = {
        name: build.person(session, world.school, name.title(), f"{name}.walker", **facts)
        for name, facts in SESSION_LEFT_OPEN.items()
    }
    lapsing = build.organisation(session, world.authority, accreditation_ends_on=clock.today())
    made["unaccredited"] = build.person(session, lapsing, "Unaccredited", "unaccredited.walker")
    made["choosing"] = build.person(session, world.school, "Choosing", "choosing.walker")
    made["ended"] = build.person(session, world.health, "Ended", "ended.walker", Role.ASSISTANT, principal=world.nia)
    lapsed = build.person(session, world.health, "Lapsed", "lapsed.walker", trained_on=None)
    made["forsaken"] = build.person(session, world.health, "Forsaken", "forsaken.walker", Role.ASSISTANT,
                                    principal=lapsed)  # fmt: skip
    return made


def _elsewhere(session: Session, there: Authority) -> dict[str, Person]:
    school = build.organisation(session, there, name="Southvale Primary School")
    council = build.organisation(session, there, OrganisationKind.COUNCIL_SERVICE, name="Southvale Council",
                                 body_kind=BodyKind.AUTHORITY)  # fmt: skip
    at: dict[str, tuple[Organisation, Role]] = {
        "elsewhere": (school, Role.PRACTITIONER), "team_elsewhere": (council, Role.MANAGEMENT_TEAM),
        "manager_elsewhere": (council, Role.ACCOUNT_MANAGER), "reviewer_elsewhere": (council, Role.REVIEWER),
    }  # fmt: skip
    return {name: build.person(session, place, name, f"{name}.walker", role) for name, (place, role) in at.items()}


def _sign_in(session: Session, name: str, person: Person) -> str:
    """As far as they get: without the second factor, or with a role still to be chosen, nobody is signed in."""
    role = build_role(session, person.account)
    token = sessions.begin(session, person.account, role, 0, clock.now())
    session.flush()
    if name == "password":
        return token
    row = session.scalars(select(SignedIn).where(SignedIn.token_hash == sessions.hashed(token))).one()
    held = (role, Role.ACCOUNT_MANAGER) if name == "choosing" else (role,)
    return sessions.complete(session, row.id, clock.now(), held)


def build_role(session: Session, account: Account) -> Role:
    return session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == account.id)).one()


def _revoke(session: Session, account: Account) -> None:
    session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id)).one().ends_on = clock.today()


def _close(session: Session, account: Account) -> None:
    _revoke(session, account)
    account.closed_at = clock.now()
    worker = session.get(Practitioner, account.practitioner_id)
    assert worker is not None
    worker.left_on = clock.today()
    sessions.end_all(session, account.id, "closed", clock.now())


def _choose(session: Session, account: Account) -> None:
    build.add(session, RoleGrant(account_id=account.id, role=Role.ACCOUNT_MANAGER, starts_on=date(2026, 1, 5)))


def _wait(session: Session, account: Account) -> None:
    row = session.scalars(select(SignedIn).where(SignedIn.account_id == account.id)).one()
    row.factor_at = clock.now() - timedelta(minutes=5)


SPOILT: dict[str, Callable[[Session, Account], None]] = {
    "revoked": _revoke, "ended": _revoke, "closed": _close, "choosing": _choose, "stale": _wait,
}  # fmt: skip
"""What happened to them after they had signed in."""
