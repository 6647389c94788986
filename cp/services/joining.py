"""What a link is used for: a first password, a new one, or a new authenticator in place of a lost one."""

from sqlalchemy.orm import Session

from cp import clock
from cp.services import audit, guessing, links, passwords, roles, sessions, who
from cp.services.signing_in import Where
from cp.terms import Act, Decision, LinkKind


def ready(session: Session, held: links.Held) -> bool:
    """Whether the account has a role today: some roles wait for a second manager."""
    return bool(roles.in_force(session, held.account.id))


def choose_password(session: Session, held: links.Held, password: str, where: Where) -> str | None:
    """Use the link for this password. Answers the token of a session that waits for its code; None when too late.

    With a new password every session ends. The second factor stays, and is asked for.
    """
    if not use(session, held, where):
        return None
    account, now = held.account, clock.now()
    passwords.keep(account, password)
    sessions.end_all(session, account.id, "password", now)
    role = next(iter(roles.in_force(session, account.id)))
    return sessions.begin(session, account, role, guessing.keys(account.email, where.address).address, now)


def use(session: Session, held: links.Held, where: Where) -> bool:
    """Use it up, and write it down. False when somebody was faster."""
    used = links.use(session, held)
    about = audit.About(object_id=held.account.uid, reason=held.kind if used else "late")
    decision = Decision.ALLOWED if used else Decision.REFUSED
    audit.record(session, None, Act.USE_LINK, about, decision=decision, request_id=where.request_id)
    return used


def may_enrol(held: links.Held, found: who.Found | None) -> bool:
    """Whether this browser has given the password of the account whose authenticator is lost, within ten minutes."""
    if held.kind is not LinkKind.FACTOR or found is None or not found.pending:
        return False
    return found.account_id == held.account.id and clock.now() - found.started_at < sessions.CODE_WITHIN
