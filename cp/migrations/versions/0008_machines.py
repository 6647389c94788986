"""Other systems send rows by themselves: what each shows whose it is by, and what it asked lately."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "machine_credential",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("issued_by_id", KEY, nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["issued_by_id"], ["account.id"], name="fk_machine_credential_issued_by_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_machine_credential_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_machine_credential"),
        sa.UniqueConstraint("secret_hash", name="uq_machine_credential_secret_hash"),
        sa.UniqueConstraint("uid", name="uq_machine_credential_uid"),
    )
    op.create_index("ix_machine_credential_organisation_id", "machine_credential", ["organisation_id"], unique=False)
    op.create_table(
        "machine_request",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("credential_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", KEY, nullable=False),
        sa.Column("file_id", KEY, nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["credential_id"], ["machine_credential.id"], name="fk_machine_request_credential_id"),
        sa.ForeignKeyConstraint(["file_id"], ["supply_file.id"], name="fk_machine_request_file_id"),
        sa.PrimaryKeyConstraint("id", name="pk_machine_request"),
        sa.UniqueConstraint("uid", name="uq_machine_request_uid"),
    )
    op.create_index("ix_machine_request_credential_id_at", "machine_request", ["credential_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("machine_request")
    op.drop_table("machine_credential")
