"""Links by which schools answer by themselves, and what they answered."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "school_link",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name="fk_school_link_made_by_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_school_link_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_school_link"),
        sa.UniqueConstraint("token_hash", name="uq_school_link_token_hash"),
        sa.UniqueConstraint("uid", name="uq_school_link_uid"),
    )
    op.create_index("ix_school_link_organisation_id", "school_link", ["organisation_id"])
    op.create_table(
        "school_answer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_school_answer_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_school_answer"),
        sa.UniqueConstraint("organisation_id", "question", name="uq_school_answer_organisation_id_question"),
    )


def downgrade() -> None:
    op.drop_table("school_answer")
    op.drop_table("school_link")
