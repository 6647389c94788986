"""A shield set on the web: with the others that it asks about, all of it in one transaction, and nobody too few."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, SearchPlace, Shield
from cp.models.child import Child
from cp.services import audit, find
from cp.services.shielding import setting
from cp.services.shielding.setting import OthersChanged, Wish
from cp.terms import Act, Considered, RecordState, ShieldGround, WhoAsked
from tests import build, build_shields
from tests.build import World
from tests.build_shields import PHONE, Family, audited
from tests.web import actor_of

REVIEW = date(2027, 5, 23)
ANOTHER = "+442079460187"


@pytest.fixture
def family(session: Session, world: World) -> Family:
    made = Family.make(session, world)
    session.commit()
    return made


def wishing(answers: dict[Child, Considered]) -> Wish:
    said = {child.uid: answer for child, answer in answers.items()}
    return Wish(ShieldGround.DOMESTIC_ABUSE, WhoAsked.CHILD, REVIEW, said)


def test_those_decided_on_are_shielded_with_it(session: Session, world: World, family: Family) -> None:
    answers = {family.yusuf: Considered.TOO, family.hana: Considered.CHECKED}

    count = setting.set_with_others(session, actor_of(session, world.max), family.amira.uid, wishing(answers))

    session.expire_all()
    assert (count, [child.shielded for child in family.all]) == (2, [True, True, False])
    assert [child.shield_ground for child in family.all] == [ShieldGround.DOMESTIC_ABUSE] * 2 + [None]
    rows = session.scalars(select(Shield).order_by(Shield.id)).all()
    assert [(row.child_id, row.ground, row.who_asked, row.owner_id, row.set_at, row.review_on) for row in rows] == [
        (child.id, ShieldGround.DOMESTIC_ABUSE, WhoAsked.CHILD, world.max.account.id, clock.now(), REVIEW)
        for child in (family.amira, family.yusuf)
    ]
    assert set(session.scalars(select(SearchPlace.child_id))) == {family.hana.id}
    assert list(find.check(session)) == []
    assert audited(session, Act.SHIELD, Act.PREPARE_SHIELD) == [
        (Act.SHIELD, family.amira.subject_id, "domestic-abuse"),
        (Act.SHIELD, family.yusuf.subject_id, "domestic-abuse"),
        (Act.PREPARE_SHIELD, family.hana.subject_id, "considered"),
    ]  # fmt: skip


def test_the_page_writes_down_every_child_that_it_names(session: Session, world: World, family: Family) -> None:
    setting.show(session, actor_of(session, world.max), family.amira.uid)

    assert audited(session, Act.PREPARE_SHIELD) == [
        (Act.PREPARE_SHIELD, child.subject_id, None) for child in (family.amira, family.yusuf, family.hana)
    ]


def test_shielding_again_changes_nothing(session: Session, world: World, family: Family) -> None:
    max_ = actor_of(session, world.max)
    left = {family.yusuf: Considered.CHECKED, family.hana: Considered.CHECKED}
    setting.set_with_others(session, max_, family.amira.uid, wishing(left))

    again = setting.set_with_others(session, max_, family.amira.uid, wishing({family.yusuf: Considered.TOO}))

    assert (again, family.yusuf.shielded, len(session.scalars(select(Shield)).all())) == (0, False, 1)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(lambda family: {}, id="nobody"),
        pytest.param(lambda family: {family.yusuf: Considered.TOO}, id="one of two"),
        pytest.param(lambda family: {family.yusuf: Considered.TOO, family.hana: Considered.TOLD}, id="nobody to tell"),
    ],
)
def test_every_one_must_be_answered(
    session: Session, world: World, family: Family, answers: Callable[[Family], dict[Child, Considered]]
) -> None:
    with pytest.raises(OthersChanged):
        setting.set_with_others(session, actor_of(session, world.max), family.amira.uid, wishing(answers(family)))

    assert [child.shielded for child in family.all] == [False] * 3


def test_one_who_moved_in_meanwhile_asks_again(session: Session, world: World, family: Family) -> None:
    answers = {family.yusuf: Considered.TOO, family.hana: Considered.TOO}
    build_shields.child(session, world, "Zofia", phone=None, family_name="Nowak")

    with pytest.raises(OthersChanged):
        setting.set_with_others(session, actor_of(session, world.max), family.amira.uid, wishing(answers))


@pytest.fixture
def there(session: Session) -> Authority:
    return build_shields.elsewhere(session)[0]


def test_another_authoritys_child_is_told_of_and_not_shielded(
    session: Session, world: World, family: Family, there: Authority
) -> None:
    family.hana.authority_id = there.id
    session.flush()
    max_ = actor_of(session, world.max)
    hana = setting.asked(session, max_, family.amira.uid).others[1]
    assert hana.elsewhere == ("Eastvale Council", "+441614960131")

    too = {family.yusuf: Considered.CHECKED, family.hana: Considered.TOO}
    with pytest.raises(OthersChanged):
        setting.set_with_others(session, max_, family.amira.uid, wishing(too))
    told = {family.yusuf: Considered.CHECKED, family.hana: Considered.TOLD}
    setting.set_with_others(session, max_, family.amira.uid, wishing(told))

    assert (family.amira.shielded, family.hana.shielded) == (True, False)
    assert (Act.PREPARE_SHIELD, family.hana.subject_id, "told") in audited(session, Act.PREPARE_SHIELD)


def test_only_the_team_of_the_records_own_authority_shields(
    session: Session, world: World, family: Family, there: Authority
) -> None:
    eve = build.person(session, session.merge(world.council), "Eve Near", "eve.near")
    family.amira.authority_id = there.id
    session.flush()
    refused = []

    for person in (world.sam, world.una, world.rex, world.max, eve):
        with pytest.raises(audit.Refusal) as refusal:
            setting.set_with_others(session, actor_of(session, person), family.amira.uid, wishing({}))
        refused.append((refusal.value.reason, refusal.value.hidden))

    assert refused == [("role", False)] * 5
    with pytest.raises(audit.Refusal, match="none"):
        setting.set_with_others(session, actor_of(session, world.max), uuid4(), wishing({}))


@pytest.mark.parametrize("state", [RecordState.ARCHIVED, RecordState.MERGED, RecordState.SEALED])
def test_what_is_not_live_is_not_there(session: Session, world: World, family: Family, state: RecordState) -> None:
    family.amira.state = state
    session.flush()

    with pytest.raises(audit.Refusal) as refusal:
        setting.asked(session, actor_of(session, world.max), family.amira.uid)

    assert (refusal.value.reason, refusal.value.hidden) == ("none", True)
    assert PHONE not in str(refusal.value)
