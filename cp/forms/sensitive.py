"""On what ground a sensitive service is recorded; and why an entry is withdrawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cp.forms.fields import Asked, Choice, Day, Select
from cp.forms.involvement import SENTENCES
from cp.terms import SensitiveGround

GROUNDS = {
    SensitiveGround.CHILD.value: "{called} consents",
    SensitiveGround.PARENT.value: "A parent or carer consents, because {called} does not understand it",
    SensitiveGround.SUSPECTED_HARM.value: "There is reasonable cause to suspect significant harm",
}
GROUNDS_SHORT = {
    SensitiveGround.CHILD: "With the child’s own consent",
    SensitiveGround.PARENT: "With a parent’s or carer’s consent",
    SensitiveGround.SUSPECTED_HARM: "Significant harm is suspected",
}
CONSENT = (SensitiveGround.CHILD, SensitiveGround.PARENT)
OF_GROUND = {
    "nobody_named": ("judged_by", "Choose who judged it"),
    "not_judged_to_understand": ("understands", "Only a child who understands can consent. Say that {called} "
                                 "understands, or choose a parent’s or carer’s consent"),
    "ask_the_child": ("understands", "Nobody consents for a child who understands. Ask {called}, or say that {called} "
                      "does not understand"),
    "not_given": ("given", "The day consent was given must be today or earlier"),
    "too_long": ("ends", "The day it ends must be within 12 months, on {limit} or earlier"),
}  # fmt: skip


class ConsentForm(Asked):
    """Its questions name the child, so each child's is made for it: see `consent_form`."""

    called: str
    ground: Choice
    understands: Choice
    judged_by: Select
    started: Day
    given: Day
    ends: Day

    def check(self) -> None:
        if self.ground.data is None:
            self.ground.errors.append("Choose on what ground you record it")
        if sentence := self.started.missing():
            self.started.errors.append(sentence)
        if self.consent and (sentence := self.given.missing()):
            self.given.errors.append(sentence)
        if any(self.ends.typed) and (sentence := self.ends.missing()):
            self.ends.errors.append(sentence)

    @property
    def consent(self) -> bool:
        return self.ground.data in CONSENT

    def refuse(self, code: str, limit: str) -> None:
        """Put the rules' answer by the question it is about."""
        if code == "ended":
            name, sentence = ("ends", "The day it ends must be after today") if self.ends.data else (
                "given", "Consent given on that day has ended by now. Ask again")  # fmt: skip
        else:
            name, sentence = OF_GROUND.get(code) or ("started", SENTENCES[code])
        self[name].errors.append(sentence.format(called=self.called, limit=limit))


def consent_form(name: str, colleagues: Mapping[str, str]) -> type[ConsentForm]:
    """For one child, by the name that headings use, and the people of one service by their uids."""

    class OfOneChild(ConsentForm):
        called = name
        ground = Choice("On what ground?", {code: words.format(called=name) for code, words in GROUNDS.items()})
        understands = Choice(f"Does {name} understand what this means?", {"yes": "Yes", "no": "No"})
        judged_by = Select("Who judged it?", colleagues)
        started = Day("When did you start?", called="The day you started")
        given = Day("When was consent given?", called="The day consent was given")
        ends = Day("On which day does it end?", called="The day it ends")

    return OfOneChild


def filled_in(judged_by: str, today: date) -> dict[str, Any]:
    """What the form begins with."""
    return {"judged_by": judged_by, "started": today, "given": today}


class WithdrawForm(Asked):
    why = Choice("Why is it withdrawn?", {"consent": "Consent is withdrawn", "ended": "The work has ended"})

    def check(self) -> None:
        if self.why.data is None:
            self.why.errors.append("Choose why it is withdrawn")
