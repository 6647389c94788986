"""What a person does for their own account: reads the procedures, says when they were trained, signs the agreement."""

from datetime import date

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account
from cp.rules.access import Actor
from cp.rules.conditions import AGREEMENT_VERSION
from cp.rules.training import training_problem
from cp.services import audit
from cp.services.implementation import counting_people
from cp.terms import Act


def _mine(session: Session, actor: Actor) -> Account:
    return session.get_one(Account, actor.account_id, with_for_update=True)


def email(session: Session, actor: Actor) -> str:
    return session.get_one(Account, actor.account_id).email


def read_procedures(session: Session, actor: Actor) -> None:
    _mine(session, actor).procedures_read_on = clock.today()
    audit.record(session, actor, Act.READ_PROCEDURES)


def record_training(session: Session, actor: Actor, completed_on: date) -> str | None:
    """Why it cannot be recorded, as a code; None when it is."""
    account = _mine(session, actor)
    if problem := training_problem(completed_on, account.trained_on, clock.today()):
        return problem
    account.trained_on = completed_on
    session.flush()
    counting_people.of_account(session, account)
    audit.record(session, actor, Act.RECORD_TRAINING, audit.About(reason=completed_on.isoformat()))
    return None


def sign_agreement(session: Session, actor: Actor, version: str | None) -> str | None:
    """`unread` before the procedures were read, `changed` for another version than today's; None when it is signed."""
    account = _mine(session, actor)
    if account.procedures_read_on is None:
        return "unread"
    if version != str(AGREEMENT_VERSION):
        return "changed"
    if account.agreement_version != AGREEMENT_VERSION:
        account.agreement_version, account.agreement_signed_on = AGREEMENT_VERSION, clock.today()
        audit.record(session, actor, Act.SIGN_AGREEMENT, audit.About(reason=f"version_{AGREEMENT_VERSION}"))
    return None
