"""Why so many, how many there may be, what a reviewer found."""

from cp.forms.fields import Asked, Choice, Text
from cp.rules.looking_up import HARD_BETWEEN, MOST_ALLOWED, SOFT_BETWEEN, limit_problem
from cp.terms import Finding, MoreReason

MORE = {
    MoreReason.DUTY_DESK.value: "I am on the duty desk",
    MoreReason.NEW_WORK.value: "I am taking on new children",
    MoreReason.COVERING.value: "I am covering for a colleague",
    MoreReason.SERVICE_WIDE.value: "My work is with a whole school, area or service",
}
FINDINGS = {
    Finding.IN_ORDER.value: "It was in order",
    Finding.SPOKEN_TO.value: "I spoke to them, and it will not happen again",
    Finding.MISUSE.value: "It was misuse",
}
SAID_BESIDES = {
    MoreReason.DUTY_DESK: "On the duty desk",
    MoreReason.NEW_WORK: "Taking on new children",
    MoreReason.COVERING: "Covering for a colleague",
    MoreReason.SERVICE_WIDE: "Working with a whole school, area or service",
}
FOUND = {
    Finding.IN_ORDER: "It was in order",
    Finding.SPOKEN_TO: "Spoken to, it will not happen again",
    Finding.MISUSE: "Misuse",
}
"""The same in a reviewer's pages."""


class MoreForm(Asked):
    more = Choice("Why do you need to open more records than usual?", MORE)

    def check(self) -> None:
        if self.more.data is None:
            self.more.errors.append("Choose why you need to open more records than usual")


class FindingForm(Asked):
    finding = Choice("What did you find?", FINDINGS)

    def check(self) -> None:
        if self.finding.data is None:
            self.finding.errors.append("Choose what you found")


class LimitsForm(Asked):
    soft = Text("Children outside a person’s own list, in a week")
    hard = Text("Records of any kind, in a day")

    def check(self) -> None:
        for field, between in ((self.soft, SOFT_BETWEEN), (self.hard, HARD_BETWEEN)):
            if limit_problem(_number(field.data), between):
                field.errors.append(f"{field.label.text}, must be a number from {between[0]} to {between[1]}")

    def limits(self) -> tuple[int, int]:
        return int(self.soft.data), int(self.hard.data)


class AnswerForm(Asked):
    answer = Choice("May they open more records today?", {"more": f"Yes, {MOST_ALLOWED} more in the next 24 hours",
                                                          "no": "No, not today"})  # fmt: skip

    def check(self) -> None:
        if self.answer.data is None:
            self.answer.errors.append("Choose whether they may open more records today")


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None
