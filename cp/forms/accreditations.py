"""What an organisation is asked before it is accredited, what is decided, and why that is withdrawn."""

from collections.abc import Mapping
from datetime import date, timedelta

from cp import clock
from cp.forms.fields import Asked, Choice, Day
from cp.rules.governing import ACCREDITED_YEARS, NEWEST_QUESTIONS, QUESTIONS, accreditation_ends_on
from cp.terms import AccreditationAnswer, AccreditationQuestion, WithdrawnBecause

ASKED = {
    AccreditationQuestion.MISUSE: "Does its disciplinary procedure cover misuse of ContactPoint?",
    AccreditationQuestion.DEVICES: "Who checks that its devices are safe, and that nobody else can read the screens?",
    AccreditationQuestion.JOINERS: "How soon does it tell its account manager that somebody has joined?",
    AccreditationQuestion.LEAVERS: "Does it tell its account manager of leavers on the same day?",
    AccreditationQuestion.ACCOUNT_MANAGER: "Has it named an account manager?",
    AccreditationQuestion.CHECKS: "Does it keep the enhanced checks of its people in date?",
    AccreditationQuestion.TRAINING: "Does it keep the training of its people in date?",
    AccreditationQuestion.BREACHES: "Do its people know how to report a breach?",
}
CHOOSE = {
    AccreditationQuestion.MISUSE: "Choose whether its disciplinary procedure covers misuse",
    AccreditationQuestion.DEVICES: "Choose who checks its devices and screens",
    AccreditationQuestion.JOINERS: "Choose how soon it tells of somebody who has joined",
    AccreditationQuestion.LEAVERS: "Choose whether it tells of leavers on the same day",
    AccreditationQuestion.ACCOUNT_MANAGER: "Choose whether it has named an account manager",
    AccreditationQuestion.CHECKS: "Choose whether it keeps enhanced checks in date",
    AccreditationQuestion.TRAINING: "Choose whether it keeps training in date",
    AccreditationQuestion.BREACHES: "Choose whether its people know how to report a breach",
}
MISSING = {
    AccreditationQuestion.MISUSE: "A disciplinary procedure that covers misuse of ContactPoint",
    AccreditationQuestion.DEVICES: "Somebody who checks its devices and screens",
    AccreditationQuestion.JOINERS: "A time within which its account manager is told of joiners",
    AccreditationQuestion.LEAVERS: "That its account manager is told of leavers on the same day",
    AccreditationQuestion.ACCOUNT_MANAGER: "A named account manager",
    AccreditationQuestion.CHECKS: "Enhanced checks that are kept in date",
    AccreditationQuestion.TRAINING: "Training that is kept in date",
    AccreditationQuestion.BREACHES: "People who know how to report a breach",
}
ANSWERS = {
    AccreditationAnswer.YES: "Yes",
    AccreditationAnswer.OWN_STAFF: "Its own staff",
    AccreditationAnswer.COUNCIL: "The council",
    AccreditationAnswer.COMPANY: "A company that it pays",
    AccreditationAnswer.SAME_DAY: "The same day",
    AccreditationAnswer.FIVE_DAYS: "Within 5 working days",
    AccreditationAnswer.TEN_DAYS: "Within 10 working days",
    AccreditationAnswer.NOT_YET: "Not yet",
}
AGAIN = "missing"
BECAUSE = {
    WithdrawnBecause.MISUSE: "Misuse was found",
    WithdrawnBecause.NOT_TRUE: "What it answered is not true, or is true no longer",
    WithdrawnBecause.ASKED: "It asked for this itself",
    WithdrawnBecause.AGREEMENT_ENDED: "Its agreement has ended, and none followed",
    WithdrawnBecause.BY_MISTAKE: "It was accredited by mistake",
}


def _asked(question: AccreditationQuestion) -> Choice:
    may = QUESTIONS[NEWEST_QUESTIONS][question]
    nobody = {AccreditationAnswer.NOT_YET: "Nobody yet"} if question is AccreditationQuestion.DEVICES else {}
    return Choice(ASKED[question], {one.value: (ANSWERS | nobody)[one] for one in may})


class AnswersForm(Asked):
    """The newest questions, in their order; last, by when the organisation has what it does not have yet."""

    misuse = _asked(AccreditationQuestion.MISUSE)
    devices = _asked(AccreditationQuestion.DEVICES)
    joiners = _asked(AccreditationQuestion.JOINERS)
    leavers = _asked(AccreditationQuestion.LEAVERS)
    account_manager = _asked(AccreditationQuestion.ACCOUNT_MANAGER)
    checks = _asked(AccreditationQuestion.CHECKS)
    training = _asked(AccreditationQuestion.TRAINING)
    breaches = _asked(AccreditationQuestion.BREACHES)
    by = Day("By when will it have what it does not have yet?", called="The day by which it has the rest")

    def check(self) -> None:
        for question in QUESTIONS[NEWEST_QUESTIONS]:
            if self[question].data is None:
                self[question].errors.append(CHOOSE[question])
        if AccreditationAnswer.NOT_YET not in self.answers().values() and not any(self.by.typed):
            return
        if sentence := self.by.missing():
            self.by.errors.append(sentence)
        elif self.by.data and self.by.data <= clock.today():
            self.by.errors.append("The day by which it has the rest must be after today")

    def answers(self) -> Mapping[AccreditationQuestion, AccreditationAnswer]:
        asked = {question: self[question].data for question in QUESTIONS[NEWEST_QUESTIONS]}
        return {question: AccreditationAnswer(said) for question, said in asked.items() if said}

    @property
    def by_on(self) -> date | None:
        """Kept only where something is missing."""
        return self.by.data if AccreditationAnswer.NOT_YET in self.answers().values() else None


def years_from_today() -> dict[str, str]:
    """How long an accreditation may last, each with its last day."""
    found = {}
    for years in ACCREDITED_YEARS:
        last = accreditation_ends_on(clock.today(), years) - timedelta(days=1)
        found[str(years)] = f"{years} {'year' if years == 1 else 'years'}, until {last.day} {last:%B %Y}"
    return found


class YearsForm(Asked):
    """Made on the day: see `years_form`."""

    years: Choice

    def check(self) -> None:
        if self.years.data is None:
            self.years.errors.append("Choose for how long it is accredited")


class DecisionForm(YearsForm):
    """The same, or that something is missing: see `decision_form`."""

    def check(self) -> None:
        if self.years.data is None:
            self.years.errors.append("Choose for how long it is accredited, or that it is asked again")

    @property
    def accredited_for(self) -> int | None:
        """Years; None where it is asked again."""
        return None if self.years.data == AGAIN else int(str(self.years.data))


def years_form() -> type[YearsForm]:
    class Today(YearsForm):
        years = Choice("For how long is it accredited from today?", years_from_today())

    return Today


def decision_form(complete: bool) -> type[DecisionForm]:
    """With something missing nothing can be decided but that it is asked again."""
    choices = years_from_today() if complete else {}

    class Today(DecisionForm):
        years = Choice("What do you decide?", {**choices, AGAIN: "Not yet: ask it again"})

    return Today


class WithdrawForm(Asked):
    because = Choice("Why is the accreditation withdrawn?", {one.value: words for one, words in BECAUSE.items()})

    def check(self) -> None:
        if self.because.data is None:
            self.because.errors.append("Choose why it is withdrawn")
