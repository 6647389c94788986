"""The six questions that a school answers by its link."""

from typing import Any, ClassVar

from cp.forms.asking_to_join import EMAIL
from cp.forms.fields import Asked, Choice, Several, Text
from cp.rules.eligibility import posts_at
from cp.rules.phones import phone_normal, phone_shown
from cp.services.implementation.answers import Answers
from cp.services.supply.senders import SCHOOLS
from cp.terms import (
    AccessNeed,
    Means,
    OrganisationKind,
    PartOfDay,
    PupilSystem,
    SchoolDay,
    SchoolQuestion,
    TrainingHad,
)

SYSTEMS: dict[str, str] = {
    PupilSystem.ARBOR: "Arbor", PupilSystem.BROMCOM: "Bromcom", PupilSystem.ISAMS: "iSAMS", PupilSystem.SIMS: "SIMS",
    PupilSystem.OTHER: "Another system", PupilSystem.PAPER: "Spreadsheets or paper",
    PupilSystem.NOT_KNOWN: "I do not know",
}  # fmt: skip
OF_NO_SCHOOL = (PupilSystem.OTHER, PupilSystem.PAPER, PupilSystem.NOT_KNOWN)
NOT_KNOWN = "not_known"
WISHES: dict[str, str] = {
    Means.SYSTEM: "Our system sends by itself",
    Means.FOLDER: "Our system puts a file into a folder, and it is sent from there",
    Means.TRANSFER_FILE: "Somebody uploads a Common Transfer File",
    Means.SPREADSHEET: "Somebody uploads a spreadsheet",
    Means.BY_HAND: "Somebody types each {child} in",
    NOT_KNOWN: "I do not know",
}
TRAINING: dict[str, str] = {
    TrainingHad.SAFEGUARDING: "Safeguarding", TrainingHad.DATA_PROTECTION: "Data protection",
    TrainingHad.INFORMATION_SHARING: "Sharing information", TrainingHad.NONE: "None of these",
    TrainingHad.NOT_KNOWN: "I do not know",
}  # fmt: skip
DAYS: dict[str, str] = {day: day.capitalize() for day in SchoolDay}
TIMES: dict[str, str] = {
    PartOfDay.MORNING: "Morning", PartOfDay.AFTERNOON: "Afternoon", PartOfDay.AFTER_SCHOOL: "After school, from 4pm",
}  # fmt: skip
NEEDS: dict[str, str] = {
    AccessNeed.STEP_FREE: "No steps", AccessNeed.HEARING_LOOP: "A hearing loop",
    AccessNeed.SIGN_LANGUAGE: "A British Sign Language interpreter", AccessNeed.LARGE_PRINT: "Papers in large print",
    AccessNeed.SCREEN_READER: "Papers that a screen reader can read",
    AccessNeed.ONLINE: "A session online, with captions",
}  # fmt: skip
MOST, DIGITS = 20_000, 6
WHOLE = "{name} must be a whole number, like 12"
TOO_MANY = f"{{name}} must be {MOST:,} or fewer"
ALONE = {"none": "Choose what there was, or None of these", "not_known": "Choose what you know of, or I do not know"}
"""What cannot be ticked with anything else."""


class Question(Asked):
    """One page of the form. `value()` is what is kept of it, once it is valid."""

    def value(self) -> dict[str, Any]:
        raise NotImplementedError


class ContactForm(Question):
    name = Text("Name", longest=200)
    post = Text("Post", longest=120)
    phone = Text("Telephone number")
    email = Text("Email address", longest=200)

    def check(self) -> None:
        if not self.name.data:
            self.name.errors.append("Enter the name of your contact")
        if not self.post.data:
            self.post.errors.append("Enter their post, like bursar")
        if self.phone.data and phone_normal(self.phone.data) is None:
            self.phone.errors.append("Enter a telephone number that we can dial, like 0161 496 0110")
        if self.email.data and not EMAIL.fullmatch(self.email.data):
            self.email.errors.append("Enter an email address like name@school.example")
        if not self.phone.data and not self.email.data:
            self.phone.errors.append("Enter a telephone number or an email address")

    def value(self) -> dict[str, Any]:
        phone, email = phone_normal(self.phone.data), self.email.data or None
        return {"name": self.name.data, "post": self.post.data, "phone": phone, "email": email}


def _one(field: str, label: str, choices: dict[str, str], sentence: str) -> type[Question]:
    """A page with one choice."""

    class OneForm(Question):
        def check(self) -> None:
            if self[field].data is None:
                self[field].errors.append(sentence)

        def value(self) -> dict[str, Any]:
            said = self[field].data
            return {field: None if (field, said) == ("wish", NOT_KNOWN) else said}

    return type("OneForm", (OneForm,), {field: Choice(label, choices)})


