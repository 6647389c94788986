"""Refused sign-ins: an entry each, and one for how many there were in a flood."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, RefusedSignIn
from cp.services import refused_sign_ins
from tests.build import World
from tests.services.test_signing_in import HERE, NOWHERE, WAIT, WRONG, entries, try_password


def test_a_flood_of_refusals_is_an_entry_each_up_to_a_number_and_then_one_of_how_many(
    session: Session, world: World, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody outside would else fill the disk, for seven years."""
    monkeypatch.setattr(refused_sign_ins, "LISTED", {"wait": 2, "wrong": 3})
    for _ in range(9):
        try_password(session, NOWHERE, "a wrong guess")
    for number in range(5):
        try_password(session, f"{number}.{NOWHERE}", "a wrong guess", replace(HERE, address=f"192.0.2.{number}"))
    assert entries(session) == [WRONG] * 3 + [WAIT] * 2

    clock.shift(299)
    assert refused_sign_ins.tell(session, clocks.now(), 10) == 0
    clock.shift(302)
    try_password(session, f"later.{NOWHERE}", "a wrong guess")
    assert (refused_sign_ins.tell(session, clocks.now(), 10), refused_sign_ins.tell(session, clocks.now(), 10)) == (
        2,
        0,
    )

    assert entries(session)[5:] == [WRONG, WRONG, WAIT]
    told = select(AuditEvent.reason, AuditEvent.results).where(AuditEvent.results.is_not(None))
    assert sorted(tuple(one) for one in session.execute(told)) == [("wait", 4), ("wrong", 5)]


def test_few_refusals_leave_their_entries_and_no_other(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    for _ in range(4):
        try_password(session, world.sam.email, "a wrong guess")
    clock.shift(timedelta(hours=1))

    assert refused_sign_ins.tell(session, clocks.now(), 10) == 2

    assert entries(session) == [WRONG] * 3 + [WAIT]
    assert session.scalars(select(RefusedSignIn)).all() == []
