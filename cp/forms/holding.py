"""Which record is held back, for whom, until when, and who is to agree."""

from collections.abc import Mapping
from uuid import UUID

from cp.forms.fields import Asked, Choice, Day, Text
from cp.services.retention.holds import Wish
from cp.terms import HoldReason

REASONS = {
    HoldReason.COURT.value: "A court",
    HoldReason.INQUIRY.value: "An inquiry",
    HoldReason.POLICE.value: "A police investigation",
}
MISSING = {
    "number": "Enter the number of the record: CP and 10 numbers",
    "reason": "Choose who needs the record",
    "reference": "Enter the reference of the case",
    "second": "Choose who is to agree",
}
REFUSED = {"number": "number", "end_date": "ends", "too_long": "ends", "two_people": "second"}
SENTENCES = {
    "number": "No record of your authority has this number. Check it",
    "end_date": "The day on which the hold ends must be after today",
    "too_long": "A hold lasts 5 years at most. Enter a sooner day, and ask again before it comes",
    "two_people": MISSING["second"],
}
NOT_AGREED = {
    "asker_left": "Whoever asked is no longer in the management team. Choose No, and ask for it yourself",
    "end_date": "The day on which it was to end has come. Choose No",
    "too_long": "It was to last longer than 5 years. Choose No, and ask for one that ends sooner",
    "two_people": "You asked for it yourself: another person has to agree. Nothing has changed",
}


def hold_form(colleagues: Mapping[str, str]) -> type["HoldForm"]:
    second = Choice("Who is to agree?", colleagues)
    return type("Holding", (HoldForm,), {"second": second})


class HoldForm(Asked):
    """`hold_form` adds who may be asked to agree."""

    number = Text("ContactPoint number of the record")
    reason = Choice("Who needs the record?", REASONS)
    reference = Text("Reference of the case")
    ends = Day("When does the hold end?", called="The day on which the hold ends")

    def check(self) -> None:
        for name in ("number", "reference"):
            if not any(map(str.isalnum, self._fields[name].data)):
                self._fields[name].errors.append(MISSING[name])
        for name in ("reason", "second"):
            if self._fields[name].data is None:
                self._fields[name].errors.append(MISSING[name])
        if problem := self.ends.missing():
            self.ends.errors.append(problem)

    def refuse(self, code: str) -> None:
        self._fields[REFUSED[code]].errors.append(SENTENCES[code])

    def wish(self) -> Wish:
        second = self._fields["second"].data
        return Wish(
            self.number.data, UUID(second) if second else None, self.ends.data, HoldReason(str(self.reason.data)),
            self.reference.data,
        )  # fmt: skip


class AnswerForm(Asked):
    answer = Choice("Do you agree?", {"agree": "Yes, hold it back", "decline": "No, it is not held back"})

    def check(self) -> None:
        if self.answer.data is None:
            self.answer.errors.append("Choose whether you agree")

    def refuse(self, code: str) -> None:
        self.answer.errors.append(NOT_AGREED[code])


class EndForm(AnswerForm):
    """Of a hold that somebody asks to end before its day."""

    answer = Choice("Is it to end today?", {"end": "Yes, end it", "go_on": "No, it goes on"})
