"""The demonstration directory, authority by authority: each is there whole or not at all, and a load that was broken
off goes on where it stopped."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Self
from uuid import UUID

from sqlalchemy import Engine, Table, func, select
from sqlalchemy.orm import Session

from bench import shapes
from bench.population import generate
from bench.shapes import Area, Authorities, Children
from cp import clock, engines_bulk, sealing
from cp.collecting import uncollected
from cp.models import Account, Authority, Onboarding, Organisation, Practitioner, Setting, new_uid
from cp.models.child import Child
from cp.services import audit, find
from cp.services.demo import onboarding, people, supplying
from cp.services.demo.rows import IN_ORDER, NUMBERED, Batch, table
from cp.services.find import Entry
from cp.services.implementation import steps
from cp.terms import Act

MARK = "demonstration"
BEGUN, COMPLETE = 1, 2
AUTHORITY, ORGANISATION, ONBOARDING, PRACTITIONER = map(table, (Authority, Organisation, Onboarding, Practitioner))

OPEN_FOR, A_MONTH = timedelta(days=480), timedelta(days=30)
"""Since its data began to come, in the first phase."""

State = Literal["empty", "begun", "complete", "other"]


@dataclass(frozen=True)
class Asked:
    """Which directory. The same number, seed and day give the same one."""

    children: int
    seed: int
    day: date

    @classmethod
    def read(cls, text: str) -> Self:
        children, seed, day = text.split()
        return cls(int(children), int(seed), date.fromisoformat(day))

    def __str__(self) -> str:
        return f"{self.children} {self.seed} {self.day}"


def found(session: Session) -> tuple[State, Asked | None]:
    """What the directory holds: nothing, a demonstration begun or complete, or other data."""
    marks = session.scalars(select(Setting).where(Setting.name == MARK).order_by(Setting.version)).all()
    if marks:
        return "complete" if marks[-1].version == COMPLETE else "begun", Asked.read(marks[-1].value)
    held = [session.scalar(select(model.id).limit(1)) for model in (Authority, Organisation, Account, Child)]
    return "empty" if held == [None] * len(held) else "other", None


def load(owner: Engine, ring: sealing.KeyRing, asked: Asked, tell: Callable[[int], None]) -> None:
    """Load into a directory that is empty, or in which this very load was broken off. `tell` hears of progress."""
    with uncollected():
        _load(owner, ring, asked, tell)


def _load(owner: Engine, ring: sealing.KeyRing, asked: Asked, tell: Callable[[int], None]) -> None:
    stream = iter(generate(asked.children, asked.seed, asked.day))
    with Session(owner) as session, session.begin():
        state, _ = found(session)
        first = next(stream)
        if state == "empty" and isinstance(first, Authorities):
            _begin(session, asked, first)
        done = session.scalar(select(func.max(Organisation.id))) or 0
    reader = _Reader(stream)
    while area := reader.area:
        with Session(owner) as session, session.begin():
            if area.organisations[0].key > done:
                _area(session, ring, area, asked.day, reader.batches())
            else:
                reader.skip()
            tell(session.scalar(select(func.max(Child.id))) or 0)
    with Session(owner) as session, session.begin():
        _finish(session, ring, asked)


class _Reader:
    """A stream taken apart at its authorities: `area`, then its `batches` to the end, then the next."""

    def __init__(self, stream: Iterator[Authorities | Area | Children]) -> None:
        self.stream = stream
        self.area: Area | None = None
        self.skip()

    def batches(self) -> Iterator[Children]:
        self.area = None
        for part in self.stream:
            if isinstance(part, Area):
                self.area = part
                return
            if isinstance(part, Children):
                yield part

    def skip(self) -> None:
        for _ in self.batches():
            pass


def _begin(session: Session, asked: Asked, first: Authorities) -> None:
    """The mark, the authorities and the one audit entry: nothing is loaded without it."""
    _mark(session, asked, BEGUN)
    rows = [
        {"id": one.key, "uid": new_uid(), **_days(asked.day, one.phase), **_named(one, "key")}
        for one in first.authorities
    ]
    engines_bulk.bulk_insert(session.connection(), AUTHORITY, rows)
    about = audit.About(reason=f"seed {asked.seed}", results=asked.children)
    audit.record(session, None, Act.LOAD_DEMONSTRATION, about, request_id=UUID(bytes=secrets.token_bytes(16)))
    find.before_bulk(session)


def _days(day: date, phase: int) -> dict[str, date]:
    """They hold children and have practitioners at work, so all are open: each phase a month after the other."""
    begun = day - OPEN_FOR + (phase - 1) * A_MONTH
    opened_on = begun + 2 * A_MONTH
    return {
        "data_from": begun, "shields_from": begun + A_MONTH, "access_from": opened_on, "opened_on": opened_on,
    }  # fmt: skip


def _mark(session: Session, asked: Asked, version: int) -> None:
    session.add(Setting(name=MARK, version=version, value=str(asked), set_at=clock.now()))
    session.flush()


def _area(session: Session, ring: sealing.KeyRing, area: Area, day: date, batches: Iterable[Children]) -> None:
    connection = session.connection()
    engines_bulk.bulk_insert(
        connection,
        ORGANISATION,
        [
            {"id": one.key, "uid": new_uid(), "authority_id": one.authority,
             "accreditation_ends_on": day + people.ACCREDITED_FOR, **_named(one, "key", "authority")}
            for one in area.organisations
        ],
    )  # fmt: skip
    engines_bulk.bulk_insert(
        connection, ONBOARDING, supplying.onboarding(area.organisations, day - people.OPEN_FOR, day)
    )
    engines_bulk.bulk_insert(
        connection,
        PRACTITIONER,
        [
            {"id": one.key, "uid": new_uid(), "organisation_id": one.organisation, **_named(one, "key", "organisation")}
            for one in area.practitioners
        ],
    )
    find.bulk_index(session, _children(session, ring, batches))


def _children(session: Session, ring: sealing.KeyRing, batches: Iterable[Children]) -> Iterator[Entry]:
    """Writes each batch, then hands over what its children may be found by."""
    connection, now = session.connection(), clock.now()
    ids = engines_bulk.next_ids(connection, NUMBERED)
    for part in batches:
        batch = _batch(ring, ids, now, part)
        for of in IN_ORDER:
            engines_bulk.bulk_insert(connection, of, batch.rows[of])
        yield from batch.entries


def _batch(ring: sealing.KeyRing, ids: dict[Table, int], now: datetime, part: Children) -> Batch:
    batch = Batch(ring, ids, now)
    for child in part.children:
        batch.add(child)
    return batch


def _finish(session: Session, ring: sealing.KeyRing, asked: Asked) -> None:
    engines_bulk.count_on(session.connection(), (*NUMBERED, AUTHORITY, ORGANISATION, ONBOARDING, PRACTITIONER))
    find.after_bulk(session)
    people.add_all(session, ring, asked.day)
    onboarding.bring_in(session, asked.day)
    steps.catch_up(session)
    _mark(session, asked, COMPLETE)


def _named(one: shapes.Authority | shapes.Organisation | shapes.Practitioner, *but: str) -> dict[str, object]:
    return {name: value for name, value in one._asdict().items() if name not in but}
