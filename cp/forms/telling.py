"""A child whom a practitioner looked for and did not find; and what becomes of what they told."""

from collections.abc import Mapping, Sequence
from datetime import date

from cp import clock
from cp.forms.fields import Asked, Choice, Day, Problem, Text
from cp.forms.pupil import OPTIONAL, TypedChild
from cp.rules import number
from cp.rules.dates_typed import OLDEST_AGE, birth_date_problem
from cp.rules.postcodes import is_first_half
from cp.services.supply.told import Besides
from cp.terms import ToldAnswer, WhyHere

WHYS: dict[str, str] = {
    WhyHere.LIVES_HERE: "The child lives here",
    WhyHere.LEARNS_HERE: "The child goes to a school or nursery here",
    WhyHere.HELPED_HERE: "The child gets help from a service here",
}
ANSWERS: dict[str, str] = {
    ToldAnswer.NEW: "A new child: make a record",
    ToldAnswer.HELD: "The child has a record already",
    ToldAnswer.LEAVE_OUT: "Make no record",
}
UNKNOWN = "Check the number: there is no such record, or you have said already that it is another child"


class TellingForm(TypedChild):
    age = Text("Age, if you do not know the date of birth")
    school = Text(f"School or nursery{OPTIONAL}")
    why = Choice("Why do you think that the child belongs in this directory?", WHYS)
    wait = ""
    """Why nothing more can be told today; whatever was typed stays."""

    @property
    def problems(self) -> Sequence[Problem]:
        return [*super().problems, *([("tell", self.wait)] if self.wait else [])]

    def check(self) -> None:
        if not any(map(str.isalpha, self.given_names.data)):
            self.given_names.errors.append("Enter the child’s given name")
        self._check_birth()
        if self.gender.data is None:
            self.gender.errors.append("Choose a gender, or not specified")
        if not (self.address_1.data or self.postcode.data or self.school.data):
            self.address_1.errors.append("Enter where the child lives, or a school or nursery")
        if self.why.data is None:
            self.why.errors.append("Choose why the child belongs in this directory")

    def _check_birth(self) -> None:
        typed = any(self.born_on.typed)
        if not typed and not self.age.data:
            self.born_on.errors.append("Enter a date of birth, or an age if you do not know it")
        elif typed and (sentence := self.born_on.missing() or birth_date_problem(*self.born_on.typed, clock.today())):
            self.born_on.errors.append(sentence)
        if self.age.data and not (self.age.data.isdecimal() and len(self.age.data) <= 2 and self._years <= OLDEST_AGE):
            self.age.errors.append(f"Age must be a number from 0 to {OLDEST_AGE}")

    @property
    def _years(self) -> int:
        return int(self.age.data)

    def besides(self) -> Besides:
        age = self._years if self.age.data and not self.born_on.data else None
        return Besides(WhyHere(str(self.why.data)), age, self.school.data)


def searched(facts: Mapping[str, str]) -> dict[str, str]:
    """What was typed into a search, as this form sends it."""
    year, month, day = facts["born"].split("-") if "born" in facts else ("", "", "")
    place = facts.get("postcode", "")
    found = {
        "given_names": facts.get("given_name", ""), "family_name": facts.get("family_name", ""),
        "born_on-day": day.lstrip("0"), "born_on-month": month.lstrip("0"), "born_on-year": year,
        "age": facts.get("age", ""), "gender": facts.get("gender", ""),
        "address_1": " ".join(filter(None, (facts.get("house"), facts.get("street")))),
        "postcode": "" if is_first_half(place) else place,
    }  # fmt: skip
    return {name: text for name, text in found.items() if text}


class ToldForm(Asked):
    """What becomes of it. `asks_birth`: nobody has told when the child was born."""

    answer = Choice("What is to become of it?", ANSWERS)
    born_on = Day("Date of birth, for a new record", called="The child’s date of birth")
    number = Text("ContactPoint number, if there is a record")
    asks_birth = False

    def check(self) -> None:
        if self.answer.data is None:
            self.answer.errors.append("Choose what is to become of it")
        if self.answer.data == ToldAnswer.NEW and self.asks_birth and (sentence := self._birth_problem()):
            self.born_on.errors.append(sentence)
        if self.answer.data == ToldAnswer.HELD and not number.number_ok(self.number.data):
            self.number.errors.append("Enter the ContactPoint number of the record: it is CP and 10 numbers")

    def _birth_problem(self) -> str | None:
        return self.born_on.missing() or birth_date_problem(*self.born_on.typed, clock.today())

    def birth(self) -> date | None:
        found: date | None = self.born_on.data if self.asks_birth else None
        return found
