"""Whom a school names for ContactPoint, and how many of its staff hold which post."""

from collections.abc import Mapping

from cp.forms.accounts import EMAIL
from cp.forms.fields import Asked, Choice, Text
from cp.services.implementation.people import Said
from cp.terms import Training

NEEDS = {
    Training.USERS.value: "Find children and record an involvement",
    Training.ASSISTANTS.value: "Assist somebody who does, in their name",
    Training.MANAGERS.value: "Run the accounts of their school",
    Training.SUPPLIERS.value: "Send the school’s data",
}
NOT_LISTED = "none"
DIGITS = 5


class NamedForm(Asked):
    """`refuse` says what the service found."""

    name = Text("Name", longest=200)
    email = Text("Work email address", longest=200)

    def check(self) -> None:
        if not self.name.data:
            self.name.errors.append("Enter their name")
        if not EMAIL.fullmatch(self.email.data):
            self.email.errors.append("Enter a work email address, like name@school.example")
        for name, sentence in (("need", "Choose what they will do in ContactPoint"), ("post", "Choose their post")):
            if self._fields[name].data is None:
                self._fields[name].errors.append(sentence)

    def refuse(self, taken_by: str) -> None:
        self.email.errors.append(f"{taken_by} is named here with this address. Enter another, or change {taken_by}")

    def said(self) -> Said:
        post = str(self._fields["post"].data)
        return Said(self.name.data, self.email.data, None if post == NOT_LISTED else post,
                    Training(str(self._fields["need"].data)))  # fmt: skip


def named_form(posts: Mapping[str, str]) -> type[NamedForm]:
    """With the posts that are listed at such an organisation."""
    asked = {
        "need": Choice("What will they do in ContactPoint?", NEEDS),
        "post": Choice("Which listed post do they hold?", {**posts, NOT_LISTED: "None of these"}),
    }
    return type("SchoolNamedForm", (NamedForm,), asked)


class StaffForm(Asked):
    """A number for each listed post; an empty box says nothing of it."""

    def check(self) -> None:
        for field in self:
            if field.data and not _whole(field.data):
                field.errors.append(f"{field.label.text}: enter a whole number up to 9999, or leave it empty")

    def counts(self) -> dict[str, int]:
        return {field.name: int(field.data) for field in self if field.data}


def staff_form(posts: Mapping[str, str]) -> type[StaffForm]:
    return type("SchoolStaffForm", (StaffForm,), {code: Text(words) for code, words in posts.items()})


def _whole(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < DIGITS
