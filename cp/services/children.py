"""The one way to a child's record: it decides, writes the audit, and gives back only the allowed parts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, exists, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Involvement, Opening, Search
from cp.models.child import Child
from cp.rules.access import Actor, Refused, decide
from cp.rules.acts import OF_SENSITIVE_SERVICES
from cp.rules.searching import Route, reason_for_opening
from cp.rules.sensitive import ON_SCREEN_ALONE
from cp.services import audit, blinding, looking_up, record_parts
from cp.services.looking_up import Used
from cp.services.record_row import Row
from cp.services.records import Opened, Record
from cp.services.settings import NEUTRAL_LINE, ON, newest
from cp.terms import Act, ArchivePurpose, Part, Reason

CARRIES_FOR = timedelta(hours=8)
ON_PAPER = frozenset({Act.PRINT_RECORD, Act.PRINT_ARCHIVED})


class ReasonNeeded(Exception):
    """The record may be opened once a reason is given."""


class Agreed(NamedTuple):
    """What opens a record that is closed: `together` with the other person named for it, from when, and for what."""

    at: datetime
    together: bool
    purpose: ArchivePurpose | None = None


_FACTS = [name for name in Row.__slots__ if name not in ("override_open", "opened", "opened_together", "purpose")]
_OWN = [name for name in _FACTS if name not in ("authority_name", "shields_from", "on_own_list")]
_WORKING = exists().where(
    Involvement.child_id == Child.id, Involvement.practitioner_id == bindparam("practitioner_id"),
    Involvement.ended_on.is_(None), ~Involvement.in_error,
)  # fmt: skip
_WHY = [getattr(Opening, name) for name in Opened._fields]
_ROW = (
    select(
        *(getattr(Child, name) for name in _OWN), Authority.name.label("authority_name"), Authority.shields_from,
        _WORKING.label("on_own_list"), *_WHY,
    )
    .join(Authority, Authority.id == Child.authority_id)
    .outerjoin(
        Opening,
        (Opening.child_id == Child.id)
        & (Opening.account_id == bindparam("account_id"))
        & (Opening.at > bindparam("since")),
    )
    .where(Child.uid == bindparam("uid"))
)  # fmt: skip
_LOCKED = _ROW.with_for_update(of=Child)
_COUNTED = looking_up.COUNTED_NOW.subquery("counted")
_LINE = newest(NEUTRAL_LINE, Child.authority_id).scalar_subquery().label("neutral_line")
_HELD = _ROW.add_columns(_LINE, *_COUNTED.c).join(_COUNTED, true()).with_for_update(of=Child, read=True)


def find(session: Session, actor: Actor, uid: UUID, act: Act, *, lock: bool = False) -> tuple[Row, frozenset[Part]]:
    """The row and the parts this person may see of it. Raises Refusal; a hidden one reads as "none".

    `lock` holds the row against others who would change the same child's involvements at once.
    """
    if lock:
        looking_up.hold(session, actor)  # the account before the child, as whoever opens a record does
    found = session.connection().execute(_LOCKED if lock else _ROW, _asked(actor, uid)).one_or_none()
    return _allowed(actor, act, found)


def _find_held(session: Session, actor: Actor, before: Row, act: Act) -> tuple[Row, frozenset[Part], bool, Used]:
    """The row again, held against whoever would shield it; whether its authority has the neutral line on every
    record; and what this person has looked at besides."""
    values = _asked(actor, before.uid) | looking_up.asked(actor, before.subject_id)
    found = session.connection().execute(_HELD, values).one_or_none()
    row, parts = _allowed(actor, act, found)
    line, *counted = (found or ())[-1 - len(_COUNTED.c) :]
    return row, parts, line == ON, looking_up.used(*counted)


def _asked(actor: Actor, uid: UUID) -> dict[str, object]:
    return {"uid": uid, "practitioner_id": actor.practitioner_id, "account_id": actor.account_id,
            "since": clock.now() - CARRIES_FOR}  # fmt: skip


def _allowed(
    actor: Actor, act: Act, found: Sequence[Any] | None, agreed: Agreed | None = None
) -> tuple[Row, frozenset[Part]]:
    if found is None:
        raise audit.Refusal("none", hidden=True)
    facts: dict[str, Any] = dict(zip(_FACTS, found, strict=False))
    why = found[len(_FACTS) : len(_FACTS) + len(_WHY)]
    shielded = facts["shielded_at"] is not None
    through = shielded and actor.overridden_id is not None and actor.overridden_id == facts["id"]
    opened = Opened(*why) if why[0] else None
    together, purpose = (agreed.together, agreed.purpose) if agreed else (False, None)
    row = Row(**facts, override_open=through, opened=opened, opened_together=together, purpose=purpose)
    decision = decide(actor, act, row.subject, clock.today())
    if isinstance(decision, Refused):
        about = blinding.subject(row.subject_id) if act in OF_SENSITIVE_SERVICES else row.subject_id
        raise audit.Refusal(decision.reason, about, hidden=decision.hidden)
    return row, decision.parts - (ON_SCREEN_ALONE if act in ON_PAPER else frozenset())


def open_record(
    session: Session, actor: Actor, uid: UUID, *, act: Act = Act.OPEN_RECORD, search_uid: UUID | None = None
) -> Record:
    """The record, opened and audited. Raises ReasonNeeded where nothing yet says why, and looking_up.Over.

    It is read before the database is held, and looked at again once it is: a shield set meanwhile is obeyed, and its
    entry stands before this one.
    """
    row, parts = find(session, actor, uid, Act.OPEN_RECORD)
    why, fresh = opening(session, actor, row, search_uid)
    if act is not Act.OPEN_RECORD:
        row, parts = find(session, actor, uid, act)
    record = record_parts.assemble(session, actor, row, parts, why)
    looking_up.hold(session, actor)
    now, shown, line, used = _find_held(session, actor, row, act)
    if (now, shown) != (row, parts):
        row, parts = now, shown
        record = record_parts.assemble(session, actor, row, parts, why)
    looking_up.judge(session, actor, row, why, used)
    if fresh:
        keep(session, actor, row, why)
    about = audit.About(subject_id=row.subject_id, object_id=why.search_uid, parts=parts, reason=why.reason)
    audit.record(session, actor, act, about)
    return replace(record, neutral_line=True) if line else record


def ask_why(session: Session, actor: Actor, uid: UUID) -> None:
    """That somebody is asked tells them that the record is there: it is written down, too."""
    row, _ = find(session, actor, uid, Act.OPEN_RECORD)
    audit.record(session, actor, Act.SEE_REASON, audit.About(subject_id=row.subject_id))


def give_reason(session: Session, actor: Actor, uid: UUID, reason: Reason) -> None:
    """Why this person opens this record, when neither a search nor an involvement says so."""
    row, _ = find(session, actor, uid, Act.OPEN_RECORD)
    keep(session, actor, row, Opened(reason, None, clock.now()))


def must_be_open(session: Session, actor: Actor, uid: UUID, act: Act) -> tuple[Row, frozenset[Part], Reason]:
    """The row, for an act on a record that this person has a reason to open. Raises as `open_record` does."""
    row, _ = find(session, actor, uid, Act.OPEN_RECORD, lock=True)
    why, fresh = opening(session, actor, row, None)
    row, parts = find(session, actor, uid, act, lock=True)
    looking_up.within(session, actor, row, why)
    if fresh:
        keep(session, actor, row, why)
    return row, parts, why.reason


def correct(session: Session, actor: Actor, uid: UUID, act: Act) -> tuple[Row, frozenset[Part], Opened]:
    """The row, held, for an act that is itself why it is looked at: records are being put right. Counted as opened."""
    row, parts = find(session, actor, uid, act, lock=True)
    why = row.opened or Opened(Reason.CORRECTING_RECORDS, None, clock.now())
    looking_up.within(session, actor, row, why)
    return row, parts, why


def hand_out(
    session: Session, actor: Actor, uid: UUID, act: Act, wanted: frozenset[Part]
) -> tuple[Row, frozenset[Part], Record]:
    """No more of the record than these parts, for what leaves the system. Counted as opened."""
    row, parts, why = correct(session, actor, uid, act)
    return row, parts & wanted, record_parts.assemble(session, actor, row, parts & wanted, why)


def open_closed(
    session: Session, actor: Actor, uid: UUID, act: Act, agreed: Agreed
) -> tuple[Row, frozenset[Part], Record]:
    """The record of an old identity, or an archived one, for somebody named for it."""
    looking_up.hold(session, actor)
    found = session.connection().execute(_LOCKED, _asked(actor, uid)).one_or_none()
    row, parts = _allowed(actor, act, found, agreed)
    why = Opened(Reason.CORRECTING_RECORDS, None, agreed.at)
    return row, parts, record_parts.assemble(session, actor, row, parts, why)


def opening(session: Session, actor: Actor, row: Row, search_uid: UUID | None) -> tuple[Opened, bool]:
    """Why this record is opened: the search named, what was given before today, or the person's own involvement.

    With it, whether that is new and must be kept. What was said past a limit lasts as long as the reason it was said
    with: another search does not renew it.
    """
    kept = row.opened
    if kept and (search_uid in (None, kept.search_uid) or kept.more or kept.urgent):
        return kept, False
    if search_uid and (reason := _reason_of_search(session, actor, row, search_uid)):
        return Opened(reason, search_uid, clock.now()), True
    if kept:
        return kept, False
    route: Route = "my_involvements" if row.on_own_list else "link"
    standing = reason_for_opening(route, None, None)
    if standing == "ask":
        raise ReasonNeeded
    return Opened(standing, None, clock.now()), True


def keep(session: Session, actor: Actor, row: Row, why: Opened) -> None:
    """From now on this is why. Two pages opened at once keep one row."""
    engine = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    said = why._asdict()
    adding = engine.insert(Opening).values(account_id=actor.account_id, child_id=row.id, **said)
    session.execute(adding.on_conflict_do_update(index_elements=["account_id", "child_id"], set_=said))


def _reason_of_search(session: Session, actor: Actor, row: Row, search_uid: UUID) -> Reason | None:
    """The reason of this person's own search of today, if it showed this child."""
    values = {"uid": search_uid, "account_id": actor.account_id, "since": clock.now() - CARRIES_FOR}
    search = session.scalars(_SEARCH, values).one_or_none()
    return search.reason if search and search.showed(row.subject_id) else None


_SEARCH = select(Search).where(
    Search.uid == bindparam("uid"), Search.account_id == bindparam("account_id"), Search.at > bindparam("since")
)


def concerns(session: Session, actor: Actor, asked: Mapping[str, object]) -> bool:
    """Whether an address with these ids is about the record whose shield this person looks through."""
    if "child_uid" in asked:
        query = exists().where(Child.id == actor.overridden_id, Child.uid == asked["child_uid"])
    else:
        query = exists().where(
            Involvement.child_id == actor.overridden_id, Involvement.uid == asked.get("involvement_uid")
        )
    return bool(session.scalar(select(query)))
