"""Old identities as the two people named for each keep them: their own, by reference, and nobody else's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Account, OldIdentity
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.identities import ANSWERED_WITHIN, OPEN_FOR, opened_together, opening_waits
from cp.services import audit, children, paging
from cp.services.paging import Paged
from cp.services.record_row import Row
from cp.terms import Act

Stands = Literal["to_be_sealed", "closed", "asked", "open"]


@dataclass(frozen=True, slots=True)
class Kept:
    """One of them, for the page: no name, no number. `mine`: this person asked for what it waits for."""

    uid: UUID
    reference: str
    other: str
    """The other of the two."""
    stands: Stands
    since: datetime
    """When it was sealed; while it is not, when that was asked for."""
    mine: bool
    asked_at: datetime | None
    open_until: datetime | None


def said(reference: int) -> str:
    """OI-482913: what people call it."""
    return f"OI-{reference}"


def to_answer(session: Session, actor: Actor) -> int:
    """How many wait for this person, who is one of the two."""
    theirs = select(OldIdentity).where(_theirs(actor), OldIdentity.authority_id == actor.authority_id)
    found = [_kept(actor, one, "", "") for one in session.scalars(theirs)]
    return sum(one.stands in ("to_be_sealed", "asked") and not one.mine for one in found)


def mine(session: Session, actor: Actor, number: int = 1) -> Paged[Kept]:
    """What waits to be sealed first, then what was asked to be opened in the last day, then the newest."""
    asked = case((OldIdentity.opening_asked_at > clock.now() - ANSWERED_WITHIN, 0), else_=1)
    first, second = aliased(Account), aliased(Account)
    query = (
        select(OldIdentity, first.name, second.name)
        .join(first, first.id == OldIdentity.first_id)
        .join(second, second.id == OldIdentity.second_id)
        .where(_theirs(actor), OldIdentity.authority_id == actor.authority_id)
        .order_by(OldIdentity.sealed_at.is_not(None), asked, OldIdentity.asked_at.desc(), OldIdentity.id.desc())
    )
    found = [_kept(actor, *row) for row in session.execute(paging.of(query, number))]
    audit.record(session, actor, Act.SEE_SEALS, audit.About(results=len(found)))
    return Paged(tuple(found), paging.count(session, query), number)


def _theirs(actor: Actor) -> ColumnElement[bool]:
    return (OldIdentity.first_id == actor.account_id) | (OldIdentity.second_id == actor.account_id)


def _kept(actor: Actor, one: OldIdentity, first: str, second: str) -> Kept:
    now = clock.now()
    stands: Stands = "closed"
    if one.sealed_at is None:
        stands = "to_be_sealed"
    elif opened_together(one.opened_at, now):
        stands = "open"
    elif opening_waits(one.opening_asked_at, one.opened_at, now):
        stands = "asked"
    asker = one.first_id if one.sealed_at is None else one.opening_asked_by_id
    return Kept(
        one.uid, said(one.reference), second if one.first_id == actor.account_id else first, stands,
        one.sealed_at or one.asked_at, asker == actor.account_id, one.opening_asked_at,
        one.opened_at + OPEN_FOR if one.opened_at else None,
    )  # fmt: skip


def find(session: Session, actor: Actor, uid: UUID, *, sealed: bool) -> tuple[OldIdentity, UUID]:
    """One of this person's, and its child's id; anybody else's, or one that is not at that point, is not there."""
    query = (
        select(OldIdentity, Child.uid)
        .join(Child, Child.id == OldIdentity.child_id)
        .where(OldIdentity.uid == uid, _theirs(actor), OldIdentity.authority_id == actor.authority_id)
    )
    found = session.execute(query).one_or_none()
    if found is None or (found[0].sealed_at is not None) is not sealed:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found[0], found[1]


def hold(session: Session, actor: Actor, uid: UUID, act: Act, *, sealed: bool) -> tuple[OldIdentity, Row]:
    """The same, held for a change with its child's row: the account, then the child, then this."""
    one, child_uid = find(session, actor, uid, sealed=sealed)
    row, _ = children.find(session, actor, child_uid, act, lock=True)
    query = select(OldIdentity).where(OldIdentity.id == one.id).with_for_update()
    held = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if held is None or (held.sealed_at is not None) is not sealed:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return held, row
