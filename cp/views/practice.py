"""Practice tasks, on children who do not exist: for whoever has an account, complete or not."""

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.practice import task_form
from cp.registry import action
from cp.rules.training import practice_left
from cp.services.practice import doing, tasks
from cp.services.practice.tasks import Task
from cp.terms import Act
from cp.views.html import go, page

bp = Blueprint("practice", __name__, url_prefix="/practice")


@bp.get("")
@action(Act.SEE_ACCOUNT)
def index() -> ResponseReturnValue:
    done = doing.done(db.session(), guard.me())
    return page("practice/index.html", tasks=tasks.every(), done=done, left=practice_left(done, tasks.codes()))


@bp.get("/<task_code>")
@action(Act.SEE_ACCOUNT)
def show(task_code: str) -> ResponseReturnValue:
    return _show(_task(task_code))


def _task(code: str) -> Task:
    return tasks.named(code) or abort(404)


def _show(task: Task, status: int = 200) -> ResponseReturnValue:
    done, form = doing.done(db.session(), guard.me()), task_form(task)(request.form or None)
    if status == 422:
        form.valid()
    left = [code for code in practice_left(done, tasks.codes()) if code != task.code]
    return page(
        "practice/task.html", status=status, task=task, form=form,
        done=task.code in done and status == 200 and "again" not in request.args,
        following=tasks.named(left[0]) if left else None, number=tasks.codes().index(task.code) + 1,
        total=len(tasks.codes()),
    )  # fmt: skip


@bp.post("/<task_code>")
@action(Act.PRACTISE)
def answer(task_code: str) -> ResponseReturnValue:
    """A right answer is told on the next page; done twice is done once."""
    task = _task(task_code)
    if not task_form(task)(request.form).valid():
        return _show(task, 422)
    doing.finish(db.session(), guard.me(), task)
    return go(f"practised|{url_for('.show', task_code=task.code)}")
