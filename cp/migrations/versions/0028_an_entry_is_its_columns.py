"""An entry of the audit is its columns: the bytes that are hashed are put down from them, and kept no second time.

Nothing is lost: an entry whose columns were changed has another hash than its leaf.
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
