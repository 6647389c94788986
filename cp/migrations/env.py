"""Alembic's way in: migrations are given a connection by `cp/database.py`, never a configuration file."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from cp.models import Base, UtcDateTime


def plain_types(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Migrations are history: they never import our code, nor repeat its lists."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return "sa.String(length=40)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=plain_types,
    compare_type=False,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
