"""A child's own row, as the loader reads it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cp import clock
from cp.rules.access import Subject
from cp.rules.phases import shieldable
from cp.services.records import Opened
from cp.terms import ArchivePurpose, Gender, RecordState


@dataclass(frozen=True, slots=True)
class Row:
    """A child's own row: for services, never for a page."""

    id: int
    uid: UUID
    subject_id: UUID
    number: str
    authority_id: int
    state: RecordState
    given_names: str
    family_name: str
    born_on: date
    gender: Gender
    died_on: date | None
    name_source_id: int | None
    born_source_id: int | None
    shielded_at: datetime | None
    archived_on: date | None
    authority_name: str
    shields_from: date | None
    on_own_list: bool
    override_open: bool
    """This person has overridden its shield, and has not left it."""
    opened: Opened | None
    """Why this person opened it last, while that still carries."""
    opened_together: bool = False
    purpose: ArchivePurpose | None = None

    @property
    def shielded(self) -> bool:
        return self.shielded_at is not None

    @property
    def subject(self) -> Subject:
        return Subject(
            self.authority_id, self.shielded, self.state is RecordState.LIVE, self.on_own_list, self.override_open,
            self.state is RecordState.SEALED, self.opened_together, shieldable(self.shields_from, clock.today()),
            self.state is RecordState.ARCHIVED, self.archived_on, self.purpose,
        )  # fmt: skip
