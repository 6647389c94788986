"""Who signed a partnership agreement for whom; what an organisation answered before it was accredited, and what was
decided."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WITHDRAWN = "(because IS NOT NULL) = (decision = 'withdrawn')"


def upgrade() -> None:
    _agreements()
    op.create_table(
        "accreditation_answers",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", KEY, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *_of("accreditation_answers", organisation_id="organisation", recorded_by_id="account"),
        sa.UniqueConstraint("uid", name="uq_accreditation_answers_uid"),
    )
    op.create_table(
        "accreditation_decision",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("answers_id", KEY, nullable=True),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("because", sa.String(length=40), nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(ends_on IS NOT NULL) = (decision = 'accredited')", name="ck_accreditation_decision_until"),
        sa.CheckConstraint(WITHDRAWN, name="ck_accreditation_decision_withdrawn_because"),
        *_of("accreditation_decision", organisation_id="organisation", answers_id="accreditation_answers",
             decided_by_id="account"),
        sa.UniqueConstraint("uid", name="uq_accreditation_decision_uid"),
    )  # fmt: skip
    for table in ("agreement", "accreditation_answers", "accreditation_decision"):
        op.create_index(f"ix_{table}_organisation_id", table, ["organisation_id"])


def _agreements() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(length=200), nullable=False) for name in ("name", "authority_name")),
        *(sa.Column(name, sa.String(length=120), nullable=False) for name in ("post", "authority_post")),
        sa.Column("recorded_by_id", KEY, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("signed_on < ends_on", name="ck_agreement_lasts"),
        *_of("agreement", organisation_id="organisation", recorded_by_id="account"),
        sa.UniqueConstraint("uid", name="uq_agreement_uid"),
    )
    op.create_table(
        "agreement_taken_back",
        sa.Column("id", KEY, nullable=False),
        sa.Column("agreement_id", KEY, nullable=False),
        sa.Column("because", sa.String(length=40), nullable=False),
        sa.Column("taken_back_by_id", KEY, nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=False),
        *_of("agreement_taken_back", agreement_id="agreement", taken_back_by_id="account"),
        sa.UniqueConstraint("agreement_id", name="uq_agreement_taken_back_agreement_id"),
    )


def _of(table: str, **points_at: str) -> list[sa.Constraint]:
    """The constraints that every table has."""
    keys = [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")
        for column, other in points_at.items()
    ]
    return [sa.PrimaryKeyConstraint("id", name=f"pk_{table}"), *keys]


def downgrade() -> None:
    for table in ("accreditation_decision", "accreditation_answers", "agreement_taken_back", "agreement"):
        op.drop_table(table)
