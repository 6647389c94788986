"""Who found a record in the archive, and with whom they read it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PURPOSES = sa.Enum("section_47", "serious_case_review", "child_death", name="archivepurpose", native_enum=False,
                   length=40)  # fmt: skip
ASKED = sa.text("second_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "archive_reading",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("asked_by_id", KEY, nullable=False),
        sa.Column("second_id", KEY, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", PURPOSES, nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_archive_reading_child_id"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name="fk_archive_reading_asked_by_id"),
        sa.ForeignKeyConstraint(["second_id"], ["account.id"], name="fk_archive_reading_second_id"),
        sa.PrimaryKeyConstraint("id", name="pk_archive_reading"),
        sa.UniqueConstraint("uid", name="uq_archive_reading_uid"),
    )
    op.create_index("ix_archive_reading_child_id", "archive_reading", ["child_id"])
    op.create_index("ix_archive_reading_asked_by_id", "archive_reading", ["asked_by_id"])
    op.create_index(
        "ix_archive_reading_second_id", "archive_reading", ["second_id"], sqlite_where=ASKED, postgresql_where=ASKED
    )


def downgrade() -> None:
    op.drop_table("archive_reading")
