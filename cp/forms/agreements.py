"""A partnership agreement that was signed on paper, and why one that was recorded does not count."""

from datetime import date, timedelta
from typing import cast

from cp import clock
from cp.forms.fields import Asked, Choice, Day, Text
from cp.rules.governing import TEXTS, agreement_ends_on, agreement_problem
from cp.services.implementation.agreements import Said
from cp.terms import TakenBackBecause


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


VERSIONS = {str(number): f"Version {number}, of {_day(of)}" for number, of in TEXTS.items()}
NAME, POST = 200, 120
WRONG = {
    TakenBackBecause.OTHER_ORGANISATION: "It is another organisation’s",
    TakenBackBecause.WRONG_FACTS: "A day, a name or the version is wrong",
    TakenBackBecause.NOT_SIGNED: "It was not signed, or by nobody who may sign",
}
REQUIRED = {
    "name": "Enter who signed for the organisation", "post": "Enter the post of who signed, for example head",
    "authority_name": "Enter who signed for the authority",
    "authority_post": "Enter the post of who signed for the authority",
}  # fmt: skip


class AgreementForm(Asked):
    version = Choice("Which version was signed?", VERSIONS)
    signed = Day("On which day was it signed?", called="The day it was signed")
    last = Day("Last day, if it ends sooner than 2 years after that", called="The last day")
    name = Text("Who signed for the organisation", longest=NAME)
    post = Text("Their post", longest=POST)
    authority_name = Text("Who signed for the authority", longest=NAME)
    authority_post = Text("Their post", longest=POST)

    def check(self) -> None:
        for name, sentence in REQUIRED.items():
            if not self[name].data:
                self[name].errors.append(sentence)
        if self.version.data is None:
            self.version.errors.append("Choose which version was signed")
        for day, wrong in ((self.signed, self.signed.missing()), (self.last, self._last_wrong())):
            if wrong:
                day.errors.append(wrong)
        signed = self.signed.data
        if signed and not (self.version.errors or self.signed.errors or self.last.errors):
            self._agree(int(str(self.version.data)), signed)

    def _last_wrong(self) -> str | None:
        return self.last.missing() if any(self.last.typed) else None

    def _agree(self, version: int, signed: date) -> None:
        """What the rule says of the version and the days together, by the field to put right."""
        last = self.last.data
        longest = agreement_ends_on(signed) - timedelta(days=1)
        sentences = {
            "in_future": (self.signed, "The day it was signed must be today or earlier"),
            "before_text": (self.signed, f"The day it was signed must be {_day(TEXTS[version])} or later: "
                                         "before that there was no such text"),
            "before_signing": (self.last, "The last day must be the day it was signed or later"),
            "too_long": (self.last, f"The last day must be {_day(longest)} or earlier: an agreement lasts "
                                    "at most 2 years"),
            "over": (self.last if last else self.signed, "It has ended already. Record one that holds today"),
        }  # fmt: skip
        if code := agreement_problem(version, signed, last, clock.today()):
            field, sentence = sentences[code]
            field.errors.append(sentence)

    def said(self) -> Said:
        """Of a form that is valid."""
        return Said(
            int(str(self.version.data)), cast(date, self.signed.data), self.last.data, self.name.data, self.post.data,
            self.authority_name.data, self.authority_post.data,
        )  # fmt: skip


class TakeBackForm(Asked):
    because = Choice("What is wrong with it?", {one.value: words for one, words in WRONG.items()})

    def check(self) -> None:
        if self.because.data is None:
            self.because.errors.append("Choose what is wrong with it")
