"""What an account needs, as its owner reads it, and who can put it right."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from cp.models import Account, RoleGrant
from cp.services import accounts, factors
from cp.services.accounts import Manager
from cp.terms import OrganisationKind, Role
from tests import build
from tests.build import World
from tests.web import actor_of

UNA = Manager("Una Kowalski", "+441614960110", "una.accounts@example.test")


def manager_of_sam(session: Session, world: World) -> Manager | None:
    return accounts.conditions(session, actor_of(session, world.sam)).manager


def test_each_condition_has_its_dates(session: Session, world: World) -> None:
    factors.make_codes(session, world.sam.account.id)

    found = accounts.conditions(session, actor_of(session, world.sam))

    assert (found.check_issued_on, found.check_ends_on) == (date(2025, 1, 10), date(2028, 1, 10))
    assert (found.trained_on, found.training_ends_on) == (date(2025, 4, 18), date(2027, 4, 18))
    assert (found.agreement_version, found.agreement_signed_on) == (1, date(2026, 4, 18))
    assert (found.accreditation_ends_on, found.printed_left) == (date(2027, 9, 1), 10)
    assert found.manager == UNA


def test_what_is_not_there_has_no_end(session: Session, world: World) -> None:
    session.execute(update(Account).values(check_issued_on=None, trained_on=None))

    found = accounts.conditions(session, actor_of(session, world.sam))

    assert (found.check_ends_on, found.training_ends_on) == (None, None)


def test_the_manager_of_ones_own_organisation_comes_first(session: Session, world: World) -> None:
    build.person(session, world.school, "Ann Close", "ann.close", Role.ACCOUNT_MANAGER)

    found = manager_of_sam(session, world)

    assert found is not None
    assert found.name == "Ann Close"


@pytest.mark.parametrize(
    "grant", [{"ends_on": date(2026, 11, 23)}, {"starts_on": date(2026, 11, 24)}], ids=["over", "not yet"]
)
def test_a_manager_whose_time_is_over_or_not_yet_come_is_none(
    session: Session, world: World, grant: dict[str, date]
) -> None:
    session.execute(update(RoleGrant).where(RoleGrant.role == Role.ACCOUNT_MANAGER).values(**grant))

    assert manager_of_sam(session, world) is None


def test_a_closed_account_and_another_authority_manage_nobody_here(session: Session, world: World) -> None:
    session.execute(update(Account).where(Account.name.in_(["Una Kowalski", "Amir Patel"])).values(active=False))
    far = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                       help_phone="+441614960101"))  # fmt: skip
    council = build.organisation(session, far, OrganisationKind.COUNCIL_SERVICE, name="Eastvale Council")
    build.person(session, council, "Far Away", "far.away", Role.ACCOUNT_MANAGER)

    assert manager_of_sam(session, world) is None
