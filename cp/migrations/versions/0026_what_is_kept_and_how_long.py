"""Two people end a hold early, and one that a restore sets again has none. The audit is kept for seven years.

No entry goes before that: by its own moment, which nobody can change, and by the database's clock; and not before it
has its place in the tree of hashes, which stays. Two days are for leap years and for where a day begins.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHO = ("first_id", "second_id")
ON_SQLITE = (
    "DROP TRIGGER audit_event_is_never_deleted",
    """CREATE TRIGGER audit_event_is_kept BEFORE DELETE ON audit_event
    WHEN OLD.at >= datetime('now', '-7 years', '+2 days')
    OR NOT EXISTS (SELECT 1 FROM audit_leaf WHERE entry_id = OLD.id)
    BEGIN SELECT RAISE(ABORT, 'audit entries are only added'); END""",
)
ON_POSTGRESQL = (
    "DROP TRIGGER audit_event_is_never_changed ON audit_event",
    """CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_only_added()""",
    """CREATE FUNCTION audit_event_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
    $$ BEGIN
        IF OLD.at >= now() - interval '7 years' + interval '2 days'
        OR NOT EXISTS (SELECT 1 FROM public.audit_leaf WHERE entry_id = OLD.id) THEN
            RAISE EXCEPTION 'audit entries are only added';
        END IF;
        RETURN OLD;
    END $$""",
    """CREATE TRIGGER audit_event_is_kept BEFORE DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_kept()""",
)
BACK_ON_SQLITE = (
    "DROP TRIGGER audit_event_is_kept",
    """CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit entries are only added'); END""",
)
BACK_ON_POSTGRESQL = (
    "DROP TRIGGER audit_event_is_kept ON audit_event",
    "DROP FUNCTION audit_event_kept()",
    "DROP TRIGGER audit_event_is_never_changed ON audit_event",
    """CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_only_added()""",
)


def upgrade() -> None:
    with op.batch_alter_table("legal_hold") as table:
        for name in WHO:
            table.alter_column(name, existing_type=KEY, nullable=True)
        table.add_column(sa.Column("end_asked_by_id", KEY, nullable=True))
        table.create_foreign_key("fk_legal_hold_end_asked_by_id", "account", ["end_asked_by_id"], ["id"])
    for statement in ON_SQLITE if _sqlite() else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """A hold that nobody is known to have placed goes with whoever asks for this."""
    for statement in BACK_ON_SQLITE if _sqlite() else BACK_ON_POSTGRESQL:
        op.execute(statement)
    op.execute("DELETE FROM legal_hold WHERE first_id IS NULL")
    with op.batch_alter_table("legal_hold") as table:
        for name in WHO:
            table.alter_column(name, existing_type=KEY, nullable=False)
        table.drop_constraint("fk_legal_hold_end_asked_by_id", type_="foreignkey")
        table.drop_column("end_asked_by_id")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
