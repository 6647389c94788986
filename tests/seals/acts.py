"""What somebody does to the log who has the whole database in hand, its signing key too, and chance as an adviser.

Each act changes something that was sealed. What stands outside (the lodge) is out of reach.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from cp.models import Base
from cp.services.audit import canonical_bytes, leaf_of
from cp.services.audit_seals import notes, tree
from cp.services.audit_seals.notes import Signer
from cp.terms import NoteKind
from tests.whole.tables import APPENDED

EVENT, LEAF, NOTE = (Base.metadata.tables[name] for name in APPENDED)


@dataclass
class Intruder:
    """`size` entries are sealed; `stolen` signs as the log `origin` does."""

    owner: Connection
    chance: random.Random
    size: int
    origin: str
    stolen: Signer

    def place(self) -> Any:
        """Some place of the log: position, entry_id, leaf."""
        return self.at(self.chance.randrange(self.size))

    def at(self, position: int) -> Any:
        return self.owner.execute(select(LEAF).where(LEAF.c.position == position)).one()

    def entry(self, number: int) -> dict[str, Any]:
        return dict(self.owner.execute(select(EVENT).where(EVENT.c.id == number)).mappings().one())


def change(by: Intruder) -> None:
    """One column, and nothing else."""
    name = by.chance.choice(("reason", "act", "decision", "object_id", "request_id", "at"))
    entry = by.entry(by.place().entry_id)
    _set(by, entry["id"], {name: _other(entry[name], by.chance)})


def _other(value: Any, chance: random.Random) -> Any:
    if isinstance(value, str):
        return {"sign_in": "sign_out", "refused": "allowed"}.get(value, "other")
    if isinstance(value, datetime):
        return value - timedelta(days=chance.randrange(1, 900))
    return UUID(bytes=chance.randbytes(16))


def falsify(by: Intruder) -> None:
    """An entry says something else, with the hashes that fit, in the log too."""
    place = by.place()
    entry = by.entry(place.entry_id) | {"reason": by.chance.choice(("none", "other", None))}
    _rehash(by, entry, also=by.chance.random() < 0.7)


def back_date(by: Intruder) -> None:
    entry = by.entry(by.place().entry_id)
    entry["at"] -= timedelta(minutes=by.chance.randrange(1, 100_000))
    _rehash(by, entry, also=by.chance.random() < 0.7)


def _rehash(by: Intruder, entry: dict[str, Any], *, also: bool) -> None:
    leaf = leaf_of(entry["salt"], canonical_bytes(entry))
    _set(by, entry["id"], {"reason": entry["reason"], "at": entry["at"], "leaf": leaf})
    if also:
        by.owner.execute(update(LEAF).where(LEAF.c.entry_id == entry["id"]).values(leaf=leaf))


def _set(by: Intruder, number: int, values: dict[str, Any]) -> None:
    by.owner.execute(update(EVENT).where(EVENT.c.id == number).values(**values))


def remove(by: Intruder) -> None:
    """An entry, and perhaps its place, and perhaps the gap as well."""
    place, how = by.place(), by.chance.randrange(3)
    by.owner.execute(delete(EVENT).where(EVENT.c.id == place.entry_id))
    if how:
        by.owner.execute(delete(LEAF).where(LEAF.c.position == place.position))
    if how == 2:
        _shift(by, place.position, -1)


def _shift(by: Intruder, after: int, step: int) -> None:
    """Every place behind this one moves; one at a time, since no two may be alike."""
    behind = select(LEAF.c.position).where(LEAF.c.position > after).order_by(LEAF.c.position * -step)
    for position in by.owner.scalars(behind).all():
        by.owner.execute(update(LEAF).where(LEAF.c.position == position).values(position=position + step))


def swap(by: Intruder) -> None:
    """Two entries take each other's place, or say what the other one said."""
    first, second = (by.at(at) for at in by.chance.sample(range(by.size), 2))
    if by.chance.random() < 0.5:
        values = ({"entry_id": one.entry_id, "leaf": one.leaf} for one in (second, first))
        by.owner.execute(update(LEAF).where(LEAF.c.position == first.position).values(entry_id=-1))
        for at, one in reversed(list(zip((first.position, second.position), values, strict=True))):
            by.owner.execute(update(LEAF).where(LEAF.c.position == at).values(**one))
        return
    one, other = by.entry(first.entry_id), by.entry(second.entry_id)
    for number, said in ((one["id"], other), (other["id"], one)):
        _set(by, number, {name: said[name] for name in said if name != "id"})


