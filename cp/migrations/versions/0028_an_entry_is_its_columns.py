"""An entry of the audit is its columns: the bytes that are hashed are put down from them, and kept no second time.

An entry whose columns were changed has another hash than its leaf, before and after; what it said before that stood in
these bytes alone. Whoever wants to know runs `audit verify` first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.drop_column("audit_event", "canonical")


def downgrade() -> None:
    """Whoever goes back has entries without these bytes, which their `audit verify` finds."""
    op.add_column("audit_event", sa.Column("canonical", sa.LargeBinary(), nullable=False, server_default=""))
