"""The questions about one child who is told of by hand: by a school's office, or by somebody who found no record."""

from collections.abc import Iterable

from wtforms import Field

from cp import clock
from cp.feeds.supplied import Problem
from cp.forms.fields import Asked, Choice, Day, Text, Tick
from cp.rules.dates_typed import birth_date_problem, date_problem
from cp.services.supply.receiving import BY_HAND
from cp.terms import Column, Gender

GENDERS: dict[str, str] = {
    Gender.FEMALE: "Girl",
    Gender.MALE: "Boy",
    Gender.NOT_SPECIFIED: "Not specified",
}
OPTIONAL = " (optional)"


class TypedChild(Asked):
    """Who a child is, and where: each field is named after the column that a file would have for it."""

    given_names = Text("Given name")
    family_name = Text("Family name")
    born_on = Day("Date of birth", called="The child’s date of birth")
    gender = Choice("Gender", GENDERS)
    address_1 = Text(f"House and street{OPTIONAL}")
    town = Text(f"Town{OPTIONAL}")
    postcode = Text(f"Postcode{OPTIONAL}")
    carer_1_name = Text(f"Carer’s name{OPTIONAL}")
    carer_1_relationship = Text(f"Carer’s relationship{OPTIONAL}")
    carer_1_phone = Text(f"Carer’s telephone{OPTIONAL}")
    sure = Tick("I have checked it: send it as it is")

    def row(self) -> dict[Column, str]:
        """By what each means, as a row of a file would have it."""
        asked = {column: self._fields[column.value] for column in BY_HAND.values() if column.value in self._fields}
        found = {column: self._text(field) for column, field in asked.items()}
        return {column: text for column, text in found.items() if text}

    @staticmethod
    def _text(field: Field) -> str:
        return field.data.isoformat() if isinstance(field, Day) and field.data else str(field.data or "")

    def say(self, found: Iterable[Problem]) -> None:
        """Each problem by the field that caused it."""
        for problem in found:
            column = BY_HAND.get(problem.heading, Column.GIVEN_NAMES)
            sentence = problem.saw[:1].upper() + problem.saw[1:]
            self._fields[column.value].errors.append(f"{sentence}. {problem.do}")


class PupilForm(TypedChild):
    preferred_given_names = Text(f"Known as{OPTIONAL}")
    row_key = Text(f"Your own pupil key{OPTIONAL}")
    upn = Text(f"Unique pupil number{OPTIONAL}")

    def check(self) -> None:
        if not self.given_names.data:
            self.given_names.errors.append("Enter the child’s given name")
        if sentence := self.born_on.missing():
            self.born_on.errors.append(sentence)
        if self.gender.data is None:
            self.gender.errors.append("Choose a gender, or not specified")


class LeaverForm(Asked):
    """Who has left, by the school's own key or else by who they are, and on which day."""

    row_key = Text("Your own pupil key")
    given_names = Text("Given name")
    family_name = Text("Family name")
    born_on = Day("Date of birth", called="The child’s date of birth")
    left_on = Day("Date of leaving", called="The date of leaving")

    def check(self) -> None:
        if not self.row_key.data:
            self._who()
        if sentence := self.left_on.missing() or date_problem("The date of leaving", *self.left_on.typed):
            self.left_on.errors.append(sentence)
        elif self.left_on.data and self.left_on.data > clock.today():
            self.left_on.errors.append("The date of leaving must be today or in the past. Tell us when it has come")

    def _who(self) -> None:
        if not self.given_names.data:
            self.row_key.errors.append("Enter your own pupil key, or the name and the date of birth")
        elif sentence := self.born_on.missing() or birth_date_problem(*self.born_on.typed, clock.today()):
            self.born_on.errors.append(sentence)
