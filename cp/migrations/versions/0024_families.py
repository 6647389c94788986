"""Who asked about a record and how that was made sure of; what was given out of the system, to whom and on what ground.

The register of what was given out is only added to: the database refuses to change or delete a row, whoever asks. The
sealed recipient alone may be written again, for it is sealed anew when the key changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = {
    "disclosure": "id, uid, reference, authority_id, subject_id, ground, parts, asked_by_id, approver_id, asked_at",
    "disclosure_answer": "id, disclosure_id, approved, answered_by_id, answered_at",
}
"""The columns that are never written again."""
ONLY_ADDED = "'what was given out is only added to'"


def upgrade() -> None:
    op.create_table(
        "family_request",
        *_named(),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("prepared_by_id", KEY, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("from_on", "until_on")),
        sa.Column("answered_by_id", KEY, nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        *_of("family_request", authority_id="authority", child_id="child", prepared_by_id="account",
             answered_by_id="account"),
        *_unique("family_request", "uid", "reference"),
    )  # fmt: skip
    op.create_index("ix_family_request_child_id", "family_request", ["child_id"])
    op.create_index("ix_family_request_asked_at", "family_request", ["asked_at"])
    op.create_table(
        "disclosure",
        *_named(),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("parts", sa.String(length=200), nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in ("asked_by_id", "approver_id")),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=False),
        *_of("disclosure", authority_id="authority", asked_by_id="account", approver_id="account"),
        *_unique("disclosure", "uid", "reference"),
    )
    op.create_table(
        "disclosure_answer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("disclosure_id", KEY, nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("answered_by_id", KEY, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        *_of("disclosure_answer", disclosure_id="disclosure", answered_by_id="account"),
        *_unique("disclosure_answer", "disclosure_id"),
    )
    for table in ("family_request", "disclosure"):
        op.create_index(f"ix_{table}_authority_id_asked_at", table, ["authority_id", "asked_at"])
    _only_added()


def _named() -> list[sa.Column[object]]:
    return [
        sa.Column("id", KEY, nullable=False), sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Integer(), nullable=False), sa.Column("authority_id", KEY, nullable=False),
    ]  # fmt: skip


def _of(table: str, **points_at: str) -> list[sa.Constraint]:
    keys = [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")
        for column, other in points_at.items()
    ]
    return [sa.PrimaryKeyConstraint("id", name=f"pk_{table}"), *keys]


def _unique(table: str, *columns: str) -> list[sa.Constraint]:
    return [sa.UniqueConstraint(column, name=f"uq_{table}_{column}") for column in columns]


def _only_added() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(f"CREATE FUNCTION disclosure_only_added() RETURNS trigger LANGUAGE plpgsql AS "
                   f"$$ BEGIN RAISE EXCEPTION {ONLY_ADDED}; END $$")  # fmt: skip
    for table, columns in KEPT.items():
        for statement in _on_sqlite(table, columns) if sqlite else _on_postgresql(table, columns):
            op.execute(statement)


def _on_sqlite(table: str, columns: str) -> list[str]:
    abort = f"BEGIN SELECT RAISE(ABORT, {ONLY_ADDED}); END"
    again = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - a name from the list above
    return [
        f"CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE OF {columns} ON {table} {abort}",
        f"CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table} {abort}",
        f"CREATE TRIGGER {table}_is_never_replaced BEFORE INSERT ON {table} {again} {abort}",
    ]


def _on_postgresql(table: str, columns: str) -> list[str]:
    refuse = "EXECUTE FUNCTION disclosure_only_added()"
    return [
        f"CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    ]


def downgrade() -> None:
    for table in ("disclosure_answer", "disclosure", "family_request"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION disclosure_only_added()")