def put_in(by: Intruder) -> None:
    """One entry more: with a place in the middle, or without one and with a number of before."""
    entry = by.entry(by.place().entry_id)
    late = by.chance.random() < 0.5
    entry["id"] = -by.chance.randrange(1, 1000) if late else 10**9
    entry["at"] -= timedelta(seconds=by.chance.randrange(1, 1000))
    entry["leaf"] = leaf_of(entry["salt"], canonical_bytes(entry))
    by.owner.execute(insert(EVENT), [entry])
    if not late:
        place = by.chance.randrange(by.size)
        _shift(by, place - 1, 1)
        by.owner.execute(insert(LEAF), [{"position": place, "entry_id": entry["id"], "leaf": entry["leaf"]}])


def cut(by: Intruder) -> None:
    """The end is taken off: entries, places, and what was signed of them."""
    keep = by.chance.randrange(by.size)
    last = by.at(keep).entry_id
    by.owner.execute(delete(EVENT).where(EVENT.c.id >= last))
    by.owner.execute(delete(LEAF).where(LEAF.c.position >= keep))
    if by.chance.random() < 0.7:
        by.owner.execute(delete(NOTE).where(NOTE.c.size > keep))


def unsign(by: Intruder) -> None:
    """A checkpoint is gone, or says something else."""
    note = by.chance.choice(by.owner.execute(select(NOTE).where(NOTE.c.kind == NoteKind.CHECKPOINT)).all())
    if by.chance.random() < 0.5:
        by.owner.execute(delete(NOTE).where(NOTE.c.id == note.id))
        return
    text = notes.checkpoint(by.origin, note.size, by.chance.randbytes(32), note.at)
    by.owner.execute(update(NOTE).where(NOTE.c.id == note.id).values(text=_signed(by, text)))


def _signed(by: Intruder, text: str) -> str:
    return notes.signed(text, by.stolen.line(by.origin, text))


FIRST: tuple[Callable[[Intruder], None], ...] = (falsify, back_date, remove, swap, put_in, cut)


def rebuild(by: Intruder) -> None:
    """Another act first; then the whole log is made again, and signed with the stolen key as if it had always been."""
    by.chance.choice(FIRST)(by)
    ids = by.owner.scalars(select(LEAF.c.entry_id).order_by(LEAF.c.position)).all()
    said = {row.id: row.leaf for row in by.owner.execute(select(EVENT.c.id, EVENT.c.leaf))}
    there = [(number, said[number]) for number in ids if number in said]
    by.owner.execute(delete(LEAF))
    rows = [{"position": at, "entry_id": number, "leaf": leaf} for at, (number, leaf) in enumerate(there)]
    if rows:
        by.owner.execute(insert(LEAF), rows)
    for note in by.owner.execute(select(NOTE).where(NOTE.c.kind == NoteKind.CHECKPOINT)).all():
        size = min(note.size, len(there))
        root = tree.root(tree.extended(0, (), [leaf for _, leaf in there[:size]]))
        text = _signed(by, notes.checkpoint(by.origin, size, root, note.at))
        by.owner.execute(update(NOTE).where(NOTE.c.id == note.id).values(text=text, size=size))


def grow_old(by: Intruder) -> None:
    """All is signed once more, as if that had been years ago; and an entry goes as if its time were over."""
    leaves = by.owner.scalars(select(LEAF.c.leaf).order_by(LEAF.c.position)).all()
    size = by.chance.randrange(1, by.size + 1)
    last = by.owner.execute(select(NOTE).order_by(NOTE.c.id.desc()).limit(1)).mappings().one()
    long_ago = last["at"] - timedelta(days=by.chance.randrange(3000, 6000))
    root = tree.root(tree.extended(0, (), leaves[:size]))
    text = _signed(by, notes.checkpoint(by.origin, size, root, long_ago))
    note = {"id": last["id"] + 1, "kind": NoteKind.CHECKPOINT, "size": size, "text": text, "at": long_ago}
    by.owner.execute(insert(NOTE), [dict(last) | note])
    by.owner.execute(delete(EVENT).where(EVENT.c.id == by.at(by.chance.randrange(size)).entry_id))


ACTS = (change, falsify, back_date, remove, swap, put_in, cut, unsign, rebuild, grow_old)
