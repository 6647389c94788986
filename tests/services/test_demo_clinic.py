"""The demonstration's sensitive service: declared, recorded by consent, seen by those who may."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cp import engines, sealing
from cp.models import Account, Involvement, Organisation
from cp.models.child import Child
from cp.services import demo
from cp.services.sensitive import reading
from cp.terms import SensitiveSubject
from tests.build import Person
from tests.build_sensitive import kept
from tests.services.demonstrated import silent
from tests.web import actor_of

DAY = date(2026, 11, 23)


@pytest.fixture
def owner(url: str, session: Session) -> Iterator[Engine]:
    made = engines.make_engine(url, owner=True)
    yield made
    made.dispose()


def loaded(owner: Engine, ring: sealing.KeyRing, session: Session) -> Session:
    demo.load(owner, ring, demo.Asked(300, 1, DAY), silent)
    return session


def test_kit_works_with_a_few_young_people_by_consent(owner: Engine, ring: sealing.KeyRing, session: Session) -> None:
    loaded(owner, ring, session)
    clinic = session.scalars(select(Organisation).where(Organisation.sensitive_subject.is_not(None))).one()
    account = session.scalars(select(Account).where(Account.email == "kit.clinic@example.test")).one()

    kit = actor_of(session, Person(account, None, ""))
    mine = reading.mine(session, kit)

    assert (clinic.name, clinic.sensitive_subject) == ("Vale Young People’s Clinic", SensitiveSubject.SEXUAL_HEALTH)
    assert kit.sensitive_service == str(clinic.uid)
    assert [(one.started_on, one.ends_on) for one in mine] == [
        (date(2025, 12, 8), date(2026, 12, 8)), (date(2026, 5, 7), date(2027, 5, 7)),
        (date(2026, 8, 25), date(2027, 8, 25)), (date(2026, 11, 11), date(2027, 11, 11)),
    ]  # fmt: skip
    ordinary = select(Involvement.id).where(Involvement.organisation_id == clinic.id)
    assert session.scalars(ordinary).all() == []


def test_the_same_number_and_seed_make_the_same_entries(owner: Engine, ring: sealing.KeyRing, session: Session) -> None:
    """Of the lowest numbers among the pupils of secondary schools."""
    loaded(owner, ring, session)

    numbers = {child.uid: child.number for child in session.scalars(select(Child))}
    found = [numbers[one.child] for one in kept(session) if one.child]

    assert found == sorted(found)
    assert len(found) == 4
