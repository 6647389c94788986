"""What a placed row says is kept as its source's word, and the records follow from it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from cp import sealing
from cp.engines_bulk import insert_rows
from cp.models import SourceRecord, SourceVersion, SupplyFile, new_uid
from cp.models.child import Child
from cp.rules import derive
from cp.services import audit, deriving, numbering, on_roll
from cp.services.find.lists import among
from cp.services.on_roll import Spoken
from cp.services.source_facts import facts
from cp.services.supply import returning
from cp.services.supply.candidates import Row, Tie, archived
from cp.services.supply.placing import Placed
from cp.services.supply.senders import Sender
from cp.services.supply.words import again, digest, newest_of
from cp.terms import Act, Gender, RowState


class Word(NamedTuple):
    """A row and the source record that it is the word of; `again`: the version that said the same before; `new`:
    its child was nobody's record yet."""

    row: Row
    record: Tie
    again: SourceVersion | None
    new: bool


def keep(session: Session, sender: Sender, file: SupplyFile, placed: Sequence[Placed]) -> None:
    """Keep the words of rows that have a record, make records for those that are nobody's; derive what changed.

    A row that says what its source said before is only confirmed; one of an archived record says nothing there. Each
    record changed has its entry in the audit.
    """
    words = _words(session, sender, [one for one in placed if not one.waits])
    shut = archived(session, {word.record.child_id for word in words})
    anew = [word for word in words if word.again is None and word.record.child_id not in shut]
    say(session, file, [(word.record.id, word.row.key, word.row.said) for word in anew])
    for word in words:
        _confirm(word)
        word.row.held.state, word.row.held.record_id = RowState.SENT, word.record.id
    if again := [word.again.id for word in words if word.again]:
        on_roll.confirm(session, again)
    new = _spoken(session, sender, [word for word in anew if word.new])
    derive_and_say(session, sender, file, {word.record.child_id for word in anew}, new)
    returning.shield(session, {word.record.child_id: word.row for word in anew if word.new})


def _spoken(session: Session, sender: Sender, words: Sequence[Word]) -> dict[int, Spoken]:
    """By child, the one word that there is of it."""
    records = [word.record.id for word in words]
    standing = among(SourceVersion.record_id, records), SourceVersion.withdrawn_at.is_(None)
    query = select(SourceVersion.record_id, SourceVersion.id).where(*standing)
    ids = dict(session.execute(query).all()) if records else {}
    return {
        word.record.child_id: Spoken(replace(word.row.said, source=ids[word.record.id]), sender.organisation_id)
        for word in words
    }


def derive_and_say(
    session: Session, sender: Sender, file: SupplyFile, children: Collection[int], new: deriving.New = deriving.NONE
) -> set[int]:  # fmt: skip
    """Records follow from what was said; an entry for each, without which nothing was changed. Those that no source
    speaks for any longer are answered."""
    if not children:
        return set()
    silent = deriving.derive(session, *sorted(children), new=new)
    subjects = session.scalars(select(Child.subject_id).where(among(Child.id, children)).order_by(Child.id))
    abouts = [audit.About(subject_id, file.uid) for subject_id in subjects]
    audit.record_all(session, sender.actor, Act.SUPPLY, abouts, request_id=sender.request_id)
    return silent


def _words(session: Session, sender: Sender, placed: Sequence[Placed]) -> list[Word]:
    """Each row with its source record: that to which it was tied, or else one for the supplier's own key."""
    session.flush()
    untied = [one for one in placed if one.record is None]
    strangers = [one.row.said for one in untied if one.child_id is None]
    made = iter(_children(session, sender, strangers))
    of = {one.row.key: next(made) if one.child_id is None else one.child_id for one in untied}
    tied, held = _tie(session, sender, of)
    newest = newest_of(session, held)
    same = _versions(session, [one.again for one in placed if one.again])
    return [
        Word(one.row, one.record, same.get(one.again or 0), False) if one.record
        else Word(one.row, tie := tied[one.row.key], again(newest, tie.id, one.row.said), one.child_id is None)
        for one in placed
    ]  # fmt: skip


def _versions(session: Session, ids: Collection[int]) -> dict[int, SourceVersion]:
    query = select(SourceVersion).where(among(SourceVersion.id, ids))
    return {version.id: version for version in session.scalars(query)} if ids else {}


def _tie(session: Session, sender: Sender, children: Mapping[str, int]) -> tuple[dict[str, Tie], list[int]]:
    """By the supplier's own key: the source's record, of this child; and the ids of those that were there. What was
    said of another under the same key stays with that one, under no row's key."""
    if not children:
        return {}, []
    query = select(SourceRecord).where(
        SourceRecord.organisation_id == sender.organisation_id, among(SourceRecord.row_key, children.keys())
    )
    held: dict[str, SourceRecord] = {}
    for record in session.scalars(query):
        key = record.row_key or ""
        if record.child_id == children[key]:
            held[key] = record
        else:
            record.row_key = None
    session.flush()
    ties = {key: Tie(record.id, children[key]) for key, record in held.items()}
    rows = [
        {"kind": sender.kind, "organisation_id": sender.organisation_id, "row_key": key, "child_id": child_id}
        for key, child_id in children.items()
        if key not in held
    ]
    if rows:
        adding = insert(SourceRecord).returning(SourceRecord.row_key, SourceRecord.id)
        made = session.execute(adding, rows)
        ties |= {key or "": Tie(record_id, children[key or ""]) for key, record_id in made}
    session.flush()
    return ties, [record.id for record in held.values()]


def _children(session: Session, sender: Sender, strangers: Sequence[derive.Said]) -> Sequence[int]:
    """A new record for each. What it says is derived before the transaction ends."""
    if not strangers:
        return ()
    numbers = numbering.some_unused(session, len(strangers))
    rows: list[dict[str, Any]] = [
        {
            "uid": new_uid(), "number": number, "given_names": said.given_names or "",
            "family_name": said.family_name or "", "born_on": said.born_on,
            "gender": said.gender or Gender.NOT_SPECIFIED, "authority_id": sender.authority_id,
        }
        for number, said in zip(numbers, strangers, strict=True)
    ]  # fmt: skip
    made: dict[UUID, int] = dict(session.execute(insert(Child).returning(Child.uid, Child.id), rows).all())
    return [made[row["uid"]] for row in rows]


def _confirm(word: Word) -> None:
    """The day on which the same was said again is noted, and what it was before."""
    if word.again is not None:
        word.row.held.before_on = word.again.confirmed_on or word.again.said_on
        word.again.confirmed_on, word.again.says_key = word.row.said.said_on, digest(word.row.key, word.row.said)


def say(session: Session, file: SupplyFile, words: Sequence[tuple[int, str, derive.Said]]) -> None:
    """Keep what the file says of these source records: their ids, the supplier's own keys, and what is said."""
    rows = [_version(record_id, key, one, file) for record_id, key, one in words]
    insert_rows(session.connection(), SourceVersion, rows)


def _version(record_id: int, key: str, one: derive.Said, file: SupplyFile) -> dict[str, Any]:
    uid = new_uid()
    sealed = sealing.ring().seal(facts(one), SourceVersion.__tablename__, "facts", uid)
    return {
        "uid": uid, "record_id": record_id, "said_on": one.said_on, "file_id": file.id, "given_names": one.given_names,
        "family_name": one.family_name, "born_on": one.born_on, "gender": one.gender, "says_key": digest(key, one),
        "facts_sealed": sealed,
    }  # fmt: skip
