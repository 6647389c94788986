"""What has changed in a child's life, and what the management team found of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from cp import clock
from cp.forms.fields import Asked, Choice, Day, Text
from cp.rules.changing import death_problem
from cp.rules.dates_typed import date_problem
from cp.rules.phones import phone_normal, phone_shown
from cp.services.changes.deciding import Found
from cp.services.changes.numbers import Number
from cp.services.changes.telling import Said
from cp.terms import ChangeAnswer, ChangeKind, MovedTo

KINDS: dict[str, str] = {
    ChangeKind.MOVED_AWAY: "The child has moved away",
    ChangeKind.LEFT_SCHOOL: "The child has left school",
    ChangeKind.DIED: "The child has died",
    ChangeKind.NUMBER_FAILED: "A telephone number here did not work",
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
    ChangeKind.NUMBER_FAILED: "Does this number not work?",
}
ANSWERS: dict[str, str] = {ChangeAnswer.TRUE: "Yes", ChangeAnswer.NOT_TRUE: "No, or nobody can say"}
DEATH = {
    "future": "The date of death must be today or in the past",
    "before_birth": "The date of death must be on or after the date of birth",
}


class ChangeForm(Asked):
    """`numbers`: by its code, each number that this reader is shown, and whose it is."""

    numbers: ClassVar[Mapping[str, str]] = {}
    what = Choice("What has changed?", KINDS)
    number = Choice("Which number did not work?", {})
    to = Choice("Where has the child moved to?", WHERE)
    on = Day("When, if you know", called="The date")

    def process(self, *args: Any, **given: Any) -> None:
        self.number.choices = self.numbers
        if not self.numbers:
            self.what.choices = {code: words for code, words in KINDS.items() if code != ChangeKind.NUMBER_FAILED}
        super().process(*args, **given)

    def check(self) -> None:
        if self.what.data is None:
            self.what.errors.append("Choose what has changed")
        if self.what.data == ChangeKind.NUMBER_FAILED and self.number.data is None:
            self.number.errors.append("Choose the number that did not work")
        if self.what.data == ChangeKind.MOVED_AWAY and self.to.data is None:
            self.to.errors.append("Choose where the child has moved to, or that you do not know")
        if any(self.on.typed) and (sentence := date_problem("The date", *self.on.typed)):
            self.on.errors.append(sentence)
        elif self.on.data and self.on.data > clock.today():
            self.on.errors.append("The date must be today or in the past")

    def said(self, numbers: Iterable[Number]) -> Said:
        kind = ChangeKind(str(self.what.data))
        to = MovedTo(str(self.to.data)) if kind is ChangeKind.MOVED_AWAY else None
        failed = kind is ChangeKind.NUMBER_FAILED
        number = next(one for one in numbers if one.code == self.number.data) if failed else None
        return Said(kind, self.on.data, to, number)


def change_form(numbers: Iterable[Number]) -> type[ChangeForm]:
    """The questions about one record."""
    shown = {one.code: f"{phone_shown(one.phone)}, {one.whose}" for one in numbers}
    return type("OfRecord", (ChangeForm,), {"numbers": shown})


class FoundForm(Asked):
    """`born_on`: of the child, where the question is whether the child has died."""

    answer = Choice("What have you found?", ANSWERS)
    right = Text("The right number (optional)")
    died_on = Day("Date of death", called="The date of death")
    born_on: date | None = None

    def check(self) -> None:
        if self.answer.data is None:
            self.answer.errors.append("Choose what you have found")
        if self.answer.data == ChangeAnswer.TRUE and self.born_on and (sentence := self._death(self.born_on)):
            self.died_on.errors.append(sentence)
        if self.right.data and phone_normal(self.right.data) is None:
            self.right.errors.append("Enter a telephone number, like 0161 496 0163")

    def found(self) -> Found:
        return Found(ChangeAnswer(str(self.answer.data)), self.died_on.data, phone_normal(self.right.data))

    def _death(self, born_on: date) -> str | None:
        if self.died_on.data is None:
            return self.died_on.missing()
        problem = death_problem(self.died_on.data, born_on, clock.today())
        return DEATH[problem] if problem else None
