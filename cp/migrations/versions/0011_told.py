"""What practitioners tell: of children who are not there, counted by account; what has changed in a child's life."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    where = sa.text("form = 'told'")
    op.create_index(
        "ix_supply_file_told", "supply_file", ["account_id", "id"], sqlite_where=where, postgresql_where=where
    )
    op.create_table(
        "change",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("(answer IS NULL) = (decided_at IS NULL)", name="ck_change_decided_once"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_change_account_id"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_change_child_id"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name="fk_change_decided_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sa.UniqueConstraint("uid", name="uq_change_uid"),
    )
    op.create_index("ix_change_child_id", "change", ["child_id"], unique=False)
    undecided = sa.text("decided_at IS NULL")
    op.create_index("ix_change_waiting", "change", ["due_on"], sqlite_where=undecided, postgresql_where=undecided)


def downgrade() -> None:
    op.drop_table("change")
    op.drop_index("ix_supply_file_told", "supply_file")
