"""The one question about a pair."""

from cp.forms.fields import Asked, Choice
from cp.terms import PairAnswer

ANSWERS: dict[str, str] = {
    PairAnswer.SAME: "Same child",
    PairAnswer.DIFFERENT: "Different children",
    PairAnswer.LATER: "Not sure yet",
}


class PairForm(Asked):
    answer = Choice("Your decision", ANSWERS)

    def check(self) -> None:
        if self.answer.data is None:
            self.answer.errors.append("Choose same, different or not sure yet")
