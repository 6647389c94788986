"""Rows that say what their source said before are known by a keyed hash, unopened: many are confirmed at once."""

from typing import NamedTuple

from sqlalchemy import ScalarSelect, Select, func, literal_column, select, update
from sqlalchemy.orm import Session, aliased

from cp.models import SourceRecord, SourceVersion, SupplyFile, SupplyRow
from cp.services import on_roll
from cp.services.find.lists import among, each, high, low, pairs
from cp.services.supply import rows
from cp.terms import RowState

SHARE = 20
"""So many rows are confirmed in the time in which one is placed, or more."""

_LATER = aliased(SourceVersion)
_newest = (
    select(_LATER.id)
    .where(_LATER.record_id == SourceVersion.record_id, _LATER.withdrawn_at.is_(None))
    .order_by(_LATER.said_on.desc(), _LATER.id.desc())
    .limit(1)
    .scalar_subquery()
)
_whose = (
    select(SourceRecord.organisation_id)
    .where(SourceRecord.id == SourceVersion.record_id, SourceRecord.row_key.is_not(None))
    .scalar_subquery()
)


def _same(file: SupplyFile) -> ScalarSelect[int]:
    """The newest word of this supplier's own record that says just what a row says under the same key.

    Each question by itself, so that an engine that knows nothing of the hashes yet asks them of a few rows alone.
    """
    said = SourceVersion.says_key == SupplyRow.says_key, SourceVersion.withdrawn_at.is_(None)
    mine = _whose == file.organisation_id, SourceVersion.id == _newest
    return select(SourceVersion.id).where(*said, *mine).correlate(SupplyRow).scalar_subquery()


class Next(NamedTuple):
    """The rows that come next, up to this number, and the ids of those that do not say the same again."""

    upto: int
    others: list[int]


def ready(file: SupplyFile) -> Select[SupplyRow]:
    """Rows that are to be sent, the first of the file first; by the index of just these."""
    state = SupplyRow.state == literal_column(f"'{RowState.READY.value}'")
    return select(SupplyRow).where(SupplyRow.file_id == file.id, state).order_by(SupplyRow.number)


def following(session: Session, file: SupplyFile, most: int) -> Next:
    """So many others, and as many that say the same as stand between them, of which each counts a share."""
    room, upto, others = most * SHARE, 0, list[int]()
    while room > 0 and (found := session.execute(_with_same(file).where(SupplyRow.number > upto).limit(most)).all()):
        for row_id, number, version_id in found:
            room -= 1 if version_id else SHARE
            if room < 0:
                break
            upto = number
            if not version_id:
                others.append(row_id)
    return Next(upto, others)


def confirm(session: Session, file: SupplyFile, upto: int) -> int:
    """How many of the next rows said the same again, as things stand now: that is noted, and nothing else follows."""
    found = session.execute(_with_same(file).where(SupplyRow.number <= upto))
    again = [(row_id, version_id) for row_id, _, version_id in found if version_id]
    if not again:
        return 0
    session.flush()
    versions = [version_id for _, version_id in again]
    said = update(SourceVersion).where(among(SourceVersion.id, versions)).values(confirmed_on=rows.day_of(file))
    session.connection().execute(_NOTE, {"again": pairs(again)})
    session.connection().execute(said)
    on_roll.confirm(session, versions)
    session.expire_all()
    return len(again)


def _with_same(file: SupplyFile) -> Select[int, int, int | None]:
    return ready(file).with_only_columns(SupplyRow.id, SupplyRow.number, _same(file))


_both = each("again").c.value
_NOTE = (
    update(SupplyRow)
    .where(SupplyRow.id == high(_both), SourceVersion.id == low(_both))
    .values(
        state=RowState.SENT, record_id=SourceVersion.record_id,
        before_on=func.coalesce(SourceVersion.confirmed_on, SourceVersion.said_on),
    )
)  # fmt: skip
