"""Who leads the work with a child: the lead is taken over, and given back where taking it was a mistake."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement, Practitioner
from cp.rules.access import Actor
from cp.rules.days import LONDON
from cp.rules.involvement import lead_after
from cp.services import involved
from cp.services.involved import Lead
from cp.services.record_row import Row


class LeadChanged(Exception):
    """Somebody else leads, and this person has not confirmed taking over from them."""

    def __init__(self, lead: Lead) -> None:
        super().__init__(lead.name)
        self.lead = lead


def make_way(session: Session, actor: Actor, row: Row, confirmed: UUID | None) -> Lead | None:
    """End the present lead's leading, if this person confirmed it; their involvement stays, and they are told."""
    lead = involved.current_lead(session, actor, row)
    if lead is None or lead.mine:
        return None
    if lead_after(lead.uid, actor.account_uid, confirmed) != actor.account_uid:
        raise LeadChanged(lead)
    held = session.scalars(select(Involvement).where(Involvement.uid == lead.uid)).one()
    held.lead, held.lead_passed_to_id, held.lead_passed_on = False, actor.practitioner_id, clock.today()
    held.version += 1
    session.flush()
    return lead


def taken_from(session: Session, held: Involvement) -> tuple[Involvement, str] | None:
    """Whom this involvement, which leads, took the lead from, and their name; None where they are gone or nobody led.

    What they passed on before this involvement was recorded went to an earlier one.
    """
    query = (
        select(Involvement, Practitioner.name)
        .join(Practitioner, Practitioner.id == Involvement.practitioner_id)
        .where(
            Involvement.child_id == held.child_id, Involvement.lead_passed_to_id == held.practitioner_id,
            Involvement.lead_passed_on >= held.recorded_at.astimezone(LONDON).date(),
            Involvement.ended_on.is_(None), ~Involvement.in_error,
        )
        .order_by(Involvement.lead_passed_on.desc(), Involvement.id.desc())
    )  # fmt: skip
    found = session.execute(query).first() if held.lead else None
    return (found[0], found[1]) if found else None


def give_back(session: Session, held: Involvement) -> Involvement | None:
    """This involvement leads no longer, as if it never had; whoever it took the lead from leads again."""
    before = taken_from(session, held)
    held.lead = False
    session.flush()  # at most one leads at any moment
    if before is None:
        return None
    again = before[0]
    again.lead, again.lead_passed_to_id, again.lead_passed_on = True, None, None
    again.version += 1
    session.flush()
    return again
