"""How many children are on the rolls of an authority's schools is counted by an index, and not by reading half of all
involvements."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ROLL = sa.text("practitioner_id IS NULL AND ended_on IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_involvement_roll", "involvement", ["organisation_id", "in_error"], sqlite_where=ROLL, postgresql_where=ROLL
    )


def downgrade() -> None:
    op.drop_index("ix_involvement_roll", "involvement")
