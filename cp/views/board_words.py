"""What an organisation waits for, who acts and by when, in words."""

from datetime import date

from flask import Flask

from cp import clock
from cp.forms.school_contacts import BY, NEXT, OUTCOMES
from cp.forms.schools import ACTS, KINDS
from cp.models import SchoolContact
from cp.rules.phones import phone_shown
from cp.services.implementation.board import A_PAGE, Board, Wanted
from cp.services.implementation.log import Logged
from cp.terms import LetterKind, Means, Need, Step
from cp.views.words import day, plural

STEPS = {
    Step.FIRST_CONTACT: "First contact",
    Step.ANSWERS: "Their answers",
    Step.MEANS: "A way to send data",
    Step.TEST_FILE: "A test file",
    Step.AGREEMENT: "A signed agreement",
    Step.PEOPLE: "Named people",
    Step.TRAINING: "Training",
    Step.ACCREDITATION: "Accreditation",
    Step.LIVE: "Nothing: live",
}
NEEDS = {
    Need.CONTACT: "Contact them for the first time",
    Need.EXPLAIN_DUTY: "Explain the duty",
    Need.ANSWER: "Answer our questions",
    Need.OFFER_MEANS: "Offer them a way to send data",
    Need.ACCEPT_MEANS: "Say yes to {means}",
    Need.SEND_TEST_FILE: "Send a test file",
    Need.SWITCH_ON: "Turn on sending by their system",
    Need.JUDGE_TEST_FILE: "Look at their test file",
    Need.SIGN: "Sign the agreement",
    Need.NAME_PEOPLE: "Name the people who will use it",
    Need.INVITE_PEOPLE: "Invite the people they named",
    Need.BOOK_TRAINING: "Book places for training",
    Need.COME_TO_TRAINING: "Come to training",
    Need.ANSWER_ACCREDITATION: "Answer the accreditation questions",
    Need.DECIDE_ACCREDITATION: "Decide on their accreditation",
    Need.OPENING_DAY: "Wait for the opening day",
    Need.NOTHING: "Nothing",
}
NEXT_PAGE = {
    Need.CONTACT: "school_log.new", Need.EXPLAIN_DUTY: "school_log.new", Need.ANSWER: "school_links.link",
    Need.OFFER_MEANS: "means.show", Need.ACCEPT_MEANS: "means.show", Need.SEND_TEST_FILE: "test_files.show",
    Need.SWITCH_ON: "means.show", Need.JUDGE_TEST_FILE: "test_files.show", Need.SIGN: "agreements.show",
    Need.NAME_PEOPLE: "people.index", Need.INVITE_PEOPLE: "people.index", Need.BOOK_TRAINING: "people.index",
    Need.COME_TO_TRAINING: "people.index", Need.ANSWER_ACCREDITATION: "accreditations.show",
    Need.DECIDE_ACCREDITATION: "accreditations.show",
}  # fmt: skip
"""The page on which a need is met, or seen to be met, by its endpoint; none where it is met by waiting."""
OFFERED = {
    Means.SYSTEM: "sending by their system",
    Means.FOLDER: "files put into a folder",
    Means.TRANSFER_FILE: "a Common Transfer File each term",
    Means.SPREADSHEET: "a spreadsheet each term",
    Means.BY_HAND: "entering pupils by hand",
}
SAID = {
    "contact_added": "The contact is added.",
    "contact_changed": "The contact is changed.",
    "contact_same": "Nothing has changed.",
    "contact_removed": "The contact is removed. The log names them still.",
    "logged": "The contact is written down.",
    "step_done": "The next step is done.",
    "step_closed": "Nothing has changed: that next step is no longer open.",
    "taken_back": "The entry is taken back. It stays in the log as taken back.",
    "taken_back_before": "Nothing has changed: the entry was taken back already.",
}


def area(authority: str) -> str:
    """The place that an authority is of: Northvale, for Northvale Council."""
    return authority.removesuffix(" Council")


def need_said(need: Need, means: Means | None) -> str:
    return NEEDS[need].format(means=OFFERED[means] if means else "a way to send data")


