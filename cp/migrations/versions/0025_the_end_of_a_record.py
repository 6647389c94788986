"""The end of a record: the days on which each is archived and destroyed, consents to stay, legal holds, certificates.

The day on which a record is archived follows from its facts. It is worked out for those that are there as the rule has
it at this version (the 18th birthday, a year after death, one or three after leaving), in batches by id, and the index
is made after.
"""

from calendar import monthrange
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 5000
LIVE, DUE = sa.text("archived_on IS NULL"), sa.text("destroy_on IS NOT NULL")
OF_SOMEBODY, UNLODGED = sa.text("subject_id IS NOT NULL"), sa.text("lodged_at IS NULL")
GONE_FOR_GOOD = "not_returning"


def upgrade() -> None:
    for name in ("archive_on", "archived_on", "destroy_on"):
        op.add_column("child", sa.Column(name, sa.Date(), nullable=True))
    _stays()
    _holds()
    _certificates()
    _work_out()
    op.create_index("ix_child_archive_on", "child", ["archive_on"], sqlite_where=LIVE, postgresql_where=LIVE)
    op.create_index("ix_child_destroy_on", "child", ["destroy_on"], sqlite_where=DUE, postgresql_where=DUE)
    op.create_index(
        "ix_alert_subject_id", "alert", ["subject_id"], sqlite_where=OF_SOMEBODY, postgresql_where=OF_SOMEBODY
    )
    op.create_index("ix_alert_at", "alert", ["at"])


def _stays() -> None:
    op.create_table(
        "stay_consent",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("to_age", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", KEY, nullable=False),
        sa.Column("ground_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_stay_consent_child_id"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name="fk_stay_consent_recorded_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stay_consent"),
        sa.UniqueConstraint("uid", name="uq_stay_consent_uid"),
    )
    op.create_index("ix_stay_consent_child_id", "stay_consent", ["child_id"])


def _holds() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("first_id", KEY, nullable=False),
        sa.Column("second_id", KEY, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_legal_hold_child_id"),
        sa.ForeignKeyConstraint(["first_id"], ["account.id"], name="fk_legal_hold_first_id"),
        sa.ForeignKeyConstraint(["second_id"], ["account.id"], name="fk_legal_hold_second_id"),
        sa.PrimaryKeyConstraint("id", name="pk_legal_hold"),
        sa.UniqueConstraint("uid", name="uq_legal_hold_uid"),
    )
    op.create_index("ix_legal_hold_child_id", "legal_hold", ["child_id"])


def _certificates() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(length=2000), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("lodged_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sa.UniqueConstraint("uid", name="uq_certificate_uid"),
    )
    op.create_index("ix_certificate_unlodged", "certificate", ["id"], sqlite_where=UNLODGED, postgresql_where=UNLODGED)
    op.create_table(
        "destroyed",
        sa.Column("id", KEY, nullable=False),
        sa.Column("certificate_id", KEY, nullable=False),
        sa.Column("child_uid", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name="fk_destroyed_certificate_id"),
        sa.PrimaryKeyConstraint("id", name="pk_destroyed"),
    )
    op.create_index("ix_destroyed_certificate_id", "destroyed", ["certificate_id"])


def _work_out() -> None:
    child = sa.table("child", sa.column("id"), *(sa.column(name, sa.Date()) for name in ("born_on", "died_on",
                                                                                        "archive_on")))  # fmt: skip
    at = sa.table("child_location", sa.column("child_id"), sa.column("state"), sa.column("from_on", sa.Date()),
                  sa.column("leave_kind"))  # fmt: skip
    left = sa.select(at).where(at.c.state == "left_area", at.c.from_on.is_not(None)).order_by(at.c.from_on)
    here = sa.select(at.c.child_id).where(at.c.state == "current")
    setting = sa.update(child).where(child.c.id == sa.bindparam("of")).values(archive_on=sa.bindparam("then"))
    bind, after = op.get_bind(), 0
    while found := bind.execute(
        sa.select(child.c.id, child.c.born_on, child.c.died_on).where(child.c.id > after).order_by(child.c.id)
        .limit(BATCH)
    ).all():  # fmt: skip
        ids = at.c.child_id.between(found[0].id, found[-1].id)
        present = set(bind.scalars(here.where(ids)))
        gone = {row.child_id: row for row in bind.execute(left.where(ids)) if row.child_id not in present}
        bind.execute(setting, [{"of": row.id, "then": _ends(row, gone.get(row.id))} for row in found])
        after = found[-1].id


def _ends(child: Any, gone: Any) -> date:
    ends = [_years_on(child.born_on, 18)]
    if child.died_on:
        ends.append(_years_on(child.died_on, 1))
    if gone is not None:
        ends.append(_years_on(gone.from_on, 1 if gone.leave_kind == GONE_FOR_GOOD else 3))
    return min(ends)


def _years_on(day: date, years: int) -> date:
    """The same day, or the first of the month after."""
    year = day.year + years
    return date(year, day.month, day.day) if day.day <= monthrange(year, day.month)[1] else date(year, day.month + 1, 1)


def downgrade() -> None:
    op.drop_index("ix_alert_at", "alert")
    op.drop_index("ix_alert_subject_id", "alert")
    op.drop_index("ix_child_destroy_on", "child")
    op.drop_index("ix_child_archive_on", "child")
    for table in ("destroyed", "certificate", "legal_hold", "stay_consent"):
        op.drop_table(table)
    for name in ("destroy_on", "archived_on", "archive_on"):
        op.drop_column("child", name)
