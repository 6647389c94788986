"""What points at a row that may be taken away is found by an index: it was looked for through whole tables.

A key of a name no longer refers to the dictionary: to ask for that reference would need an index as large as the keys.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

POINTING = {
    "child": "merged_into_id", "supply_row": "record_id", "child_carer": "source_id", "child_location": "source_id",
    "child_name": "source_id", "involvement": "source_id", "outside_number": "source_id",
}  # fmt: skip


def upgrade() -> None:
    for table, column in POINTING.items():
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=known, postgresql_where=known)
    _name_key(refers=False)


def downgrade() -> None:
    _name_key(refers=True)
    for table, column in POINTING.items():
        op.drop_index(f"ix_{table}_{column}", table)


def _name_key(*, refers: bool) -> None:
    """SQLite changes no reference of a table that is there: it is written anew."""
    if op.get_bind().dialect.name != "sqlite":
        if refers:
            op.create_foreign_key("fk_name_key_name_id", "name_key", "name", ["name_id"], ["id"])
        else:
            op.drop_constraint("fk_name_key_name_id", "name_key", type_="foreignkey")
        return
    op.rename_table("name_key", "name_key_held")
    reference = [sa.ForeignKeyConstraint(["name_id"], ["name.id"], name="fk_name_key_name_id")] if refers else []
    op.create_table(
        "name_key",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name_id", sa.Integer(), nullable=False),
        *reference,
        sa.PrimaryKeyConstraint("key", "name_id", name="pk_name_key"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO name_key SELECT key, name_id FROM name_key_held")
    op.drop_table("name_key_held")
