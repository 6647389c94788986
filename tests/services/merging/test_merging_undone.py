"""Joined records taken apart again: each has what it had, and its own shield."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Base, Shield
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import deriving, find
from cp.services.merging import deciding, moving
from cp.terms import (
    SourceKind,
)  # fmt: skip
from tests import build
from tests.build import World
from tests.build_identities import asked_to_join, home, may, says, sensitive_entry, shield
from tests.services.merging.test_merging import entries
from tests.web import actor_of

TODAY = date(2026, 11, 23)


def as_it_is(session: Session) -> dict[str, list[dict[str, Any]]]:
    """The directory but for what only grows or tells of times: rows by table, without versions and derived ids."""
    session.flush()
    without = {"id", "uid", "version", "carer_id", "source_id", "details_sealed", "address_sealed", "value_sealed",
               "entry_sealed", "family_id", "given_id", "name_id"}  # fmt: skip
    names = ("child", "child_name", "child_location", "child_carer", "outside_number", "involvement", "shield",
             "source_record", "sensitive_involvement", "search_key", "search_place", "search_carer",
             "search_area")  # fmt: skip
    return {
        name: sorted(
            ({key: value for key, value in row._mapping.items() if key not in without}
             for row in session.execute(select(Base.metadata.tables[name]))), key=str,
        )
        for name in names
    }  # fmt: skip


def full(session: Session, world: World, kept: Child, gone: Child) -> None:
    """Something of everything that is moved."""
    assert world.sam.practitioner is not None
    assert world.nia.practitioner is not None
    build.involvement(session, kept, world.sam.practitioner, lead=True)
    build.involvement(session, gone, world.sam.practitioner, started_on=TODAY - timedelta(days=300), lead=True)
    build.involvement(session, gone, world.nia.practitioner)
    build.other_name(session, gone)
    build.address(session, gone, "ZA9 9ZZ")
    sensitive_entry(session, gone.uid)
    gone.died_on = date(2026, 11, 1)
    gone.family_name = "Siddiqui-Khan"
    says(session, gone, world.council, SourceKind.AUTHORITY, addresses=(home("ZA3 3CD"),))
    deriving.derive(session, gone.id)
    shield(session, gone, world.max)


def test_taking_it_back_gives_each_what_it_had(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = pair
    full(session, world, kept, gone)
    before = as_it_is(session)
    one = asked_to_join(session, kept, gone, world.max)
    second = actor_of(session, may(session, world))
    deciding.answer(session, second, (kept.uid, one.uid), agreed=True)
    assert kept.shielded

    moving.undo(session, max_, one.uid)

    session.expire_all()
    assert as_it_is(session) == before
    assert list(find.check(session)) == []
    assert [reason for *_, reason in entries(session)][-2:] == ["taken_back", "taken_back"]
    with pytest.raises(moving.NothingToUndo):
        moving.undo(session, max_, one.uid)


def test_a_shield_lifted_of_the_joined_record_holds_again_when_it_is_taken_back(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = pair
    row = shield(session, gone, world.max)
    one = asked_to_join(session, kept, gone, world.max)
    deciding.answer(session, actor_of(session, may(session, world)), (kept.uid, one.uid), agreed=True)
    kept.shielded_at = kept.shield_ground = None
    row.lifted_at, row.lifted_by_id = clock.now(), world.max.account.id
    session.flush()

    moving.undo(session, max_, one.uid)

    session.expire_all()
    assert (kept.shielded, gone.shielded, row.child_id) == (False, True, gone.id)
    assert session.scalars(select(Shield).where(Shield.lifted_at.is_(None))).all() == [row]
