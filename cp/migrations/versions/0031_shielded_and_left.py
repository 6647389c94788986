"""Archived records that were shielded, by birth date: whether a child who is sent again is one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

LEFT = sa.text("archived_on IS NOT NULL AND shielded_at IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_child_left_shielded", "child", ["born_on"], sqlite_where=LEFT, postgresql_where=LEFT)


def downgrade() -> None:
    op.drop_index("ix_child_left_shielded", "child")
