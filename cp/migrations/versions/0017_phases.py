"""When an authority opened, and national partners with a day of their own; an authority that holds children is open.

Who has worked until now goes on working: of such an authority the three days are set long past, since when they really
were is not known. One without children has none, and its practitioners wait until they are set.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

BEGUN, OPENED = date(2000, 1, 1), date(2000, 1, 2)
AUTHORITY = sa.table(
    "authority", sa.column("id", sa.BigInteger),
    *(sa.column(name, sa.Date) for name in ("data_from", "shields_from", "access_from", "opened_on")),
)  # fmt: skip
CHILD = sa.table("child", sa.column("authority_id", sa.BigInteger))


def upgrade() -> None:
    op.add_column("authority", sa.Column("opened_on", sa.Date(), nullable=True))
    op.add_column("organisation", sa.Column("national_phase", sa.Integer(), nullable=True))
    op.add_column("organisation", sa.Column("access_from", sa.Date(), nullable=True))
    op.add_column("organisation", sa.Column("opened_on", sa.Date(), nullable=True))
    _open_those_with_children(op.get_bind())


def _open_those_with_children(connection: sa.Connection) -> None:
    holding = sa.exists().where(CHILD.c.authority_id == AUTHORITY.c.id)
    unset = AUTHORITY.c.data_from.is_(None)
    days = {"data_from": BEGUN, "shields_from": BEGUN, "access_from": OPENED, "opened_on": OPENED}
    connection.execute(sa.update(AUTHORITY).where(holding, unset).values(**days))


def downgrade() -> None:
    for name in ("opened_on", "access_from", "national_phase"):
        op.drop_column("organisation", name)
    op.drop_column("authority", "opened_on")
