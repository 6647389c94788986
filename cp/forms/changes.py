"""What has changed in a child's life, and what the management team found of it."""

from datetime import date

from cp import clock
from cp.forms.fields import Asked, Choice, Day
from cp.rules.changing import death_problem
from cp.rules.dates_typed import date_problem
from cp.services.changes.telling import Said
from cp.terms import ChangeAnswer, ChangeKind, MovedTo

KINDS: dict[str, str] = {
    ChangeKind.MOVED_AWAY: "The child has moved away",
    ChangeKind.LEFT_SCHOOL: "The child has left school",
    ChangeKind.DIED: "The child has died",
}
WHERE: dict[str, str] = {
    MovedTo.OTHER_AUTHORITY: "To another authority’s area",
    MovedTo.ABROAD: "Abroad",
    MovedTo.NOT_KNOWN: "I do not know",
}
ASKED: dict[str, str] = {
    ChangeKind.MOVED_AWAY: "Has this child moved away?",
    ChangeKind.LEFT_SCHOOL: "Has this child left school?",
    ChangeKind.DIED: "Has this child died?",
}
ANSWERS: dict[str, str] = {ChangeAnswer.TRUE: "Yes", ChangeAnswer.NOT_TRUE: "No, or nobody can say"}
DEATH = {
    "future": "The date of death must be today or in the past",
    "before_birth": "The date of death must be on or after the date of birth",
}


class ChangeForm(Asked):
    what = Choice("What has changed?", KINDS)
    to = Choice("Where has the child moved to?", WHERE)
    on = Day("When, if you know", called="The date")

    def check(self) -> None:
        if self.what.data is None:
            self.what.errors.append("Choose what has changed")
        if self.what.data == ChangeKind.MOVED_AWAY and self.to.data is None:
            self.to.errors.append("Choose where the child has moved to, or that you do not know")
        if any(self.on.typed) and (sentence := date_problem("The date", *self.on.typed)):
            self.on.errors.append(sentence)
        elif self.on.data and self.on.data > clock.today():
            self.on.errors.append("The date must be today or in the past")

    def said(self) -> Said:
        kind = ChangeKind(str(self.what.data))
        to = MovedTo(str(self.to.data)) if kind is ChangeKind.MOVED_AWAY else None
        return Said(kind, self.on.data, to)


class FoundForm(Asked):
    """`born_on`: of the child, where the question is whether the child has died."""

    answer = Choice("What have you found?", ANSWERS)
    died_on = Day("Date of death", called="The date of death")
    born_on: date | None = None

    def check(self) -> None:
        if self.answer.data is None:
            self.answer.errors.append("Choose what you have found")
        if self.answer.data == ChangeAnswer.TRUE and self.born_on and (sentence := self._death(self.born_on)):
            self.died_on.errors.append(sentence)

    def _death(self, born_on: date) -> str | None:
        if self.died_on.data is None:
            return self.died_on.missing()
        problem = death_problem(self.died_on.data, born_on, clock.today())
        return DEATH[problem] if problem else None
