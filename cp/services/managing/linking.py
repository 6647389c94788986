"""A link that is printed and handed over in person: to join, for a lost password, for a lost second factor."""

from sqlalchemy.orm import Session

from cp.models import Account
from cp.rules.access import Actor
from cp.rules.conditions import TWO_AGREE
from cp.services import links
from cp.services.managing import approving, granting
from cp.services.managing.problems import Problem
from cp.terms import LinkKind


def kinds(account: Account) -> tuple[LinkKind, ...]:
    """Which links this account has a use for."""
    if not account.active:
        return ()
    return (LinkKind.JOIN,) if account.opened_on is None else (LinkKind.PASSWORD, LinkKind.FACTOR)


def needs_second(session: Session, account: Account) -> bool:
    """Whoever gets into such an account sees or decides more than others: a second manager agrees first."""
    if account.opened_on is None:
        return False  # the role itself took two
    held = granting.running(session, account)
    return granting.overrides(session, account) or any(role in held for role in TWO_AGREE)


def make(session: Session, actor: Actor, account: Account, kind: LinkKind) -> str | None:
    """The token, told this once; None where a second manager is now asked to agree."""
    if kind not in kinds(account):
        raise Problem("kind", "no_use")
    if not granting.running(session, account):
        raise Problem("kind", "no_role")
    if needs_second(session, account) and not approving.link_agreed(session, account, kind):
        approving.ask_for_link(session, actor, account, kind)
        return None
    return links.make(session, account, kind, actor)
