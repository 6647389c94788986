"""What a person half remembers of a child, and why they ask."""

from collections.abc import Sequence
from typing import Literal

from cp import clock
from cp.forms.fields import Asked, Choice, Day, Problem, Text
from cp.forms.reason import REASONS
from cp.rules import number, postcodes
from cp.rules.dates_typed import OLDEST_AGE, birth_date_problem, birth_known
from cp.rules.days import age_on
from cp.rules.searching import WILDCARDS, search_problem
from cp.rules.typed import plain

TooLittle = tuple[str, str]
"""The name of the field to add to, and the sentence."""
NO_SIGNS = "Leave out signs like * and ?. Other spellings are tried anyway"
GENDERS = {"female": "Girl", "male": "Boy", "not_sure": "Not sure"}


class ChildForm(Asked):
    """What may be known of a child, but for the number."""

    given_name = Text("Given name")
    family_name = Text("Family name")
    born = Day("Date of birth", called="Date of birth", year_alone=True)
    age = Text("Age, if you do not know the date of birth")
    gender = Choice("Gender", GENDERS)
    postcode = Text("Postcode")

    def check(self) -> None:
        for field, sentence in (
            (self.given_name, name_problem(self.given_name)),
            (self.family_name, name_problem(self.family_name)),
            (self.born, birth_date_problem(*self.born.typed, clock.today())),
            (self.age, self._age_problem()),
            (self.postcode, self._postcode_problem()),
        ):
            if sentence:
                field.errors.append(sentence)
        if not self.problems and (sentence := self._disagreement()):
            self.age.errors.append(sentence)

    def facts(self) -> dict[str, str]:
        """What was asked for, as plain text by name: what a search keeps, sealed."""
        known = {
            "given_name": self.given_name.data,
            "family_name": self.family_name.data,
            "age": self.age.data,
            "gender": self.gender.data if self.gender.data != "not_sure" else "",
            "postcode": postcodes.normalise(self.postcode.data) or postcodes.outward(self.postcode.data),
            **self._birth(),
        }
        return {name: fact for name, fact in known.items() if fact}

    def _birth(self) -> dict[str, str]:
        if self.born.data:
            return {"born": self.born.data.isoformat()}
        known = birth_known(*self.born.typed)
        return {"born_year": plain(self.born.parts["year"])} if known == "year" else {}

    def _age_problem(self) -> str | None:
        age = self.age.data
        if age and not (age.isdecimal() and len(age) <= 2 and int(age) <= OLDEST_AGE):
            return f"Age must be a number from 0 to {OLDEST_AGE}"
        return None

    def _postcode_problem(self) -> str | None:
        if self.postcode.data and postcodes.outward(self.postcode.data) is None:
            return "Enter a postcode like ZA4 7QD, or its first half like ZA4"
        return None

    def _disagreement(self) -> str | None:
        if self.born.data and self.age.data and abs(age_on(self.born.data, clock.today()) - int(self.age.data)) > 1:
            return "Age and date of birth do not agree. Check one, or clear one"
        return None


class FactsForm(ChildForm):
    """The facts alone: also what "Show fewer" adds to an earlier search."""

    number = Text("ContactPoint number")

    def check(self) -> None:
        self._take_number()
        if sentence := self._number_problem():
            self.number.errors.append(sentence)
        super().check()

    def facts(self) -> dict[str, str]:
        known = number.normalise(self.number.data)
        return super().facts() | ({"number": known} if known else {})

    def _take_number(self) -> None:
        """A number typed into a name field is taken as the number."""
        for field in (self.given_name, self.family_name):
            if not self.number.data and number.number_ok(field.data):
                self.number.data = self.number.typed = field.data
                field.data = field.typed = ""

    def _number_problem(self) -> str | None:
        if self.number.data and not number.number_ok(self.number.data):
            return "That is not a ContactPoint number. Check it against the printout: it is CP and 10 numbers"
        return None


class Searching(ChildForm):
    """A whole search: the facts, with why they are asked."""

    reason = Choice("Why do you need to find this child?", REASONS)
    wait = ""
    """Until when nothing more can be searched for; whatever was typed stays."""

    @property
    def problems(self) -> Sequence[Problem]:
        return [*super().problems, *([("search", self.wait)] if self.wait else [])]

    def check(self) -> None:
        super().check()
        if not self.problems and (found := self.lacks()):
            name, sentence = found
            self[name].errors.append(sentence)
        if self.reason.data is None:
            self.reason.errors.append("Choose why you need to find this child")

    def lacks(self) -> TooLittle | None:
        """The field to add to and the sentence, where what was typed is less than this search may ask."""
        raise NotImplementedError


class SearchForm(Searching, FactsForm):
    def lacks(self) -> TooLittle | None:
        return too_little(self.facts(), self.given_name.data, self.family_name.data)


def too_little(facts: dict[str, str], given: str, family: str) -> TooLittle | None:
    """The field to add to and the sentence, where these facts are less than a search may ask."""
    code = search_problem("number" in facts, given, family, *birth_age_and_postcode(facts))
    if code is None:
        return None
    if code == "add_other_name_or_birth_date":
        missing, there = ("given_name", "family name") if not given else ("family_name", "given name")
        added = missing.replace("_", " ")
        return missing, f"Add a {added}, or a whole date of birth. A {there} alone matches too many children"
    return {
        "nothing": ("given_name", "Enter a given name, a family name or a ContactPoint number"),
        "wildcard": ("given_name" if WILDCARDS & set(given) else "family_name", NO_SIGNS),
        "add_a_name": ("given_name", "Add a given name or a family name"),
        "add_birth_date_age_or_postcode": ("born", "Add a date of birth, an age, or a postcode"),
    }[code]


def birth_age_and_postcode(
    facts: dict[str, str],
) -> tuple[Literal["whole", "year"] | None, int | None, Literal["whole", "first_half"] | None]:
    """How much of each is known, as the rules ask it."""
    born: Literal["whole", "year"] | None = "whole" if "born" in facts else "year" if "born_year" in facts else None
    age, postcode = facts.get("age"), facts.get("postcode")
    if not postcode:
        return born, int(age) if age else None, None
    return born, int(age) if age else None, "first_half" if postcodes.is_first_half(postcode) else "whole"


def name_problem(field: Text) -> str | None:
    if field.data and not any(map(str.isalpha, field.data)) and not WILDCARDS & set(field.data):
        return f"{field.label.text} must have a letter in it"
    return None
