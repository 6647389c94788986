"""What was searched for: sealed, and read by a reviewer for a stated review."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from cp.models import Account, Organisation, Search
from cp.rules.access import Actor
from cp.services import audit, searches
from cp.terms import Act, CriteriaReason


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, without what was searched for."""

    uid: UUID
    at: datetime
    reason: str
    """A Reason; of a search of the archive the ArchivePurpose, if there was one."""
    name: str


def about(session: Session, actor: Actor, uid: UUID) -> Asked:
    """Whose search it is, and when it was made. Raises Refusal: another authority's is not there, nor a gone one."""
    search, name = _found(session, actor, uid)
    audit.record(session, actor, Act.SEE_LOG, audit.About(object_id=uid, results=1))
    return Asked(search.uid, search.at, _why(search), name)


def read(session: Session, actor: Actor, uid: UUID, reason: CriteriaReason) -> tuple[Asked, tuple[str, ...]]:
    """What was searched for, written down as read for this review. Raises Refusal; nobody reviews their own."""
    search, name = _found(session, actor, uid)
    if search.account_id == actor.account_id:
        raise audit.Refusal("to_oneself", object_id=uid)
    audit.record(session, actor, Act.READ_CRITERIA, audit.About(object_id=uid, reason=reason))
    facts = {name: fact for name, fact in search.criteria.items() if name != searches.AMONG}
    return Asked(search.uid, search.at, _why(search), name), tuple(searches.described(facts))


def _found(session: Session, actor: Actor, uid: UUID) -> Row[Search, str]:
    query = (
        select(Search, Account.name)
        .join(Account, Account.id == Search.account_id)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(Search.uid == uid, Organisation.authority_id == actor.authority_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise audit.Refusal("none", hidden=True)
    return row


def _why(search: Search) -> str:
    return search.criteria.get(searches.ARCHIVE) or search.reason
