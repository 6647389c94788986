"""The audit can be checked by outsiders: each entry gets its place in a tree, and what is signed of the tree is kept.

Both tables are only added to, as the audit is. Entries of before are sealed by the worker once it runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KNOWN = sa.text("transaction_id IS NOT NULL")
TABLES = {"audit_leaf": "position", "audit_note": "id"}


def upgrade() -> None:
    op.create_table(
        "audit_leaf",
        sa.Column("position", KEY, nullable=False, autoincrement=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_audit_leaf"),
        sa.UniqueConstraint("entry_id", name="uq_audit_leaf_entry_id"),
    )
    op.create_table(
        "audit_note",
        sa.Column("id", KEY, nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("roots", sa.LargeBinary(), nullable=True),
        sa.Column("upto", sa.BigInteger(), nullable=True),
        sa.Column("server", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit_note"),
    )
    op.create_index("ix_audit_note_kind_size", "audit_note", ["kind", "size"])
    op.create_index(
        "ix_audit_event_transaction_id", "audit_event", ["transaction_id"], sqlite_where=KNOWN, postgresql_where=KNOWN
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, key in TABLES.items():
        for statement in _on_sqlite(table, key) if sqlite else _on_postgresql(table):
            op.execute(statement)


def _on_sqlite(table: str, key: str) -> list[str]:
    refused = "BEGIN SELECT RAISE(ABORT, 'audit entries are only added'); END"
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 (names of this file)
    return [
        f"CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE ON {table} {refused}",
        f"CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table} {refused}",
        f"CREATE TRIGGER {table}_is_never_replaced BEFORE INSERT ON {table} WHEN {there} {refused}",
    ]


def _on_postgresql(table: str) -> list[str]:
    refused = "EXECUTE FUNCTION audit_event_only_added()"
    return [
        f"CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refused}",
        f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refused}",
    ]


def downgrade() -> None:
    op.drop_index("ix_audit_event_transaction_id", "audit_event")
    op.drop_table("audit_note")
    op.drop_table("audit_leaf")
