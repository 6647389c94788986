"""Everything that a manager, a school, its system, the worker and time can do before a school supplies live."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from uuid import UUID

import time_machine
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.reading import read
from cp.feeds.rows_sent import read as read_rows
from cp.models import Authority, FileVerdict, Onboarding, Organisation, SourceVersion, SupplyFile, SupplyRow
from cp.rules.access import Actor
from cp.services import audit, jobs
from cp.services.implementation import means, steps, trials
from cp.services.retention.believing import Believed
from cp.services.supply import (
    at_the_server,
    by_hand,
    checking,
    credentials,
    receiving,
    requests,
    senders,
    steering,
    working,
)
from cp.services.supply.live import NotLive
from cp.services.supply.receiving import Arrived
from cp.services.supply.steering import NotNow
from cp.terms import AskedAgain, Column, Frequency, Means, Role, RowState, SupplyState
from tests import build, build_machines
from tests.build import World
from tests.build_supply import IFEOMA, JACK, csv_of
from tests.web import actor_of

REFUSED = (NotLive, NotNow, audit.Refusal, means.ChangedMeanwhile, trials.AnotherFile, trials.NotGoodEnough,
           requests.OnlyTried, requests.TooOften)  # fmt: skip
THE_WAY = ("offers", "agrees", "uploads", "accepts", "signs", "opens", "sends", "works", "works", "works")
OFTEN_DONE = ("uploads", "sends", "sends", "works", "works", "works")
"""Besides the others, so that most schools come to be live, and send."""

SOME_MONTHS = timedelta(days=300)
"""How long a system's credential is good, from the day of its walk: the walks follow one another for years."""


@dataclass
class Walk:
    """One school of an authority of its own. `steps`: what was done, for whoever reads a failure."""

    session: Session
    chance: Random
    traveller: time_machine.Traveller
    authority: Authority
    school: Organisation
    ivy: Actor
    sue: Actor
    secret: str
    steps: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, session: Session, world: World, chance: Random, traveller: time_machine.Traveller) -> "Walk":
        tag = chance.getrandbits(32)
        authority = build.add(session, Authority(name="Eastvale Council", education_code="998",
                                                 team_phone="+441614960131", help_phone="+441614960101"))  # fmt: skip
        school = build.organisation(session, authority, name="Weirside School")
        sue = build.person(session, school, "Sue Lambert", f"sue.{tag}", Role.SUPPLIER)
        secret = credentials.make(session, school, "SIMS", clock.today() + SOME_MONTHS, None, UUID(int=1))
        session.commit()
        ivy = replace(actor_of(session, world.ivy), authority_id=authority.id)
        return cls(session, chance, traveller, authority, school, ivy, actor_of(session, sue), secret)

    def plan(self, most: int) -> list[str]:
        """The way that is meant, with gaps, and then anything."""
        way = [name for name in THE_WAY if self.chance.random() < 0.9]
        return way + self.chance.choices((*ACTIONS, *OFTEN_DONE), k=most - len(way))

    def step(self, name: str) -> None:
        """One thing, done or refused."""
        self.steps.append(name)
        with suppress(*REFUSED):
            ACTIONS[name](self)
        self.session.commit()
        self.session.expire_all()

    def applied(self) -> set[tuple[str, int]]:
        """Every row that has come to anything, and every word that is kept of one."""
        mine = SupplyFile.organisation_id == self.school.id
        come = select(SupplyRow.id).join(SupplyFile, SupplyFile.id == SupplyRow.file_id)
        come = come.where(mine, SupplyRow.state.in_((RowState.SENT, RowState.WAITING)))
        kept = select(SourceVersion.id).join(SupplyFile, SupplyFile.id == SourceVersion.file_id).where(mine)
        return {("row", one) for one in self.session.scalars(come)} | {
            ("word", one) for one in self.session.scalars(kept)
        }

    def may_apply(self) -> bool:
        """Read from the rows as they are, and not by the rule."""
        row = self.session.scalars(select(Onboarding).where(Onboarding.organisation_id == self.school.id)).one_or_none()
        opened, today = self.authority.data_from, clock.today()
        if row is None or opened is None or opened > today:
            return False
        accepted = select(exists().where(
            FileVerdict.file_id == SupplyFile.id, SupplyFile.organisation_id == self.school.id, FileVerdict.accepted
        ))  # fmt: skip
        signed = row.agreement_signed_on is not None
        over = row.agreement_ends_on is not None and row.agreement_ends_on <= today
        agreed = row.means is not None and row.means_agreed_on is not None and row.test_accepted_on is not None
        return bool(self.session.scalar(accepted)) and agreed and signed and not over


def _newest(walk: Walk, *states: SupplyState) -> UUID:
    query = select(SupplyFile.uid).where(SupplyFile.organisation_id == walk.school.id, SupplyFile.state.in_(states))
    return walk.session.scalars(query.order_by(SupplyFile.id.desc()).limit(1)).first() or UUID(int=0)


