"""Whatever points at a row that may be taken away is found by an index: else each such row costs a whole table."""

from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint

from cp.models import Base

GOES = {
    "carer", "child", "child_carer", "child_location", "child_name", "draft", "factor", "involvement", "job", "match",
    "merge", "old_identity", "opening", "outside_number", "search", "session", "source_record", "source_version",
    "supply_row", "told_apart",
}  # fmt: skip
"""Tables whose rows the application takes away. Of the dictionary of names: cp/models/index.py."""


def found_by(table: Table) -> set[str]:
    """The columns by which an index finds rows."""
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)]
    return {next(iter(one.columns)).name for one in (*table.indexes, *unique) if len(one.columns)}


def test_what_points_at_a_row_that_may_go_is_found_by_an_index() -> None:
    pointing = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables for column in table.columns
        if any(key.column.table.name in GOES for key in column.foreign_keys) and column.name not in found_by(table)
    }  # fmt: skip

    assert {table.name for table in Base.metadata.sorted_tables} >= GOES
    assert pointing == set()
