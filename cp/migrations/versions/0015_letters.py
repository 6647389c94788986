"""Which organisation was written to, when, by whom; nothing of what a letter said."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "letter_run",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("authority_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", KEY, nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_letter_run_authority_id"),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name="fk_letter_run_made_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_run"),
        sa.UniqueConstraint("uid", name="uq_letter_run_uid"),
    )
    op.create_index("ix_letter_run_authority_id_made_at", "letter_run", ["authority_id", "made_at"])
    op.create_table(
        "letter",
        sa.Column("id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("need", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["letter_run.id"], name="fk_letter_run_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_letter_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
    )
    op.create_index("ix_letter_run_id", "letter", ["run_id"])
    op.create_index("ix_letter_organisation_id", "letter", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("letter")
    op.drop_table("letter_run")
