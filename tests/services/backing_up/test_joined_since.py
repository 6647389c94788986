"""Two records were joined after the backup was made: restored they are two, and what protects the child is on both."""

import pytest
from sqlalchemy import select

from cp.models.child import Child
from cp.services import shielding
from cp.services.identities import sealing
from cp.services.merging import deciding
from cp.terms import ShieldGround
from tests import build_identities, build_shields
from tests.build import Person, World
from tests.services.backing_up.conftest import Place
from tests.web import actor_of

Both = tuple[Child, Child]


@pytest.fixture
def may(place: Place, world: World) -> Person:
    return build_identities.may(place.session, world)


@pytest.fixture
def both(place: Place, world: World, may: Person) -> Both:
    made = build_shields.child(place.session, world), build_shields.child(place.session, world, home="2 Mill Lane")
    place.session.commit()
    return made


def join(place: Place, world: World, may: Person, kept: Child, gone: Child) -> None:
    one = build_identities.asked_to_join(place.session, kept, gone, world.max)
    deciding.answer(place.session, actor_of(place.session, may), (kept.uid, one.uid), agreed=True)
    place.session.commit()


def shielded(place: Place) -> list[bool]:
    place.session.rollback()
    place.session.expire_all()
    return [at is not None for at in place.session.scalars(select(Child.shielded_at).order_by(Child.id))]


def test_a_shield_set_of_the_joined_record(place: Place, world: World, may: Person, both: Both) -> None:
    """Else the other one came back open, with the address of the child in danger."""
    file, kept = place.back_up(), both[0]
    join(place, world, may, *both)
    assert shielding.shield(place.session, kept.number, ShieldGround.DOMESTIC_ABUSE)
    place.session.commit()

    printed = place.restore(file)

    assert "2 records shielded since were shielded again" in printed
    assert shielded(place) == [True, True]


@pytest.mark.parametrize("which", [0, 1])
def test_a_shield_that_one_of_them_had(place: Place, world: World, may: Person, both: Both, which: int) -> None:
    build_identities.shield(place.session, both[which])
    place.session.commit()
    file = place.back_up()
    join(place, world, may, *both)

    place.restore(file)

    assert shielded(place) == [True, True]


def test_a_joining_that_the_backup_has_is_one_shield(place: Place, world: World, may: Person, both: Both) -> None:
    join(place, world, may, *both)
    file = place.back_up()
    assert shielding.shield(place.session, both[1].number, ShieldGround.DOMESTIC_ABUSE)
    place.session.commit()
    assert shielded(place) == [True, False]

    printed = place.restore(file)

    assert "1 records shielded since were shielded again" in printed
    assert shielded(place) == [True, False]


def test_an_old_identity(place: Place, world: World, may: Person, both: Both) -> None:
    file, kept = place.back_up(), both[0]
    join(place, world, may, *both)
    asker, second = actor_of(place.session, world.max), actor_of(place.session, may)
    one = build_identities.asked_to_seal(place.session, kept, world.max, may)
    assert asker.account_id != second.account_id
    sealing.answer(place.session, second, one.uid, agreed=True)
    place.session.commit()

    printed = place.restore(file)

    assert "2 old identities sealed since are shielded" in printed
    assert shielded(place) == [True, True]
