"""Millions of records as far as a night's sweep passes them by: a child, and the day on which its record ends.

They stand beside those that the ordinary loader made, until there are as many as were asked for; and six years of the
archive beside them.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Column, Connection, Engine, MetaData, Table, func, insert, select, text
from sqlalchemy.orm import Session

from cp import engines
from cp.models.child import Child
from cp.rules.contents import ADULT_AT
from cp.rules.days import anniversary
from cp.rules.retention import YEARS_ARCHIVED, destroy_on
from cp.services.demo import rows
from cp.terms import RecordState

DAYS = 365
SPREAD = 7919
"""A prime: neighbours in the table end years apart, as children do."""
ENDS = ("id", "state", "born_on", "archive_on", "archived_on", "destroy_on")
FIRST = "F00000000000"
"""The number of the first of them; it ends on the first day on which any of them does."""
IDS = {
    "sqlite": ("printf('%032x', i)", "printf('F%011d', i)"),
    "postgresql": ("CAST(lpad(to_hex(i), 32, '0') AS UUID)", "'F' || lpad(CAST(i AS TEXT), 11, '0')"),
}
"""In the order of the rows, which is quickest to write."""
FILL = """
INSERT INTO child (uid, subject_id, number, authority_id, state, version, given_names, family_name, born_on, gender,
                   archive_on, archived_on, destroy_on)
WITH RECURSIVE each(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM each WHERE i < {count} - 1)
SELECT {uid}, {uid}, {number}, {authority}, state, 1, 'Amira', 'Siddiqui', born_on, 'female', archive_on, archived_on,
       destroy_on
FROM each JOIN bench_end ON bench_end.id = i * {spread} % {days}
"""


def fill(engine: Engine, children: int, first: date) -> None:
    """As many as are missing, none of whom is due before that day. For a second time: nothing."""
    owner = engines.make_engine(engine.url.render_as_string(hide_password=False), owner=True)
    with Session(owner) as session:
        there = session.scalar(select(func.count()).select_from(Child)) or 0
        done = session.scalar(select(Child.id).where(Child.number == FIRST))
    if there < children and not done:
        with owner.begin() as connection:
            _write(connection, children - there, first)
        if owner.dialect.name == "postgresql":
            with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE child")
    owner.dispose()


def _write(connection: Connection, children: int, first: date) -> None:
    child, name = rows.CHILD, connection.dialect.name
    ends = Table("bench_end", MetaData(), *(Column(of, child.c[of].type, primary_key=of == "id") for of in ENDS))
    for index in child.indexes:
        index.drop(connection)
    ends.create(connection)
    days = list(_days(first))
    connection.execute(insert(ends), [{"id": at} | day for at, day in enumerate(days)])
    if name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no look for the same authority
    uid, number = IDS[name]
    authority = connection.scalar(select(func.min(child.c.authority_id)))
    count = children * len(days) // (ADULT_AT * DAYS)
    given = {"uid": uid, "number": number, "authority": authority, "spread": SPREAD, "days": len(days)}
    connection.execute(text(FILL.format(count=count, **given)))
    for index in child.indexes:
        index.create(connection)
    ends.drop(connection)


def _days(first: date) -> Iterator[dict[str, object]]:
    """A live record for each day of eighteen years, then one in the archive for each of six."""
    for at in range(ADULT_AT * DAYS):
        born = anniversary(first, -ADULT_AT) + timedelta(days=at)
        yield {"state": RecordState.LIVE, "born_on": born, "archive_on": anniversary(born, ADULT_AT),
               "archived_on": None, "destroy_on": None}  # fmt: skip
    for at in range(YEARS_ARCHIVED * DAYS):
        born = anniversary(first, -ADULT_AT - YEARS_ARCHIVED) + timedelta(days=at)
        on = anniversary(born, ADULT_AT)
        yield {"state": RecordState.ARCHIVED, "born_on": born, "archive_on": on, "archived_on": on,
               "destroy_on": destroy_on(on, None)}  # fmt: skip
