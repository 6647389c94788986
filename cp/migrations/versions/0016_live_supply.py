"""What was said of test files. Whoever supplied before goes on supplying: its means count as agreed, its first file as
accepted and its agreement as signed on the day of the first file that was sent, and its authority takes in data."""

import secrets
import uuid
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LONDON = ZoneInfo("Europe/London")
MEANS = {"ctf": "transfer_file", "hand": "by_hand", "machine": "system"}
"""By the form of the newest file; any other is a spreadsheet, or came by a folder where nobody sent it."""
AUTHORITY = sa.table("authority", sa.column("id", KEY), sa.column("data_from", sa.Date()))
ORGANISATION = sa.table("organisation", *(sa.column(name) for name in ("id", "authority_id", "body_kind")))
FILE = sa.table("supply_file", sa.column("id"), sa.column("organisation_id"), sa.column("account_id"),
                sa.column("form"), sa.column("sent_at", sa.DateTime(timezone=True)))  # fmt: skip
ROW = sa.table(
    "onboarding", sa.column("id", KEY), sa.column("uid", sa.Uuid()),
    *(sa.column(name, sa.Integer()) for name in ("organisation_id", "authority_id", "version", "people_named",
                                                 "people_invited", "places_booked", "people_trained")),
    *(sa.column(name, sa.Date()) for name in ("began_on", "contacted_on", "duty_explained_on", "answered_on",
                                              "means_offered_on", "means_agreed_on", "test_accepted_on",
                                              "agreement_signed_on")),
    *(sa.column(name, sa.String()) for name in ("means", "step", "need", "who")),
)  # fmt: skip
SET = ("means", "means_offered_on", "means_agreed_on", "test_accepted_on", "agreement_signed_on")


def upgrade() -> None:
    op.create_table(
        "test_verdict",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", KEY, nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_test_verdict_account_id"),
        sa.ForeignKeyConstraint(["file_id"], ["supply_file.id"], name="fk_test_verdict_file_id"),
        sa.PrimaryKeyConstraint("id", name="pk_test_verdict"),
        sa.UniqueConstraint("file_id", name="uq_test_verdict_file_id"),
    )
    opened: dict[int, date] = {}
    for organisation, authority, body, first, means in _supplying():
        opened[authority] = min(first, opened.get(authority, first))
        if body != "authority":
            _go_on(organisation, authority, first, means)
    for authority, first in opened.items():
        unset = AUTHORITY.c.id == authority, AUTHORITY.c.data_from.is_(None)
        op.execute(AUTHORITY.update().where(*unset).values(data_from=first))


def downgrade() -> None:
    op.drop_table("test_verdict")


def _supplying() -> list[tuple[int, int, str, date, str]]:
    """Each organisation that has sent a file: its authority, its body, the day of the first file, by which means."""
    sent = FILE.c.sent_at.is_not(None), FILE.c.form != "told"
    newest = (
        sa.select(
            FILE.c.organisation_id, sa.func.min(FILE.c.sent_at).label("first"), sa.func.max(FILE.c.id).label("id")
        )
        .where(*sent)
        .group_by(FILE.c.organisation_id)
        .subquery()
    )
    query = (
        sa.select(ORGANISATION.c.id, ORGANISATION.c.authority_id, ORGANISATION.c.body_kind, newest.c.first, FILE.c.form,
                  FILE.c.account_id)
        .join(newest, newest.c.organisation_id == ORGANISATION.c.id)
        .join(FILE, FILE.c.id == newest.c.id)
        .order_by(ORGANISATION.c.id)
    )  # fmt: skip
    return [
        (organisation, authority, body, _day(first), MEANS.get(form, "spreadsheet" if account else "folder"))
        for organisation, authority, body, first, form, account in op.get_bind().execute(query).all()
    ]


def _day(at: datetime | str) -> date:
    """London's. SQLite hands over the text of an aggregate as it stands, in UTC without its zone."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))).astimezone(LONDON).date()


def _go_on(organisation: int, authority: int, first: date, means: str) -> None:
    """What its row does not say yet. What it waits for next follows when a fact of it is set; until then it stands
    where whoever has signed stands."""
    found = op.get_bind().execute(sa.select(ROW).where(ROW.c.organisation_id == organisation)).mappings().one_or_none()
    before = dict.fromkeys(("contacted_on", "duty_explained_on", "answered_on"), first)
    said: dict[str, Any] = dict.fromkeys(SET, first) | before | {"means": means}
    if found is None:
        counts = dict.fromkeys(("people_named", "people_invited", "places_booked", "people_trained"), 0)
        done = {"began_on": first}
        waits = {"step": "people", "need": "name_people", "who": "school"}
        op.execute(ROW.insert().values(
            uid=uuid.UUID(bytes=secrets.token_bytes(16)), organisation_id=organisation, authority_id=authority,
            version=1, **counts, **done, **waits, **said,
        ))  # fmt: skip
        return
    missing = {name: value for name, value in said.items() if found[name] is None}
    op.execute(ROW.update().where(ROW.c.id == found["id"]).values(version=found["version"] + 1, **missing))
