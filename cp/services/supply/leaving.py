"""Whoever is not in a whole list any longer has left, and whom another system names so: the source's own word, kept
like any other."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Involvement, SourceRecord, SourceVersion, SupplyFile, SupplyRow
from cp.rules import derive
from cp.services.source_facts import said
from cp.services.supply import rows
from cp.services.supply.forgetting import KEPT_FOR
from cp.services.supply.keeping import derive_and_say, say
from cp.services.supply.senders import Sender
from cp.terms import RowState


def batch(session: Session, sender: Sender, file: SupplyFile, most: int) -> bool:
    """Say of the next of them that they have left. False where nobody is left to say it of: it takes no step more.

    A row that was not sent is in the list all the same. Where one of those does not tell whose it is, nobody has left:
    it may be anybody's. So may those that are forgotten.
    """
    unsent = _keys_unsent(session, sender, file)
    if None in unsent or file.received_at < clock.now() - KEPT_FOR:
        file.facts = file.facts | {"nobody_left": True}
        return False
    gone = _gone(session, sender, file, unsent, most)
    on = rows.day_of(file)
    say(session, file, [(record.id, record.row_key or "", derive.left(said(version, record.kind), on))
                        for version, record in gone])  # fmt: skip
    derive_and_say(session, sender, file, {record.child_id for _, record in gone})
    return len(gone) == most


def named(session: Session, sender: Sender, file: SupplyFile, most: int) -> bool:
    """Say the same of the next whom the file names by their keys, each from its own day. False where it names nobody.

    A key that nobody on this organisation's roll has is passed over, and nobody is told: whether a row has found its
    record yet may hang on records that its supplier must not know of.
    """
    left: list[list[str]] = file.facts.get("left", [])
    days = {key: date.fromisoformat(day) for key, day in left[:most]}
    if not days:
        return False
    found = session.execute(_on_roll(sender).where(SourceRecord.row_key.in_(days.keys()))).all()
    on = rows.day_of(file)
    say(session, file, [(record.id, record.row_key or "",
                         derive.left(said(version, record.kind), on, days[record.row_key or ""]))
                        for version, record in found])  # fmt: skip
    derive_and_say(session, sender, file, {record.child_id for _, record in found})
    file.facts, file.done = file.facts | {"left": left[most:]}, file.done + len(days)
    return True


def _keys_unsent(session: Session, sender: Sender, file: SupplyFile) -> set[str | None]:
    query = select(SupplyRow).where(SupplyRow.file_id == file.id, SupplyRow.record_id.is_(None))
    return rows.keys(sender, file, session.scalars(query).all())


def _gone(
    session: Session, sender: Sender, file: SupplyFile, unsent: Collection[str | None], most: int
) -> list[tuple[SourceVersion, SourceRecord]]:
    """What this source last said of children who are still on its roll, and whom no row of the file is about, nor of
    one that came after it: of a list that goes on late, or again, the newer word holds."""
    listed = aliased(SourceRecord)
    listed_since = exists().where(
        SupplyRow.file_id >= file.id, SupplyRow.state == RowState.SENT, SupplyRow.record_id == listed.id,
        listed.child_id == SourceRecord.child_id, listed.organisation_id == sender.organisation_id,
    )  # fmt: skip
    not_unsent = SourceRecord.row_key.is_(None) | SourceRecord.row_key.not_in(unsent)
    query = _on_roll(sender).where(~listed_since, not_unsent).limit(most)
    return [(version, record) for version, record in session.execute(query)]


def _on_roll(sender: Sender) -> Select[SourceVersion, SourceRecord]:
    """What this source last said of each child who is still with it."""
    on_roll = exists().where(
        Involvement.child_id == SourceRecord.child_id, Involvement.organisation_id == sender.organisation_id,
        Involvement.source_id == SourceVersion.id, Involvement.ended_on.is_(None),
    )  # fmt: skip
    return (
        select(SourceVersion, SourceRecord)
        .join(SourceRecord, SourceRecord.id == SourceVersion.record_id)
        .where(
            SourceRecord.organisation_id == sender.organisation_id, SourceVersion.withdrawn_at.is_(None), on_roll
        )
        .order_by(SourceRecord.id)
    )  # fmt: skip
