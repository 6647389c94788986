"""What is to be given out of the system, on what ground, to whom, and who is to approve it."""

from collections.abc import Mapping
from uuid import UUID

from cp.forms.fields import Asked, Choice, Several, Text
from cp.services.disclosing import Wish
from cp.terms import DisclosureGround, Part

GROUNDS = {
    DisclosureGround.COURT_ORDER.value: "A court has ordered it",
    DisclosureGround.LAW.value: "Another law requires it",
    DisclosureGround.CRIME.value: "To prevent or detect a crime",
    DisclosureGround.PROSECUTION.value: "To prosecute an offender",
    DisclosureGround.SECTION_47.value: "A child protection enquiry under section 47",
    DisclosureGround.SAFEGUARDING_BOARD.value: "The work of the safeguarding children board",
}
PARTS = {
    Part.LOCATION.value: "Addresses",
    Part.CARERS.value: "Who looks after the child, and how to reach them",
    Part.INVOLVEMENTS.value: "Who works with the child, and how to reach them",
    Part.OTHER_NAMES.value: "Other names",
    Part.EDUCATION_NUMBERS.value: "Pupil number",
    Part.HEALTH_NUMBERS.value: "NHS number",
}
IDENTITY = "Name, gender, date of birth and ContactPoint number"
SENTENCES = {
    "ground": "Choose on what ground it is given out",
    "recipient": "Enter who it is given to: the organisation, and the post or name of the person",
    "approver": "Choose who is to approve it",
    "parts": "Choose what is given out",
}


def disclosure_form(colleagues: Mapping[str, str]) -> type["DisclosureForm"]:
    approver = Choice("Who is to approve it?", colleagues)
    return type("Disclosing", (DisclosureForm,), {"approver": approver})


class DisclosureForm(Asked):
    """`disclosure_form` adds who may be asked to approve it. What is missing is said by the rule."""

    ground = Choice("On what ground is it given out?", GROUNDS)
    recipient = Text("Given to", longest=200)
    parts = Several("What is given out?", PARTS)

    def check(self) -> None:
        if not any(map(str.isalpha, self.recipient.data)):
            self.recipient.errors.append(SENTENCES["recipient"])
        for name in ("ground", "approver"):
            if self._fields[name].data is None:
                self._fields[name].errors.append(SENTENCES[name])

    def refuse(self, code: str) -> None:
        self._fields[code].errors.append(SENTENCES[code])

    def wish(self) -> Wish:
        approver = self._fields["approver"].data
        chosen = frozenset(map(Part, self.parts.data))
        return Wish(self.ground.data, self.recipient.data, UUID(approver) if approver else None, chosen)


class AnswerForm(Asked):
    answer = Choice("Do you approve it?", {"approve": "Yes, give it out", "decline": "No, nothing is given out"})

    def check(self) -> None:
        if self.answer.data is None:
            self.answer.errors.append("Choose whether you approve it")

    def refuse(self, code: str) -> None:
        self.answer.errors.append(
            {
                "asker_left": "Whoever asked is no longer in the management team. Choose No, and ask for it yourself",
                "answered": "It was answered already. Nothing has changed",
                "second_person": "Only the person named can answer. Nothing has changed",
            }[code]
        )
