"""Why a place must stay unknown, who asked, what is decided of the others, and when it is looked at again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from cp import clock
from cp.forms.fields import Asked, Choice, Day, Problem
from cp.rules.shielding import review_date_problem
from cp.services.shielding.others import Other
from cp.services.shielding.setting import Wish
from cp.terms import Considered, ShieldGround, WhoAsked

GROUNDS = {
    ShieldGround.DOMESTIC_ABUSE.value: "Domestic abuse",
    ShieldGround.WITNESS_PROTECTION.value: "Witness protection",
    ShieldGround.ADOPTION.value: "Adoption",
    ShieldGround.OTHER_SIGNIFICANT_HARM.value: "Another risk of significant harm to the child or a carer",
}
WHO_ASKED = {
    WhoAsked.PARENT_OR_CARER.value: "A parent or carer",
    WhoAsked.PRACTITIONER.value: "A practitioner or service",
    WhoAsked.CHILD.value: "The child",
    WhoAsked.OURSELVES.value: "We decided it ourselves",
}
OURS = {Considered.TOO.value: "Shield too", Considered.CHECKED.value: "Do not shield, I have checked"}
THEIRS = {Considered.TOLD.value: "I have told them"}
OTHER = "other-"
BORN = {-1: "the day before", 0: "the same day", 1: "the day after"}
OTHERS = "others"
"""What the heading above the others is called, and the hidden field that says who they were."""


def said_of_other(one: Other) -> str:
    """Yusuf Siddiqui, born the same day."""
    born = one.year if one.days_after is None else BORN[one.days_after]
    return f"{one.name}, born {born}"


class Reviewed(Asked):
    """Whatever asks for the day of a review."""

    def check(self) -> None:
        review = self._fields["review"]
        problem = review_date_problem(review.data, clock.today())
        sentence = {
            None: None,
            "missing": review.missing(),
            "past": "Review date must be after today",
            "too_late": "Review date must be within 6 months",
        }[problem]
        if sentence:
            review.errors.append(sentence)

    def review_on(self) -> date:
        """The day given, of a form that is valid."""
        day: date = self._fields["review"].data
        return day


class KeepForm(Reviewed):
    review = Day("Review by", called="Review date")


class ShieldForm(Reviewed):
    """`shield_form` adds a question for each other child."""

    ground = Choice("Why must the place stay unknown?", GROUNDS)
    asked = Choice("Who asked?", WHO_ASKED)
    brought: tuple[Other, ...] = ()
    shown: frozenset[UUID] = frozenset()
    """Whom the page asked about that was sent."""
    gone = False
    """One of them need not be decided on any longer."""

    def check(self) -> None:
        if self.ground.data is None:
            self.ground.errors.append("Choose why the place must stay unknown")
        if self.asked.data is None:
            self.asked.errors.append("Choose who asked")
        for one in self.brought:
            if self.of(one).data is None:
                self.of(one).errors.append(self._missing(one))
        self.gone = bool(self.shown - {one.uid for one in self.brought})
        super().check()

    def of(self, one: Other) -> Choice:
        field: Choice = self._fields[f"{OTHER}{one.uid}"]
        return field

    def _missing(self, one: Other) -> str:
        who = said_of_other(one)
        if one.uid not in self.shown:
            return f"{who}, came to this list while you filled it in. Decide for this child too"
        if one.elsewhere:
            return f"Tell {one.elsewhere[0]} about {who}, then say so"
        return f"Decide for {who}"

    @property
    def problems(self) -> Sequence[Problem]:
        sentence = "Somebody you decided on is no longer on this list. Read it again before you send it"
        return [*super().problems, *([(OTHERS, sentence)] if self.gone else [])]

    def wish(self) -> Wish:
        answers = {one.uid: Considered(str(self.of(one).data)) for one in self.brought}
        return Wish(ShieldGround(str(self.ground.data)), WhoAsked(str(self.asked.data)), self.review_on(), answers)


def shield_form(brought: tuple[Other, ...], shown: Iterable[UUID] = ()) -> type[ShieldForm]:
    """The form for these other children, the review its last question."""
    fields: Mapping[str, object] = {
        f"{OTHER}{one.uid}": Choice(said_of_other(one), THEIRS if one.elsewhere else OURS) for one in brought
    }
    review = Day("Review by", called="Review date")
    return type("Shielding", (ShieldForm,), {**fields, "review": review, "brought": brought, "shown": frozenset(shown)})
