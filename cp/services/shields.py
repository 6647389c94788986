"""A shield's own row, and what it says to the people who answer for it. That it holds stands with the child."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Account, Merge, Shield
from cp.rules.access import Actor, Subject, decide
from cp.rules.days import london_day
from cp.rules.shielding import shield_state
from cp.services.records import ShieldShown
from cp.terms import Act, ShieldGround

_OWNER, _ASKER = aliased(Account), aliased(Account)
_RUNNING: Select[Shield, str | None, str | None] = (
    select(Shield, _OWNER.name, _ASKER.name)
    .outerjoin(_OWNER, _OWNER.id == Shield.owner_id)
    .outerjoin(_ASKER, _ASKER.id == Shield.lift_asked_by_id)
    .where(Shield.lifted_at.is_(None))
)


def of(session: Session, actor: Actor, child_id: int, subject: Subject, since: datetime | None) -> dict[str, Any]:
    """For the record: `may_shield` or `shield`, for whoever answers for its protection; for anybody else nothing."""
    if not decide(actor, Act.PREPARE_SHIELD, subject, clock.today()).allowed:
        return {}
    return {"shield": running(session, {child_id: since})[child_id]} if since else {"may_shield": True}


def running(session: Session, since: Mapping[int, datetime]) -> dict[int, ShieldShown]:
    """What the shields of these children say, each shielded since then.

    One that nobody answers for, because it was set in another way than the services do it, is due for review.
    """
    found = {child_id: _shown(unanswered(child_id, at), None, None) for child_id, at in since.items()}
    for shield, owner, asker in session.execute(_RUNNING.where(Shield.child_id.in_(since.keys()))):
        found[shield.child_id] = _shown(shield, owner, asker)
    return found


def set_since(session: Session, child_id: int, shielded_at: datetime | None, since: datetime) -> bool:
    """Whether the record was shielded after that moment, be it for a while. One that was joined to it since may have
    brought along a shield that was set long before."""
    joined = select(Merge.id).where(Merge.kept_id == child_id, Merge.merged_at > since)
    if shielded_at is not None and (shielded_at > since or session.scalars(joined).first()):
        return True
    query = select(Shield.id).where(Shield.child_id == child_id, Shield.set_at > since)
    return session.scalars(query).first() is not None


def unanswered(child_id: int, since: datetime) -> Shield:
    """A row for a shield that has none, not yet added."""
    return Shield(child_id=child_id, ground=ShieldGround.OTHER_SIGNIFICANT_HARM, set_at=since,
                  review_on=london_day(since))  # fmt: skip


def _shown(shield: Shield, owner: str | None, asker: str | None) -> ShieldShown:
    since = london_day(shield.set_at)
    due = shield_state(since, shield.review_on, None, clock.today()) == "review_due"
    return ShieldShown(since, shield.ground, shield.who_asked, owner, shield.review_on, due, asker,
                       shield.lift_asked_at)  # fmt: skip
