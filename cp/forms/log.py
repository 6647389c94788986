"""What a reviewer wants to read of the log, and for which review they read what was searched for."""

from datetime import date

from cp.forms.fields import Asked, Choice, Day, Select, Text
from cp.rules import number
from cp.rules.dates_typed import date_problem
from cp.rules.reading_log import MOST_DAYS, days_problem
from cp.terms import CriteriaReason, LogGroup

GROUPS = {
    LogGroup.FIRST.value: "What to look at first",
    LogGroup.SEARCHES.value: "Searches",
    LogGroup.RECORDS.value: "Records opened or printed",
    LogGroup.CHANGES.value: "Involvements and changes to records",
    LogGroup.PROTECTION.value: "Shields and overrides",
    LogGroup.CONTACT.value: "Requests for contact",
    LogGroup.REQUESTS.value: "Requests about records, and what was given out",
    LogGroup.ENDS.value: "Records held back, archived or destroyed",
    LogGroup.ACCOUNTS.value: "Signing in and accounts",
    LogGroup.SUPPLY.value: "Files and suppliers",
    LogGroup.ROLL_OUT.value: "Schools and services brought in",
    LogGroup.REVIEWS.value: "Reviews, and looks at this log",
}
CRITERIA_REASONS = {
    CriteriaReason.ALERT.value: "An alert",
    CriteriaReason.OVERRIDE.value: "An override",
    CriteriaReason.COMPLAINT.value: "A complaint",
    CriteriaReason.RANDOM_CHECK.value: "A random check",
    CriteriaReason.INVESTIGATION.value: "An investigation",
}
OF_DAYS = {
    "turned_round": "The last day must be the first day or later",
    "to_come": "The first day must be today or earlier",
    "too_many": f"Choose at most {MOST_DAYS} days, or one person, or one child",
}
NOBODY = "Nobody in your area has this work email. Check it, or leave it out"
WRONG_NUMBER = "That is not a ContactPoint number. Check it: it is CP and 10 numbers"


class LogForm(Asked):
    person = Text("Work email of the person", longest=200)
    number = Text("ContactPoint number of the child")
    what = Select("What was done", GROUPS)
    since = Day("First day", called="The first day")
    until = Day("Last day", called="The last day")

    today: date

    def check(self) -> None:
        if self.number.data and not number.number_ok(self.number.data):
            self.number.errors.append(WRONG_NUMBER)
        for field in (self.since, self.until):
            if any(field.typed) and (sentence := date_problem(field.called, *field.typed)):
                field.errors.append(sentence)
        if not self.problems and (days := self.days()) and (code := days_problem(*days, self.today, self.of_one)):
            (self.until if code == "turned_round" else self.since).errors.append(OF_DAYS[code])

    @property
    def of_one(self) -> bool:
        """One person, or one child, is asked for."""
        return bool(self.person.data or self.number.data)

    def days(self) -> tuple[date, date] | None:
        """As typed; one day alone where only one stands there. None where none does."""
        since, until = self.since.data or self.until.data, self.until.data or self.since.data
        return (since, until) if since and until else None


class CriteriaForm(Asked):
    reason = Choice("What do you need to read it for?", CRITERIA_REASONS)

    def check(self) -> None:
        if self.reason.data is None:
            self.reason.errors.append("Choose what you need to read it for")
