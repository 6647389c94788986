"""The log in plain words: what each act was, why, and why not."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from flask import Flask

from cp.forms.archive import PURPOSES
from cp.forms.limits import SAID_BESIDES
from cp.forms.log import CRITERIA_REASONS, GROUPS
from cp.forms.overriding import OVERRIDE_REASONS
from cp.forms.reason import REASONS
from cp.rules.acts import FINDING, FINDING_BY_FAMILY, OF_ARCHIVE, OPENING
from cp.rules.days import london_day
from cp.services.log.entries import Entry
from cp.services.log.reviewing import Wanted
from cp.terms import Act, Reason
from cp.views.log_acts import ACTS
from cp.views.words import day, plural

SHIELDED = "Opened a shielded record: the four facts that it shows"
GIVEN = {
    Reason.WORKING_WITH.value: "Working with this child",
    Reason.MAY_NEED_HELP.value: "This child may need help from others",
    Reason.JOINING_OR_LEAVING.value: "This child is joining or leaving them",
    Reason.CORRECTING_RECORDS.value: "Correcting their own records",
} | PURPOSES
"""Why somebody looked, as others read it."""
YOURS = {"their": "your", "they": "you", "them": "you"}
LOOKING = OPENING | FINDING | FINDING_BY_FAMILY
WHY: dict[Act, dict[str, str]] = {
    **dict.fromkeys(LOOKING | OF_ARCHIVE, GIVEN),
    Act.ANSWER_ARCHIVED: {"agreed": "Agreed", "declined": "Declined", "taken_back": "Taken back"},
    Act.OVERRIDE: OVERRIDE_REASONS,
    Act.GIVE_MORE_REASON: {code.value: said for code, said in SAID_BESIDES.items()} | {"urgent": "It could not wait"},
    Act.READ_CRITERIA: CRITERIA_REASONS,
    **dict.fromkeys((Act.SEE_LOG, Act.PRINT_LOG), GROUPS),
    Act.ASK_HOLD: {"end": "That the hold end before its day"},
    Act.ANSWER_HOLD: {
        "agreed": "Held back",
        "declined": "Not held back",
        "ended": "The hold has ended",
        "goes_on": "It goes on",
    },
}
"""What is said of why, as whoever did it gave it from a list. The ground of a shield, and what is found of a person,
stand on pages of their own."""
REFUSED = {
    "none": "it is not there for them",
    "role": "their role does not do this",
    "shielded": "the record is shielded",
    "not_shielded": "the record is not shielded",
    "sensitive_service": "their service is recorded by consent",
    "to_oneself": "nobody does this to themselves",
    "second_approver": "another account manager has to agree",
    "second_person": "another person has to agree",
    "wrong": "what they typed was wrong",
    "wait": "too many tries",
    "own_organisation": "they belong to this organisation",
    "closed": "the organisation has closed",
    "override_own": "the override is their own",
    "override_team": "they work in the same team",
    "override_named": "another reviewer is named",
    "too_many_searches": "too many searches in an hour",
    "limit": "the limit of a day is reached",
    "say_more": "they had to say more first",
    "not_active": "their account is closed",
    "review": "their account was not confirmed",
    "unused": "their account was not used for 90 days",
    "agreement": "the user agreement is not signed",
    "check": "their check has expired",
    "training": "their training is due",
    "practice": "the practice tasks are not done",
    "accreditation": "their organisation is not accredited",
    "second_factor": "no second factor is set up",
    "no_principal": "nobody is named whom they assist",
    "delegation_ended": "their time as an assistant is over",
    "principal": "whoever they assist cannot use ContactPoint",
    "not_open": "ContactPoint is not open for them yet",
    "no_shields_yet": "ContactPoint has not begun there yet",
}
"""Why not."""


def did(entry: Entry, *, own: bool = False) -> str:
    return SHIELDED if entry.shielded else _addressed(ACTS[entry.act], own)


def _addressed(said: str, own: bool) -> str:
    """The same to the person themselves."""
    return " ".join(YOURS.get(word, word) for word in said.split(" ")) if own else said


def came_to(entry: Entry) -> str:
    """How many there were, where a number is the answer."""
    if entry.results is None:
        return ""
    if entry.act is Act.SEE_RESULTS:
        return plural(entry.results, "child was shown", "children were shown")
    if entry.act is Act.SIGN_IN:
        return plural(entry.results, "more try", "more tries")
    return plural(entry.results, "entry", "entries") if entry.act in (Act.SEE_LOG, Act.PRINT_LOG) else ""


def why(entry: Entry, *, own: bool = False) -> str:
    said = WHY.get(entry.act, {}) | (REASONS if own and entry.act in LOOKING else {})
    return "" if entry.refused or not entry.reason else said.get(entry.reason, "")


def why_not(entry: Entry, *, own: bool = False) -> str:
    """Refused: their role does not do this."""
    said = _addressed(REFUSED.get(entry.reason or "", ""), own)
    return f"Refused: {said}" if said else "Refused"


def whose(entry: Entry) -> str:
    """What stands under the name: the post and the organisation, which of a sensitive service is not named."""
    place = "A sensitive service" if entry.sensitive else entry.organisation
    helped = f"for {entry.principal}" if entry.principal else ""
    return ", ".join(filter(None, (entry.works_as, place, helped)))


def days_said(wanted: Wanted) -> str:
    """17 to 23 November 2026; one day alone; any day."""
    if wanted.always:
        return "all days"
    if wanted.since == wanted.until:
        return day(wanted.since)
    if (wanted.since.year, wanted.since.month) == (wanted.until.year, wanted.until.month):
        return f"{wanted.since.day} to {day(wanted.until)}"
    return f"{day(wanted.since)} to {day(wanted.until)}"


def by_day(entries: Iterable[Entry]) -> list[tuple[date, list[Entry]]]:
    return [(on, list(found)) for on, found in groupby(entries, key=lambda entry: london_day(entry.at))]


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        log_did=did, log_came_to=came_to, log_why=why, log_why_not=why_not, log_whose=whose, log_days_said=days_said,
        log_by_day=by_day, LOG_GROUPS=GROUPS, CRITERIA_REASONS=CRITERIA_REASONS, LOG_GIVEN=GIVEN,
    )  # fmt: skip
