"""What a person says of their own account."""

from cp.forms.fields import Asked, Day

SENTENCES = {
    "in_future": "The day must be today or earlier",
    "too_old": "Training counts for 24 months, and this was longer ago. Do the training again, then give that day",
    "earlier": "A later day is recorded already. Give that day or a later one",
}


class TrainingForm(Asked):
    completed = Day("When did you complete your training?", called="The day")

    def check(self) -> None:
        if sentence := self.completed.missing():
            self.completed.errors.append(sentence)
