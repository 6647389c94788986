"""A file comes in: what its columns mean is guessed, what may be kept of its rows is sealed, the rest is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.engines_bulk import insert_rows
from cp.feeds.columns import Meant, guess, remembered
from cp.feeds.ctf_pupil import CTF_COLUMNS
from cp.feeds.fixing import comes_back, taken_back
from cp.feeds.sheet import Row, Sheet, Unreadable
from cp.models import Supplier, SupplyFile, SupplyRow, new_uid
from cp.services import audit
from cp.services.supply.rows import Kept
from cp.services.supply.senders import Sender
from cp.terms import Act, Column, FileForm, RowState, SupplyState

BY_HAND: dict[str, Column] = {
    "Given name": Column.GIVEN_NAMES, "Family name": Column.FAMILY_NAME, "Known as": Column.PREFERRED_GIVEN_NAMES,
    "Date of birth": Column.BORN_ON, "Gender": Column.GENDER, "House and street": Column.ADDRESS_1,
    "Town": Column.TOWN, "Postcode": Column.POSTCODE, "Your own pupil key": Column.ROW_KEY,
    "Unique pupil number": Column.UPN, "Carer’s name": Column.CARER_1_NAME,
    "Carer’s relationship": Column.CARER_1_RELATIONSHIP, "Carer’s telephone": Column.CARER_1_PHONE,
}  # fmt: skip
"""What may be typed in, by what it is called on the page."""
KNOWN: Mapping[FileForm, Mapping[str, Column]] = {
    FileForm.CTF: CTF_COLUMNS, FileForm.HAND: BY_HAND, FileForm.TOLD: BY_HAND,
    FileForm.MACHINE: {column.value: column for column in Column},
}  # fmt: skip
NOT_YOURS = "The file is for the school with the number {}, not for yours. Choose your own school’s file"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it came: what it is called, its bytes, and whether it lists everybody."""

    name: str
    data: bytes
    whole: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that is read, its rows sealed: what is left is to keep it."""

    file: SupplyFile
    rows: list[Kept]
    sealed: list[bytes]


def receive(session: Session, sender: Sender, prepared: Prepared) -> UUID:
    """The file's id. Nothing of any child is changed by it."""
    file = keep(session, prepared)
    about = audit.About(object_id=file.uid, results=file.total)
    audit.record(session, sender.actor, Act.RECEIVE_FILE, about, request_id=sender.request_id)
    return file.uid


def prepare(session: Session, sender: Sender, sheet: Sheet, arrived: Arrived) -> Prepared:
    """Reads, and writes nothing: a long file takes long. A list to correct that comes back is never everybody. Raises
    Unreadable where it is another school's."""
    whole = arrived.whole and not comes_back(sheet)
    sheet = taken_back(sheet)
    if sheet.school and sender.school_number and sheet.school != sender.school_number:
        raise Unreadable(NOT_YOURS.format(sheet.school))
    meant = _meant(session, sender, sheet)
    file = SupplyFile(
        uid=new_uid(), organisation_id=sender.organisation_id, account_id=sender.actor and sender.actor.account_id,
        form=sheet.form, whole=whole, state=SupplyState.COLUMNS, fingerprint=fingerprint(arrived.data),
        received_at=clock.now(), total=len(sheet.rows), facts=_facts(arrived.name, sheet, meant),
    )  # fmt: skip
    return _prepared(file, sheet.rows, file.facts["kept"])


def keep(session: Session, prepared: Prepared) -> SupplyFile:
    """As `receive`; the caller writes down who did what."""
    session.add(prepared.file)
    session.flush()
    _keep(session, prepared)
    return prepared.file


class AnotherFile(Exception):
    """It is not the file that was sent before."""


def keep_again(
    session: Session, sender: Sender, uid: UUID, sheet: Sheet, data: bytes, meant: Sequence[Column | None]
) -> None:
    """The same file once more, because somebody says of a column that was not kept what it means.

    Raises AnotherFile, and Refusal where no such file is there.
    """
    sheet = taken_back(sheet)
    query = select(SupplyFile).where(SupplyFile.uid == uid, SupplyFile.organisation_id == sender.organisation_id)
    file = session.scalars(query.with_for_update()).one_or_none()
    if file is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    if file.fingerprint != fingerprint(data) or file.state not in (SupplyState.COLUMNS, SupplyState.CHECKED):
        raise AnotherFile
    session.execute(delete(SupplyRow).where(SupplyRow.file_id == file.id))
    kept = [at for at, column in enumerate(meant) if column]
    file.facts = file.facts | {"kept": kept}
    _keep(session, _prepared(file, sheet.rows, kept))


def fingerprint(data: bytes) -> int:
    """A keyed hash: the same bytes again are known, and nobody can try out which file this was."""
    return sealing.ring().lasting_look_up("supplied file", data.hex())


def _meant(session: Session, sender: Sender, sheet: Sheet) -> tuple[Meant, ...]:
    """What somebody confirmed of the same headings before comes first; those of a transfer file, of what was typed in
    here and of what another system sends are known."""
    cells = [row.cells for row in sheet.rows]
    if sheet.form in KNOWN:
        return remembered(sheet.headings, dict(KNOWN[sheet.form]), cells)
    held = session.scalars(select(Supplier).where(Supplier.organisation_id == sender.organisation_id)).one_or_none()
    before: Mapping[str, str | None] = (held and held.columns) or {}
    known = {heading: Column(column) if column else None for heading, column in before.items()}
    return remembered(sheet.headings, known, cells) if known else guess(sheet.headings, cells)


def _facts(name: str, sheet: Sheet, meant: Sequence[Meant]) -> dict[str, Any]:
    return {
        "name": name, "headings": sheet.headings, "meant": [[one.column, one.never] for one in meant],
        "kept": [at for at, one in enumerate(meant) if one.column], "notes": sheet.notes, "problems": [],
    }  # fmt: skip


def _prepared(file: SupplyFile, rows: Sequence[Row], kept: Sequence[int]) -> Prepared:
    """Cells of columns that may be kept. A row that could not be read has none, and is in the list all the same: whose
    it is, nobody knows."""
    cells = ({str(at): row.cells[at] for at in kept if row.cells[at]} for row in rows)
    made = [Kept(new_uid(), row.number, {"cells": one, "problems": []}) for row, one in zip(rows, cells, strict=True)]
    return Prepared(file, made, [row.sealed for row in made])


def _keep(session: Session, prepared: Prepared) -> None:
    made = [
        {"uid": row.uid, "file_id": prepared.file.id, "number": row.number, "state": RowState.KEPT,
         "facts_sealed": sealed}
        for row, sealed in zip(prepared.rows, prepared.sealed, strict=True)
    ]  # fmt: skip
    insert_rows(session.connection(), SupplyRow, made)
