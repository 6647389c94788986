"""In whatever order days are set, accounts are opened and suspended, and time goes on: nobody is let in before somebody
could shield children there."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import time_machine
from sqlalchemy.orm import Session

from cp import clock
from cp.rules.access import Actor, decide
from cp.rules.phases import Days
from cp.services.implementation import opening, phases, planning
from cp.services.implementation.phases import Plan
from cp.services.managing import staff
from cp.terms import Act, Role
from tests import build, build_phases
from tests.build import Person, World
from tests.conftest import NOW
from tests.scale import SEED, scaled
from tests.web import actor_of

STEPS = 14
SPOILT: tuple[dict[str, Any], ...] = (
    {"active": False}, {"trained_on": None}, {"check_issued_on": date(2023, 1, 1)}, {"opened_on": None},
)  # fmt: skip
IN_ORDER: dict[str, Any] = {
    "active": True, "trained_on": date(2026, 4, 18), "check_issued_on": date(2026, 1, 10),
    "opened_on": date(2026, 1, 5),
}  # fmt: skip


def test_nobody_is_let_in_before_shields_could_be_applied(
    session: Session, world: World, record_property: Callable[[str, object], None]
) -> None:
    chance, seen, how_many = random.Random(SEED), Counter[str](), scaled(10, 600)
    ade = actor_of(session, world.ade)

    for at in range(how_many):
        seen += Sequence(session, ade, chance, at).run()

    record_property("sequences", how_many)
    record_property("seed", SEED)
    record_property("let in", seen["let in"])
    assert seen["too early"] == 0
    assert min(seen["let in"], seen["kept out"], seen["refused"], seen["set"], seen["let in without a team now"]) > 0


class Sequence:
    """One authority from nothing on. What could be shielded is asked of the team's own acts, and of no rule of days."""

    def __init__(self, session: Session, ade: Actor, chance: random.Random, at: int) -> None:
        self.session, self.chance, self.ade = session, chance, ade
        self.authority = build_phases.authority(session, f"Council {at}", f"{at % 900:03d}")
        school = build.organisation(session, self.authority, accreditation_ends_on=date(2028, 1, 1))
        self.worker = self.person(school, Role.PRACTITIONER)
        self.school, self.team = school, list[Person]()
        self.now, self.could_shield, self.seen = NOW, False, Counter[str]()

    def run(self) -> Counter[str]:
        steps = (self.set_days, self.set_days, self.open_account, self.suspend, self.restore, self.wait, self.wait)
        for _ in range(STEPS):
            with time_machine.travel(self.now, tick=False):
                self.chance.choice(steps)()
            with time_machine.travel(self.now, tick=False):
                self.look()
        return self.seen

    def person(self, where: Any, role: Role) -> Person:
        name = f"{role}.{uuid4().hex}"
        return build.person(self.session, where, name, name, role, kept_on=NOW.date(), **IN_ORDER)

    def set_days(self) -> None:
        today = clock.today()
        near = [None, *(today + timedelta(days=away) for away in (-1, 0, 0, 1, 2, 4))]
        days = Days(*(self.chance.choice(near) for _ in range(3)))
        if self.chance.random() < 0.6:
            first = today + timedelta(days=self.chance.choice((0, 1)))
            days = Days(first, first, first + timedelta(days=self.chance.choice((0, 1, 2))))
        held = phases.one(self.session, self.ade, self.authority.uid).plan
        try:
            planning.save(self.session, self.ade, self.authority.uid, Plan(days=days), held.version)
            self.seen["set"] += 1
        except planning.Refused:
            self.seen["refused"] += 1

    def open_account(self) -> None:
        self.team.append(self.person(self.school, Role.MANAGEMENT_TEAM))

    def suspend(self) -> None:
        for one in self.team:
            self.change(one, self.chance.choice(SPOILT))

    def restore(self) -> None:
        for one in self.team[:1]:
            self.change(one, IN_ORDER)

    def change(self, one: Person, facts: dict[str, Any]) -> None:
        for name, value in facts.items():
            setattr(one.account, name, value)
        self.session.flush()

    def wait(self) -> None:
        self.now += timedelta(days=self.chance.choice((1, 1, 2, 3)))

    def look(self) -> None:
        """The team first, so that a child who must be shielded is before anybody can look."""
        able = any(self.may(one, Act.PREPARE_IDENTITY) for one in self.team)
        self.could_shield |= able
        opening.settle(self.session, self.worker.account, uuid4())
        let_in = self.may(self.worker, Act.SEARCH)
        self.seen["let in" if let_in else "kept out"] += 1
        self.seen["too early"] += let_in and not self.could_shield
        self.seen["let in without a team now"] += let_in and not able

    def may(self, one: Person, act: Act) -> bool:
        self.session.flush()
        actors = staff.one(self.session, one.account, uuid4()).actors
        return any(decide(actor, act, None, clock.today()).allowed for actor in actors)
