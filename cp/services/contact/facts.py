"""What became of a request for contact: sealed, always of the same length, and moved on by the rule alone."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from cp import sealing
from cp.models import ContactRequest
from cp.rules.brokering import PassedKind, broker_step
from cp.rules.days import london_day
from cp.services import blinding
from cp.terms import ContactEvent, ContactState

LENGTH = 1600
"""Characters of every request's facts: a longer ciphertext would tell that somebody was asked."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Whom it was passed to. `key`: what a service is known by, a practitioner's public id, nothing for a family."""

    kind: PassedKind
    key: str = ""
    entry: UUID | None = None
    """By which a sensitive service stands on the record."""


@dataclass(frozen=True, slots=True)
class Facts:
    state: ContactState = ContactState.ASKED
    passed_to: Passed | None = None
    passed_at: datetime | None = None
    agreed_on: date | None = None
    answered_by: UUID | None = None
    """The account of whoever agreed or declined."""
    closed_at: datetime | None = None

    @property
    def forgotten(self) -> "Facts":
        """Without a trace of whom it was passed to and what they said."""
        return replace(self, passed_to=None, passed_at=None, agreed_on=None, answered_by=None)


def moved(
    held: Facts, event: ContactEvent, now: datetime, *, by: UUID | None = None, to: Passed | None = None
) -> Facts | None:
    """After this event; None where the rule does not let it happen. Nothing else moves a state."""
    state = broker_step(held.state, event)
    if state == "refused":
        return None
    after = replace(held, state=state)
    match event:
        case ContactEvent.PASS_ON:
            return replace(after, passed_to=to, passed_at=now)
        case ContactEvent.AGREE:
            return replace(after, agreed_on=london_day(now), answered_by=by)
        case ContactEvent.DECLINE:
            return replace(after, answered_by=by)
        case ContactEvent.CONSENT_WITHDRAWN:
            return after.forgotten
        case ContactEvent.CLOSE:
            return replace(after, closed_at=now)
    return after


def of(sealed: Any) -> Facts:
    """From what `ContactRequest.facts` holds."""
    said = {name: value for name, value in sealed.items() if value is not None and name != "pad"}
    to = said.get("passed_to")
    return Facts(
        state=ContactState(said["state"]),
        passed_to=Passed(to["kind"], to["key"], UUID(to["entry"]) if to["entry"] else None) if to else None,
        passed_at=datetime.fromisoformat(said["passed_at"]) if "passed_at" in said else None,
        agreed_on=date.fromisoformat(said["agreed_on"]) if "agreed_on" in said else None,
        answered_by=UUID(said["answered_by"]) if "answered_by" in said else None,
        closed_at=datetime.fromisoformat(said["closed_at"]) if "closed_at" in said else None,
    )


def keep(request: ContactRequest, facts: Facts) -> None:
    """Seal them, and let the row be found by whom it is passed to: by nobody once it is closed."""
    to = facts.passed_to
    said = {
        "state": facts.state,
        "passed_to": to and {"kind": to.kind, "key": to.key, "entry": to.entry and str(to.entry)},
        "passed_at": facts.passed_at and facts.passed_at.isoformat(timespec="microseconds"),
        "agreed_on": facts.agreed_on and facts.agreed_on.isoformat(),
        "answered_by": facts.answered_by and str(facts.answered_by),
        "closed_at": facts.closed_at and facts.closed_at.isoformat(timespec="microseconds"),
        "pad": "",
    }
    length = len(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    request.facts = said | {"pad": " " * (LENGTH - length)}
    running = facts.state is not ContactState.CLOSED
    request.passed_key = next(iter(passed_keys(to) if to and running else ()), blinding.nobody())
    request.entry_key = blinding.of_entry(to.entry)[0] if to and to.entry else blinding.nobody()


def passed_keys(to: Passed) -> tuple[int, ...]:
    """As what a row is found again by whom it was passed to; a family has no account and finds nothing."""
    match to.kind:
        case "service":
            return blinding.of_service(to.key)
        case "practitioner":
            return blinding.of_practitioner(UUID(to.key))
    return ()


def known_as(request_uid: UUID, what: str) -> UUID:
    """The id by which the audit, and whoever was asked, know a step of a request: another for each.

    The request's own id leads to the child. Beside the account of a sensitive service, or beside “passed on”, it would
    say what the sealed facts must not; whoever holds the keys can work this one out for each request and step.
    """
    return UUID(bytes=sealing.ring().lasting_digest(f"contact {what}", str(request_uid))[:16])
