"""Whom to contact at a school, and what somebody writes down of a contact that was made."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from cp import clock
from cp.forms.asking_to_join import EMAIL
from cp.forms.fields import Asked, Choice, Day, Select, Text, Tick
from cp.rules.contacting import FURTHEST_YEARS, OLDEST_YEARS, made_problem, next_problem
from cp.rules.phones import phone_normal
from cp.services.implementation.contacts import Facts
from cp.services.implementation.log import Made
from cp.terms import ContactBy, ContactOutcome, NextStep

NOBODY, NOTHING = "nobody", "nothing"
BY: dict[str, str] = {
    ContactBy.PHONE: "By telephone",
    ContactBy.EMAIL: "By email",
    ContactBy.LETTER: "By letter",
    ContactBy.VISIT: "By a visit",
    ContactBy.VIDEO: "By video call",
}
OUTCOMES: dict[str, str] = {
    ContactOutcome.DUTY_EXPLAINED: "We explained the duty and what happens next",
    ContactOutcome.WILL_ANSWER: "They will answer our questions",
    ContactOutcome.ASKED_US: "They asked us something",
    ContactOutcome.MORE_TIME: "They asked for more time",
    ContactOutcome.WILL_NOT: "They do not want to take part",
    ContactOutcome.SENT: "We sent it",
    ContactOutcome.NO_ANSWER: "Nobody answered",
    ContactOutcome.MESSAGE_LEFT: "We left a message",
    ContactOutcome.WRONG_PERSON: "It was the wrong person or number",
}
NEXT: dict[str, str] = {
    NextStep.CALL: "Call them",
    NextStep.WRITE: "Write to them",
    NextStep.VISIT: "Visit them",
    NextStep.FIND_OUT: "Find out whom to contact",
    NextStep.ANSWER_THEM: "Answer their question",
    NextStep.HEAR: "Hear from them",
}
MADE = {
    "future": "The day must be today or in the past",
    "old": f"The day must be within the last {OLDEST_YEARS} years",
}
PLANNED = {
    "past": "The day of the next step must be today or later",
    "far": f"The day of the next step must be within {'a year' if FURTHEST_YEARS == 1 else FURTHEST_YEARS}",
}


class PersonForm(Asked):
    name = Text("Name", longest=200)
    post = Text("Post", longest=120)
    phone = Text("Telephone")
    email = Text("Email address", longest=200)
    is_main = Tick("Main contact")

    def check(self) -> None:
        if not any(map(str.isalpha, self.name.data)):
            self.name.errors.append("Enter their name")
        if not self.post.data:
            self.post.errors.append("Enter their post, like bursar or head’s secretary")
        if self.phone.data and phone_normal(self.phone.data) is None:
            self.phone.errors.append("Enter a telephone number, like 0161 496 0110")
        if self.email.data and not EMAIL.fullmatch(self.email.data):
            self.email.errors.append("Enter an email address, like name@school.example")
        if not self.phone.data and not self.email.data:
            self.phone.errors.append("Enter a telephone number or an email address, or both")

    def facts(self) -> Facts:
        return Facts(
            self.name.data, self.post.data, phone_normal(self.phone.data), self.email.data or None, self.is_main.data,
        )  # fmt: skip


class MadeForm(Asked):
    """`people`: by their ids, the contacts of this school."""

    people: ClassVar[Mapping[str, str]] = {}
    when = Day("When?", called="The day")
    whom = Choice("With whom?", {})
    by = Choice("How?", BY)
    outcome = Choice("What came of it?", OUTCOMES)
    next_step = Select("What is the next step?", {**NEXT, NOTHING: "Nothing for now"})
    by_when = Day("By when?", called="The day of the next step")

    def process(self, *args: Any, **given: Any) -> None:
        self.whom.choices = {**self.people, NOBODY: "Somebody else, or nobody" if self.people else "Nobody named here"}
        super().process(*args, **given)

    def check(self) -> None:
        for field, sentence in (
            (self.whom, "Choose with whom, or nobody"), (self.by, "Choose how"),
            (self.outcome, "Choose what came of it"), (self.next_step, "Choose the next step, or nothing for now"),
        ):  # fmt: skip
            if field.data is None:
                field.errors.append(sentence)
        self._day(self.when, MADE, made_problem)
        if self.next_step.data not in (None, NOTHING):
            self._day(self.by_when, PLANNED, next_problem)

    def _day(self, field: Day, sentences: Mapping[str, str], problem: Any) -> None:
        if field.data is None:
            field.errors.append(field.missing() or "")
        elif code := problem(field.data, clock.today()):
            field.errors.append(sentences[code])

    def made(self) -> Made:
        """Only of a form that is valid."""
        planned = self.next_step.data != NOTHING
        return Made(
            made_on=self.when.data or clock.today(),
            contact=None if self.whom.data == NOBODY else UUID(str(self.whom.data)),
            by=ContactBy(str(self.by.data)), outcome=ContactOutcome(str(self.outcome.data)),
            next_step=NextStep(str(self.next_step.data)) if planned else None,
            next_on=self.by_when.data if planned else None,
        )  # fmt: skip


def made_form(people: Mapping[str, str]) -> type[MadeForm]:
    """The questions about a contact with one school."""
    return type("OfSchool", (MadeForm,), {"people": people})
