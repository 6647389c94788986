"""How far each organisation is on its way to being live; an authority's region, phase and days; what a register says
of a school besides."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DAYS = ("contacted_on", "duty_explained_on", "answered_on", "means_offered_on", "means_agreed_on", "test_accepted_on",
        "agreement_signed_on", "agreement_ends_on", "accreditation_answered_on", "live_on", "next_on",
        "due_on")  # fmt: skip
COUNTS = ("people_named", "people_invited", "places_booked", "people_trained")
DATA_FIRST = "CHECK (shields_from IS NULL OR (data_from IS NOT NULL AND data_from <= shields_from))"
SHIELDS_FIRST = "CHECK (access_from IS NULL OR (shields_from IS NOT NULL AND shields_from < access_from))"
"""Said with the column: a table that others point at cannot be made anew on SQLite."""


def upgrade() -> None:
    op.add_column("authority", sa.Column("region", sa.String(length=40), nullable=True))
    op.add_column("authority", sa.Column("phase", sa.Integer(), nullable=True))
    op.add_column("authority", sa.Column("data_from", sa.Date(), nullable=True))
    op.execute(f"ALTER TABLE authority ADD COLUMN shields_from DATE CONSTRAINT ck_authority_data_first {DATA_FIRST}")
    op.execute(
        f"ALTER TABLE authority ADD COLUMN access_from DATE CONSTRAINT ck_authority_shields_first {SHIELDS_FIRST}"
    )
    for column in (
        sa.Column("school_type", sa.String(length=40), nullable=True), sa.Column("boards", sa.Boolean(), nullable=True),
        sa.Column("pupils", sa.Integer(), nullable=True), sa.Column("head_name", sa.String(length=200), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("postcode", sa.String(length=8), nullable=True),
    ):  # fmt: skip
        op.add_column("organisation", column)
    op.create_index("ix_organisation_postcode", "organisation", ["postcode"])
    op.create_table(
        "onboarding",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("authority_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in DAYS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("means", sa.String(length=40), nullable=True),
        *(sa.Column(name, sa.String(length=40), nullable=False) for name in ("step", "need", "who")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_onboarding_authority_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_onboarding_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_onboarding"),
        sa.UniqueConstraint("organisation_id", name="uq_onboarding_organisation_id"),
        sa.UniqueConstraint("uid", name="uq_onboarding_uid"),
    )
    op.create_index("ix_onboarding_waiting", "onboarding", ["authority_id", "step", "due_on", "organisation_id"])


def downgrade() -> None:
    op.drop_table("onboarding")
    op.drop_index("ix_organisation_postcode", "organisation")
    for name in ("postcode", "address", "head_name", "pupils", "boards", "school_type"):
        op.drop_column("organisation", name)
    for name in ("access_from", "shields_from", "data_from", "phase", "region"):
        op.drop_column("authority", name)
