"""What practitioners tell: how many children somebody has told of is counted by account, among all the files."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0006"


def upgrade() -> None:
    where = sa.text("form = 'told'")
    op.create_index(
        "ix_supply_file_told", "supply_file", ["account_id", "id"], sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    op.drop_index("ix_supply_file_told", "supply_file")
