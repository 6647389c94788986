"""The people in a manager's scope, as the manager's pages show them: what they may act as, and what keeps them out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority, Factor, Organisation, Practitioner, RightGrant, RoleGrant
from cp.rules.access import Actor, Holder, Principal, refusals_of
from cp.rules.days import in_force
from cp.services import audit
from cp.services.managing import holders
from cp.services.managing.member import Grant, Member
from cp.terms import Act, BodyKind, Right, Role

BY_JOINING = {"not_active", "unused", "second_factor", "review"}
"""What somebody who was invited has not yet, and gets by joining."""


_QUERY = (
    select(Account, Organisation, Authority, Practitioner)
    .join(Organisation, Organisation.id == Account.organisation_id)
    .join(Authority, Authority.id == Organisation.authority_id)
    .outerjoin(Practitioner, Practitioner.id == Account.practitioner_id)
    .order_by(Account.name, Account.id)
)
Found = Row[Account, Organisation, Authority, Practitioner]


def one(session: Session, account: Account, request_id: UUID) -> Member:
    return next(_members(session, session.execute(_QUERY.where(Account.id == account.id)).all(), request_id))


def every(session: Session, accounts: Select[int], request_id: UUID) -> list[Member]:
    """Of these accounts, whosever they are: for what the system asks itself, and shows nobody."""
    return list(_members(session, session.execute(_QUERY.where(Account.id.in_(accounts))).all(), request_id))


def show(session: Session, actor: Actor, account: Account) -> Member:
    """For a page about the account that `holders.find` gave."""
    audit.record(session, actor, Act.SEE_ONE_ACCOUNT, audit.About(object_id=account.uid))
    return one(session, account, actor.request_id)


def everybody(session: Session, actor: Actor) -> list[Member]:
    """Everybody whose account this manager may see, by name. The decision is asked of each."""
    found = session.execute(_QUERY.where(_wide(actor))).all()
    roles = holders.roles_of(session, [row[0].id for row in found])
    seen = [row for row in found if holders.may(actor, Act.SEE_ONE_ACCOUNT, _holder(row, roles))]
    return list(_members(session, seen, actor.request_id))


def _wide(actor: Actor) -> ColumnElement[bool]:
    """At least everybody in the manager's scope: which of them are, the decision says."""
    if actor.role is Role.NATIONAL_ADMINISTRATOR:
        managing = (Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR)
        return Account.id.in_(select(RoleGrant.account_id).where(RoleGrant.role.in_(managing)))
    if actor.body_kind is BodyKind.AUTHORITY:
        return Organisation.authority_id == actor.authority_id
    return Account.organisation_id == actor.organisation_id


def _holder(row: Found, roles: dict[int, frozenset[Role]]) -> Holder:
    account, organisation = row[0], row[1]
    return Holder(account.id, organisation.id, organisation.authority_id, roles.get(account.id, frozenset()))


def _members(session: Session, found: Sequence[Found], request_id: UUID) -> Iterator[Member]:
    ids = [row[0].id for row in found]
    grants, rights, factors = _grants(session, ids), _overriding(session, ids), _with_factor(session, ids)
    for account, organisation, authority, practitioner in found:
        facts = _shared(account)
        theirs = tuple(grants.get(account.id, ()))
        actors = tuple(_actors(account, organisation, authority, theirs, account.id in factors, request_id))
        yield Member(
            id=account.id, uid=account.uid, name=account.name, email=account.email,
            organisation_uid=organisation.uid, organisation_name=organisation.name,
            organisation_kind=organisation.kind, authority_name=authority.name, post=account.post,
            works_as=practitioner.role if practitioner else None, grants=theirs, override=account.id in rights,
            opened_on=account.opened_on, last_used_on=account.last_used_on, kept_on=account.kept_on,
            joined=account.opened_on is not None, has_factor=account.id in factors,
            agreement_signed_on=account.agreement_signed_on, suspended_at=account.suspended_at,
            suspended_because=account.suspended_because, closed_at=account.closed_at, actors=actors,
            missing=_missing(account, actors), accreditation_ends_on=organisation.accreditation_ends_on,
            **{name: facts[name] for name in ("check_issued_on", "trained_on", "agreement_version")},
        )  # fmt: skip


