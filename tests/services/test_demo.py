"""The demonstration: loaded whole, sealed, found, signed in to, and never mixed with anything else."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, String, cast, func, select
from sqlalchemy.orm import Session

from bench.census import children
from bench.population import generate
from cp import engines, sealing
from cp.models import (
    Account,
    AuditEvent,
    Authority,
    Base,
    Involvement,
    Onboarding,
    Organisation,
    Practitioner,
    SourceVersion,
)  # fmt: skip
from cp.models.carer import Carer
from cp.models.child import Child, ChildLocation, OutsideNumber
from cp.rules import number
from cp.rules.access import Actor, decide
from cp.services import audit, demo, factors, find, involved
from cp.services.signing_in import HASHER
from cp.terms import Act, OrganisationKind, Step
from tests import build
from tests.conftest import NOW
from tests.scale import scaled
from tests.web import actor_of

DAY = date(2026, 11, 23)
ASKED = demo.Asked(300, 1, DAY)
Load = Callable[[demo.Asked], None]
OPEN_TO_ALL = (Practitioner.name, Organisation.postcode, Organisation.head_name)


def silent(_: int) -> None:
    return


@pytest.fixture
def owner(url: str, clock: time_machine.Traveller) -> Iterator[Engine]:
    made = engines.make_engine(url, owner=True)
    yield made
    made.dispose()


@pytest.fixture
def loaded(owner: Engine, ring: sealing.KeyRing, session: Session) -> Session:
    demo.load(owner, ring, ASKED, silent)
    return session


def test_every_child_of_the_population_has_a_record(loaded: Session) -> None:
    wanted = {
        number.make(f"{child.serial:09d}"): (child.given_names, child.family_name, child.born_on, child.gender)
        for child in children(generate(ASKED.children, ASKED.seed, ASKED.day))
    }

    found = loaded.execute(select(Child.number, Child.given_names, Child.family_name, Child.born_on, Child.gender))

    assert {key: tuple(facts) for key, *facts in found} == wanted


def test_a_record_has_what_the_population_says(loaded: Session) -> None:
    wanted = list(children(generate(ASKED.children, ASKED.seed, ASKED.day)))
    locations = {row.child_id: row for row in loaded.scalars(select(ChildLocation).order_by(ChildLocation.id.desc()))}
    shielded = set(loaded.scalars(select(Child.id).where(Child.shielded_at.is_not(None))))
    others = select(Involvement.child_id).where(
        Involvement.practitioner_id.is_(None)
        | Involvement.practitioner_id.not_in(
            select(Account.practitioner_id).where(Account.practitioner_id.is_not(None))
        )
    )
    involvements = Counter(loaded.scalars(others))

    assert {child.key for child in wanted if child.shield_ground} == shielded
    assert involvements == {child.key: len(child.involvements) for child in wanted if child.involvements}
    for child in wanted:
        first = child.locations[0]
        kept = locations[child.key]
        assert (kept.state, kept.from_on, kept.until_on, kept.leave_kind) == (first.state, *first[2:])
        lines = None if first.address is None else [*first.address.lines, first.address.postcode]
        assert lines == (kept.address and [*kept.address["lines"], kept.address["postcode"]])


def test_each_fact_names_its_source(loaded: Session) -> None:
    versions = {row.id: row for row in loaded.scalars(select(SourceVersion))}

    for child in loaded.scalars(select(Child)):
        assert versions[child.name_source_id or 0].family_name == child.family_name
        assert versions[child.born_source_id or 0].born_on == child.born_on
    facts = [row.facts for row in versions.values()]
    assert {part for one in facts for part in one} == {"names", "addresses", "carers", "numbers", "stay"}
    assert sum(len(one["carers"]) for one in facts) == loaded.scalar(select(func.count()).select_from(Carer))


def test_everything_can_be_found_and_nothing_hidden(loaded: Session) -> None:
    assert list(find.check(loaded)) == []

    for one in demo.children(loaded, 20):
        asked = find.Criteria(
            given_name=one.given_name, family_name=one.family_name, born=date.fromisoformat(one.date_of_birth)
        )
        results = find.search(loaded, asked, DAY)
        kept = loaded.scalars(select(Child.id).where(Child.number == one.number)).one()
        assert kept in [match.child_id for match in results.matches]


def test_nothing_that_must_be_sealed_stands_in_the_clear(loaded: Session) -> None:
    secret = set[str]()
    for child in children(generate(ASKED.children, ASKED.seed, ASKED.day)):
        secret.update(text for one in child.locations if (at := one.address) for text in (at.postcode, at.lines[0]))
        secret.update(carer.name for carer in child.carers)
        secret.update(value for _, value in child.numbers)
    open_to_all = {text for column in OPEN_TO_ALL for text in loaded.scalars(select(column))}

    kept = {
        text
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String)
        for text in loaded.scalars(select(cast(column, String)).where(column.is_not(None)))
    }

    assert kept & (secret - open_to_all - {"", "Northvale Council"}) == set()
    assert loaded.scalars(select(OutsideNumber)).first() is not None


def test_the_load_is_in_the_audit_once_and_the_audit_is_whole(loaded: Session) -> None:
    entries = loaded.execute(select(AuditEvent.act, AuditEvent.results, AuditEvent.reason)).all()

    assert [tuple(entry) for entry in entries] == [(Act.LOAD_DEMONSTRATION, 300, "seed 1")]
    assert audit.verify(loaded).problems == []


def test_a_load_that_was_broken_off_goes_on(owner: Engine, ring: sealing.KeyRing, session: Session) -> None:
    asked = demo.Asked(scaled(250, 60_000), 3, DAY)

    def pull_the_plug(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.load(owner, ring, asked, pull_the_plug)
    assert demo.found(session) == ("begun", asked)
    assert session.scalar(select(func.count()).select_from(Child)) == 0
    session.rollback()

    demo.load(owner, ring, asked, silent)

    assert demo.found(session) == ("complete", asked)
    assert session.scalar(select(func.count()).select_from(Child)) == asked.children
    assert session.scalar(select(func.count()).select_from(Account)) == len(demo.PEOPLE)
    assert list(find.check(session)) == []


def test_a_directory_with_other_data_is_told_apart(session: Session, world: build.World) -> None:
    assert demo.found(session) == ("other", None)
    with pytest.raises(LookupError):
        demo.children(session, 5)


def test_new_rows_follow_the_loaded_ones(loaded: Session) -> None:
    authority = loaded.scalars(select(Authority)).first()
    assert authority is not None
    made = Child(
        number=number.make("999999999"), authority_id=authority.id, given_names="Amira", family_name="Siddiqui",
        born_on=date(2016, 3, 14), gender="female",
    )  # fmt: skip
    loaded.add(made)
    loaded.flush()

    assert made.id == ASKED.children + 1


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
