"""Whom schools name for ContactPoint, how they are trained, and the practice tasks.

Practice tasks are a condition of an account from now on. Whoever has recorded a training before did it without them:
they are taken as done on that day, so that nobody who is at work is locked out.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("account", sa.Column("practised_on", sa.Date(), nullable=True))
    op.execute("UPDATE account SET practised_on = trained_on WHERE trained_on IS NOT NULL")
    _make(
        "named_person", _points_at("organisation"), sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=40), nullable=True), sa.Column("need", sa.String(length=40), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=True), _points_at("account", nullable=True),
        unique=("organisation_id", "email"),
    )  # fmt: skip
    op.create_index("ix_named_person_account_id", "named_person", ["account_id"])
    op.create_table(
        "workforce", _points_at("organisation"), sa.Column("post", sa.String(length=40), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False), _to("workforce", "organisation"),
        sa.PrimaryKeyConstraint("organisation_id", "post", name="pk_workforce"),
    )  # fmt: skip
    _make(
        "training_session", _points_at("authority"), sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False), sa.Column("starts_at", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False), sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False), sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("formats", sa.String(length=100), nullable=False), sa.Column("cancelled_at", AT, nullable=True),
        sa.Column("attendance_at", AT, nullable=True), sa.Column("version", sa.Integer(), nullable=False),
    )  # fmt: skip
    op.create_index("ix_training_session_authority_id", "training_session", ["authority_id"])
    op.create_table(
        "training_place", sa.Column("id", KEY, nullable=False), sa.Column("session_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False), sa.Column("came", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["training_session.id"], name="fk_training_place_session_id"),
        sa.ForeignKeyConstraint(["person_id"], ["named_person.id"], name="fk_training_place_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_training_place"),
        sa.UniqueConstraint("session_id", "person_id", name="uq_training_place_session_id_person_id"),
    )  # fmt: skip
    op.create_index("ix_training_place_person_id", "training_place", ["person_id"])
    op.create_table(
        "practice_task", _points_at("account"), sa.Column("task", sa.String(length=40), nullable=False),
        sa.Column("done_at", AT, nullable=False), _to("practice_task", "account"),
        sa.PrimaryKeyConstraint("account_id", "task", name="pk_practice_task"),
    )  # fmt: skip
    _make("cluster", _points_at("authority"), sa.Column("name", sa.String(length=120), nullable=False),
          unique=("authority_id", "name"))  # fmt: skip
    op.create_table(
        "cluster_school", _points_at("cluster"), _points_at("organisation"), _to("cluster_school", "cluster"),
        _to("cluster_school", "organisation"),
        sa.PrimaryKeyConstraint("cluster_id", "organisation_id", name="pk_cluster_school"),
    )  # fmt: skip


def downgrade() -> None:
    for name in ("cluster_school", "cluster", "practice_task", "training_place", "training_session", "workforce",
                 "named_person"):  # fmt: skip
        op.drop_table(name)
    op.drop_column("account", "practised_on")


def _make(name: str, *columns: sa.Column[Any], unique: tuple[str, ...] = ()) -> None:
    """A table with an id, a public id and these columns; what is named `<table>_id` points there."""
    ends = [column.name.removesuffix("_id") for column in columns if column.name.endswith("_id")]
    unique_too = [sa.UniqueConstraint(*unique, name="_".join(("uq", name, *unique)))] if unique else []
    op.create_table(
        name, sa.Column("id", KEY, nullable=False), sa.Column("uid", sa.Uuid(), nullable=False), *columns,
        *(_to(name, end) for end in ends), sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("uid", name=f"uq_{name}_uid"), *unique_too,
    )  # fmt: skip


def _points_at(table: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(f"{table}_id", KEY, nullable=nullable)


def _to(table: str, end: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{end}_id"], [f"{end}.id"], name=f"fk_{table}_{end}_id")
