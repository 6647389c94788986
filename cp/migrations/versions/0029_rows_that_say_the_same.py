"""By what a row that says the same again is known unopened, and what undoing puts back of it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
READY = sa.text("state = 'ready'")
KNOWN = sa.text("says_key IS NOT NULL")


def upgrade() -> None:
    op.add_column("supply_row", sa.Column("says_key", KEY, nullable=True))
    op.add_column("supply_row", sa.Column("before_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_supply_row_ready", "supply_row", ["file_id", "number"], sqlite_where=READY, postgresql_where=READY
    )
    op.add_column("source_version", sa.Column("says_key", KEY, nullable=True))
    op.create_index(
        "ix_source_version_says_key", "source_version", ["says_key"], sqlite_where=KNOWN, postgresql_where=KNOWN
    )


def downgrade() -> None:
    op.drop_index("ix_source_version_says_key", "source_version")
    op.drop_index("ix_supply_row_ready", "supply_row")
    op.drop_column("source_version", "says_key")
    op.drop_column("supply_row", "before_on")
    op.drop_column("supply_row", "says_key")