def _shared(account: Account) -> dict[str, Any]:
    """Conditions as a session reads them."""
    return {
        "kept_on": account.kept_on or account.opened_on, "unused_since": account.last_used_on or account.opened_on,
        "agreement_version": account.agreement_version, "check_issued_on": account.check_issued_on,
        "trained_on": account.trained_on, "practised_on": account.practised_on,
    }  # fmt: skip


def _opening(organisation: Organisation, authority: Authority) -> dict[str, Any]:
    """As a session reads it: a national partner has a day of its own."""
    whose = authority if organisation.national_phase is None else organisation
    return {
        "shields_from": authority.shields_from, "access_from": whose.access_from, "opened_on": whose.opened_on,
    }  # fmt: skip


def _actors(
    account: Account, organisation: Organisation, authority: Authority, grants: tuple[Grant, ...], factor: bool,
    request_id: UUID,
) -> Iterator[Actor]:  # fmt: skip
    """The person in each role that is in force, as if signed in now."""
    today = clock.today()
    base = Actor(
        account_id=account.id, account_uid=account.uid, name=account.name, role=Role.PRACTITIONER,
        organisation_id=organisation.id, organisation_uid=organisation.uid, organisation_name=organisation.name,
        body_kind=organisation.body_kind, authority_id=authority.id, authority_uid=authority.uid,
        authority_name=authority.name, team_phone=authority.team_phone, help_phone=authority.help_phone,
        practitioner_id=account.practitioner_id, request_id=request_id, active=account.active,
        accreditation_ends_on=organisation.accreditation_ends_on, second_factor=factor, **_shared(account),
        **_opening(organisation, authority),
    )  # fmt: skip
    for grant in grants:
        if in_force(grant.starts_on, grant.ends_on, today):
            held = grant.principal
            whose = (held.practitioner_id if held else None) if grant.role is Role.ASSISTANT else base.practitioner_id
            yield replace(base, role=grant.role, principal=held, practitioner_id=whose)


def _missing(account: Account, actors: tuple[Actor, ...]) -> tuple[str, ...]:
    """What the person is told that is missing, over all their roles; without a role in force, that."""
    today = clock.today()
    codes = dict.fromkeys(code for actor in actors for code in refusals_of(actor, today))
    if not actors:
        codes = {"no_role": None}
    return tuple(code for code in codes if account.opened_on or code not in BY_JOINING)


def _grants(session: Session, ids: Sequence[int]) -> dict[int, list[Grant]]:
    today = clock.today()
    running = RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on > today)
    rows = session.scalars(select(RoleGrant).where(RoleGrant.account_id.in_(ids), running).order_by(RoleGrant.id)).all()
    principals = _principals(session, rows)
    found = defaultdict[int, list[Grant]](list)
    for row in rows:
        held = principals.get(row.principal_id or 0)
        held = replace(held, starts_on=row.starts_on, ends_on=row.ends_on) if held else None
        found[row.account_id].append(Grant(row.role, row.starts_on, row.ends_on, held))
    return found


def _principals(session: Session, grants: Sequence[RoleGrant]) -> dict[int, Principal]:
    ids = {grant.principal_id for grant in grants if grant.principal_id}
    if not ids:
        return {}
    practising = holders.practising(session, ids)
    return {
        account.id: Principal(
            account_uid=account.uid, name=account.name, organisation_name=organisation.name,
            body_kind=organisation.body_kind, practitioner_id=account.practitioner_id, starts_on=None, ends_on=None,
            active=account.active and account.id in practising,
            accreditation_ends_on=organisation.accreditation_ends_on, **_shared(account),
            **_opening(organisation, authority),
        )
        for account, organisation, authority, _ in session.execute(_QUERY.where(Account.id.in_(ids)))
    }  # fmt: skip


def _overriding(session: Session, ids: Sequence[int]) -> set[int]:
    today = clock.today()
    query = select(RightGrant).where(RightGrant.account_id.in_(ids), RightGrant.right == Right.OVERRIDE)
    return {row.account_id for row in session.scalars(query) if in_force(row.starts_on, row.ends_on, today)}


def _with_factor(session: Session, ids: Sequence[int]) -> set[int]:
    query = select(Factor.account_id).where(
        Factor.account_id.in_(ids), Factor.secret_sealed.is_not(None), Factor.confirmed_at.is_not(None)
    )
    return set(session.scalars(query))
