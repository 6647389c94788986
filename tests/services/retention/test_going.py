"""Whose records end next month is read by the days that are kept, not through all of an authority's records."""

from sqlalchemy import select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from cp import clock
from cp.services.retention import going
from tests.build import World


def test_it_is_found_by_the_index_of_the_days(session: Session, world: World) -> None:
    asked = going.soon(world.authority.id, clock.today()).subquery("soon")
    statement = str(select(asked.c.id).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))
    plan = "EXPLAIN " if session.get_bind().dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "

    found = "\n".join(str(row) for row in session.execute(text(plan + statement)))

    assert [name in found for name in ("ix_child_archive_on", "ix_child_destroy_on", "ix_child_authority_id")] == [
        True, True, False,
    ]  # fmt: skip
