"""What a practice task asks."""

from cp.forms.fields import Asked, Choice
from cp.services.practice.tasks import Task


def task_form(task: Task) -> type[Asked]:
    """A wrong answer is told by the question, with why."""

    class TaskForm(Asked):
        answer = Choice(task.question, {one.code: one.words for one in task.options})

        def check(self) -> None:
            chosen = next((one for one in task.options if one.code == self.answer.data), None)
            if chosen is None:
                self.answer.errors.append("Choose an answer")
            elif not chosen.right:
                self.answer.errors.append(chosen.said)

    return TaskForm
