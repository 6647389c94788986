"""A hold that a restore sets again says no longer who placed it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0025"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHO = ("first_id", "second_id")


def upgrade() -> None:
    with op.batch_alter_table("legal_hold") as table:
        for name in WHO:
            table.alter_column(name, existing_type=KEY, nullable=True)


def downgrade() -> None:
    """One that nobody is known to have placed goes with whoever asks for this."""
    op.execute("DELETE FROM legal_hold WHERE first_id IS NULL")
    with op.batch_alter_table("legal_hold") as table:
        for name in WHO:
            table.alter_column(name, existing_type=KEY, nullable=False)
