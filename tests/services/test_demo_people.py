"""The people and the schools of the demonstration: who may do what, who signs in, what each school waits for."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import sealing
from cp.models import (
    Account,
    Involvement,
    Onboarding,
    Organisation,
)  # fmt: skip
from cp.rules.access import Actor, decide
from cp.services import demo, factors, involved
from cp.services.signing_in import HASHER
from cp.terms import Act, OrganisationKind, Step
from tests import build
from tests.conftest import NOW
from tests.services.demonstrated import DAY
from tests.web import actor_of


def test_its_people_have_what_their_role_needs(loaded: Session, ring: sealing.KeyRing) -> None:
    accounts = loaded.scalars(select(Account).order_by(Account.id)).all()

    assert [account.email.partition("@")[0] for account in accounts] == [
        "sam.practitioner", "nia.nurse", "max.manager", "una.accounts", "rex.reviewer", "lou.lapsed",
        "amir.accounts", "ash.assistant", "ade.administrator", "may.manager", "ron.reviewer", "ola.override",
        "kit.clinic", "ivy.implementer", "gil.regional", "sue.supplier",
    ]  # fmt: skip
    assert all(HASHER.verify(account.password_hash or "", demo.password(ring)) for account in accounts)
    refused = {account.name: decide(_actor(loaded, account), Act.SEARCH, None, DAY).allowed for account in accounts}
    assert refused == {
        "Sam Okafor": True, "Nia Pritchard": True, "Max Adeyemi": True, "Una Kowalski": False, "Rex Hale": False,
        "Lou Marsh": False, "Amir Patel": False, "Ash Bello": True, "Ade Okoro": False,
        "May Lindholm": True, "Ron Castle": False, "Ola Nowicka": True, "Kit Maddox": True,
        "Ivy Hartley": False, "Gil Osei": False, "Sue Lambert": False,
    }  # fmt: skip


def test_one_of_them_alone_may_override_a_shield(loaded: Session) -> None:
    accounts = loaded.scalars(select(Account).order_by(Account.id)).all()

    assert [account.name for account in accounts if _actor(loaded, account).may_override] == ["Ola Nowicka"]


def _actor(session: Session, account: Account) -> Actor:
    return actor_of(session, build.Person(account, None, ""))


def test_sam_and_nia_have_children_to_confirm(loaded: Session) -> None:
    for email in ("sam.practitioner", "nia.nurse"):
        account = loaded.scalars(select(Account).where(Account.email == f"{email}@example.test")).one()

        mine = involved.mine(loaded, _actor(loaded, account))

        assert sorted(one.confirming for one in mine) == ["due", "due", *["not_yet"] * 6, "unanswered"]


def test_the_password_is_the_same_each_time_it_is_printed(ring: sealing.KeyRing) -> None:
    other = sealing.KeyRing([sealing.Key.new()])

    assert demo.password(ring) == demo.password(ring) != demo.password(other)
    assert [len(part) for part in demo.password(ring).split("-")] == [4, 4, 4, 4]


def test_a_code_is_accepted_now_even_twice_in_one_half_minute(loaded: Session, clock: time_machine.Traveller) -> None:
    email = "Sam.Practitioner@example.test"
    account = loaded.scalars(select(Account).where(Account.email == email.lower())).one()

    for _ in range(2):
        code, _ = demo.next_code(loaded, email)
        assert code is not None
        assert factors.code_of(loaded, account.id, code, NOW) == "authenticator"
    nothing, wait = demo.next_code(loaded, email)
    assert (nothing, 0 < wait <= 30) == (None, True)

    clock.move_to(NOW + timedelta(seconds=wait))
    code, _ = demo.next_code(loaded, email)
    assert factors.code_of(loaded, account.id, code or "", NOW + timedelta(seconds=wait)) == "authenticator"


def test_codes_are_printed_for_nobody_else(loaded: Session) -> None:
    account = loaded.scalars(select(Account).where(Account.email == "sam.practitioner@example.test")).one()
    account.demonstration = False
    loaded.flush()

    for email in ("sam.practitioner@example.test", "nobody@example.test", ""):
        with pytest.raises(LookupError):
            demo.next_code(loaded, email)


def test_a_practitioner_leads_at_most_where_nobody_else_does(loaded: Session) -> None:
    leads = loaded.execute(
        select(Involvement.child_id, func.count())
        .where(Involvement.lead, Involvement.ended_on.is_(None))
        .group_by(Involvement.child_id)
    ).all()

    assert {count for _, count in leads} == {1}


def test_at_every_step_some_of_its_schools_wait_and_those_of_its_people_are_live(loaded: Session) -> None:
    waiting = Counter(loaded.scalars(select(Onboarding.step)))
    independent = loaded.scalars(
        select(Organisation.name).where(Organisation.kind == OrganisationKind.INDEPENDENT_SCHOOL)
    )

    assert set(waiting) >= set(Step) - {Step.LIVE}
    assert len(independent.all()) >= 8
    for account in loaded.scalars(select(Account).where(Account.practitioner_id.is_not(None))):
        held = loaded.scalars(select(Organisation).where(Organisation.id == account.organisation_id)).one()
        assert held.accreditation_ends_on is not None
