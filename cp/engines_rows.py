"""On PostgreSQL the database itself keeps two tables shut: where children are, and what sensitive services recorded.

A transaction of the application's role sees none of their rows, and may write none, until it has said who reads
(`cp/services/reading.py`). A shielded child's location opens only to one that has named that child. After a commit a
setting that held for a transaction reads '', not NULL: both count as not said.

The owner is not held to this: a backup, a migration and a bulk load need every row. The search index carries none of
it: what a shield hides is not in there.
"""

from sqlalchemy import Connection

READER, OPENED, SENSITIVE = "cp.reader", "cp.opened", "cp.sensitive"


def _said(setting: str) -> str:
    return f"nullif(current_setting('{setting}', true), '')"


_NOT_SHIELDED = (
    "coalesce((SELECT child.shielded_at IS NULL FROM child WHERE child.id = child_location.child_id), false)"
)
"""One look at one child, by its key: never a plan that reads all the shielded ones first."""
_NAMED = f"coalesce(child_location.child_id = ANY (string_to_array({_said(OPENED)}, ',')::bigint[]), false)"
POLICIES = {
    "child_location": f"{_said(READER)} IS NOT NULL AND ({_NOT_SHIELDED} OR {_NAMED})",
    "sensitive_involvement": f"{_said(READER)} IS NOT NULL AND coalesce({_said(SENSITIVE)} = 'on', false)",
}


def guard(owner: Connection) -> None:
    """Put the policies in place afresh; safe to repeat, and seen by others whole or not at all."""
    for table, rule in POLICIES.items():
        owner.exec_driver_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        owner.exec_driver_sql(f"DROP POLICY IF EXISTS {table}_is_read_by_somebody ON {table}")
        owner.exec_driver_sql(
            f"CREATE POLICY {table}_is_read_by_somebody ON {table} USING ({rule}) WITH CHECK ({rule})"
        )
