"""Builders of disputes: somebody says that a fact is wrong, by the service that the page calls."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Dispute, Voice
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services.disputes import raising
from cp.services.disputes.raising import Wish
from cp.terms import Disputable, ToldBy


def dispute(session: Session, actor: Actor, child: Child, fact: Disputable = Disputable.BORN_ON, words: str = "",
            told_by: ToldBy = ToldBy.NOBODY) -> UUID:  # fmt: skip
    """This person, who has given a reason to open the record, says that its first fact of this kind is wrong."""
    offered = raising.form(session, actor, child.uid).offered
    code = next(one.code for one in offered if one.fact is fact)
    raising.dispute(session, actor, child.uid, Wish(code, words, told_by))
    session.commit()
    return session.scalars(select(Dispute.uid).where(Dispute.child_id == child.id).order_by(Dispute.id.desc())).first()  # type: ignore[return-value]


def voice(session: Session, actor: Actor) -> UUID:
    """By which this person's newest dispute is taken back."""
    query = select(Voice.uid).where(Voice.account_id == actor.account_id).order_by(Voice.id.desc())
    return session.scalars(query).first()  # type: ignore[return-value]
