"""Who gets a letter: all that wait for it, or those that were ticked; and how it goes out."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from wtforms import Field
from wtforms.utils import unset_value

from cp.forms.fields import Asked, Choice, Tick
from cp.services.implementation.letters.making import A_RUN
from cp.services.implementation.letters.making import Asked as Wanted
from cp.terms import LetterKind, LetterWay

LETTERS: dict[str, str] = {
    LetterKind.FIRST: "First letter",
    LetterKind.MEANS: "Letter that asks how a school will send",
    LetterKind.TRAINING: "Training invitation",
    LetterKind.REMINDER: "Reminder",
}
"""In the order in which a school gets them; a reminder at any time."""
FOR_WHOM: dict[str, str] = {
    LetterKind.FIRST: "Whoever has not been told yet what ContactPoint is and what the law says",
    LetterKind.MEANS: "Whoever has not answered yet how they will send",
    LetterKind.TRAINING: "Whoever has named people that need training",
    LetterKind.REMINDER: "Whoever is late with something that only they can do",
}
WAYS: dict[str, str] = {LetterWay.PRINTED: "Printed", LetterWay.EMAILED: "Sent by email"}


class Several(Field):
    """Boxes of one name. `data` are the ids that were ticked, each once; what is no id counts as not ticked."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        sent = formdata.getlist(self.name)[:A_RUN] if formdata else []
        self.data = tuple(dict.fromkeys(one for one in map(_id, sent) if one))
        self.errors: list[str] = []

    @property
    def first_id(self) -> str:
        return "schools"


class WhomForm(Asked):
    to = Choice("Who gets it?", {"all": "All that wait for it", "chosen": "Only those that I tick below"})
    school = Several("Schools and services")
    again = Tick("Again")

    def check(self) -> None:
        if self.to.data is None:
            self.to.errors.append("Choose who gets the letter")
        if self.to.data == "chosen" and not self.school.data:
            self.school.errors.append("Tick at least one, or choose all that wait for it")

    def typed(self) -> Iterator[tuple[str, str]]:
        """For the page that asks before the letters are made; whether again is asked there."""
        yield "to", str(self.to.data)
        if self.to.data == "chosen":
            yield from (("school", str(one)) for one in self.school.data)

    def wanted(self, kind: LetterKind) -> Wanted:
        chosen = self.school.data if self.to.data == "chosen" else None
        return Wanted(kind, chosen, self.again.data)


def kind_of(text: str | None) -> LetterKind:
    """The first letter where what was asked for is none."""
    return LetterKind(text) if text in LETTERS else LetterKind.FIRST


def way_of(text: str | None) -> LetterWay | None:
    """None before somebody has said how."""
    return LetterWay(text) if text in WAYS else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
