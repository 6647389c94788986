"""The demonstration: loaded whole, sealed, found, signed in to, and never mixed with anything else."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, String, cast, func, select
from sqlalchemy.orm import Session

from bench.census import children
from bench.population import generate
from cp import sealing
from cp.models import (
    Account,
    AuditEvent,
    Authority,
    Base,
    Involvement,
    Organisation,
    Practitioner,
    SourceVersion,
)  # fmt: skip
from cp.models.carer import Carer
from cp.models.child import Child, ChildLocation, OutsideNumber
from cp.rules import number
from cp.services import demo, find
from cp.services.audit_seals import leaves
from cp.terms import Act
from tests import build
from tests.scale import scaled
from tests.services.demonstrated import ASKED, DAY, silent

Load = Callable[[demo.Asked], None]
OPEN_TO_ALL = (Practitioner.name, Organisation.postcode, Organisation.head_name)


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
    assert leaves.verify(loaded).problems == []


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
