"""One request of another system: again is no more, so many an hour, each with its entry."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, MachineRequest, SupplyFile
from cp.rules.machines import REQUESTS
from cp.services import jobs
from cp.services.retention.believing import Believed
from cp.services.supply import requests
from cp.terms import Act
from tests import build_machines, build_supply
from tests.build import World
from tests.build_machines import AMIRA, JACK, taken


@pytest.fixture
def secret(session: Session, world: World) -> str:
    return build_machines.credential(session, world.school)


def names(session: Session) -> list[str]:
    return [child.given_names for child in build_supply.children(session)]


def files(session: Session) -> list[SupplyFile]:
    return list(session.scalars(select(SupplyFile).order_by(SupplyFile.id)))


def test_a_request_again_gets_the_same_answer_and_does_no_more(session: Session, world: World, secret: str) -> None:
    first = [taken(session, secret, AMIRA, key="one") for _ in range(2)]
    second = [taken(session, secret, JACK) for _ in range(2)]

    assert first[0] == first[1] != second[0] == second[1]
    assert taken(session, secret, AMIRA, key="one") == first[0]
    assert len(files(session)) == 2
    assert session.scalar(select(func.count(MachineRequest.id))) == 5


def test_a_key_is_one_requests_alone(session: Session, world: World, secret: str) -> None:
    other = build_machines.credential(session, world.school, "Arbor")
    taken(session, secret, AMIRA, key="one")

    with pytest.raises(requests.KeyTaken):
        taken(session, secret, JACK, key="one")

    taken(session, other, JACK, key="one")
    assert names(session) == ["Amira", "Jack"]


@pytest.mark.parametrize("then", ["another was sent between", "the next day", "it was undone"])
def test_without_a_key_the_same_rows_later_are_said_anew(
    session: Session, world: World, secret: str, clock: time_machine.Traveller, then: str
) -> None:
    first = taken(session, secret, AMIRA)
    if then == "another was sent between":
        taken(session, secret, AMIRA | {"town": "Southvale"})
    elif then == "the next day":
        clock.shift(timedelta(hours=14))
    else:
        build_supply.undo(session, files(session)[0])

    again = taken(session, secret, AMIRA)

    assert again["receipt"] != first["receipt"]
    assert names(session) == ["Amira"]


def test_so_many_an_hour_and_then_a_wait(
    session: Session, world: World, secret: str, clock: time_machine.Traveller
) -> None:
    credential = build_machines.newest(session)
    for minute in range(REQUESTS):
        session.add(MachineRequest(credential_id=credential.id, fingerprint=minute, at=clocks.now()))
    session.commit()

    with pytest.raises(requests.TooOften) as wait:
        taken(session, secret, AMIRA)

    assert wait.value.again_at == clocks.now() + timedelta(hours=1)
    taken(session, build_machines.credential(session, world.school, "Arbor"), AMIRA)
    clock.shift(timedelta(hours=1))
    taken(session, secret, JACK)


def test_each_request_has_its_entry_by_the_credential(session: Session, world: World, secret: str) -> None:
    credential = build_machines.newest(session)
    taken(session, secret, AMIRA, key="one")
    taken(session, secret, AMIRA, key="one")
    with pytest.raises(requests.KeyTaken):
        taken(session, secret, JACK, key="one")
    requests.take(session, requests.Asked(secret, b"{", None, None, UUID(int=2)))

    query = select(AuditEvent).where(AuditEvent.act == Act.SEND_ROWS).order_by(AuditEvent.id)
    entries = session.scalars(query).all()

    assert [(one.decision.value, one.reason, one.results) for one in entries] == [
        ("allowed", "taken", 1), ("allowed", "again", 1), ("refused", "key_taken", None), ("refused", "unfit", None),
    ]  # fmt: skip
    assert {one.object_id for one in entries} == {credential.uid}
    assert {one.account_id for one in entries} == {None}
    assert credential.last_used_on == clocks.today()


def test_what_a_request_was_answered_is_gone_after_a_day(
    session: Session, world: World, secret: str, clock: time_machine.Traveller
) -> None:
    taken(session, secret, AMIRA)
    clock.shift(timedelta(days=1, seconds=1))

    jobs.tidy(session, Believed(clocks.now()))

    assert session.scalars(select(MachineRequest.id)).all() == []
    assert len(files(session)) == 1
