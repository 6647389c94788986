"""Supply: files that organisations send, their rows, pairs that a person decides, children told apart.

A version of a source says which file it came from, and when the source last said the same again.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APART = "uq_told_apart_organisation_id_row_key_child_id"


def where(text: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(text), "postgresql_where": sa.text(text)}


def upgrade() -> None:
    op.create_table(
        "supplier",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("join_at", sa.Double(), nullable=True),
        sa.Column("maybe_at", sa.Double(), nullable=True),
        sa.Column("columns_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_supplier_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier"),
        sa.UniqueConstraint("organisation_id", name="uq_supplier_organisation_id"),
        sa.UniqueConstraint("uid", name="uq_supplier_uid"),
    )
    op.create_table(
        "supply_file",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", KEY, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_supply_file_account_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_supply_file_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_supply_file"),
        sa.UniqueConstraint("uid", name="uq_supply_file_uid"),
    )
    op.create_index(
        "ix_supply_file_organisation_id_received_at", "supply_file", ["organisation_id", "received_at"], unique=False
    )
    working = where("state IN ('sending', 'undoing')")
    op.create_index("ix_supply_file_working", "supply_file", ["organisation_id", "id"], **working)
    op.create_table(
        "told_apart",
        sa.Column("id", KEY, nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("other_id", KEY, nullable=True),
        sa.Column("organisation_id", KEY, nullable=True),
        sa.Column("row_key", sa.String(length=64), nullable=True),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(other_id IS NULL) <> (row_key IS NULL)", name="ck_told_apart_record_or_row"),
        sa.CheckConstraint("(row_key IS NULL) = (organisation_id IS NULL)", name="ck_told_apart_row_of_somebody"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_told_apart_account_id"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_told_apart_child_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_told_apart_organisation_id"),
        sa.ForeignKeyConstraint(["other_id"], ["child.id"], name="fk_told_apart_other_id"),
        sa.PrimaryKeyConstraint("id", name="pk_told_apart"),
        sa.UniqueConstraint("child_id", "other_id", name="uq_told_apart_child_id_other_id"),
        sa.UniqueConstraint("organisation_id", "row_key", "child_id", name=APART),
    )
    op.create_index("ix_told_apart_other_id", "told_apart", ["other_id"], unique=False)
    op.create_table(
        "supply_row",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("file_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("record_id", KEY, nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["supply_file.id"], name="fk_supply_row_file_id"),
        sa.ForeignKeyConstraint(["record_id"], ["source_record.id"], name="fk_supply_row_record_id"),
        sa.PrimaryKeyConstraint("id", name="pk_supply_row"),
        sa.UniqueConstraint("file_id", "number", name="uq_supply_row_file_id_number"),
        sa.UniqueConstraint("uid", name="uq_supply_row_uid"),
    )
    op.create_table(
        "match",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("authority_id", KEY, nullable=False),
        sa.Column("row_id", KEY, nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("later_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_by_id", KEY, nullable=True),
        sa.Column("asked", sa.String(length=40), nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="ck_match_decided_once"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name="fk_match_asked_by_id"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_match_authority_id"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_match_child_id"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name="fk_match_decided_by_id"),
        sa.ForeignKeyConstraint(["row_id"], ["supply_row.id"], name="fk_match_row_id"),
        sa.PrimaryKeyConstraint("id", name="pk_match"),
        sa.UniqueConstraint("row_id", "child_id", name="uq_match_row_id_child_id"),
        sa.UniqueConstraint("uid", name="uq_match_uid"),
    )
    op.create_index("ix_match_child_id", "match", ["child_id"], unique=False)
    op.create_index("ix_match_waiting", "match", ["authority_id", "id"], **where("state = 'waiting'"))
    op.add_column("source_version", sa.Column("confirmed_on", sa.Date(), nullable=True))
    whole = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(  # in one statement, for SQLite takes in no reference afterwards without writing the whole table anew
        f"ALTER TABLE source_version ADD COLUMN file_id {whole} "
        "CONSTRAINT fk_source_version_file_id REFERENCES supply_file (id)"
    )
    op.create_index("ix_source_version_file_id", "source_version", ["file_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_source_version_file_id", "source_version")
    with op.batch_alter_table("source_version") as table:
        table.drop_column("file_id")
        table.drop_column("confirmed_on")
    for name in ("match", "supply_row", "told_apart", "supply_file", "supplier"):
        op.drop_table(name)
