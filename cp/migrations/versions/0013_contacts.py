"""Whom to contact at each organisation and which contacts were made; what each that is open waits for; the order of
long lists."""

import secrets
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MAIN, CLOSED = sa.text("main AND removed_at IS NULL"), sa.text("valid_to IS NOT NULL")
CONTACT = timedelta(days=14)
"""Ten working days."""


def upgrade() -> None:
    _contacts()
    _log()
    op.create_index("ix_onboarding_due", "onboarding", ["authority_id", "due_on", "organisation_id"])
    op.create_index(
        "ix_organisation_closed", "organisation", ["authority_id", "valid_to"],
        sqlite_where=CLOSED, postgresql_where=CLOSED,
    )  # fmt: skip
    _begin()


def _contacts() -> None:
    op.create_table(
        "school_contact",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_school_contact_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_school_contact"),
        sa.UniqueConstraint("uid", name="uq_school_contact_uid"),
    )
    op.create_index("ix_school_contact_organisation_id", "school_contact", ["organisation_id"])
    op.create_index(
        "ix_school_contact_main", "school_contact", ["organisation_id"], unique=True,
        sqlite_where=MAIN, postgresql_where=MAIN,
    )  # fmt: skip


def _log() -> None:
    op.create_table(
        "contact_made",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("contact_id", KEY, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("next_step", sa.String(length=40), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by_id", KEY, nullable=True),
        sa.CheckConstraint("(next_step IS NULL) = (next_on IS NULL)", name="ck_contact_made_next_has_its_day"),
        sa.CheckConstraint("done_on IS NULL OR next_step IS NOT NULL", name="ck_contact_made_only_a_step_is_done"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_contact_made_account_id"),
        sa.ForeignKeyConstraint(["contact_id"], ["school_contact.id"], name="fk_contact_made_contact_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_contact_made_organisation_id"),
        sa.ForeignKeyConstraint(["taken_back_by_id"], ["account.id"], name="fk_contact_made_taken_back_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_made"),
        sa.UniqueConstraint("uid", name="uq_contact_made_uid"),
    )
    op.create_index("ix_contact_made_organisation_id", "contact_made", ["organisation_id"])


def _begin() -> None:
    """Every organisation that has none yet gets a row: it waits for its first contact."""
    held = sa.table("organisation", *(sa.column(name) for name in ("id", "authority_id", "body_kind", "valid_to")))
    begun = sa.table(
        "onboarding", sa.column("uid", sa.Uuid()), sa.column("began_on", sa.Date()), sa.column("due_on", sa.Date()),
        *(sa.column(name) for name in (
            "organisation_id", "authority_id", "version", "people_named", "people_invited", "places_booked",
            "people_trained", "step", "need", "who",
        )),
    )  # fmt: skip
    bind = op.get_bind()
    today = bind.execute(sa.select(sa.func.current_date())).scalar_one()
    without = sa.select(held.c.id, held.c.authority_id).where(
        held.c.body_kind != "authority", held.c.id.not_in(sa.select(begun.c.organisation_id))
    )
    facts = {"began_on": today, "due_on": today + CONTACT, "version": 1, "people_named": 0, "people_invited": 0,
             "places_booked": 0, "people_trained": 0, "step": "first_contact", "need": "contact",
             "who": "you"}  # fmt: skip
    rows = [
        {
            "uid": UUID(bytes=secrets.token_bytes(16)),
            "organisation_id": one.id,
            "authority_id": one.authority_id,
            **facts,
        }
        for one in bind.execute(without)
    ]
    op.bulk_insert(begun, rows)


def downgrade() -> None:
    op.drop_index("ix_organisation_closed", "organisation")
    op.drop_index("ix_onboarding_due", "onboarding")
    op.drop_table("contact_made")
    op.drop_table("school_contact")
