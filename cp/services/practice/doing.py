"""Which practice tasks somebody has done. With the last of them their account has one condition fewer to meet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, PracticeTask
from cp.rules.access import Actor
from cp.rules.training import practice_left
from cp.services import audit
from cp.services.practice import tasks
from cp.services.practice.tasks import Task
from cp.terms import Act


def done(session: Session, actor: Actor) -> set[str]:
    """By their codes. Whoever was trained before there were tasks has done them all."""
    query = select(PracticeTask.task).where(PracticeTask.account_id == actor.account_id)
    return set(session.scalars(query)) | set(tasks.codes() if actor.practised_on else ())


def finish(session: Session, actor: Actor, task: Task) -> None:
    """Done once is done; the day of the last one stays."""
    account = session.get_one(Account, actor.account_id, with_for_update=True)
    if session.get(PracticeTask, (account.id, task.code)) is not None:
        return
    session.add(PracticeTask(account_id=account.id, task=task.code, done_at=clock.now()))
    session.flush()
    audit.record(session, actor, Act.PRACTISE, audit.About(reason=task.code))
    if account.practised_on is None and not practice_left(done(session, actor), tasks.codes()):
        account.practised_on = clock.today()
