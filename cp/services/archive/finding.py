"""A record found in the archive, by its number or by exactly its name and date of birth: it is in no index.

What was asked for is kept as that of any search: sealed, for a reviewer alone, 12 months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.matching.names import fold
from cp.models import ArchiveReading, Search
from cp.models.child import Child
from cp.rules.access import Actor, Subject, decide
from cp.rules.archive import archived_name_matches
from cp.rules.phases import shieldable
from cp.services import audit, looking_up
from cp.services.archive import kept
from cp.services.searches import ARCHIVE
from cp.terms import Act, ArchivePurpose, Outcome, Reason, RecordState

CEILING = 500
"""Records of one authority and one day of birth that are compared; a large one archives some fifty a day."""
MOST = 10
"""More of one name and birth than this are not told apart by more looking."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """By its number, or by a name and a date of birth. `purpose`: as `ArchiveReading` has it."""

    number: str | None
    given: str
    family: str
    born: date | None
    purpose: ArchivePurpose | None

    def facts(self) -> dict[str, str]:
        """What was asked for, as a search keeps it."""
        named = {"given_name": self.given, "family_name": self.family,
                 "born": self.born.isoformat() if self.born else ""}  # fmt: skip
        asked = {"number": self.number} if self.number else named
        return {name: fact for name, fact in asked.items() if fact} | {ARCHIVE: self.purpose or ""}


@dataclass(frozen=True, slots=True)
class Found:
    """How many, and where the only one leads: to the record itself, or to whom to ask first."""

    count: int
    uid: UUID | None = None
    alone: bool = False


def find(session: Session, actor: Actor, wanted: Wanted) -> Found:
    """Write down what is asked for, and for what; those found are this person's to read, or to ask for, today.

    Raises SearchedTooOften.
    """
    looking_up.searches_within(session, actor, Act.FIND_ARCHIVED)
    search = Search(account_id=actor.account_id, at=clock.now(), reason=Reason.CORRECTING_RECORDS,
                    criteria=wanted.facts())  # fmt: skip
    session.add(search)
    session.flush()
    found = [child for child in _matching(session, actor, wanted) if _allowed(actor, child)]
    too_many = len(found) > MOST
    made = [] if too_many else [_reading(session, actor, child, wanted) for child in found]
    session.flush()
    _write(session, actor, search, [] if too_many else found, wanted, len(found))
    search.outcome = Outcome.TOO_MANY if too_many else Outcome.ROWS if found else Outcome.NONE
    if len(made) != 1:
        return Found(len(found))
    return Found(1, made[0].uid, kept.opens_alone(actor, made[0], found[0].archived_on))


def _matching(session: Session, actor: Actor, wanted: Wanted) -> Sequence[Child]:
    """By the unique number, or by the index of days of birth: those of that day are compared, not searched."""
    here = select(Child).where(Child.authority_id == actor.authority_id, Child.state == RecordState.ARCHIVED)
    if wanted.number:
        return session.scalars(here.where(Child.number == wanted.number)).all()
    given, family = fold(wanted.given), fold(wanted.family)
    born = session.scalars(here.where(Child.born_on == wanted.born).order_by(Child.id).limit(CEILING))
    return [
        child
        for child in born
        if archived_name_matches(
            given, family, (fold(child.given_names), fold(child.given_names.split(" ")[0])), fold(child.family_name)
        )
    ]


def _allowed(actor: Actor, child: Child) -> bool:
    """Of their own authority, so that its phases are this record's."""
    today = clock.today()
    subject = Subject(child.authority_id, child.shielded, live=False, archived=True, archived_on=child.archived_on,
                      shieldable=shieldable(actor.shields_from, today))  # fmt: skip
    return decide(actor, Act.FIND_ARCHIVED, subject, today).allowed


def _reading(session: Session, actor: Actor, child: Child, wanted: Wanted) -> ArchiveReading:
    """One for a day: found again for the same, it is the same."""
    purpose = ArchiveReading.purpose.is_(None) if wanted.purpose is None else ArchiveReading.purpose == wanted.purpose
    before = select(ArchiveReading).where(
        ArchiveReading.child_id == child.id, ArchiveReading.asked_by_id == actor.account_id, purpose,
        ArchiveReading.second_id.is_(None),
    )  # fmt: skip
    for one in session.scalars(before):
        if kept.stands(one) == "found":
            return one
    made = ArchiveReading(child_id=child.id, asked_by_id=actor.account_id, asked_at=clock.now(),
                          purpose=wanted.purpose)  # fmt: skip
    session.add(made)
    return made


def _write(session: Session, actor: Actor, search: Search, found: Sequence[Child], wanted: Wanted, count: int) -> None:
    """An entry for each record, by which the search goes when the record does; one where there is none."""
    why = wanted.purpose or Reason.CORRECTING_RECORDS
    subjects: list[UUID | None] = [child.subject_id for child in found]
    for subject_id in subjects or [None]:
        about = audit.About(subject_id, search.uid, reason=why, results=count)
        audit.record(session, actor, Act.FIND_ARCHIVED, about)
