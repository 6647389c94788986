"""Which withdrawn words a record that nobody speaks for stands by: a file that is undone later leaves it so."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("source_version", sa.Column("stands", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("source_version", "stands")
