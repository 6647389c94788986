"""The questions about a fact that somebody says is wrong: which, what is right, what was found."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from cp import clock
from cp.forms.fields import Asked, Choice, Day, Text
from cp.forms.pupil import GENDERS
from cp.rules.dates_typed import birth_date_problem
from cp.rules.derive import Value
from cp.rules.phones import phone_normal
from cp.rules.postcodes import normalise
from cp.terms import Disputable, DisputeFinding, ToldBy

TOLD = {
    ToldBy.CHILD.value: "The child",
    ToldBy.PARENT.value: "A parent or carer",
    ToldBy.NOBODY.value: "Nobody, I noticed it myself",
}
NOT_KNOWN = {
    Disputable.GENDER: "It is wrong, and none is to be specified",
    Disputable.ADDRESS: "It is wrong, and nobody knows the right one",
    Disputable.CARER: "This is nobody who looks after the child",
    Disputable.SCHOOL: "The child is not there",
    Disputable.GP: "The child is not there",
}
FIELDS = {
    Disputable.NAME: ("given_names", "family_name"),
    Disputable.BORN_ON: ("born_on",),
    Disputable.GENDER: ("gender",),
    Disputable.ADDRESS: ("address_1", "address_2", "town", "postcode"),
    Disputable.CARER: ("carer_name", "carer_phone"),
}
"""What is asked where it is wrong, and the right value is known."""


class DisputeForm(Asked):
    """`shown`: by its code, each fact as this reader is shown it."""

    shown: ClassVar[Mapping[str, str]] = {}
    fact = Choice("What is wrong?", {})
    words = Text("What should it say? (optional)", longest=200)
    told_by = Choice("Who told you?", TOLD)

    def process(self, *args: Any, **given: Any) -> None:
        self.fact.choices = self.shown
        super().process(*args, **given)

    def check(self) -> None:
        if self.fact.data is None:
            self.fact.errors.append("Choose what is wrong")
        if self.told_by.data is None:
            self.told_by.errors.append("Say who told you, or that you noticed it yourself")

    def refuse(self) -> None:
        self.fact.data = None
        self.fact.errors.append("The record has changed. Choose what is wrong now")


def dispute_form(shown: Mapping[str, str]) -> type[DisputeForm]:
    """The questions about one record."""
    return type("OfRecord", (DisputeForm,), {"shown": shown})


class DecideForm(Asked):
    """What was found: one of `offered`. `about` and `value`: the fact, and what is disputed of it."""

    finding = Choice("What did you find?", {})
    given_names = Text("Given name")
    family_name = Text("Family name")
    born_on = Day("Date of birth", called="The date of birth")
    gender = Choice("Gender", {code: words for code, words in GENDERS.items() if code != "not_specified"})
    address_1 = Text("House and street")
    address_2 = Text("Second line (optional)")
    town = Text("Town (optional)")
    postcode = Text("Postcode")
    carer_name = Text("Name")
    carer_phone = Text("Telephone (optional)")
    offered: ClassVar[Mapping[str, str]] = {}
    about: ClassVar[Disputable]
    value: ClassVar[Value]

    def process(self, *args: Any, **given: Any) -> None:
        self.finding.choices = self.offered
        super().process(*args, **given)

    def check(self) -> None:
        if self.finding.data is None:
            self.finding.errors.append("Choose what you found")
        elif self.finding.data == DisputeFinding.WRONG:
            CHECKS[self.about](self)
            if not self.problems and self.right() == self.value:
                self.finding.errors.append("That is what the record says. If it is right, choose that")

    def right(self) -> Value | None:
        """The right value, as rules/findings.py compares it; None where none was asked for, or is known."""
        return RIGHT[self.about](self) if self.finding.data == DisputeFinding.WRONG else None


def decide_form(about: Disputable, value: Value, may_find: Collection[DisputeFinding]) -> type[DecideForm]:
    words = {
        DisputeFinding.RIGHT: "It is right as it stands",
        DisputeFinding.WRONG: "It is wrong, and the right one is below",
        DisputeFinding.NOT_KNOWN: NOT_KNOWN.get(about, ""),
    }
    offered = {one.value: words[one] for one in may_find}
    return type("OfFact", (DecideForm,), {"offered": offered, "about": about, "value": value})


def _name(form: DecideForm) -> None:
    if not any(map(str.isalpha, form.given_names.data)):
        form.given_names.errors.append("Enter the right given name")
    if form.family_name.data and not any(map(str.isalpha, form.family_name.data)):
        form.family_name.errors.append("Family name must have a letter in it")


def _born(form: DecideForm) -> None:
    if sentence := form.born_on.missing() or birth_date_problem(*form.born_on.typed, clock.today()):
        form.born_on.errors.append(sentence)


def _gender(form: DecideForm) -> None:
    if form.gender.data is None:
        form.gender.errors.append("Choose the right gender")


def _address(form: DecideForm) -> None:
    if not form.address_1.data:
        form.address_1.errors.append("Enter the right house and street")
    if normalise(form.postcode.data) is None:
        form.postcode.errors.append("Enter a whole postcode, like ZA4 7QD")


def _carer(form: DecideForm) -> None:
    if not any(map(str.isalpha, form.carer_name.data)):
        form.carer_name.errors.append("Enter the carer’s name")
    if form.carer_phone.data and phone_normal(form.carer_phone.data) is None:
        form.carer_phone.errors.append("Enter a telephone number, like 0161 496 0163")


CHECKS = {
    Disputable.NAME: _name,
    Disputable.BORN_ON: _born,
    Disputable.GENDER: _gender,
    Disputable.ADDRESS: _address,
    Disputable.CARER: _carer,
}


def _right_address(form: DecideForm) -> Value:
    lines = [line for line in (form.address_1.data, form.address_2.data) if line]
    return (form.town.data, normalise(form.postcode.data) or "", *lines)


def _right_carer(form: DecideForm) -> Value:
    phone = phone_normal(form.carer_phone.data)
    return (form.carer_name.data, phone) if phone else (form.carer_name.data,)


RIGHT = {
    Disputable.NAME: lambda form: (form.given_names.data, form.family_name.data),
    Disputable.BORN_ON: lambda form: (form.born_on.data.isoformat(),) if form.born_on.data else None,
    Disputable.GENDER: lambda form: (form.gender.data,),
    Disputable.ADDRESS: _right_address,
    Disputable.CARER: _right_carer,
}