class StaffForm(Question):
    counted: ClassVar[dict[str, str]] = {}
    """The field of each listed post, by its code."""
    children: ClassVar[str] = "pupils"
    pupils = Text("Pupils")
    others = Text("Others")

    def check(self) -> None:
        if not self.pupils.data:
            self.pupils.errors.append(f"Enter how many {self.children} you have, roughly")
        for field in self:
            if field.data and (sentence := _number_problem(_digits(field.data))):
                field.errors.append(sentence.format(name=field.label.text))

    def value(self) -> dict[str, Any]:
        number = {field.short_name: int(_digits(field.data) or 0) for field in self}
        staff = {code: number[name] for code, name in self.counted.items()}
        return {"pupils": number["pupils"], "staff": staff, "others": number["others"]}


def _digits(typed: str) -> str:
    return typed.replace(",", "")


def _number_problem(typed: str) -> str | None:
    if not (typed.isascii() and typed.isdigit()):
        return WHOLE
    return TOO_MANY if len(typed.lstrip("0")) > DIGITS or int(typed) > MOST else None


class TrainingForm(Question):
    training = Several("What training have your staff had?", TRAINING)

    def check(self) -> None:
        ticked = self.training.data
        if not ticked:
            self.training.errors.append("Choose the training that your staff have had, or I do not know")
        self.training.errors.extend(
            sentence for alone, sentence in ALONE.items() if alone in ticked and len(ticked) > 1
        )

    def value(self) -> dict[str, Any]:
        return {"training": self.training.data}


class SessionForm(Question):
    days = Several("Days", DAYS)
    times = Several("Times", TIMES)
    needs = Several("What do your people need to take part?", NEEDS)

    def check(self) -> None:
        if not self.days.data:
            self.days.errors.append("Choose at least one day")
        if not self.times.data:
            self.times.errors.append("Choose at least one time of day")

    def value(self) -> dict[str, Any]:
        return {"days": self.days.data, "times": self.times.data, "needs": self.needs.data}


def form_of(question: SchoolQuestion, kind: OrganisationKind) -> type[Question]:
    """The page of this question, in the words of such an organisation."""
    school = kind in SCHOOLS
    children, child = ("pupils", "pupil") if school else ("children", "child")
    match question:
        case SchoolQuestion.SYSTEM:
            systems = SYSTEMS if school else {one.value: SYSTEMS[one] for one in OF_NO_SCHOOL}
            sentence = f"Choose the system that holds your {children}, or I do not know"
            return _one("system", f"Which system holds your {children}?", systems, sentence)
        case SchoolQuestion.WISH:
            wishes = {code: words.format(child=child) for code, words in WISHES.items()}
            if not school:
                del wishes[Means.TRANSFER_FILE]
            return _one("wish", "Which way of sending suits you?", wishes, "Choose a way, or I do not know")
        case SchoolQuestion.STAFF:
            return _staff_form(kind, children)
    return {SchoolQuestion.CONTACT: ContactForm, SchoolQuestion.TRAINING: TrainingForm}.get(question, SessionForm)


def _staff_form(kind: OrganisationKind, children: str) -> type[Question]:
    posts = posts_at(kind)
    counted = {code: f"post_{code}" for code in posts}
    fields = {"pupils": Text(children.capitalize())}
    fields |= {counted[code]: Text(words) for code, words in posts.items()}
    fields["others"] = Text(f"{'Others' if posts else 'Staff'} who work with children’s welfare")
    return type("StaffForm", (StaffForm,), {**fields, "counted": counted, "children": children})


def typed_of(question: SchoolQuestion, found: Answers) -> dict[str, Any]:
    """What stands in the fields when an answer is shown again; nothing where there is none."""
    if question not in found.saved:
        return {}
    match question:
        case SchoolQuestion.CONTACT if found.contact:
            phone = found.contact.phone and phone_shown(found.contact.phone)
            return {"name": found.contact.name, "post": found.contact.post, "phone": phone,
                    "email": found.contact.email}  # fmt: skip
        case SchoolQuestion.STAFF:
            return _counted(found)
        case SchoolQuestion.WISH:
            return {"wish": found.wish or NOT_KNOWN}
    return {name: getattr(found, name) for name in ("system", "training", "days", "times", "needs")}


def _counted(found: Answers) -> dict[str, str]:
    staff = {f"post_{code}": str(number) for code, number in (found.staff or {}).items() if number}
    return staff | {"pupils": str(found.pupils), "others": str(found.others or "")}
