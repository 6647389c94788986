"""How disputes are worded: a fact, what it says, its mark, what was found."""

from datetime import date

from flask import Flask

from cp.forms.disputes import FIELDS
from cp.forms.pupil import GENDERS
from cp.rules.derive import Value
from cp.rules.findings import address_value, carer_value
from cp.rules.phones import phone_shown
from cp.services.disputes import facts
from cp.services.disputes.facts import Offered
from cp.services.disputes.shown import Mark
from cp.services.records import AddressShown, CarerShown, Person, Record
from cp.terms import AddressState, Disputable, DisputeFinding, ToldBy
from cp.views.words import day

FACTS = {
    Disputable.NAME: "Name",
    Disputable.BORN_ON: "Date of birth",
    Disputable.GENDER: "Gender",
    Disputable.ADDRESS: "Address",
    Disputable.CARER: "Carer",
    Disputable.SCHOOL: "School",
    Disputable.GP: "GP practice",
}
STATEMENTS = {AddressState.NONE_KNOWN.value: "No known address", AddressState.LEFT_AREA.value: "Left the area"}
FOUND = {
    DisputeFinding.RIGHT: "It was right as it stood",
    DisputeFinding.WRONG: "It was wrong, and is put right",
    DisputeFinding.NOT_KNOWN: "It was wrong, and is taken off the record",
}
TOLD_BY = {ToldBy.CHILD: "The child told them", ToldBy.PARENT: "A parent or carer told them", ToldBy.NOBODY: ""}
SAID = {
    "withdrawn": "You have taken it back.",
    "decided_first": "It was decided before you took it back.",
    "taken": "You have taken this dispute.",
    "decided": "Decided. Whoever disputed it reads the answer, and so does the supplier whose word it was.",
    "over": "Somebody was faster, or it was taken back. Nothing has changed by your answer.",
}


def said_of_disputes(code: str | None) -> str:
    return SAID.get(code or "", "")


def fact_says(fact: Disputable, says: Value) -> str:
    """What a fact says, in one line."""
    match fact:
        case Disputable.BORN_ON:
            return day(date.fromisoformat(says[0]))
        case Disputable.GENDER:
            return GENDERS[says[0]]
        case Disputable.ADDRESS:
            return _address(says)
        case Disputable.CARER:
            return ", ".join((says[0], *map(phone_shown, says[1:])))
    return " ".join(says).strip()


def _address(says: Value) -> str:
    if len(says) == 1:
        return STATEMENTS.get(says[0], says[0])
    town, postcode, *lines = says
    return ", ".join(text for text in (*lines, town, postcode.replace(" ", "\u00a0")) if text)


def choice_of(one: Offered) -> str:
    return f"{FACTS[one.fact]}: {fact_says(one.fact, one.says)}"


def differing(record: Record, fact: Disputable | str) -> str:
    """What each source says of a fact of which they say different things; nothing where they do not."""
    says = record.conflicts.get(Disputable(fact), ())
    return "; ".join(f"{name} says {fact_says(Disputable(fact), value)}" for name, value in says)


def mark_of(record: Record, of: Person | CarerShown | AddressShown | Disputable | str) -> Mark | None:
    """The mark of one thing that a record shows; None while nobody disputes it."""
    return record.marks.get(_known_as(record, of))


def _known_as(record: Record, of: Person | CarerShown | AddressShown | Disputable | str) -> tuple[Disputable, Value]:
    match of:
        case Person():
            return facts.place(of)
        case CarerShown():
            return Disputable.CARER, carer_value(of.name, of.phones)
        case AddressShown():
            return Disputable.ADDRESS, address_value(of.address)
    return Disputable(of), facts.identity(record)[Disputable(of)]


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        FACTS=FACTS, DISPUTE_FOUND=FOUND, TOLD_BY=TOLD_BY, FIELDS_OF_FACTS=FIELDS, fact_says=fact_says,
        differing=differing, mark_of=mark_of, said_of_disputes=said_of_disputes,
    )  # fmt: skip
