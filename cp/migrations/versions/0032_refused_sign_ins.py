"""How many were refused at signing in, so that a flood of them is not an entry each."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "refused_sign_in",
        sa.Column("id", KEY, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_refused_sign_in"),
        sa.UniqueConstraint("since", "reason", name="uq_refused_sign_in_since_reason"),
    )


def downgrade() -> None:
    op.drop_table("refused_sign_in")
