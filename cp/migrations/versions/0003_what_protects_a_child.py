"""What protects a child: shields with their owners and reviews, overrides, old identities, joined records.

Sensitive services' entries and requests for contact hold in the clear neither the child's service nor what became of
it. A record that was shielded before gets a row that says so, with nobody yet to answer for it.
"""

import secrets
import uuid
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = [
    "contact_request", "merge", "old_identity", "override", "sensitive_involvement", "sensitive_team", "shield",
]  # fmt: skip
REVIEWED_AFTER_MONTHS = 6


def upgrade() -> None:
    op.create_table(
        "sensitive_involvement",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("child_key", KEY, nullable=True),
        sa.Column("service_key", KEY, nullable=False),
        sa.Column("practitioner_key", KEY, nullable=False),
        sa.Column("entry_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sensitive_involvement"),
        sa.UniqueConstraint("uid", name="uq_sensitive_involvement_uid"),
    )
    op.create_index("ix_sensitive_involvement_child_key", "sensitive_involvement", ["child_key"], unique=False)
    op.create_index(
        "ix_sensitive_involvement_practitioner_key", "sensitive_involvement", ["practitioner_key"], unique=False
    )
    op.create_index("ix_sensitive_involvement_service_key", "sensitive_involvement", ["service_key"], unique=False)
    op.create_table(
        "sensitive_team",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_sensitive_team_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sensitive_team"),
        sa.UniqueConstraint("organisation_id", "name", name="uq_sensitive_team_organisation_id_name"),
    )
    op.create_table(
        "contact_request",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Integer(), nullable=False),
        sa.Column("authority_id", KEY, nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("reach", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", KEY, nullable=True),
        sa.Column("passed_key", KEY, nullable=False),
        sa.Column("entry_key", KEY, nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_contact_request_account_id"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_contact_request_authority_id"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_contact_request_child_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name="fk_contact_request_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_request"),
        sa.UniqueConstraint("reference", name="uq_contact_request_reference"),
        sa.UniqueConstraint("uid", name="uq_contact_request_uid"),
    )
    op.create_index("ix_contact_request_account_id", "contact_request", ["account_id"], unique=False)
    op.create_index(
        "ix_contact_request_authority_id_asked_at", "contact_request", ["authority_id", "asked_at"], unique=False
    )
    op.create_index("ix_contact_request_child_id", "contact_request", ["child_id"], unique=False)
    op.create_index("ix_contact_request_entry_key", "contact_request", ["entry_key"], unique=False)
    op.create_index("ix_contact_request_passed_key", "contact_request", ["passed_key"], unique=False)
    op.create_table(
        "merge",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("kept_id", KEY, nullable=False),
        sa.Column("gone_id", KEY, nullable=False),
        sa.Column("asked_by_id", KEY, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by_id", KEY, nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["account.id"], name="fk_merge_agreed_by_id"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name="fk_merge_asked_by_id"),
        sa.ForeignKeyConstraint(["gone_id"], ["child.id"], name="fk_merge_gone_id"),
        sa.ForeignKeyConstraint(["kept_id"], ["child.id"], name="fk_merge_kept_id"),
        sa.PrimaryKeyConstraint("id", name="pk_merge"),
        sa.UniqueConstraint("uid", name="uq_merge_uid"),
    )
    op.create_index("ix_merge_gone_id", "merge", ["gone_id"], unique=False)
    op.create_index("ix_merge_kept_id", "merge", ["kept_id"], unique=False)
    op.create_table(
        "old_identity",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Integer(), nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("authority_id", KEY, nullable=False),
        sa.Column("first_id", KEY, nullable=False),
        sa.Column("second_id", KEY, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opening_asked_by_id", KEY, nullable=True),
        sa.Column("opening_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_old_identity_authority_id"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_old_identity_child_id"),
        sa.ForeignKeyConstraint(["first_id"], ["account.id"], name="fk_old_identity_first_id"),
        sa.ForeignKeyConstraint(["opening_asked_by_id"], ["account.id"], name="fk_old_identity_opening_asked_by_id"),
        sa.ForeignKeyConstraint(["second_id"], ["account.id"], name="fk_old_identity_second_id"),
        sa.PrimaryKeyConstraint("id", name="pk_old_identity"),
        sa.UniqueConstraint("child_id", name="uq_old_identity_child_id"),
        sa.UniqueConstraint("reference", name="uq_old_identity_reference"),
        sa.UniqueConstraint("uid", name="uq_old_identity_uid"),
    )
    op.create_index("ix_old_identity_authority_id", "old_identity", ["authority_id"], unique=False)
    op.create_table(
        "override",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Integer(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("authority_id", KEY, nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewer_id", KEY, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_override_account_id"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_override_authority_id"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_override_child_id"),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name="fk_override_closed_by_id"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["account.id"], name="fk_override_reviewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_override"),
        sa.UniqueConstraint("reference", name="uq_override_reference"),
        sa.UniqueConstraint("uid", name="uq_override_uid"),
    )
    op.create_index("ix_override_account_id", "override", ["account_id"], unique=False)
    op.create_index("ix_override_authority_id", "override", ["authority_id"], unique=False)
    op.create_index("ix_override_child_id", "override", ["child_id"], unique=False)
    op.create_index(
        "uq_override_unanswered",
        "override",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "shield",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("who_asked", sa.String(length=40), nullable=True),
        sa.Column("owner_id", KEY, nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lift_asked_by_id", KEY, nullable=True),
        sa.Column("lift_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", KEY, nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_shield_child_id"),
        sa.ForeignKeyConstraint(["lift_asked_by_id"], ["account.id"], name="fk_shield_lift_asked_by_id"),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["account.id"], name="fk_shield_lifted_by_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name="fk_shield_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shield"),
        sa.UniqueConstraint("uid", name="uq_shield_uid"),
    )
    op.create_index("ix_shield_child_id", "shield", ["child_id"], unique=False)
    op.create_index(
        "uq_shield_running",
        "shield",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )

    _shields_of_before()


def _shields_of_before() -> None:
    child = sa.table("child", sa.column("id", KEY), sa.column("shielded_at", sa.DateTime(timezone=True)),
                     sa.column("shield_ground", sa.String()))  # fmt: skip
    shield = sa.table("shield", sa.column("uid", sa.Uuid()), sa.column("child_id", KEY),
                      sa.column("ground", sa.String()), sa.column("set_at", sa.DateTime(timezone=True)),
                      sa.column("review_on", sa.Date()))  # fmt: skip
    connection = op.get_bind()
    for child_id, since, ground in connection.execute(sa.select(child).where(child.c.shielded_at.is_not(None))).all():
        made = {"uid": uuid.UUID(bytes=secrets.token_bytes(16)), "child_id": child_id, "set_at": since}
        why = {"ground": ground or "other-significant-harm", "review_on": _months_after(since.date())}
        connection.execute(shield.insert().values(**made, **why))


def _months_after(day: date) -> date:
    """Six calendar months; the first of the next where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + REVIEWED_AFTER_MONTHS, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return date(year + (month + 2 > 12), (month + 1) % 12 + 1, 1)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
