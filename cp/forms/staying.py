"""A young person's consent to stay: why they may, when they gave it, until which birthday."""

from collections.abc import Mapping

from cp.forms.fields import Asked, Choice, Day, Tick
from cp.services.retention.staying import Consent
from cp.terms import StayGround

GROUNDS = {
    StayGround.CARE_LEAVER.value: "They are leaving care, or have left it",
    StayGround.LEARNING_DISABILITY.value: "They have a learning disability",
}
SENTENCES = {
    "given_on": "The day on which they agreed must be on or after their 16th birthday, and not after today",
    "to_age": "Choose until which birthday",
}
FIELDS = {"given_on": "given", "to_age": "until"}


def stay_form(birthdays: Mapping[str, str]) -> type["StayForm"]:
    """`birthdays`: which ages may be chosen, and how each is said."""
    return type("Staying", (StayForm,), {"until": Choice("Until which birthday?", birthdays)})


class StayForm(Asked):
    """`stay_form` adds the birthdays."""

    ground = Choice("Why may they stay?", GROUNDS)
    given = Day("When did they agree?", called="The day on which they agreed")
    told = Tick("They agreed themselves, knowing what is held and who sees it")

    def check(self) -> None:
        if self.ground.data is None:
            self.ground.errors.append("Choose why they may stay")
        if problem := self.given.missing():
            self.given.errors.append(problem)
        if self._fields["until"].data is None:
            self._fields["until"].errors.append(SENTENCES["to_age"])
        if not self.told.data:
            self.told.errors.append("Tick that they agreed themselves, once they have")

    def refuse(self, code: str) -> None:
        self._fields[FIELDS[code]].errors.append(SENTENCES[code])

    def consent(self) -> Consent:
        return Consent(StayGround(str(self.ground.data)), self.given.data, int(self._fields["until"].data))
