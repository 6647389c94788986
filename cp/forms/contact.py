"""Whom somebody wants to reach, why, and how they are to be reached themselves."""

from cp.forms.fields import Asked, Choice
from cp.terms import ContactAbout, ContactReason, Reach

ABOUT = {
    ContactAbout.SERVICES.value: "Other services that may work with {called}",
    ContactAbout.FAMILY.value: "{called}’s family",
}
REASONS = {
    ContactReason.WORRIED.value: "I am worried about this child",
    ContactReason.PLANNING.value: "I am planning support for this child",
    ContactReason.SAME_WORK.value: "Others may be doing the same work",
    ContactReason.ARRANGING.value: "I am arranging a meeting or an appointment",
}
BECAUSE = {
    ContactReason.WORRIED: "They are worried about this child",
    ContactReason.PLANNING: "They are planning support for this child",
    ContactReason.SAME_WORK: "Others may be doing the same work",
    ContactReason.ARRANGING: "They are arranging a meeting or an appointment",
}
"""The same in the management team’s pages."""
REACH = {Reach.PHONE.value: "By phone", Reach.EMAIL.value: "By email", Reach.EITHER.value: "Either"}


class ContactForm(Asked):
    about = Choice("Whom do you want to reach?", ABOUT)
    reason = Choice("Why do you ask?", REASONS)
    reach = Choice("How can they reach you?", REACH)

    def check(self) -> None:
        for field, sentence in (
            (self.about, "Choose whom you want to reach"),
            (self.reason, "Choose why you ask"),
            (self.reach, "Choose how they can reach you"),
        ):
            if field.data is None:
                field.errors.append(sentence)

    def offer(self, about: tuple[ContactAbout, ...], called: str) -> None:
        """Only those whom one can ask to reach now; what was chosen before that is no longer among them is undone."""
        self.about.choices = {code: ABOUT[code].format(called=called) for code in about}
        if self.about.data is not None and self.about.data not in self.about.choices:
            self.about.data = None
            self.about.errors.append("Choose whom you want to reach")
