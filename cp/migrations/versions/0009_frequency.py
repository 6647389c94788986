"""How often a supplier sends, and what each file was like: kept on the file, for its rows are forgotten after 90 days.

Of files that came before, nothing is known but how many rows they had: they are left out of every figure.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTED = ("with_birth", "with_home", "with_carer", "with_number", "faultless")


def upgrade() -> None:
    op.add_column("supplier", sa.Column("frequency", sa.String(length=40), nullable=True))
    op.add_column("supplier", sa.Column("supplied_on", sa.Date(), nullable=True))
    for name in COUNTED:
        op.add_column("supply_file", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("supply_file", sa.Column("corrected", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("supply_row", sa.Column("again_key", KEY, nullable=True))


def downgrade() -> None:
    op.drop_column("supply_row", "again_key")
    for name in ("corrected", *reversed(COUNTED)):
        op.drop_column("supply_file", name)
    for name in ("supplied_on", "frequency"):
        op.drop_column("supplier", name)
