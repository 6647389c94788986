"""The accreditation of the authorities themselves, as the organisations that their own people work for.

A national administrator renews it; nobody else has any part in it.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Organisation
from cp.rules.access import Actor
from cp.rules.governing import accrediting_refusal
from cp.services import audit
from cp.services.implementation import deciding
from cp.terms import Act, BodyKind, WithdrawnBecause

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Council:
    """`own`: whoever looks belongs to it."""

    uid: UUID
    name: str
    authority: str
    ends_on: date | None
    own: bool


@dataclass(frozen=True, slots=True)
class Page:
    """`total` counts all of them, not this page's."""

    rows: tuple[Council, ...]
    total: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def listed(session: Session, actor: Actor, number: int) -> Page:
    """Those without accreditation first, then whose ends soonest."""
    ends_on = Organisation.accreditation_ends_on
    asked = _councils().order_by(ends_on.is_not(None), ends_on, Organisation.name, Organisation.id)
    found = session.execute(asked.limit(A_PAGE).offset((number - 1) * A_PAGE))
    rows = tuple(_council(actor, one, authority) for one, authority in found)
    total = session.scalar(select(func.count()).select_from(_councils().subquery())) or 0
    audit.record(session, actor, Act.SEE_AUTHORITIES, audit.About(results=len(rows)))
    return Page(rows, total, number)


def one(session: Session, actor: Actor, uid: UUID) -> Council:
    """Raises Refusal."""
    found, authority = _one(session, uid)
    audit.record(session, actor, Act.SEE_AUTHORITIES, audit.About(object_id=uid))
    return _council(actor, found, authority)


def accredit(session: Session, actor: Actor, uid: UUID, years: int) -> None:
    """Raises Refusal: nobody accredits the organisation that they belong to."""
    found, _ = _one(session, uid)
    if refusal := accrediting_refusal(actor.role, found.id == actor.organisation_id, of_authority=True):
        raise audit.Refusal(refusal, object_id=uid)
    deciding.accredit(session, actor, found, years)
    about = audit.About(object_id=uid, reason=f"until_{found.accreditation_ends_on}")
    audit.record(session, actor, Act.ACCREDIT_AUTHORITY, about)


def withdraw(session: Session, actor: Actor, uid: UUID, because: WithdrawnBecause) -> bool:
    """False where it is not accredited, and nothing is done. Raises Refusal."""
    found, _ = _one(session, uid)
    done = deciding.withdraw(session, actor, found, because)
    if done:
        audit.record(session, actor, Act.WITHDRAW_AUTHORITY, audit.About(object_id=uid, reason=because))
    return done


def _one(session: Session, uid: UUID) -> tuple[Organisation, str]:
    found = session.execute(_councils().where(Organisation.uid == uid)).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    organisation, authority = found
    return organisation, authority


def _councils() -> Select[Organisation, str]:
    return (
        select(Organisation, Authority.name)
        .join(Authority, Authority.id == Organisation.authority_id)
        .where(
            Organisation.body_kind == BodyKind.AUTHORITY,
            Organisation.valid_to.is_(None) | (Organisation.valid_to > clock.today()),
        )
    )  # fmt: skip


def _council(actor: Actor, found: Organisation, authority: str) -> Council:
    own = found.id == actor.organisation_id
    return Council(found.uid, found.name, authority, found.accreditation_ends_on, own)
