"""What a reviewer asks of the log has an address that says nothing; and the log is read by day."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "log_view",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_log_view_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_log_view"),
        sa.UniqueConstraint("uid", name="uq_log_view_uid"),
    )
    op.create_index("ix_log_view_account_id", "log_view", ["account_id"])
    op.create_index("ix_audit_event_at", "audit_event", ["at"])


def downgrade() -> None:
    op.drop_index("ix_audit_event_at", "audit_event")
    op.drop_index("ix_log_view_account_id", "log_view")
    op.drop_table("log_view")