def days_late(by: date | None) -> int:
    """0 where it is not late, or nobody has to act."""
    return max(0, (clock.today() - by).days) if by else 0


def late_said(by: date) -> str:
    return f"{plural(days_late(by), 'day', 'days')} late"


def short_day(value: date) -> str:
    """25 Nov; Today; with its year where that is another."""
    today = clock.today()
    if value == today:
        return "Today"
    return f"{value.day} {value:%b}" + (f" {value.year}" if value.year != today.year else "")


def schools_said(at: str, count: int) -> str:
    """What the table is of: 14 schools wait for a way to send data."""
    schools, are = plural(count, "school", "schools"), "is" if count == 1 else "are"
    if at == "all":
        return f"{schools} in all"
    if at in ("late", Step.LIVE):
        return f"{schools} {are} {at}"
    if at == Step.ANSWERS:
        return f"{schools} {'has' if count == 1 else 'have'} our questions to answer"
    return f"{schools} {'waits' if count == 1 else 'wait'} for {lower_first(STEPS[Step(at)])}"


def letters_said(letter: LetterKind, get_one: int | None, of: int) -> str:
    """How many get the letter, beside those that the table shows: some of these it does not fit, and one whose way has
    not begun is in no table yet. None where they were not counted.
    """
    a, many = ("a reminder", "reminders") if letter is LetterKind.REMINDER else ("a letter", "letters")
    if get_one is None:
        return f"Print {many}"
    if get_one > of:
        return f"Print {many} for these {of} and {get_one - of} more"
    if of == 1:
        return f"Print {a} for this one"
    if get_one == 1:
        return f"Print {a} for one of these"
    return f"Print {many} for " + (f"these {of}" if get_one == of else f"{get_one} of these {of}")


def schools_shown(board: Board) -> str:
    """Which of them this page has."""
    first = (board.wanted.page - 1) * A_PAGE + 1
    last = first + len(board.rows) - 1
    return "all of them" if last - first + 1 == board.total else f"{first} to {last}"


def narrowed_said(wanted: Wanted) -> str:
    """Which only: primary schools where you act, with “oak” in the name."""
    kind = KINDS[wanted.kind] if wanted.kind else "those"
    said = kind if kind.startswith("GP") else kind.lower()
    if wanted.who:
        who = lower_first(ACTS[wanted.who])
        said += f" where {who} {'act' if who == 'you' else 'acts'}"
    return said + (f", with “{wanted.name}” in the name" if wanted.name else "")


def contact_said(one: SchoolContact) -> str:
    """Jo Bell, bursar, 0161 496 0110."""
    return ", ".join(part for part in (one.name, one.post, one.phone and phone_shown(one.phone), one.email) if part)


def logged_said(logged: Logged) -> str:
    """Ivy Hartley wrote down a contact of 23 November 2026: by telephone, nobody answered."""
    entry = logged.entry
    how, what = lower_first(BY[entry.by]), lower_first(OUTCOMES[entry.outcome])
    return f"{logged.writer} wrote down a contact of {day(entry.made_on)}: {how}, {what}"


def lower_first(words: str) -> str:
    """To go on in a sentence."""
    return words[:1].lower() + words[1:]


def upper_first(words: str) -> str:
    """To begin a line; a name in them stays as it is."""
    return words[:1].upper() + words[1:]


def said_of_schools(code: str | None) -> str:
    return SAID.get(code or "", "")


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(short_day=short_day, lower_first=lower_first, upper_first=upper_first)
    app.jinja_env.globals.update(
        WAITING_FOR=STEPS, WHO_ACTS=ACTS, SCHOOL_KINDS=KINDS, CONTACTED_BY=BY, CONTACT_OUTCOMES=OUTCOMES,
        NEXT_STEPS=NEXT, NEXT_PAGE=NEXT_PAGE, OFFERED_MEANS=OFFERED, area=area, need_said=need_said,
        days_late=days_late, late_said=late_said, letters_said=letters_said, schools_shown=schools_shown,
        schools_said=schools_said, said_of_schools=said_of_schools,
    )  # fmt: skip
