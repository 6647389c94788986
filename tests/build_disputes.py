"""Builders of disputes: somebody says that a fact is wrong, by the service that the page calls."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Dispute, Voice
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.derive import Value
from cp.services.disputes import raising
from cp.services.disputes.raising import Wish
from cp.terms import Disputable, ToldBy
from tests import build
from tests.build import Person


def dispute(session: Session, actor: Actor, child: Child, fact: Disputable = Disputable.BORN_ON, words: str = "",
            told_by: ToldBy = ToldBy.NOBODY) -> UUID:  # fmt: skip
    """This person, who has given a reason to open the record, says that its first fact of this kind is wrong."""
    offered = raising.form(session, actor, child.uid).offered
    code = next(one.code for one in offered if one.fact is fact)
    raising.dispute(session, actor, child.uid, Wish(code, words, told_by))
    session.commit()
    return session.scalars(select(Dispute.uid).where(Dispute.child_id == child.id).order_by(Dispute.id.desc())).first()  # type: ignore[return-value]


def row(session: Session, child: Child, by: Person, words: str = "", value: Value = ("2016-03-14",),
        fact: Disputable = Disputable.BORN_ON) -> tuple[UUID, UUID]:  # fmt: skip
    """The same without the page: the dispute and the voice."""
    one = build.add(session, Dispute(child_id=child.id, fact=fact, opened_at=clock.now(), due_on=date(2026, 12, 7),
                                     facts={"value": value, "says": value}))  # fmt: skip
    said = build.add(session, Voice(dispute_id=one.id, account_id=by.account.id, said_at=clock.now(),
                                    told_by=ToldBy.NOBODY, words=words))  # fmt: skip
    return one.uid, said.uid


def voice(session: Session, actor: Actor) -> UUID:
    """By which this person's newest dispute is taken back."""
    query = select(Voice.uid).where(Voice.account_id == actor.account_id).order_by(Voice.id.desc())
    return session.scalars(query).first()  # type: ignore[return-value]
