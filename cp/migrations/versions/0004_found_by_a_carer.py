"""Find a child by a carer: keyed hashes of the carers' names beside the rest of the search index.

The table begins empty, for only the application holds the key: `flask --app app find rebuild` fills it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "search_carer",
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("carer_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_search_carer_child_id"),
        sa.PrimaryKeyConstraint("child_id", "ordinal", name="pk_search_carer"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_carer_carer_key", "search_carer", ["carer_key"], unique=False)


def downgrade() -> None:
    op.drop_table("search_carer")
