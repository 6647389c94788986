"""A training session as it is arranged, who is booked for it, and who came."""

import re
from collections.abc import Mapping
from datetime import date

from cp import clock
from cp.forms.fields import Asked, Choice, Day, Several, Text
from cp.models import TrainingSession
from cp.rules.days import anniversary
from cp.services.implementation.training import Said
from cp.terms import Accessible, Training

KINDS = {
    Training.USERS.value: "Users: find children and record an involvement",
    Training.ASSISTANTS.value: "Assistants",
    Training.MANAGERS.value: "Account managers of schools",
    Training.SUPPLIERS.value: "Suppliers: send a school’s data",
}
FORMATS = {
    Accessible.STEP_FREE.value: "Step-free access",
    Accessible.HEARING_LOOP.value: "Hearing loop",
    Accessible.LARGE_PRINT.value: "Large print",
    Accessible.SIGN_LANGUAGE.value: "British Sign Language (BSL) interpreter",
    Accessible.CAPTIONS.value: "Online with captions",
}
WHERE = {"place": "In a place", "online": "Online"}
MINUTES, PLACES = (15, 600), (1, 500)
TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", re.ASCII)
REFUSED = {
    "booked": "There are {name} booked who have a place. Enter {name} or more, or take somebody off first",
    "has_people": "People are booked for it. Take them off first, or make another session",
    "meanwhile": "Somebody else changed this session meanwhile. What it says now is on its page: look at it, then "
    "change it again",
}


class SessionForm(Asked):
    """`was_on`: the day of a session that is changed; it may stay, even where it is past."""

    kind = Choice("Whom is it for?", KINDS)
    held = Day("Which day?", called="The day")
    starts = Text("When does it start?")
    minutes = Text("How many minutes does it take?")
    where = Choice("Where is it?", WHERE)
    place = Text("The address, or how to join online", longest=200)
    places = Text("How many places are there?")
    formats = Several("What does it offer to whoever needs it?", FORMATS)
    was_on: date | None = None

    def check(self) -> None:
        if self.kind.data is None:
            self.kind.errors.append("Choose whom it is for")
        if sentence := self._day():
            self.held.errors.append(sentence)
        if not TIME.fullmatch(self.starts.data):
            self.starts.errors.append("Enter when it starts, like 14:00")
        if self.where.data is None:
            self.where.errors.append("Choose whether it is in a place or online")
        if not self.place.data:
            self.place.errors.append("Enter the address, or how to join online")
        for field, between, of in ((self.minutes, MINUTES, "minutes"), (self.places, PLACES, "places")):
            if not _between(field.data, between):
                field.errors.append(f"Enter a number of {of} from {between[0]} to {between[1]}")

    def _day(self) -> str | None:
        today = clock.today()
        if self.held.data is None or self.held.data == self.was_on:
            return self.held.missing()
        if self.held.data < today:
            return "The day must be today or later"
        return "The day must be within two years" if self.held.data > anniversary(today, 2) else None

    def refuse(self, field: str, code: str, name: str = "") -> None:
        self._fields[field].errors.append(REFUSED[code].format(name=name))

    def said(self) -> Said:
        hour, minute = TIME.fullmatch(self.starts.data).groups()  # type: ignore[union-attr]
        return Said(
            Training(str(self.kind.data)), self.held.data or clock.today(), f"{int(hour):02}:{minute}",
            int(self.minutes.data), self.where.data == "online", self.place.data, int(self.places.data),
            tuple(Accessible(code) for code in self.formats.data),
        )  # fmt: skip


def of_session(held: TrainingSession) -> dict[str, object]:
    """A session as the form's answers."""
    return {
        "kind": held.kind.value, "held": held.held_on, "starts": held.starts_at, "minutes": str(held.minutes),
        "where": "online" if held.online else "place", "place": held.place, "places": str(held.places),
        "formats": held.formats.split("+"),
    }  # fmt: skip


def people_form(choices: Mapping[str, str], question: str, missing: str = "") -> type[Asked]:
    """Whom to book, or who came; `missing` where nobody will not do."""

    class PeopleForm(Asked):
        people = Several(question, choices)

        def check(self) -> None:
            if missing and not self.people.data:
                self.people.errors.append(missing)

    return PeopleForm


def _between(typed: str, between: tuple[int, int]) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= 4 and between[0] <= int(typed) <= between[1]
