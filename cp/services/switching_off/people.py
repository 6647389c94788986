"""The two who answer for a destruction: each is in the directory still, and proves it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Account, new_uid
from cp.services import audit, roles
from cp.services.signing_in import folded, verify
from cp.terms import Act, Decision, Role

MAY = {Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR}


class NotThem(Exception):
    """The sentence why this person cannot answer for it."""


def name_of(session: Session, email: str, password: str) -> str:
    """Raises NotThem alike for who is not known, does not run accounts today, or gives another password.

    What was refused is in the audit; the caller commits it.
    """
    query = select(Account).where(Account.email == folded(email), Account.active)
    found = session.scalars(query).one_or_none()
    held = verify((found and found.password_hash) or "", password)
    if found is None or not held or not MAY & set(roles.in_force(session, found.id)):
        about = audit.About(object_id=found.uid if found else None, reason="destruction")
        audit.record(session, None, Act.SET_UP, about, decision=Decision.REFUSED, request_id=new_uid())
        raise NotThem("That is not the email and password of somebody who runs accounts here today.")
    return found.name
