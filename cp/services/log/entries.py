"""Entries of the audit with their people and places, in one statement whatever they are about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from cp.models import Account, AuditEvent, Organisation, Practitioner, SensitiveTeam
from cp.models.child import Child
from cp.rules.acts import OPENING
from cp.rules.days import day_begins
from cp.rules.reading_log import FOUR_FACTS, GRAVE, LISTS, LOOKS, NOT_THERE, UNTOLD, child_told, entry_shown
from cp.terms import Act, Decision, EntryShown, Part, RecordState

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SEARCHES = frozenset({Act.SEARCH, Act.SEARCH_FAMILY, Act.FIND_ARCHIVED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. What its reader is not to be told is empty."""

    at: datetime
    act: Act
    refused: bool
    reason: str | None
    results: int | None
    person_uid: UUID | None
    name: str
    works_as: str
    organisation: str
    sensitive: bool
    """Whoever it was works in a sensitive service, which is not named."""
    principal: str
    """For whom an assistant did it."""
    number: str | None
    """The child's, where the reader is told whom it was about."""
    several: bool
    """One page, or one file, was about more than this child; this stands for all of it."""
    shielded: bool
    """An opening that showed four facts, which is all that there is to see of a shielded record."""
    search_uid: UUID | None


_PRINCIPAL = aliased(Account)
_TEAM = exists().where(
    SensitiveTeam.organisation_id == Practitioner.organisation_id, SensitiveTeam.name == Practitioner.team
)
_THEN = AuditEvent.parts.contains(Part.OWN_SENSITIVE, autoescape=True).is_(True)
SENSITIVE = or_(Organisation.sensitive_subject.is_not(None), _TEAM, _THEN)
"""Whoever it was works in a sensitive service, or did when they looked: the entry itself says so."""
PROTECTED = or_(Child.shielded_at.is_not(None), Child.state != RecordState.LIVE, SENSITIVE)
REFUSED = AuditEvent.decision == Decision.REFUSED
FIRST = or_(
    AuditEvent.act.in_(GRAVE), and_(AuditEvent.act.in_(OPENING), AuditEvent.parts == FOUR_FACTS), REFUSED
)  # fmt: skip
"""As `looked_at_first`."""
TOLD = and_(
    AuditEvent.act.not_in(UNTOLD),
    ~SENSITIVE,
    or_(~REFUSED, AuditEvent.reason.is_(None), AuditEvent.reason != NOT_THERE),
)
"""As `child_told`: what is found by a child's number is what says whom it is about."""
_BESIDE = aliased(AuditEvent)


def _same(beside: int) -> ColumnElement[bool]:
    """The entry before or after is of the same page, or file: one transaction writes them one after the other."""
    return and_(
        AuditEvent.act.in_(LISTS),
        exists().where(_BESIDE.id == AuditEvent.id + beside, _BESIDE.request_id == AuditEvent.request_id,
                       _BESIDE.act == AuditEvent.act),
    )  # fmt: skip


LAST_OF_ITS_PAGE = ~_same(1)
"""Of a page that was about many children, the one entry that stands for all of them."""
_ENTRIES = (
    select(
        AuditEvent.at, AuditEvent.act, AuditEvent.decision, AuditEvent.reason, AuditEvent.results,
        AuditEvent.parts, AuditEvent.object_id, AuditEvent.authority_id, Account.uid.label("person_uid"), Account.name,
        Practitioner.role.label("works_as"), Organisation.name.label("organisation"), SENSITIVE.label("sensitive"),
        _PRINCIPAL.name.label("principal"), Child.number, PROTECTED.label("protected"),
        _same(-1).label("several"),
    )
    .outerjoin(Account, Account.uid == AuditEvent.account_id)
    .outerjoin(Practitioner, Practitioner.id == Account.practitioner_id)
    .outerjoin(Organisation, Organisation.uid == AuditEvent.organisation_id)
    .outerjoin(_PRINCIPAL, _PRINCIPAL.uid == AuditEvent.principal_id)
    .outerjoin(Child, Child.subject_id == AuditEvent.subject_id)
)  # fmt: skip


def of_authority(authority_uid: UUID, authority_id: int) -> ColumnElement[bool]:
    """As `entry_shown`: its own users', and others' looks at its own children."""
    return or_(
        AuditEvent.authority_id == authority_uid,
        and_(Child.authority_id == authority_id, AuditEvent.act.in_(LOOKS), ~REFUSED, ~PROTECTED),
    )


def within(since: date, until: date) -> ColumnElement[bool]:
    """From the first day to the last, in London."""
    return and_(AuditEvent.at >= day_begins(since), AuditEvent.at < day_begins(until + timedelta(days=1)))


class Place(NamedTuple):
    """How far somebody has read: to an entry of this moment, and how many of that moment. Never an entry's number,
    which counts what everybody did."""

    at: datetime
    read: int

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.read}"

    @classmethod
    def of(cls, text: str) -> "Place | None":
        """From an address; None where that says none."""
        said = re.fullmatch("([0-9]{1,17})-([0-9]{1,9})", text)
        return cls(EPOCH + timedelta(microseconds=int(said[1])), int(said[2])) if said else None


def newest(session: Session, which: Sequence[ColumnElement[bool]], most: int, after: Place | None = None) -> list[Any]:
    """The rows of these entries, the newest first, at most so many; those that come after this place.

    By the moment first: an entry of a long transaction has a smaller number than later ones.
    """
    query = _ENTRIES.where(*which).order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(most)
    if after is not None:
        query = query.where(AuditEvent.at <= after.at).offset(after.read)
    return list(session.execute(query))


def place_after(rows: Sequence[Any], most: int, before: Place | None) -> Place | None:
    """Where the page of so many of these rows ends; None where it is the last. `before`: where it begins."""
    if len(rows) <= most:
        return None
    last = rows[most - 1].at
    earlier = before.read if before is not None and before.at == last else 0
    return Place(last, earlier + sum(row.at == last for row in rows[:most]))


def entry(row: Any, authority_uid: UUID | None, *, of_child: bool = False) -> Entry:
    """What a reviewer of this authority reads of an entry, or, for None, the user whose own it is.

    `of_child`: one child is asked for, so that each entry stands for itself.
    """
    own = authority_uid is None or row.authority_id == authority_uid
    shown = entry_shown(own, True, row.act, row.decision, row.protected)
    several = bool(row.several) and not of_child
    whole, sensitive = shown is EntryShown.WHOLE, authority_uid is not None and bool(row.sensitive)
    told = child_told(row.act, row.decision, row.reason, sensitive)
    return Entry(
        at=row.at, act=row.act, refused=row.decision is Decision.REFUSED, reason=row.reason,
        results=row.results, person_uid=row.person_uid if whole else None, name=(row.name or "") if whole else "",
        works_as=(row.works_as or "") if whole and not sensitive else "",
        organisation="" if sensitive else row.organisation or "", sensitive=sensitive,
        principal=(row.principal or "") if whole else "",
        number=row.number if told and not several else None, several=several,
        shielded=row.act in OPENING and row.parts == FOUR_FACTS,
        search_uid=row.object_id if whole and row.act in SEARCHES else None,
    )  # fmt: skip
