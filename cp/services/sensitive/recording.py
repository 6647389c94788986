"""A sensitive service records that it works with a child, on a ground that is kept with it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.rules.access import Actor
from cp.rules.involvement import involvement_problem
from cp.rules.sensitive import WORDING, WORDING_VERSION, longest_until, sensitive_refusal
from cp.services import alerts, audit, blinding, children
from cp.services.involvements import Problem
from cp.services.record_row import Row
from cp.services.records import called, full_name
from cp.services.sensitive import entries, people
from cp.services.sensitive.entries import Entry
from cp.services.sensitive.people import Worker
from cp.terms import Act, AlertKind, Part, SensitiveGround


@dataclass(frozen=True, slots=True)
class Form:
    """What the page of recording needs to know."""

    child_uid: UUID
    name: str
    called: str
    born_on: date
    service: str
    me: Worker
    colleagues: tuple[Worker, ...]
    """Everybody in the service, who may have judged it."""


def form(session: Session, actor: Actor, child_uid: UUID) -> Form:
    """For the form. It names the child, so it is an opening of the record, and counts and is audited as one.

    Nothing more is written: an entry that named both this form and the child would say in the clear what is sealed.
    """
    children.find(session, actor, child_uid, Act.PREPARE_SENSITIVE)
    row, _, reason = children.must_be_open(session, actor, child_uid, Act.PREPARE_SENSITIVE)
    me, all_of_them = people.colleagues(session, actor)
    about = audit.About(subject_id=row.subject_id, parts=(Part.IDENTITY,), reason=reason)
    audit.record(session, actor, Act.OPEN_RECORD, about)
    return Form(
        row.uid, full_name(row.given_names, row.family_name), called(row.given_names, row.family_name), row.born_on,
        people.called(actor.sensitive_service or "", me.organisation), me, tuple(all_of_them),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks to record. Without `ends_on` it lasts as long as it may."""

    ground: SensitiveGround
    understands: bool | None
    judged_by: UUID | None
    started_on: date | None
    given_on: date | None
    ends_on: date | None


def record(session: Session, actor: Actor, child_uid: UUID, wish: Wish) -> bool:
    """Whether it is recorded now: False where it was already.

    Raises Problem with a code of the rules; `too_long` with the last day it may end on.
    """
    children.find(session, actor, child_uid, Act.RECORD_SENSITIVE)
    row, _, reason = children.must_be_open(session, actor, child_uid, Act.RECORD_SENSITIVE)
    me, all_of_them = people.colleagues(session, actor)
    judge = next((one for one in all_of_them if one.uid == wish.judged_by), None)
    entry = _entry(actor, row, wish, me, judge)
    if any(one.entry.practitioner_id == me.id and one.entry.in_force(clock.today())
           for one in entries.of_child(session, row.uid, entry.service)):  # fmt: skip
        return False
    uid = entries.add(session, entry, me.uid)
    about = audit.About(subject_id=blinding.subject(row.subject_id), object_id=blinding.subject(uid), reason=reason)
    audit.record(session, actor, Act.RECORD_SENSITIVE, about)
    if wish.ground is SensitiveGround.SUSPECTED_HARM:
        alerts.tell(session, actor, AlertKind.WITHOUT_CONSENT)
    return True


def _entry(actor: Actor, row: Row, wish: Wish, me: Worker, judge: Worker | None) -> Entry:
    """Raises Problem where the rules refuse it."""
    today, consent = clock.today(), wish.ground in WORDING
    understands, given_on = (wish.understands, wish.given_on) if consent else (None, None)
    latest = longest_until(given_on or today)
    code = (
        involvement_problem(wish.started_on, None, row.born_on, today)
        or sensitive_refusal(wish.ground, understands, given_on, wish.ends_on, None, judge is not None, today)
        or ("too_long" if wish.ends_on and wish.ends_on > latest else None)
    )
    if code or wish.started_on is None or judge is None:
        raise Problem(code or "nobody_named", latest if code == "too_long" else row.born_on)
    return Entry(
        child=row.uid, service=actor.sensitive_service or "", organisation_id=me.organisation_id, team=me.team,
        practitioner_id=me.id, started_on=wish.started_on, ground=wish.ground, understands=understands,
        judged_by=judge.id, wording_version=WORDING_VERSION if consent else None, wording=WORDING.get(wish.ground),
        given_on=given_on, ends_on=wish.ends_on or latest, withdrawn_on=None, recorded_at=clock.now(),
    )  # fmt: skip
