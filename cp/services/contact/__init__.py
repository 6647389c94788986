"""Brokered contact: asked by a practitioner, passed on by the management team, answered by whom it was passed to."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import ContactRequest
from cp.services import blinding
from cp.services.contact import facts
from cp.terms import ContactEvent


def withdrawn(session: Session, entry_uid: UUID) -> None:
    """Consent to an entry was withdrawn, in this transaction: whatever was passed on by it is declined.

    Nothing of it stays: not whom it was passed to, not that they agreed, not in a request that is closed. Whoever
    asked reads from now on what they would have read if there had been no service. The child is held meanwhile.
    """
    query = select(ContactRequest).where(ContactRequest.entry_key.in_(blinding.of_entry(entry_uid)))
    for request in session.scalars(query.order_by(ContactRequest.id).with_for_update()):
        held = facts.of(request.facts)
        after = facts.moved(held, ContactEvent.CONSENT_WITHDRAWN, clock.now()) or held
        facts.keep(request, after.forgotten)
    session.flush()
