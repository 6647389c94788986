"""The list of people: who is stuck or soon will be comes first, then everybody else by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.rules.access import Actor
from cp.rules.expiring import WARNED, Expiring, expiring
from cp.services import audit, handing_over
from cp.services.managing import approving, asking, named, reviewing, staff
from cp.services.managing.member import Member
from cp.services.managing.reviewing import Round
from cp.terms import Act, BodyKind, Role

AT_ONCE = 50
Shown = Literal["everybody", "stuck", "soon", "invited", "suspended", "closed"]
SEES_CHILDREN = {Role.PRACTITIONER, Role.ASSISTANT, Role.MANAGEMENT_TEAM}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people: of one organisation, in one state, whose name holds these letters; which page of them."""

    shown: Shown = "everybody"
    organisation: UUID | None = None
    name: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """One person, with what lapses soon."""

    member: Member
    due: tuple[Expiring, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class Listing:
    rows: tuple[Listed, ...]
    total: int
    pages: int
    counts: Mapping[str, int]
    organisations: Mapping[UUID, str]
    round: Round
    users: int
    per_thousand: float | None
    approvals: int
    requests: int
    named: int
    """Whom schools name and nobody has invited."""


def show(session: Session, actor: Actor, wanted: Wanted) -> Listing:
    members = staff.everybody(session, actor)
    everybody = sorted(map(_listed, members), key=lambda one: (one.rank, one.member.name.casefold(), one.member.id))
    chosen = [one for one in everybody if _is_wanted(one, wanted)]
    start = (wanted.page - 1) * AT_ONCE
    users = sum(one.state in ("open", "missing") and _sees_children(one) for one in members)
    audit.record(session, actor, Act.SEE_ACCOUNTS, audit.About(results=len(chosen)))
    return Listing(
        rows=tuple(chosen[start : start + AT_ONCE]), total=len(chosen), pages=max(1, -(-len(chosen) // AT_ONCE)),
        counts=_counts(everybody),
        organisations=dict(sorted({one.organisation_uid: one.organisation_name for one in members}.items(),
                                  key=lambda item: item[1])),
        round=reviewing.of_round(actor, members), users=users, per_thousand=_per_thousand(session, actor, users),
        approvals=len(approving.waiting(session, actor)), requests=len(asking.waiting(session, actor)),
        named=len(named.waiting(session, actor)),
    )  # fmt: skip


def soon(member: Member) -> tuple[Expiring, ...]:
    """What lapses within 60 days, the first to lapse first."""
    found = expiring(
        check_issued_on=member.check_issued_on, trained_on=member.trained_on,
        accreditation_ends_on=member.accreditation_ends_on, kept_on=member.needed_on,
        delegation_ends_on=member.assists_until, today=clock.today(),
    )  # fmt: skip
    return tuple(found)


def _listed(member: Member) -> Listed:
    """Stuck, then by how soon something lapses, then who has not joined, who is suspended, the rest, who has left."""
    due = soon(member) if member.state in ("open", "missing") else ()
    rank = {"missing": 0, "invited": 4, "suspended": 5, "closed": 7}.get(member.state)
    if rank is None:
        rank = 1 + WARNED.index(due[0].within) if due else 6
    return Listed(member, due, rank)


def _is_wanted(one: Listed, wanted: Wanted) -> bool:
    if wanted.organisation not in (None, one.member.organisation_uid):
        return False
    if wanted.name.casefold() not in one.member.name.casefold():
        return False
    return wanted.shown in _kinds(one)


def _kinds(one: Listed) -> set[str]:
    state = one.member.state
    kinds = {"closed"} if state == "closed" else {"everybody"}
    kinds |= {"stuck"} if state == "missing" else {state} if state in ("invited", "suspended") else set()
    return kinds | ({"soon"} if 1 <= one.rank <= 3 or (state == "missing" and one.due) else set())


def _counts(everybody: list[Listed]) -> dict[str, Any]:
    counts = dict.fromkeys(("everybody", "stuck", "soon", "invited", "suspended", "closed"), 0)
    for one in everybody:
        for kind in _kinds(one):
            counts[kind] += 1
    return counts


def _sees_children(member: Member) -> bool:
    return any(actor.role in SEES_CHILDREN for actor in member.actors)


def _per_thousand(session: Session, actor: Actor, users: int) -> float | None:
    """Users for each thousand live records of the authority, where the manager runs all of it."""
    if actor.role is not Role.ACCOUNT_MANAGER or actor.body_kind is not BodyKind.AUTHORITY:
        return None
    children = handing_over.live_children(session, actor.authority_id)
    return round(users * 1000 / children, 1) if children else None
