"""Who must be thought of when a child is shielded: found as each source wrote them down, and nobody too many."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from cp import clock
from cp.models.child import Child
from cp.services import find
from cp.services.shielding import others, setting
from cp.terms import Act, AddressState, RecordState, Relationship
from tests import build, build_shields
from tests.build import World
from tests.build_shields import Family, audited
from tests.web import actor_of

ANOTHER = "+442079460187"


@pytest.fixture
def family(session: Session, world: World) -> Family:
    made = Family.make(session, world)
    session.commit()
    return made


def brought_up(session: Session, world: World, child: Child) -> list[tuple[str, bool, int | None]]:
    """By name: at the same address, and for a twin how many days after."""
    found = setting.asked(session, actor_of(session, world.max), child.uid).others
    return [(one.name.split()[0], one.at_address, one.days_after) for one in found]


def test_a_home_is_shared_as_each_source_writes_it(session: Session, world: World, family: Family) -> None:
    for name, home in (("Same", "18, Tanners Row"), ("Next", "20 Tanner’s Row"), ("Nameless", "Tanner’s Row")):
        build_shields.child(session, world, name, home=home, phone=None, born_on=date(2014, 1, 1))

    assert brought_up(session, world, family.amira) == [
        ("Yusuf", True, 0), ("Same", True, None), ("Nameless", True, None), ("Hana", True, None),
    ]  # fmt: skip


def test_another_postcode_is_another_home(session: Session, world: World, family: Family) -> None:
    far = build_shields.child(session, world, "Far", home=None, phone=None, born_on=date(2014, 1, 1))
    build.address(session, far, "ZA4 7QE")
    find.reindex(session, far.id)

    assert "Far" not in [name for name, _, _ in brought_up(session, world, family.amira)]


def test_who_still_lives_where_the_child_lived_last_counts(session: Session, world: World, family: Family) -> None:
    fled = build_shields.child(session, world, "Fled", home=None, phone=None, born_on=date(2012, 1, 1))
    build.address(session, fled, state=AddressState.LAST_KNOWN, until_on=date(2026, 11, 1))
    build.address(session, fled, "ZA9 9ZZ", "1 Refuge Road")
    find.reindex(session, fled.id)

    assert brought_up(session, world, fled) == [("Amira", True, None), ("Yusuf", True, None), ("Hana", True, None)]


def test_a_brother_or_sister_is_known_by_a_carer_in_common(session: Session, world: World, family: Family) -> None:
    build_shields.child(session, world, "Apart", home="7 Weir Street", born_on=date(2012, 1, 1))
    build_shields.child(session, world, "Cousin", home="8 Weir Street", phone=ANOTHER, born_on=date(2012, 1, 1))

    assert ("Apart", False, None) in brought_up(session, world, family.amira)
    assert "Cousin" not in [name for name, _, _ in brought_up(session, world, family.amira)]


def test_a_carer_of_former_times_or_an_office_makes_no_family(session: Session, world: World) -> None:
    amira = build_shields.child(session, world, home=None)
    former = build_shields.child(session, world, "Former", home=None, phone=None, born_on=date(2012, 1, 1))
    build.carer(session, former, ended_on=date(2026, 1, 1))
    cared = build_shields.child(session, world, "Cared", home=None, phone=None, born_on=date(2012, 1, 1))
    build.carer(session, cared, relationship=Relationship.LOCAL_AUTHORITY)

    assert brought_up(session, world, amira) == []


def test_a_number_of_many_children_is_no_familys(session: Session, world: World) -> None:
    amira = build_shields.child(session, world, home=None)
    for number in range(19):
        build_shields.child(session, world, f"N{number}", home=None, born_on=date(2012, 1, 1))
    assert len(brought_up(session, world, amira)) == 19

    build_shields.child(session, world, "One more", home=None, born_on=date(2012, 1, 1))

    assert brought_up(session, world, amira) == []


def test_a_twin_is_known_wherever_both_live_now(session: Session, world: World, family: Family) -> None:
    """Born around midnight; at the same address once; under the same name."""
    twin = build_shields.child(session, world, "Zain", home="7 Weir Street", phone=None, born_on=date(2016, 3, 15))
    build.address(session, twin, state=AddressState.LAST_KNOWN, until_on=date(2026, 1, 1))
    build_shields.child(session, world, "Namesake", home="9 Weir Street", phone=None, born_on=date(2016, 3, 15))

    assert brought_up(session, world, family.amira) == [
        ("Yusuf", True, 0), ("Zain", True, 1), ("Hana", True, None),
    ]  # fmt: skip


def test_what_cannot_be_read_is_asked_about(session: Session, world: World, family: Family) -> None:
    odd = build_shields.child(session, world, "Odd", home=None, phone=None, born_on=date(2012, 1, 1))
    place = build.address(session, odd)
    find.reindex(session, odd.id)
    place.address_sealed = b"not what was sealed"
    session.flush()

    assert ("Odd", True, None) in brought_up(session, world, family.amira)


def test_records_that_are_not_live_are_left_alone(session: Session, world: World, family: Family) -> None:
    for child, state in ((family.yusuf, RecordState.MERGED), (family.hana, RecordState.SEALED)):
        child.state = state
        find.reindex(session, child.id)

    assert brought_up(session, world, family.amira) == []


def test_one_shielded_already_needs_no_answer_and_is_named(session: Session, world: World, family: Family) -> None:
    family.yusuf.shielded_at = clock.now() - timedelta(days=9)
    find.reindex(session, family.yusuf.id)

    found = setting.asked(session, actor_of(session, world.max), family.amira.uid)

    assert ([one.name for one in found.others], [one.name for one in found.shielded]) == (
        ["Hana Siddiqui"], ["Yusuf Siddiqui"],
    )  # fmt: skip


def test_nothing_tells_of_a_child_that_another_authority_has_shielded(
    session: Session, world: World, family: Family
) -> None:
    there, _ = build_shields.elsewhere(session)
    before = brought_up(session, world, family.hana)
    hidden = build_shields.shielded(session, world, given_names="Hidden", authority_id=there.id)

    found = setting.show(session, actor_of(session, world.max), family.hana.uid)

    assert brought_up(session, world, family.hana) == before
    assert hidden.subject_id not in [subject for _, subject, _ in audited(session, Act.PREPARE_SHIELD)]
    assert found.shielded == ()


@pytest.mark.parametrize(("street", "beside"), [("18 Tanner’s Row", True), ("2 Far Lane", False)], ids=["here", "far"])
def test_a_shielded_child_at_the_address_counts_whichever_authority_shielded_it(
    session: Session, world: World, street: str, beside: bool
) -> None:
    """For what a family is told, which names nobody; no carer ties the two together."""
    child = build_shields.child(session, world)
    there, _ = build_shields.elsewhere(session)
    hidden = build_shields.child(session, world, "Sara", home=street, phone=None, authority_id=there.id)
    hidden.shielded_at = clock.now()
    session.commit()

    assert others.beside_a_shield(session, actor_of(session, world.max), child.id) is beside