def _offers(walk: Walk) -> None:
    way = walk.chance.choice((*[Means.SPREADSHEET] * 15, *Means))
    now = means.show(walk.session, walk.ivy, walk.school.uid)
    means.offer(walk.session, walk.ivy, walk.school.uid, way, now.version)


def _agrees(walk: Walk) -> None:
    now = means.show(walk.session, walk.ivy, walk.school.uid)
    means.agree(walk.session, walk.ivy, walk.school.uid, walk.chance.choice(list(Frequency)), now.version)


def _judges(*reasons: AskedAgain) -> Callable[[Walk], None]:
    def judge(walk: Walk) -> None:
        now = trials.show(walk.session, walk.ivy, walk.school.uid)
        trials.judge(walk.session, walk.ivy, walk.school.uid, now.trial.uid if now.trial else None, reasons)

    return judge


def _signs(walk: Walk) -> None:
    ends_on = walk.chance.choice((None, clock.today() + timedelta(days=walk.chance.randint(1, 30))))
    steps.keep(walk.session, walk.school, agreement_signed_on=clock.today(), agreement_ends_on=ends_on)


def _ends(walk: Walk) -> None:
    steps.keep(walk.session, walk.school, agreement_ends_on=clock.today())


def _opens(walk: Walk) -> None:
    walk.authority.data_from = clock.today() + timedelta(days=walk.chance.randint(-2, 2))


def _shuts(walk: Walk) -> None:
    walk.authority.data_from = None


def _csv(walk: Walk) -> bytes:
    wrong = {"DOB": walk.chance.choice(("31/02/2015", JACK["DOB"], JACK["DOB"]))}
    return csv_of(*walk.chance.choice(((JACK,), (JACK, IFEOMA), (JACK, IFEOMA), (JACK | wrong, IFEOMA))))


def _arrived(walk: Walk) -> Arrived:
    return Arrived("roll.csv", _csv(walk), walk.chance.random() < 0.5)


def _sender(walk: Walk) -> senders.Sender:
    return senders.of_organisation(walk.school, UUID(int=walk.chance.getrandbits(64)), None)


def _uploads(walk: Walk) -> None:
    arrived = _arrived(walk)
    prepared = receiving.prepare(walk.session, _sender(walk), read(arrived.data, arrived.name), arrived)
    uid = receiving.receive(walk.session, _sender(walk), prepared)
    file = walk.session.scalars(select(SupplyFile).where(SupplyFile.uid == uid)).one()
    checking.check(walk.session, _sender(walk), file)


def _sends(walk: Walk) -> None:
    uid = _newest(walk, SupplyState.CHECKED)
    steering.send(walk.session, walk.sue, uid, too=walk.chance.random() < 0.5)


def _commands(walk: Walk) -> None:
    arrived = _arrived(walk)
    ahead = at_the_server.look(walk.session, _sender(walk), read(arrived.data, arrived.name), arrived)
    at_the_server.send(walk.session, _sender(walk), ahead)


def _types(walk: Walk) -> None:
    typed = {Column.GIVEN_NAMES: "Ifeoma", Column.FAMILY_NAME: "Abara", Column.BORN_ON: "03/09/2015"}
    by_hand.send(walk.session, _sender(walk), typed | {Column.GENDER: "F", Column.ROW_KEY: "000420"})


def _machine_sends(walk: Walk) -> None:
    data = build_machines.body(walk.chance.choice((build_machines.AMIRA, build_machines.JACK)))
    requests.take(walk.session, requests.Asked(walk.secret, data, read_rows(data), None, UUID(int=2)))


def _works(walk: Walk) -> None:
    working.step(walk.session, working.look(walk.session) if walk.chance.random() < 0.5 else None)


def _undoes(walk: Walk) -> None:
    steering.undo(walk.session, walk.sue, _newest(walk, SupplyState.SENT, SupplyState.STOPPED))


def _waits(walk: Walk) -> None:
    walk.traveller.move_to(clock.now() + timedelta(days=walk.chance.choice((1, 1, 2, 5, 16))))
    jobs.tidy(walk.session, Believed(clock.now()))


ACTIONS: dict[str, Callable[[Walk], None]] = {
    "offers": _offers, "agrees": _agrees, "accepts": _judges(), "asks again": _judges(AskedAgain.HELD),
    "signs": _signs, "ends": _ends, "opens": _opens, "shuts": _shuts, "uploads": _uploads, "sends": _sends,
    "commands": _commands, "types": _types, "machine sends": _machine_sends, "works": _works, "undoes": _undoes,
    "stops": lambda walk: steering.stop(walk.session, walk.sue, _newest(walk, SupplyState.SENDING)),
    "goes on": lambda walk: steering.go_on(walk.session, walk.sue, _newest(walk, SupplyState.STOPPED)),
    "waits": _waits,
}  # fmt: skip
