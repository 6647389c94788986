"""A record for a child under protection: shielded from its first moment, and like that of a child nobody knew before.

Nothing in here knows of any other record. That is the point of it: the old one is sealed by another act, on another
page, and no row, entry or address leads from the one to the other.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Shield, SourceRecord, SourceVersion
from cp.models.child import Child
from cp.rules import derive
from cp.rules.access import Actor
from cp.services import audit, children, deriving, numbering
from cp.services.source_facts import facts
from cp.terms import Act, AddressState, Gender, Reason, ShieldGround, SourceKind, WhoAsked

NOWHERE = (derive.Address(AddressState.NONE_KNOWN),)
GROUNDS = (ShieldGround.ADOPTION, ShieldGround.WITNESS_PROTECTION)
"""A new identity is given on these; the others shield the record that there is."""


@dataclass(frozen=True, slots=True)
class NewChild:
    given_names: str
    family_name: str
    born_on: date
    gender: Gender
    ground: ShieldGround
    review_on: date


def prepare(session: Session, actor: Actor) -> None:
    """Somebody is about to; the page shows no child."""
    audit.record(session, actor, Act.PREPARE_IDENTITY)


def make(session: Session, actor: Actor, new: NewChild) -> UUID:
    """The record's id. Whether another live record is alike is not said: it may be the one left behind."""
    child = Child(
        number=numbering.unused(session), given_names=new.given_names, family_name=new.family_name, born_on=new.born_on,
        gender=new.gender, authority_id=actor.authority_id, shielded_at=clock.now(), shield_ground=new.ground,
    )  # fmt: skip
    session.add(child)
    session.flush()
    session.add(
        Shield(child_id=child.id, ground=new.ground, who_asked=WhoAsked.OURSELVES, owner_id=actor.account_id,
               set_at=clock.now(), review_on=new.review_on)
    )  # fmt: skip
    _say(session, actor, child, new)
    deriving.derive(session, child.id)
    audit.record(session, actor, Act.MAKE_IDENTITY, audit.About(subject_id=child.subject_id, reason=new.ground))
    children.give_reason(session, actor, child.uid, Reason.CORRECTING_RECORDS)
    return child.uid


def _say(session: Session, actor: Actor, child: Child, new: NewChild) -> None:
    """What the authority says of this child: the record is derived from it, as any other is."""
    source = SourceRecord(child_id=child.id, kind=SourceKind.AUTHORITY, organisation_id=actor.organisation_id)
    session.add(source)
    session.flush()
    today = clock.today()
    what = derive.Said(0, SourceKind.AUTHORITY, today, addresses=NOWHERE)
    session.add(
        SourceVersion(record_id=source.id, said_on=today, given_names=new.given_names, family_name=new.family_name,
                      born_on=new.born_on, gender=new.gender, facts=facts(what))
    )  # fmt: skip
