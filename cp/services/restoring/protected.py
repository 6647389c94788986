"""What was taken away from somebody since the backup, taken away again."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, MachineCredential, Organisation, StayConsent, new_uid
from cp.services import audit
from cp.services.retention import archiving, due
from cp.services.sensitive import register, withdrawing
from cp.services.supply import credentials
from cp.terms import Act, SuspendedBecause


def suspend(session: Session, uids: Collection[UUID], now: datetime) -> list[str]:
    """The accounts that were suspended or closed, or lost a role or right; their emails. A manager opens them again."""
    found = [one for one in _accounts(session, uids) if one.active]
    for account in found:
        account.active, account.suspended_at = False, now
        account.suspended_because = SuspendedBecause.RESTORED
        _note(session, account.uid, "suspended_after_restore")
    return [account.email for account in found]


def without_password(session: Session, uids: Collection[UUID]) -> list[str]:
    """The accounts whose password or authenticator was changed: the old ones, perhaps stolen, let nobody in."""
    found = [one for one in _accounts(session, uids) if one.password_hash]
    for account in found:
        account.password_hash = None
        _note(session, account.uid, "no_password_after_restore")
    return [account.email for account in found]


def without_accreditation(session: Session, uids: Collection[UUID]) -> list[str]:
    """Today is the first day without."""
    today, query = clock.today(), select(Organisation).where(Organisation.uid.in_(uids)).order_by(Organisation.name)
    found = [one for one in session.scalars(query) if one.accreditation_ends_on and one.accreditation_ends_on > today]
    for organisation in found:
        organisation.accreditation_ends_on = today
        _note(session, organisation.uid, "no_accreditation_after_restore")
    return [organisation.name for organisation in found]


def revoke(session: Session, uids: Collection[UUID]) -> int:
    query = select(MachineCredential).where(MachineCredential.uid.in_(uids))
    return sum(credentials.revoke(session, found, None, new_uid()) for found in session.scalars(query).all())


def withdraw(session: Session, blinded: Collection[UUID]) -> int:
    return withdrawing.again(session, blinded)


def withdraw_stays(session: Session, uids: Collection[UUID]) -> int:
    """Consents to stay past 18: whoever is 18 is archived at once."""
    query = select(StayConsent).where(StayConsent.uid.in_(uids), StayConsent.withdrawn_on.is_(None))
    found = session.scalars(query).all()
    for one in found:
        one.withdrawn_on = clock.today()
    session.flush()
    ids = [one.child_id for one in found]
    due.keep(session, ids)
    archiving.close(session, ids, clock.today())
    return len(found)


def declare(session: Session, said: Iterable[tuple[UUID, str]]) -> list[str | None]:
    """The services that were declared sensitive, by name; None for each that the backup has not."""
    found: list[str | None] = []
    for uid, what in said:
        found.append(register.again(session, uid, what))
        if found[-1] is not None:
            _note(session, uid, "sensitive_after_restore")
    return found


def _accounts(session: Session, uids: Collection[UUID]) -> Sequence[Account]:
    return session.scalars(select(Account).where(Account.uid.in_(uids)).order_by(Account.email)).all()


def _note(session: Session, uid: UUID, what: str) -> None:
    audit.record(session, None, Act.SET_UP, audit.About(object_id=uid, reason=what), request_id=new_uid())
