"""What the management team says of a supplier: how often it sends, and from which weight on its rows join."""

from cp.forms.fields import Asked, Choice, Text
from cp.rules.supplying import JOIN_BETWEEN, LOOK_BETWEEN, may_be_set
from cp.terms import Frequency

OFTEN = {
    Frequency.DAILY: "Every working day",
    Frequency.WEEKLY: "Every week",
    Frequency.MONTHLY: "Every month",
    Frequency.TERMLY: "Every term",
}
OFTEN_NOTES = {
    Frequency.DAILY: "For a system that sends by itself each night",
    Frequency.WEEKLY: "Within 7 days of the last file",
    Frequency.MONTHLY: "By the same day of the next month",
    Frequency.TERMLY: "By 31 January, 30 April and 30 September; and within 10 working days of a child coming or going",
}
DIGITS = 6


class FrequencyForm(Asked):
    often = Choice("How often does it send a file?", {often.value: words for often, words in OFTEN.items()})

    def check(self) -> None:
        if self.often.data is None:
            self.often.errors.append("Choose how often it sends a file")


class ThresholdsForm(Asked):
    join = Text("A row joins a record by itself from")
    look = Text("A person looks at a row from")

    def check(self) -> None:
        for field, between in ((self.join, JOIN_BETWEEN), (self.look, LOOK_BETWEEN)):
            if not may_be_set(_number(field.data), between):
                field.errors.append(f"{field.label.text} must be a whole number from {between[0]} to {between[1]}")

    def bits(self) -> tuple[float, float]:
        """From which weight on a row joins, and from which somebody looks."""
        return float(self.join.data), float(self.look.data)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < DIGITS else None
