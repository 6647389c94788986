"""A directory of before: every school that it had waits for its first contact once it is brought up to date."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Onboarding
from cp.services.implementation import steps
from cp.terms import Need, Step, WhoActs
from tests.build import World
from tests.build_schools import ago
from tests.whole.tables import brought_up


def test_whoever_had_no_row_has_one_afterwards_and_the_others_keep_theirs(
    url: str, session: Session, world: World
) -> None:
    steps.keep(session, world.school, contacted_on=ago(3), duty_explained_on=ago(3))
    without = world.health.id, world.practice.id

    brought_up(url, session, "0012")

    rows = session.scalars(select(Onboarding).order_by(Onboarding.organisation_id)).all()
    assert [(row.organisation_id, row.step, row.need, row.who) for row in rows] == [
        (world.school.id, Step.ANSWERS, Need.ANSWER, WhoActs.SCHOOL),
        *((key, Step.FIRST_CONTACT, Need.CONTACT, WhoActs.YOU) for key in without),
    ]
