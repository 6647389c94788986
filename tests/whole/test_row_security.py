"""The database gives out no location and no sensitive entry to a transaction that has not said who reads, and the
site's login finds no way round that. On SQLite the authorizer stands guard, and nothing asks who reads."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine, delete, insert, make_url, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from cp import engines
from cp.models.child import Child, ChildLocation
from cp.models.sensitive import SensitiveInvolvement
from cp.services import children, find, reading
from cp.terms import AddressState, Reason
from tests import build
from tests.build import World
from tests.conftest import ENGINE
from tests.services.directory import executed
from tests.web import actor_of
from tests.whole.round_it import ROUND_IT
from tests.whole.tables import owning

SITE = "cp_test_site"
GUARDED = ENGINE == "postgresql"


@pytest.fixture
def site(engine: Engine, url: str) -> Iterator[Engine]:
    """The site as an operator is told to run it: on PostgreSQL under a login that has the one role and nothing else."""
    if not GUARDED:
        yield engine
        return
    with owning(url) as owner:
        owner.exec_driver_sql(
            f"DO $$ BEGIN CREATE ROLE {SITE} LOGIN IN ROLE {engines.APP_ROLE}; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
    made = engines.make_engine(make_url(url).set(username=SITE).render_as_string(hide_password=False))
    yield made
    made.dispose()


@pytest.fixture
def homes(session: Session, world: World) -> dict[str, int]:
    """Children with an address each, two of them shielded: their ids."""
    made = {name: build.child(session, world, shielded=name != "open") for name in ("open", "hidden", "other")}
    for child in made.values():
        build.address(session, child)
    session.commit()
    return {name: child.id for name, child in made.items()}


def located(connection: Session, homes: dict[str, int]) -> set[str]:
    """Whose location can be read."""
    found = set(connection.scalars(select(ChildLocation.child_id)))
    return {name for name, child_id in homes.items() if child_id in found}


@pytest.mark.parametrize("statement", ROUND_IT[ENGINE])
@pytest.mark.asvs("13.2.2")
def test_the_site_finds_no_way_round(site: Engine, homes: dict[str, int], statement: str) -> None:
    connection = site.raw_connection()

    with pytest.raises((sqlite3.Error, psycopg.Error)):
        connection.cursor().execute(statement)

    connection.close()


def test_the_role_of_the_site_has_no_right_of_its_own(site: Engine) -> None:
    """What an administrator might have given it beforehand, and the guard upon both tables."""
    role = text("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = :role")
    guarded = "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r' ORDER BY relname"

    with site.connect() as connection:
        if not GUARDED:
            assert connection.dialect.name == "sqlite"
            return
        assert connection.execute(role, {"role": engines.APP_ROLE}).one() == (False,) * 4
        assert connection.exec_driver_sql(guarded).scalars().all() == ["child_location", "sensitive_involvement"]


EVERYBODY = {"open", "hidden", "other"}


@pytest.mark.parametrize(
    ("reader", "opened", "found"),
    [
        (None, (), set()),
        ("", (), set()),
        ("", ("hidden",), set()),
        ("somebody", (), {"open"}),
        ("somebody", ("other",), {"open", "other"}),
        ("somebody", ("open",), {"open"}),
        ("somebody", ("hidden", "other"), EVERYBODY),
    ],
)
def test_a_location_opens_to_whoever_said_who_reads_and_a_shielded_one_when_it_was_named(
    site: Engine, homes: dict[str, int], reader: str | None, opened: Iterable[str], found: set[str]
) -> None:
    with Session(site) as session:
        if reader is not None:
            reading.by(session, reader, [homes[name] for name in opened])

        assert located(session, homes) == (found if GUARDED else EVERYBODY)


def test_what_was_said_ends_with_the_transaction_and_with_the_next_word(site: Engine, homes: dict[str, int]) -> None:
    with site.connect() as connection, Session(connection) as session:
        reading.by(session, "somebody", homes.values())
        first = located(session, homes)
        reading.by(session, "somebody")
        second = located(session, homes)
        session.commit()
        third = located(session, homes)

    assert (first, second, third) == ((EVERYBODY, {"open"}, set()) if GUARDED else (EVERYBODY,) * 3)


def test_somebody_reads_is_said_once_a_transaction_and_again_where_a_savepoint_took_it_back(
    site: Engine, homes: dict[str, int]
) -> None:
    said, unsaid = ({"open"}, set()) if GUARDED else (EVERYBODY,) * 2
    with Session(site) as session:
        savepoint = session.begin_nested()
        reading.unshielded(session)
        within = located(session, homes)
        savepoint.rollback()
        taken_back = located(session, homes)
        reading.unshielded(session)
        again, further = located(session, homes), executed(session, lambda: reading.unshielded(session))
        session.rollback()
        over = located(session, homes)
        reading.unshielded(session)

        assert (within, taken_back, again, further, over) == (said, unsaid, said, [], unsaid)
        assert located(session, homes) == said


def test_whoever_reads_for_the_index_loses_nothing_that_was_said(site: Engine, homes: dict[str, int]) -> None:
    with Session(site) as session:
        reading.by(session, "somebody", [homes["hidden"]])
        find.reindex(session, homes["hidden"])

        assert located(session, homes) == ({"open", "hidden"} if GUARDED else EVERYBODY)


@pytest.mark.parametrize(("who", "streets", "readable"), [("max", 1, {"open", "hidden"}), ("sam", 0, set())])
def test_the_loader_names_the_child_whose_location_was_allowed_and_no_other(
    site: Engine, session: Session, world: World, homes: dict[str, int], who: str, streets: int, readable: set[str]
) -> None:
    uid = session.get_one(Child, homes["hidden"]).uid
    session.rollback()

    with Session(site) as opening:
        actor = actor_of(opening, getattr(world, who))
        children.give_reason(opening, actor, uid, Reason.WORKING_WITH)
        record = children.open_record(opening, actor, uid)

        assert len(record.addresses) == streets
        assert located(opening, homes) == (readable if GUARDED else EVERYBODY)


WRITES: dict[str, Callable[[int], Any]] = {
    "insert": lambda child_id: insert(ChildLocation).values(
        uid=uuid4(), child_id=child_id, state=AddressState.NONE_KNOWN
    ),
    "update": lambda child_id: update(ChildLocation).where(ChildLocation.child_id == child_id).values(from_on=None),
    "delete": lambda child_id: delete(ChildLocation).where(ChildLocation.child_id == child_id),
}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("reader", ["", "somebody"])
def test_a_shielded_childs_location_is_not_written_by_whoever_did_not_name_the_child(
    site: Engine, homes: dict[str, int], write: str, reader: str
) -> None:
    changed = -1
    with Session(site) as session:
        reading.by(session, reader, [homes["other"]])
        try:
            changed = session.connection().execute(WRITES[write](homes["hidden"])).rowcount
        except DBAPIError:
            changed = 0

    assert changed == (0 if GUARDED else 1)


@pytest.mark.parametrize(("reader", "sensitive"), [("", False), ("", True), ("somebody", False), ("somebody", True)])
def test_what_sensitive_services_recorded_opens_only_where_it_was_asked_for(
    site: Engine, session: Session, reader: str, sensitive: bool
) -> None:
    build.add(session, SensitiveInvolvement(child_key=1, service_key=2, practitioner_key=3, entry={}))
    session.commit()

    with Session(site) as other:
        reading.by(other, reader, sensitive=sensitive)
        found = other.scalars(select(SensitiveInvolvement.service_key)).all()

    assert found == ([2] if not GUARDED or (reader and sensitive) else [])


def test_the_owner_copies_everything_and_puts_the_guard_up_again(url: str, homes: dict[str, int]) -> None:
    owner = engines.make_engine(url, owner=True)

    engines.protect(owner)
    engines.protect(owner)

    with Session(owner) as session:
        assert located(session, homes) == EVERYBODY
    owner.dispose()
