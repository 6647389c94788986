"""Whom anybody calls: by part of a school's name, by its number, by the first half of a postcode, or of every area."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority
from cp.services.implementation import local_contact
from cp.services.implementation.local_contact import Contact, Found
from cp.terms import BodyKind, OrganisationKind, Role, SensitiveSubject
from tests import build
from tests.build import World

IVY = Contact("Northvale Council", "Ivy Hartley", "+441614960100")
TEAM = Contact("Southvale Council", None, "+441614960150")


@pytest.fixture
def there(session: Session, world: World) -> Authority:
    """Another authority, without an implementation manager."""
    made: Authority = build.add(session, Authority(name="Southvale Council", education_code="998",
                                                   team_phone="+441614960150", help_phone="+441614960151"))  # fmt: skip
    build.organisation(session, made, name="Ashgrove Prep", urn="900123", postcode="ZA7 1AA")
    world.school.postcode = "ZA1 5PH"
    return made


def find(session: Session, name: str = "", district: str | None = None) -> Found:
    return local_contact.find(session, name, district, "198.51.100.7")


@pytest.mark.parametrize(
    ("name", "district", "expected"),
    [
        ("hollin", None, Found((IVY,), known=True)),
        ("Ashgrove Prep", None, Found((TEAM,), known=True)),
        ("900 123", None, Found((TEAM,), known=True)),
        ("", "ZA7", Found((TEAM,), known=True)),
        ("no such school", "ZA1", Found((IVY,), known=True)),
        ("a", None, Found((IVY, TEAM), known=True)),
        ("no such school", None, Found((IVY, TEAM), known=False)),
        ("", "ZA", Found((IVY, TEAM), known=False)),
        ("%", None, Found((IVY, TEAM), known=False)),
    ],
)
def test_the_area_is_told_by_what_was_typed_and_else_every_area(
    session: Session, there: Authority, name: str, district: str | None, expected: Found
) -> None:
    assert find(session, name, district) == expected


def test_a_service_and_a_closed_school_tell_no_area(session: Session, world: World, there: Authority) -> None:
    build.organisation(session, there, OrganisationKind.HEALTH_SERVICE, name="Quiet Clinic",
                       body_kind=BodyKind.HEALTH, postcode="ZA8 1AA")  # fmt: skip
    build.organisation(session, there, OrganisationKind.GP_PRACTICE, name="Quiet Surgery", body_kind=BodyKind.HEALTH,
                       sensitive_subject=SensitiveSubject.MENTAL_HEALTH, postcode="ZA8 1AB")  # fmt: skip
    build.organisation(session, there, name="Quiet School", valid_to=clock.today(), postcode="ZA8 1AC")

    assert [find(session, "quiet").known, find(session, "", "ZA8").known] == [False, False]


def test_a_manager_who_is_suspended_or_not_yet_or_no_longer_one_is_not_named(session: Session, world: World) -> None:
    team = Contact("Northvale Council", None, "+441614960130")
    account = session.get_one(Account, world.ivy.account.id)

    account.active = False
    assert find(session, "hollin").contacts == (team,)
    account.active, account.opened_on = True, None
    assert find(session, "hollin").contacts == (team,)


def test_the_one_who_has_been_it_longest_is_named_with_a_number_of_their_own(session: Session, world: World) -> None:
    lia = build.person(session, world.council, "Lia Brook", "lia.implementer", Role.IMPLEMENTATION_MANAGER)
    assert find(session, "hollin").contacts == (IVY,)

    account = session.get_one(Account, world.ivy.account.id)
    account.practitioner_id = build.practitioner(session, world.council, "Ivy Hartley", phone="+441614960137").id
    session.flush()

    assert lia.account.id > account.id
    assert find(session, "hollin").contacts == (Contact("Northvale Council", "Ivy Hartley", "+441614960137"),)


def test_asking_is_counted_by_address_and_in_all(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(30):
        find(session, "hollin")

    assert local_contact.too_often(session, "198.51.100.7")
    assert not local_contact.too_often(session, "198.51.100.8")
    monkeypatch.setattr("cp.rules.local_contact.IN_ALL", 30)
    assert local_contact.too_often(session, "198.51.100.8")


def test_an_authority_of_before_is_no_area(session: Session, world: World, there: Authority) -> None:
    there.valid_to = clock.today()
    world.authority.valid_from = clock.today() - timedelta(days=1)
    session.flush()

    assert find(session, "nothing").contacts == (IVY,)
