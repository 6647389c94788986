"""A fact disputed on the record, read by whoever said so, decided by the management team, told to the supplier."""

from uuid import UUID

from sqlalchemy import select, update

from cp import clock
from cp.models import Dispute, DisputedWord, Organisation
from cp.models.child import Child
from cp.rules.derive import Value
from cp.terms import Disputable, DisputeFinding
from tests import build
from tests.browser.directory import aged
from tests.browser.people import ago
from tests.browser.states import supply
from tests.browser.states.identities import team
from tests.browser.states.steps import opened, sees, state
from tests.browser.visitor import Visitor
from tests.build_disputes import row
from tests.build_identities import says


def child(visitor: Visitor, lead: str = "") -> Child:
    """Whom nobody disputes anything of yet."""
    return visitor.site.add("Ottilie", supply.surname(), aged(7), lead=lead)


def disputed(visitor: Visitor, one: Child, fact: Disputable = Disputable.NAME, value: Value | None = None,
             **facts: object) -> UUID:  # fmt: skip
    """A dispute by Sam."""
    said = value or (one.given_names, one.family_name)
    with visitor.site.session() as session:
        uid, _ = row(session, one, visitor.site.directory.world.sam, "She is called Nowak", said, fact)
        session.execute(update(Dispute).where(Dispute.uid == uid).values(facts or {"due_on": ago(-14)}))
    return uid


@state
def disputing(visitor: Visitor) -> None:
    opened(visitor, child(visitor))
    visitor.press("Something here is wrong")
    sees(visitor, "What is wrong?", "Nobody, I noticed it myself")


@state
def disputing_wrongly(visitor: Visitor) -> None:
    disputing(visitor)
    visitor.press("Send to the management team")
    sees(visitor, "Say who told you, or that you noticed it yourself")


@state
def record_disputed(visitor: Visitor) -> None:
    disputing(visitor)
    visitor.page.get_by_label("Name: Ottilie").check()
    visitor.page.get_by_label("A parent or carer").check()
    visitor.press("Send to the management team")
    sees(visitor, "The management team has it.", "answer due")


@state
def disputed_by_oneself(visitor: Visitor) -> None:
    record_disputed(visitor)
    visitor.go("/involvements/disputes")
    sees(visitor, "Take it back")


@state
def disputes_waiting(visitor: Visitor) -> None:
    team(visitor)
    disputed(visitor, child(visitor), due_on=ago(30))
    visitor.go("/disputes")
    sees(visitor, "Overdue", "Nobody has taken it")


@state
def dispute_to_decide(visitor: Visitor) -> None:
    person, _ = team(visitor)
    visitor.go(f"/disputes/{disputed(visitor, child(visitor), owner_id=person.account.id)}")
    sees(visitor, "What did you find?", "What is right, if it is wrong")


@state
def dispute_decided_wrongly(visitor: Visitor) -> None:
    dispute_to_decide(visitor)
    visitor.page.get_by_label("It is wrong, and the right one is below").check()
    visitor.press("Decide")
    sees(visitor, "Enter the right given name")


@state
def dispute_of_an_address(visitor: Visitor) -> None:
    person, _ = team(visitor)
    value = ("Northvale", "ZA4 7QD", "18 Tanner’s Row", "Hollin Bank")
    uid = disputed(visitor, child(visitor), Disputable.ADDRESS, value, owner_id=person.account.id)
    visitor.go(f"/disputes/{uid}")
    sees(visitor, "It is wrong, and nobody knows the right one", "House and street")


@state
def supply_files_disputed(visitor: Visitor) -> None:
    sue, one = supply.supplier(visitor), child(visitor)
    uid = disputed(visitor, one, finding=DisputeFinding.WRONG, decided_at=clock.now(), decided_by_id=sue.account.id)
    with visitor.site.session() as session:
        record = says(session, one, session.get_one(Organisation, sue.account.organisation_id))
        held = session.scalars(select(Dispute.id).where(Dispute.uid == uid)).one()
        build.add(session, DisputedWord(dispute_id=held, record_id=record.id))
    visitor.go("/supply/files")
    sees(visitor, "Somebody says that this is wrong", "correct it in your own records")
