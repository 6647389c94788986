"""What a manager is asked about somebody's account."""

import re
from collections.abc import Mapping

from cp.forms.fields import Asked, Choice, Day, Select, Text
from cp.rules.phones import phone_normal
from cp.terms import LinkKind, Role, SuspendedBecause

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SENTENCES = {
    "taken": "Somebody with this email address has an account. Look for them in the list of people",
    "closed": "This account is closed. Open it again first",
    "has_it": "This person has it already, or it waits for a second manager",
    "has_it_not": "This person no longer has it",
    "place": "This role is held at the authority. Choose another role",
    "post": "Choose a post that the Regulations list for this organisation",
    "no_principal": "Enter the email address of a practitioner at the same organisation, with an open account",
    "ends_within_a_year": "The last day must be after today, and within a year",
    "override_needs_practitioner": "Only a practitioner can hold the override right",
    "last_account_manager": "{name} is the last account manager here. Make another one first",
    "last_national_administrator": "{name} is the last national administrator. Make another one first",
    "in_future": "The day of issue must be today or earlier",
    "older": "A newer check than this one is recorded already. Enter the newest",
    "same_place": "This person works there already. Choose another organisation",
    "assistant_moves": "An assistant works where the person they act for does. End that role first",
    "no_use": "This account has no use for such a link now",
    "no_role": "This person has no role in force. Give them one first",
    "asker_left": "{name}, who asked for it, no longer runs accounts. Ask for it again",
}
REASONS = {
    SuspendedBecause.UNUSUAL_USE.value: "Unusual use that has to be looked into",
    SuspendedBecause.EMPLOYER_ASKED.value: "The employer asked for it",
    SuspendedBecause.LONG_LEAVE.value: "Long leave",
    SuspendedBecause.OWN_WISH.value: "The person asked for it",
}
LINKS = {
    LinkKind.JOIN.value: "To join: they set their first password",
    LinkKind.PASSWORD.value: "A forgotten password: they set a new one",
    LinkKind.FACTOR.value: "A lost telephone or codes: they set up a new authenticator app",
}


class AccountForm(Asked):
    """A form that the service may answer with a problem of one of its fields."""

    def refuse(self, field: str, code: str, name: str = "") -> None:
        known = self._fields.get(field) or next(iter(self))
        known.errors.append(SENTENCES[code].format(name=name))


def where_form(places: Mapping[str, str], roles: Mapping[str, str]) -> type[AccountForm]:
    class WhereForm(AccountForm):
        organisation = Select("Where do they work?", places)
        role = Choice("What will they do in ContactPoint?", roles)

        def check(self) -> None:
            if self.organisation.data is None:
                self.organisation.errors.append("Choose where they work")
            if self.role.data is None:
                self.role.errors.append("Choose what they will do in ContactPoint")

    return WhereForm


class Post(AccountForm):
    """What a role asks besides. A form has those of these fields that its role needs."""

    def check(self) -> None:
        fields = self._fields
        if "post" in fields and fields["post"].data is None:
            fields["post"].errors.append("Choose their post")
        if "works_as" in fields and not fields["works_as"].data:
            fields["works_as"].errors.append("Enter what they do")
        if "phone" in fields and fields["phone"].data and phone_normal(fields["phone"].data) is None:
            fields["phone"].errors.append("Enter a telephone number, like 0161 496 0110, or leave it empty")
        if "principal" in fields and not fields["principal"].data:
            fields["principal"].errors.append("Enter the email address of the person they assist")
        if "ends" in fields and (sentence := fields["ends"].missing()):
            fields["ends"].errors.append(sentence)


def post_fields(role: Role | None, posts: Mapping[str, str]) -> dict[str, object]:
    """The questions of a role: made afresh, since a field belongs to one form."""
    fields: dict[str, object] = {}
    if role in (Role.PRACTITIONER, Role.ASSISTANT):
        fields["post"] = Choice("Which listed post do they hold?", posts)
    if role is Role.PRACTITIONER:
        fields["works_as"] = Text("What do they do, as others will read it?")
        fields["phone"] = Text("Work telephone (if they have their own)", longest=40)
    if role is Role.ASSISTANT:
        fields["principal"] = Text("Work email address of the person they assist", longest=200)
        fields["ends"] = Day("What is the last day they assist?", called="The last day")
    return fields


def new_form(role: Role, posts: Mapping[str, str]) -> type[Post]:
    class NewForm(Post):
        name = Text("Name")
        email = Text("Work email address", longest=200)

        def check(self) -> None:
            if not self.name.data:
                self.name.errors.append("Enter their name")
            if not EMAIL.fullmatch(self.email.data):
                self.email.errors.append("Enter a work email address, like name@school.example")
            super().check()
            if any(self.issued.parts.values()) and (sentence := self.issued.missing()):
                self.issued.errors.append(sentence)

    fields = post_fields(role, posts)
    fields["issued"] = Day("When was their enhanced check issued?", called="The day of issue")  # the last question
    return type("NewForm", (NewForm,), fields)


def grant_form(role: Role | None, posts: Mapping[str, str]) -> type[Post]:
    return type("GrantForm", (Post,), post_fields(role, posts) | {"what": Text("")})


def what_form(question: str, choices: Mapping[str, str], missing: str) -> type[AccountForm]:
    """One question with one answer from a list, called `what`."""

    class WhatForm(AccountForm):
        what = Choice(question, choices)

        def check(self) -> None:
            if self.what.data is None:
                self.what.errors.append(missing)

    return WhatForm


def place_form(places: Mapping[str, str]) -> type[AccountForm]:
    class PlaceForm(AccountForm):
        organisation = Select("Where do they work now?", places)

        def check(self) -> None:
            if self.organisation.data is None:
                self.organisation.errors.append("Choose where they work now")

    return PlaceForm


def move_form(role: Role | None, posts: Mapping[str, str]) -> type[Post]:
    return type("MoveForm", (Post,), post_fields(role, posts) | {"organisation": Text("")})


class FindForm(AccountForm):
    name = Text("Find somebody by name")

    def check(self) -> None:
        if not self.name.data:
            self.name.errors.append("Enter some letters of the name")


class CheckForm(AccountForm):
    issued = Day("When was the new check issued?", called="The day of issue")

    def check(self) -> None:
        if sentence := self.issued.missing():
            self.issued.errors.append(sentence)


class SuspendForm(AccountForm):
    because = Choice("Why is this account suspended?", REASONS)

    def check(self) -> None:
        if self.because.data is None:
            self.because.errors.append("Choose why this account is suspended")


class CloseForm(AccountForm):
    last = Day("What is their last day?", called="The last day")

    def check(self) -> None:
        if sentence := self.last.missing():
            self.last.errors.append(sentence)


def link_form(kinds: tuple[LinkKind, ...]) -> type[AccountForm]:
    class LinkForm(AccountForm):
        kind = Choice("What is the link for?", {kind.value: LINKS[kind] for kind in kinds})

        def check(self) -> None:
            if self.kind.data is None:
                self.kind.errors.append("Choose what the link is for")

    return LinkForm
