"""A file is checked: each row is ready, or held with what has to be put right. Nothing of any child is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import LargeBinary, Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.supplied import Checked, LastTime, Problem
from cp.models import Organisation, SupplyFile, SupplyRow
from cp.services.implementation import steps
from cp.services.supply import figures, files, live, receiving, rows, words
from cp.services.supply.receiving import Prepared
from cp.services.supply.rows import Kept
from cp.services.supply.senders import Sender
from cp.terms import FileForm, RowState, SupplyState

AT_ONCE = 1_000
GIVEN = (RowState.SENT, RowState.WAITING, RowState.LEFT_OUT, RowState.READY)
"""Of a file that was sent to its end: a row that is ready looks again whose it is."""


class Standing(NamedTuple):
    """What a row comes to by what was found of it, by the names of what `keep` writes. Not `sealed` where its facts
    stay as they are."""

    row_uid: UUID
    now: RowState
    again: int | None
    says: int | None
    sealed: bytes | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of a file and of all its rows, before anything of it is written. `facts`: what the file says of
    itself from then on."""

    facts: dict[str, Any]
    found: list[Checked]
    rows: list[Standing]

    @property
    def ready(self) -> int:
        return sum(row.now is RowState.READY for row in self.rows)


def check(session: Session, sender: Sender, file: SupplyFile) -> None:
    """Look at every row, by what the columns are confirmed to mean, and note it."""
    keep(session, file, look(session, sender, file, rows.kept(session, file)))


def received(session: Session, sender: Sender, prepared: Prepared, looked: Looked | None = None) -> SupplyFile:
    """The file that comes in and is checked at once."""
    looked = looked or look(session, sender, prepared.file, prepared.rows)
    receiving.receive(session, sender, prepared)
    keep(session, prepared.file, looked)
    return prepared.file


def look(session: Session, sender: Sender, file: SupplyFile, kept: Sequence[Kept]) -> Looked:
    """Reads, and writes nothing: a long file takes long. What another system sends is looked at by itself: its receipt
    is of what it sent, and of nothing else."""
    last = None if file.form is FileForm.MACHINE else last_time(session, sender, file)
    found, of_file = rows.checked_whole(sender, file, kept, last)
    facts = file.facts | {"problems": [as_kept(one) for one in of_file], "found": figures.found(found, of_file)}
    by_number = {one.number: one for one in found}
    return Looked(facts, found, [_standing(sender, file, row, by_number[row.number]) for row in kept])


def keep(session: Session, file: SupplyFile, looked: Looked) -> None:
    """Note it. Nothing of any child is changed."""
    file.facts, file.state, file.ready = looked.facts, SupplyState.CHECKED, looked.ready
    figures.note(file, looked.found)
    session.flush()
    changed = [row._asdict() for row in looked.rows]
    for at in range(0, len(changed), AT_ONCE):
        session.connection().execute(_NOTE, changed[at : at + AT_ONCE])
    for one in session.identity_map.values():
        if isinstance(one, SupplyRow):
            session.expire(one)
    _bring_to_the_manager(session, file)


_ROW = cast(Table, SupplyRow.__table__)
_NOTE = (
    update(_ROW)
    .where(_ROW.c.uid == bindparam("row_uid"))
    .values(
        state=bindparam("now"),
        again_key=bindparam("again"),
        says_key=bindparam("says"),
        facts_sealed=func.coalesce(bindparam("sealed", type_=LargeBinary), _ROW.c.facts_sealed),
    )
)


def _bring_to_the_manager(session: Session, file: SupplyFile) -> None:
    """A test file is the implementation manager's to look at, until something is said of it."""
    missing = live.missing(session, file.organisation_id)
    if missing and missing.is_test:
        organisation = session.get_one(Organisation, file.organisation_id)
        steps.hold(session, organisation)
        steps.keep(session, organisation, test_came_on=clock.today())


def is_ready(one: Checked) -> bool:
    return one.said is not None and not one.problems


def as_kept(one: Problem) -> list[Any]:
    return [one.fault, one.heading, one.sentence, one.do, one.saw]


def _standing(sender: Sender, file: SupplyFile, row: Kept, one: Checked) -> Standing:
    """Its problems are sealed beside its cells. `sendable`: it may be sent as it is, without what is not right."""
    facts = row.facts | {"problems": [as_kept(problem) for problem in one.problems]}
    if one.problems:
        facts["sendable"] = one.said is not None
    sealed = None if facts == row.facts else row._replace(facts=facts).sealed
    now = RowState.READY if is_ready(one) else RowState.HELD
    return Standing(row.uid, now, figures.again_key(rows.key_of(one)), _says(sender, file, one), sealed)


def _says(sender: Sender, file: SupplyFile, one: Checked) -> int | None:
    """Of a row with which nothing is the matter: whatever day it is sent on, it says the same."""
    key = rows.key_of(one)
    if not key or one.said is None or not is_ready(one):
        return None
    return words.digest(key, rows.said(sender, one.said, rows.day_of(file)))


def last_time(session: Session, sender: Sender, file: SupplyFile) -> LastTime | None:
    """What this supplier's newest whole list was: how many rows, and the birth dates that it gave by its own keys.

    By its rows themselves, whatever came of them: a row that waits beside a shielded record was sent like any other.
    `file` may be one that is not kept yet.
    """
    whole = select(SupplyFile).where(
        SupplyFile.organisation_id == file.organisation_id, *files.to_its_end(), SupplyFile.whole
    )
    if file.id is not None:
        whole = whole.where(SupplyFile.id < file.id)
    before = session.scalars(whole.order_by(SupplyFile.id.desc()).limit(1)).first()
    if before is None:
        return None
    sent = SupplyRow.file_id == before.id, SupplyRow.state.in_(GIVEN)
    said = rows.checked(sender, before, session.scalars(select(SupplyRow).where(*sent)))
    born_on = {one.key: one.said.born_on for one in said if one.key and one.said and one.said.born_on}
    return LastTime(before.total, born_on, file.whole)
