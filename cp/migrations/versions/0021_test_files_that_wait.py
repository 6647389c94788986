"""A test file that waits for the implementation manager is the manager's move on the board, and no longer the school's.

Of those that wait now nothing is noted: as before they stand at their school's, until somebody has looked at them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("onboarding", sa.Column("test_came_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("onboarding", "test_came_on")
