"""A new record for a protected child, a record to be sealed, a second record of the same child."""

from collections.abc import Mapping

from cp import clock
from cp.forms.fields import Asked, Choice, Day, Text
from cp.rules import number
from cp.rules.dates_typed import birth_date_problem
from cp.rules.shielding import review_date_problem
from cp.services.identities.making import GROUNDS, NewChild
from cp.terms import Gender, ShieldGround

GENDERS = {"female": "Girl", "male": "Boy", "not_specified": "Not specified"}
GROUND_WORDS = {ShieldGround.ADOPTION: "Adoption", ShieldGround.WITNESS_PROTECTION: "Witness protection"}
REVIEW = {"past": "Review date must be after today", "too_late": "Review date must be within 6 months"}
PROBLEMS = {
    "second": "Choose who the second person is",
    "asker_left": "Whoever asked is no longer in the management team. Decline, and ask for it again yourself",
}
UNKNOWN_NUMBER = "Check the number: none of your authority’s other records has it"


class NewIdentityForm(Asked):
    given_names = Text("Given names")
    family_name = Text("Family name")
    born = Day("Date of birth", called="The child’s date of birth")
    gender = Choice("Gender", GENDERS)
    ground = Choice("Why is a new record needed?", {one.value: GROUND_WORDS[one] for one in GROUNDS})
    review = Day("Review by", called="The review date")

    def check(self) -> None:
        if not any(map(str.isalpha, self.given_names.data)):
            self.given_names.errors.append("Enter the child’s given names")
        if self.family_name.data and not any(map(str.isalpha, self.family_name.data)):
            self.family_name.errors.append("Family name must have a letter in it")
        if sentence := self.born.missing() or birth_date_problem(*self.born.typed, clock.today()):
            self.born.errors.append(sentence)
        if self.gender.data is None:
            self.gender.errors.append("Choose a gender, or not specified")
        if self.ground.data is None:
            self.ground.errors.append("Choose why a new record is needed")
        if sentence := self.review.missing() or REVIEW.get(review_date_problem(self.review.data, clock.today()) or ""):
            self.review.errors.append(sentence)

    def child(self) -> NewChild | None:
        """What was asked for; None while something is missing."""
        born, review, gender, ground = self.born.data, self.review.data, self.gender.data, self.ground.data
        if born is None or review is None or gender is None or ground is None:
            return None
        names = self.given_names.data, self.family_name.data
        return NewChild(*names, born, Gender(gender), ShieldGround(ground), review)


class AnswerForm(Asked):
    """Agree or decline, as buttons; the sentence of what keeps it from being agreed to stands by them."""

    answer = Choice("", {"agree": "Agree", "decline": "Decline"})

    def check(self) -> None:
        if self.answer.data is None:
            self.answer.errors.append("Agree or decline")

    def refuse(self, code: str) -> None:
        self.answer.errors.append(PROBLEMS[code])


class OtherNumberForm(Asked):
    number = Text("What is the other record’s ContactPoint number?")

    def check(self) -> None:
        if not self.number.data:
            self.number.errors.append("Enter the other record’s number")
        elif not number.number_ok(self.number.data):
            self.number.errors.append("That is not a ContactPoint number. It is CP and 10 numbers")


def second_form(colleagues: Mapping[str, str]) -> type[Asked]:
    """Whom of the team to ask."""

    class SecondForm(Asked):
        second = Choice("Who is the second person?", colleagues)

        def check(self) -> None:
            if self.second.data is None:
                self.second.errors.append(PROBLEMS["second"])

    return SecondForm


def keep_form(numbers: Mapping[str, str]) -> type[Asked]:
    """Which of two records goes on."""

    class KeepForm(Asked):
        keep = Choice("Which record goes on?", numbers)

        def check(self) -> None:
            if self.keep.data is None:
                self.keep.errors.append("Choose which record goes on")

    return KeepForm
