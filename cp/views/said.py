"""What a page says once after something was done: a code kept with the session, and its sentence.

A code is short, names no child, and its parts are parted by colons.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask import Flask

from cp.rules.involvement import Confirming
from cp.services.involved import Mine, Past
from cp.services.involvements import Finished, Recorded
from cp.services.records import Person, Record
from cp.views.html import uuid_or_none
from cp.views.words import day

NOBODY = "nobody"


def of_recorded(done: Recorded, lead: bool) -> str:
    """`lead` where the person asked to lead. Whoever led before reads it here only if they have an account."""
    if done.already:
        return "already"
    before = done.lead_before
    if before is None:
        return "lead" if lead else "recorded"
    return f"lead:{'reads' if before.has_account else 'tell'}:{before.uid}"


def of_finished(done: Finished, own: UUID | None) -> str:
    """For the record's page; with `own`, the involvement that ended, for My involvements, which finds the child."""
    leads = (":again" if own else f":{done.lead_again}") if done.lead_again else f":{NOBODY}" if done.led else ""
    name = "ended" if done.ended_on else "withdrawn"
    about = str(own) if own else str(done.ended_on or "")
    return f"{name}:{about}{leads}"


def said_of(code: str | None, record: Record) -> str:
    """The sentence of a record."""
    name, about, more = _parts(code)
    called = record.called
    match name:
        case "recorded":
            return f"Your involvement with {called} is recorded."
        case "lead":
            return f"You are now {called}’s lead professional.{_told(about, _named(record.people, more))}"
        case "ended":
            return _ended(called, date.fromisoformat(about)) + _led_now(called, more, _named(record.people, more))
        case "withdrawn":
            return _withdrawn(called) + _led_now(called, more, _named(record.people, more))
    return SAID.get(name, "")


SAID = {
    "already": "Nothing has changed: you had already recorded this.",
    "override_closed": "The shield is closed again.",
    "made": "The record is made, and shielded.",
    "disputed": "The management team has it. Everybody who is shown it reads that it is disputed.",
    "disputed_before": "Nothing has changed: you have said so already.",
    "change_told": "The management team has what you told.",
    "change_already": "Nothing has changed: you had already told it.",
    "joined": "The two records are joined, and this one goes on.",
    "parted": "The two records are apart again. Each has what was its own, and nobody joins them again.",
}
"""What is said of a record in the same words whoever it is."""


def said_of_mine(code: str | None, mine: list[Mine], past: Past | None) -> str:
    """The sentence of My involvements: who was confirmed and how many are left to answer, or what has ended."""
    name, about, more = _parts(code)
    if name == "gone":
        return "The entry is gone. Nobody sees it any more."
    if name == "confirmed":
        return _confirmed(next((one for one in mine if str(one.uid) == about), None), mine)
    if past is None or name not in ("ended", "withdrawn"):
        return ""
    done = _ended(past.name, past.ended_on) if name == "ended" and past.ended_on else _withdrawn(past.name)
    return done + _led_now(past.called, more, past.lead)


def past_of(code: str | None) -> UUID | None:
    """The involvement of which My involvements is to say that it ended."""
    name, about, _ = _parts(code)
    return uuid_or_none(about) if name in ("ended", "withdrawn") else None


def _parts(code: str | None) -> tuple[str, str, str]:
    name, about, more, *_ = [*(code or "").split(":"), "", ""]
    return name, about, more


def _named(people: Iterable[Person], uid: str) -> str | None:
    return next((person.name for person in people if str(person.uid) == uid), None)


def _told(how: str, name: str | None) -> str:
    if name is None:
        return ""
    if how == "tell":
        return f" {name} has no account here, so tell them yourself."
    return f" {name} reads it under My involvements."


def _led_now(called: str, more: str, lead: str | None) -> str:
    if more == NOBODY:
        return f" {called} has no lead professional now."
    return f" {lead} is lead professional again." if more and lead else ""


def _ended(name: str, on: date) -> str:
    return f"Your involvement with {name} ended on {day(on)}."


def _withdrawn(name: str) -> str:
    return f"Your involvement with {name} is taken off the record."


def _confirmed(one: Mine | None, mine: list[Mine]) -> str:
    if one is None:
        return ""
    left = sum(other.confirming is not Confirming.NOT_YET for other in mine)
    return f"{one.name} is confirmed until {day(one.confirm_by)}. {left or 'None'} left to answer."


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(said_of=said_of, said_of_mine=said_of_mine)
