"""What only the owner of a database can do to it: the bad luck and the bad intent that tests bring about."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alembic import command
from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from cp import database, engines
from cp.models.child import Child, ChildLocation
from tests import build

APPENDED = "audit_event", "audit_leaf", "audit_note"
AUDIT_TRIGGERS = {
    "sqlite": ("is_never_changed", "is_never_deleted", "is_never_replaced", "is_kept"),
    "postgresql": ("is_never_changed", "is_never_emptied", "is_kept"),
}


@contextmanager
def owning(url: str) -> Iterator[Connection]:
    """The owner's connection: it may change tables, and what it did is committed at the end."""
    engine = engines.make_engine(url, owner=True)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def brought_up(
    url: str, session: Session, revision: str, before: Callable[[Connection], None] = lambda _: None
) -> None:
    """The directory as it was at this revision, with what `before` puts into it there, is brought up to date."""
    session.commit()
    session.close()
    owner = engines.make_engine(url, owner=True)
    with owner.connect() as connection:
        command.downgrade(database.alembic(connection), revision)
        before(connection)
        connection.commit()
    database.upgrade(owner)
    engines.protect(owner)
    owner.dispose()


def breaking_the_audit(url: str) -> None:
    """From now on no entry can be added."""
    with owning(url) as owner:
        if owner.dialect.name == "sqlite":
            owner.exec_driver_sql(
                "CREATE TRIGGER broken BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'broken'); END"
            )
            return
        owner.exec_driver_sql(
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$"
        )
        owner.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION broken()"
        )


def mending_the_audit(url: str) -> None:
    with owning(url) as owner:
        owner.exec_driver_sql("DROP TRIGGER broken" + (" ON audit_event" if owner.dialect.name == "postgresql" else ""))


def without_its_triggers(owner: Connection) -> None:
    """The audit as somebody finds it who has the database in hand."""
    for table in APPENDED:
        place = f" ON {table}" if owner.dialect.name == "postgresql" else ""
        for name in AUDIT_TRIGGERS[owner.dialect.name]:
            owner.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_{name}{place}")


def swapping_two_addresses(url: str, session: Session, world: build.World, child: Child) -> None:
    """Another child's sealed address in the place of this one's."""
    other = build.address(session, build.child(session, world), street="2 Other Street")
    session.commit()
    with owning(url) as owner:
        sealed = owner.scalar(select(ChildLocation.address_sealed).where(ChildLocation.id == other.id))
        owner.execute(update(ChildLocation).where(ChildLocation.child_id == child.id).values(address_sealed=sealed))
