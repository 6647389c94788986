"""Disputes: a fact that somebody says is wrong, who says so, whose word it is, and what was found."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("fact", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", KEY, nullable=True),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_dispute_child_id"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name="fk_dispute_decided_by_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name="fk_dispute_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
        sa.UniqueConstraint("uid", name="uq_dispute_uid"),
    )
    op.create_index("ix_dispute_child_id", "dispute", ["child_id"])
    op.create_table(
        "dispute_voice",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("dispute_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.String(length=40), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_dispute_voice_account_id"),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name="fk_dispute_voice_dispute_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute_voice"),
        sa.UniqueConstraint("dispute_id", "account_id", name="uq_dispute_voice_dispute_id_account_id"),
        sa.UniqueConstraint("uid", name="uq_dispute_voice_uid"),
    )
    op.create_index("ix_dispute_voice_account_id", "dispute_voice", ["account_id"])
    op.create_table(
        "disputed_word",
        sa.Column("dispute_id", KEY, nullable=False),
        sa.Column("record_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name="fk_disputed_word_dispute_id"),
        sa.ForeignKeyConstraint(["record_id"], ["source_record.id"], name="fk_disputed_word_record_id"),
        sa.PrimaryKeyConstraint("dispute_id", "record_id", name="pk_disputed_word"),
    )
    op.create_index("ix_disputed_word_record_id", "disputed_word", ["record_id"])


def downgrade() -> None:
    for table in ("disputed_word", "dispute_voice", "dispute"):
        op.drop_table(table)
