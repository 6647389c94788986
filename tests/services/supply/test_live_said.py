"""What keeps an organisation from supplying live is said in a sentence, with who acts."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cp.services.supply import live
from cp.terms import Lack
from tests.build import World
from tests.build_live import SINCE, opened, without


def takes_data_from(session: Session, world: World, day: date | None) -> None:
    """And has no day for anything that comes after."""
    authority = world.authority
    authority.data_from, authority.shields_from, authority.access_from, authority.opened_on = day, None, None, None
    session.flush()


@pytest.mark.parametrize(
    ("facts", "data_from", "expected"),
    [
        ({}, None, "Northvale Council takes in no data yet. It says from which day it does."),
        ({}, date(2026, 12, 1),
         "Northvale Council takes in data from 1 December 2026. Nobody has to do anything for that."),
        ({"means_agreed_on": None}, SINCE,
         "How you send is not agreed yet. Northvale Council’s implementation manager agrees it with you."),
        ({"agreement_signed_on": None}, SINCE,
         "The agreement is not signed. Whoever signs for you signs it with Northvale Council."),
        ({"agreement_ends_on": date(2026, 11, 23)}, SINCE,
         "The agreement ended on 23 November 2026. Whoever signs for you signs a new one with Northvale Council."),
    ],
)  # fmt: skip
def test_a_sentence_says_what_is_missing_and_who_acts(
    session: Session, world: World, facts: dict[str, Any], data_from: date | None, expected: str
) -> None:
    without(session, world.school, **facts)
    takes_data_from(session, world, data_from)

    found = live.missing(session, world.school.id)

    assert found is not None
    assert found.sentences == (expected,)


def test_a_service_of_the_authority_itself_signs_with_nobody(session: Session, world: World) -> None:
    takes_data_from(session, world, None)
    before = live.missing(session, world.council.id)
    opened(session, world.council)

    assert before is not None
    assert (before.lacks, live.missing(session, world.council.id)) == ((Lack.OPENING,), None)
