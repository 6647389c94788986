"""A test file that waits for the implementation manager is the manager's move on the board, and no longer the school's.

Of those that wait now nothing is noted: as before they stand at their school's, until somebody has looked at them.

The organisations of an authority are read by name from an index, which takes the place of the one by authority alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("onboarding", sa.Column("test_came_on", sa.Date(), nullable=True))
    op.create_index("ix_organisation_named", "organisation", ["authority_id", "name"])
    op.drop_index("ix_organisation_authority_id", "organisation")


def downgrade() -> None:
    op.create_index("ix_organisation_authority_id", "organisation", ["authority_id"])
    op.drop_index("ix_organisation_named", "organisation")
    op.drop_column("onboarding", "test_came_on")
