"""The life of an account: suspension, review, links, approvals, rights, requests, alerts, allowances.

An assistant acts for somebody, whom the audit names beside them. Somebody with several roles chooses one.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TABLES = ["alert", "allowance", "approval", "join_request", "link", "right_grant"]


def columns() -> dict[str, tuple[sa.Column[Any], ...]]:
    """Made afresh each time: a column belongs to one table for ever."""
    return {
        "account": (
            sa.Column("post", sa.String(length=40)),
            sa.Column("suspended_at", sa.DateTime(timezone=True)),
            sa.Column("suspended_because", sa.String(length=40)),
            sa.Column("closed_at", sa.DateTime(timezone=True)),
            sa.Column("kept_on", sa.Date()),
            sa.Column("procedures_read_on", sa.Date()),
        ),
        "audit_event": (sa.Column("principal_id", sa.Uuid()),),
        "factor": (
            sa.Column("proposed_at", sa.DateTime(timezone=True)),
            sa.Column("proposed_to", sa.LargeBinary()),
        ),
        "job": (sa.Column("facts_sealed", sa.LargeBinary()),),
        "opening": (
            sa.Column("more", sa.String(length=40)),
            sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()),
        ),
        "practitioner": (sa.Column("left_on", sa.Date()),),
        "session": (sa.Column("choosing", sa.Boolean(), nullable=False, server_default=sa.false()),),
    }


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("authority_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", KEY, nullable=True),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_alert_account_id"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_alert_authority_id"),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name="fk_alert_closed_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.UniqueConstraint("uid", name="uq_alert_uid"),
    )
    op.create_index("ix_alert_account_id", "alert", ["account_id"], unique=False)
    op.create_index("ix_alert_authority_id", "alert", ["authority_id"], unique=False)
    op.create_table(
        "allowance",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("given_by_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_allowance_account_id"),
        sa.ForeignKeyConstraint(["given_by_id"], ["account.id"], name="fk_allowance_given_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_allowance"),
    )
    op.create_index("ix_allowance_account_id", "allowance", ["account_id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("right", sa.String(length=40), nullable=True),
        sa.Column("link", sa.String(length=40), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("asked_by_id", KEY, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", KEY, nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_approval_account_id"),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name="fk_approval_answered_by_id"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name="fk_approval_asked_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_approval"),
        sa.UniqueConstraint("uid", name="uq_approval_uid"),
    )
    op.create_index("ix_approval_account_id", "approval", ["account_id"], unique=False)
    op.create_table(
        "join_request",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("post", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", KEY, nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name="fk_join_request_answered_by_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_join_request_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_join_request"),
        sa.UniqueConstraint("uid", name="uq_join_request_uid"),
    )
    op.create_index("ix_join_request_organisation_id", "join_request", ["organisation_id"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_link_account_id"),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name="fk_link_made_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
        sa.UniqueConstraint("token_hash", name="uq_link_token_hash"),
        sa.UniqueConstraint("uid", name="uq_link_uid"),
    )
    op.create_index("ix_link_account_id", "link", ["account_id"], unique=False)
    op.create_table(
        "right_grant",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("right", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_right_grant_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_right_grant"),
    )
    op.create_index("ix_right_grant_account_id", "right_grant", ["account_id"], unique=False)

    for table, added in columns().items():
        for column in added:
            op.add_column(table, column)
    op.drop_index("ix_audit_event_account_id", "audit_event")
    op.create_index("ix_audit_event_account_id_at", "audit_event", ["account_id", "at"])
    with op.batch_alter_table("role_grant") as role_grant:
        role_grant.add_column(sa.Column("principal_id", KEY))
        role_grant.create_foreign_key("fk_role_grant_principal_id", "account", ["principal_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("role_grant") as role_grant:
        role_grant.drop_constraint("fk_role_grant_principal_id", type_="foreignkey")
        role_grant.drop_column("principal_id")
    op.drop_index("ix_audit_event_account_id_at", "audit_event")
    op.create_index("ix_audit_event_account_id", "audit_event", ["account_id"])
    for table, added in columns().items():
        for column in added:
            op.drop_column(table, column.name)
    for table in reversed(TABLES):
        op.drop_table(table)
