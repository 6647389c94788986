"""Generated histories: records made by files of several schools, what people add, files sent and taken back, and
records joined meanwhile and taken apart again. Many go on beside each other in one directory, each by itself."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Merge, Organisation, Practitioner, SourceRecord, Supplier, SupplyFile
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit
from cp.services.merging import deciding, moving
from cp.terms import RecordState, SupplyState
from tests import build
from tests.build import World
from tests.build_identities import may
from tests.build_supply import csv_of, receive, undo, work
from tests.web import actor_of

PEOPLE, FILES, SCHOOLS = 4, 6, 3
LETTERS = "bcdfghklmnprstvwz", "aeiou"
Row = dict[str, str]


@dataclass(frozen=True)
class History:
    """What one of them does, drawn beforehand: the same with joining and without."""

    at: int
    alike: bool
    """Its records are one child's, as far as anybody can tell, and no row is suggested to be another's. Else nobody's
    row fits another's record: every school has spoken of each child before any are joined, and goes on doing so, for a
    row that nobody knew would not find its record inside another's.
    """
    rows: tuple[tuple[Row, ...], ...]
    """Of each file."""
    joins: tuple[tuple[int, int, int], ...]
    """After which file, and which two people."""
    early: tuple[tuple[int, int], ...]
    """After which file which joining is taken back already."""
    order: float
    """Draws the order in which the others are."""


def drawn(seed: int, count: int) -> tuple[list[History], list[tuple[int, int]]]:
    """The histories, and which file is undone after which."""
    draw = random.Random(seed)
    undone = [(after, draw.randrange(after + 1)) for after in range(1, FILES) if draw.random() < 0.4]
    return [_history(draw, at) for at in range(count)], undone


def _history(draw: random.Random, at: int) -> History:
    alike = draw.random() < 0.5
    who = [_person(draw, at, person) for person in range(PEOPLE)]
    who = [who[0] | {"PostCode": one["PostCode"], "Adno": one["Adno"]} for one in who] if alike else who
    rows = tuple(
        tuple(_said(draw, one, 0 if alike else day) for one in who if _sends(draw, alike, day)) for day in range(FILES)
    )
    first = 0 if alike else SCHOOLS - 1
    joins = tuple((draw.randrange(first, FILES - 1), *_two(draw)) for _ in range(draw.randint(1, 5)))
    early = tuple((draw.randrange(2, FILES), at) for at in range(len(joins)) if draw.random() < 0.3)
    return History(at, alike, rows, joins, early, draw.random())


def _two(draw: random.Random) -> tuple[int, int]:
    one, other = draw.sample(range(PEOPLE), 2)
    return one, other


def _person(draw: random.Random, at: int, person: int) -> Row:
    def word() -> str:
        return "".join(draw.choice(LETTERS[letter % 2]) for letter in range(draw.randint(5, 9))).title()

    return {
        "Adno": f"{at}-{person}", "Legal Surname": word(), "Forename": word(), "Sex": draw.choice("FM"),
        "DOB": f"{draw.randint(1, 28):02d}/{draw.randint(1, 12):02d}/{draw.randint(2010, 2020)}",
        "PostCode": f"ZA{draw.randint(1, 9)} {draw.randint(1, 9)}{draw.choice('ABDEFGH')}{draw.choice('ABDEFGH')}",
        "Town": "Northvale", "Parent 1 Name": f"{word()} {word()}", "Parent 1 Relationship": "Mother",
    }  # fmt: skip


def _sends(draw: random.Random, alike: bool, day: int) -> bool:
    return (not alike and day < SCHOOLS) or draw.random() < 0.6


def _said(draw: random.Random, one: Row, day: int) -> Row:
    """As a school may say it on one of its days. A row that waits while its record is another's is never followed by
    one that says what was said before it: which of the two is newer could not be told when it is placed."""
    carer = {} if draw.random() < 0.7 else {"Parent 1 Name": "", "Parent 1 Relationship": ""}
    return one | {"Address Line 1": f"{10 * day + draw.randint(1, 3)} Elm Road"} | carer


@dataclass
class Played:
    """A directory in which histories take place."""

    session: Session
    world: World
    joining: bool
    files: list[list[SupplyFile]] = field(default_factory=list)
    """Of each day: one of children who are unlike, one of some who are alike."""
    merges: dict[tuple[int, int], UUID] = field(default_factory=dict)
    apart: int = 0

    def play(self, clock_: time_machine.Traveller, histories: list[History], undone: list[tuple[int, int]]) -> None:
        self._set_up()
        for at in range(FILES):
            clock_.shift(timedelta(days=1))
            self.files.append([self._send(at, histories, alike=alike) for alike in (False, True)])
            if at == 0:
                self._people_add(histories)
            for file in [file for after, day in undone if after == at for file in self.files[day][day < SCHOOLS :]]:
                self.session.refresh(file)
                if file.state is SupplyState.SENT:
                    undo(self.session, file)
            if self.joining:
                self._join_and_part(at, histories)
        self._part_all(histories)
        work(self.session)

    def _set_up(self) -> None:
        """Schools; the rows of half of them are never suggested to be another's, however alike they are."""
        names = [f"School {number}" for number in range(2 * SCHOOLS)]
        self.schools: list[Organisation] = [
            build.organisation(self.session, self.world.authority, name=name) for name in names
        ]
        self.session.add_all(Supplier(organisation_id=one.id, maybe_at=1000.0) for one in self.schools[SCHOOLS:])
        self.max = actor_of(self.session, self.world.max)
        self.may = actor_of(self.session, may(self.session, self.world))
        self.session.commit()

    def _send(self, at: int, histories: list[History], *, alike: bool) -> SupplyFile:
        rows = [row for history in histories if history.alike is alike for row in history.rows[at]]
        file = receive(self.session, self.schools[at % SCHOOLS + SCHOOLS * alike], csv_of(*rows))
        work(self.session)
        return file

    def _people_add(self, histories: list[History]) -> None:
        """Somebody works with some, and knows another name of some: of those whom a file knows again."""
        for history in (one for one in histories if not one.alike):
            draw = random.Random(history.order)
            for person in range(PEOPLE):
                child = self._child(history.at, person)
                if child is None:
                    continue
                for who in self._workers():
                    if draw.random() < 0.3:
                        build.involvement(self.session, child, who, assessment=draw.random() < 0.5,
                                          started_on=clock.today() - timedelta(days=draw.randint(30, 90)))  # fmt: skip
                if draw.random() < 0.3:
                    build.other_name(self.session, child, family_name=draw.choice(("Nowak", "Okoro")))
        self.session.commit()

    def _workers(self) -> Iterator[Practitioner]:
        for person in (self.world.sam, self.world.nia):
            if person.practitioner:
                yield person.practitioner

    def _child(self, history: int, person: int) -> Child | None:
        """The record that a person's rows are of now, where there is one."""
        query = (
            select(Child)
            .join(SourceRecord, SourceRecord.child_id == Child.id)
            .where(SourceRecord.row_key == f"{history}-{person}", Child.state == RecordState.LIVE)
        )
        return self.session.scalars(query.order_by(SourceRecord.id)).first()

    def _join_and_part(self, at: int, histories: list[History]) -> None:
        for history in histories:
            for number, (after, *people) in enumerate(history.joins):
                if after == at:
                    self._join(history, number, *(self._child(history.at, one) for one in people))
            for after, number in history.early:
                if after == at:
                    self._part(history.at, number)
        self.session.commit()

    def _join(self, history: History, number: int, kept: Child | None, gone: Child | None) -> None:
        if not (kept and gone) or kept.id == gone.id:
            return
        if deciding.join(self.session, self.max, kept.uid, gone.uid) == "apart":
            return
        asked = select(Merge).where(Merge.kept_id == kept.id, Merge.gone_id == gone.id)
        one = self.session.scalars(asked.order_by(Merge.id.desc())).first()
        assert one is not None
        if one.merged_at is None:
            deciding.answer(self.session, self.may, (kept.uid, one.uid), agreed=True)
        self.merges[history.at, number] = one.uid

    def _part(self, history: int, number: int) -> bool:
        """Whether that could be taken back now: one that was joined on with another record has to wait."""
        uid = self.merges.get((history, number))
        try:
            if uid is None or not self._undo(self.max, uid):
                return False
        except (audit.Refusal, moving.NothingToUndo):
            return False
        del self.merges[history, number]
        self.apart += 1
        return True

    def _undo(self, who: Actor, uid: UUID) -> bool:
        moving.undo(self.session, who, uid)
        return True

    def _part_all(self, histories: list[History]) -> None:
        """Whichever can be taken back, in an order that each history draws."""
        for history in histories:
            draw = random.Random(history.order)
            while left := [number for at, number in self.merges if at == history.at]:
                draw.shuffle(left)
                assert any(self._part(history.at, number) for number in left), (history.at, left)
        self.session.commit()
