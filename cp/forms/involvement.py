"""When an involvement began or ended, and the two things that may be true besides."""

from datetime import date

from cp.forms.fields import Asked, Choice, Day, Tick
from cp.rules.involvement import involvement_problem

SENTENCES = {
    "start_in_future": "The day you started must be today or earlier",
    "before_birth": "The day you started must be after {called} was born, {limit}",
    "ends_before_start": "The day it ended must be after the day you started, {limit}",
    "end_in_future": "The day it ended must be today or earlier",
}


class InvolvementForm(Asked):
    started = Day("When did you start?", called="The day you started")
    lead = Tick("I am the lead professional")
    assessment = Tick("I hold a common assessment")

    def check(self) -> None:
        if sentence := self.started.missing():
            self.started.errors.append(sentence)

    def refuse(self, code: str, called: str, limit: str) -> None:
        """Put the rule's answer by the date."""
        self.started.errors.append(SENTENCES[code].format(called=called, limit=limit))


class EndForm(Asked):
    ended = Day("When did it end?", called="The day it ended")
    how = Choice("What should the record say?", {"worked": "I worked with them until that day",
                                                 "mistake": "I recorded it by mistake"})  # fmt: skip

    def check(self) -> None:
        if self.how.data is None:
            self.how.errors.append("Choose what the record should say")
        if self.how.data != "mistake" and (sentence := self.ended.missing()):
            self.ended.errors.insert(0, sentence)

    def refuse(self, code: str, limit: str) -> None:
        self.ended.errors.append(SENTENCES[code].format(limit=limit, called=""))

    def refuse_day(self, started_on: date, limit: str, today: date) -> None:
        """What only the record knows of the day, beside whatever else is to be put right."""
        if self.how.data == "mistake" or self.ended.errors or self.ended.data is None:
            return
        if code := involvement_problem(started_on, self.ended.data, started_on, today):
            self.refuse(code, limit)


def started_today(today: date) -> InvolvementForm:
    return InvolvementForm(data={"started": today})
