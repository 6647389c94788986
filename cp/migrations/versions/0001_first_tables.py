"""Make every table of the main job, for SQLite and PostgreSQL alike.

The audit is append-only from its first row: triggers refuse to change or delete one, whoever asks. An insert that
would replace a row is refused too, since SQLite's REPLACE would otherwise delete without a word.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_APPEND_ONLY = (
    """CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit entries are only added'); END""",
    """CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit entries are only added'); END""",
    """CREATE TRIGGER audit_event_is_never_replaced BEFORE INSERT ON audit_event
    WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'audit entries are only added'); END""",
)
POSTGRESQL_APPEND_ONLY = (
    """CREATE FUNCTION audit_event_only_added() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit entries are only added'; END $$""",
    """CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_only_added()""",
    """CREATE TRIGGER audit_event_is_never_emptied BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_only_added()""",
    "ALTER TABLE audit_event ALTER transaction_id SET DEFAULT (pg_current_xact_id()::text::bigint)",
)

TABLES = [
    "attempt",
    "audit_event",
    "authority",
    "carer",
    "job",
    "key_check",
    "name",
    "child",
    "name_key",
    "organisation",
    "setting",
    "practitioner",
    "search_key",
    "search_place",
    "account",
    "source_record",
    "draft",
    "factor",
    "idempotency",
    "role_grant",
    "search",
    "session",
    "source_version",
    "child_carer",
    "child_location",
    "child_name",
    "involvement",
    "outside_number",
    "opening",
]


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_key", KEY, nullable=False),
        sa.Column("address_key", KEY, nullable=False),
        sa.Column("code", sa.Boolean(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_account_key_at", "attempt", ["account_key", "at"], unique=False)
    op.create_index("ix_attempt_address_key_at", "attempt", ["address_key", "at"], unique=False)
    op.create_index("ix_attempt_at", "attempt", ["at"], unique=False)
    op.create_table(
        "audit_event",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("parts", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("results", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("canonical", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
    )
    op.create_index("ix_audit_event_account_id", "audit_event", ["account_id"], unique=False)
    op.create_index("ix_audit_event_subject_id", "audit_event", ["subject_id"], unique=False)
    op.create_table(
        "authority",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("education_code", sa.String(length=3), nullable=False),
        sa.Column("statistics_code", sa.String(length=9), nullable=True),
        sa.Column("team_phone", sa.String(length=20), nullable=False),
        sa.Column("help_phone", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_authority"),
        sa.UniqueConstraint("uid", name="uq_authority_uid"),
    )
    op.create_table(
        "carer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_key", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_carer"),
        sa.UniqueConstraint("uid", name="uq_carer_uid"),
    )
    op.create_index("ix_carer_phone_key", "carer", ["phone_key"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.UniqueConstraint("uid", name="uq_job_uid"),
    )
    op.create_index("ix_job_run_at", "job", ["run_at"], unique=False)
    op.create_table(
        "key_check",
        sa.Column("key_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_key_check"),
    )
    op.create_table(
        "name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("family", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_name"),
        sa.UniqueConstraint("folded", "family", name="uq_name_folded_family"),
    )
    op.create_table(
        "child",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("authority_id", KEY, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("merged_into_id", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given_names", sa.String(length=200), nullable=False),
        sa.Column("family_name", sa.String(length=200), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("name_source_id", KEY, nullable=True),
        sa.Column("born_source_id", KEY, nullable=True),
        sa.Column("shielded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shield_ground", sa.String(length=40), nullable=True),
        sa.CheckConstraint("died_on IS NULL OR died_on >= born_on", name="ck_child_dies_after_birth"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_child_authority_id"),
        sa.ForeignKeyConstraint(["merged_into_id"], ["child.id"], name="fk_child_merged_into_id"),
        sa.PrimaryKeyConstraint("id", name="pk_child"),
        sa.UniqueConstraint("number", name="uq_child_number"),
        sa.UniqueConstraint("subject_id", name="uq_child_subject_id"),
        sa.UniqueConstraint("uid", name="uq_child_uid"),
    )
    op.create_index("ix_child_authority_id", "child", ["authority_id"], unique=False)
    op.create_index("ix_child_born_on", "child", ["born_on"], unique=False)
    op.create_table(
        "name_key",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["name_id"], ["name.id"], name="fk_name_key_name_id"),
        sa.PrimaryKeyConstraint("key", "name_id", name="pk_name_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "organisation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("authority_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body_kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("urn", sa.String(length=6), nullable=True),
        sa.Column("dfe_number", sa.String(length=7), nullable=True),
        sa.Column("practice_code", sa.String(length=10), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("for_everyone_of_age", sa.Boolean(), nullable=True),
        sa.Column("sensitive_subject", sa.String(length=40), nullable=True),
        sa.Column("accreditation_ends_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_organisation_authority_id"),
        sa.ForeignKeyConstraint(["successor_id"], ["organisation.id"], name="fk_organisation_successor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("uid", name="uq_organisation_uid"),
    )
    op.create_index("ix_organisation_authority_id", "organisation", ["authority_id"], unique=False)
    op.create_index("ix_organisation_urn", "organisation", ["urn"], unique=False)
    op.create_table(
        "setting",
        sa.Column("id", KEY, nullable=False),
        sa.Column("authority_id", KEY, nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=400), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_setting_authority_id"),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
        sa.UniqueConstraint("authority_id", "name", "version", name="uq_setting_authority_id_name_version"),
    )
    op.create_table(
        "practitioner",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("team", sa.String(length=120), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_practitioner_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_practitioner"),
        sa.UniqueConstraint("uid", name="uq_practitioner_uid"),
    )
    op.create_index("ix_practitioner_organisation_id", "practitioner", ["organisation_id"], unique=False)
    op.create_table(
        "search_key",
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("variant", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("given_id", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("gender", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_search_key_child_id"),
        sa.PrimaryKeyConstraint("child_id", "variant", name="pk_search_key"),
        sqlite_with_rowid=False,
    )
    for name, columns in (
        ("born", ["born", "family_id", "given_id", "gender", "child_id"]),
        ("family", ["family_id", "given_id", "born", "gender", "child_id"]),
        ("given", ["given_id", "born", "family_id", "gender", "child_id"]),
    ):
        op.create_index(f"ix_search_key_{name}", "search_key", columns, unique=False)
    op.create_table(
        "search_place",
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("place", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("variant", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("given_id", sa.Integer(), nullable=False),
        sa.Column("outward_key", sa.Integer(), nullable=False),
        sa.Column("postcode_key", sa.Integer(), nullable=False),
        sa.Column("street_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_search_place_child_id"),
        sa.PrimaryKeyConstraint("child_id", "place", "variant", name="pk_search_place"),
        sqlite_with_rowid=False,
    )
    for name, columns in (
        ("outward_family", ["outward_key", "family_id", "given_id", "child_id"]),
        ("outward_given", ["outward_key", "given_id", "child_id"]),
        ("postcode_key", ["postcode_key"]),
        ("street_key", ["street_key"]),
    ):
        op.create_index(f"ix_search_place_{name}", "search_place", columns, unique=False)
    op.create_table(
        "account",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("practitioner_id", KEY, nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("agreement_version", sa.Integer(), nullable=True),
        sa.Column("agreement_signed_on", sa.Date(), nullable=True),
        sa.Column("check_issued_on", sa.Date(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_account_organisation_id"),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"], name="fk_account_practitioner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("uid", name="uq_account_uid"),
    )
    op.create_table(
        "source_record",
        sa.Column("id", KEY, nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", KEY, nullable=True),
        sa.Column("practitioner_id", KEY, nullable=True),
        sa.Column("row_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_source_record_child_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_source_record_organisation_id"),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"], name="fk_source_record_practitioner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_source_record"),
        sa.UniqueConstraint("organisation_id", "row_key", name="uq_source_record_organisation_id_row_key"),
    )
    op.create_index("ix_source_record_child_id", "source_record", ["child_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("fields_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_draft_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("uid", name="uq_draft_uid"),
    )
    op.create_index("ix_draft_account_id", "draft", ["account_id"], unique=False)
    op.create_table(
        "factor",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_factor_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_factor"),
        sa.UniqueConstraint("uid", name="uq_factor_uid"),
    )
    op.create_index("ix_factor_account_id", "factor", ["account_id"], unique=False)
    op.create_table(
        "idempotency",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_idempotency_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_idempotency"),
        sa.UniqueConstraint("account_id", "key", name="uq_idempotency_account_id_key"),
    )
    op.create_index("ix_idempotency_at", "idempotency", ["at"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_role_grant_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_role_grant"),
    )
    op.create_index("ix_role_grant_account_id", "role_grant", ["account_id"], unique=False)
    op.create_table(
        "search",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("criteria_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("returned_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_search_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_search"),
        sa.UniqueConstraint("uid", name="uq_search_uid"),
    )
    op.create_index("ix_search_account_id", "search", ["account_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", KEY, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("address_key", KEY, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=20), nullable=True),
        sa.Column("said", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_session_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("token_hash", name="uq_session_token_hash"),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"], unique=False)
    op.create_table(
        "source_version",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_names", sa.String(length=200), nullable=True),
        sa.Column("family_name", sa.String(length=200), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("gender", sa.String(length=40), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["source_record.id"], name="fk_source_version_record_id"),
        sa.PrimaryKeyConstraint("id", name="pk_source_version"),
        sa.UniqueConstraint("uid", name="uq_source_version_uid"),
    )
    op.create_index("ix_source_version_record_id", "source_version", ["record_id"], unique=False)
    op.create_table(
        "child_carer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("carer_id", KEY, nullable=False),
        sa.Column("relationship", sa.String(length=40), nullable=False),
        sa.Column("responsibility", sa.Boolean(), nullable=False),
        sa.Column("care", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("source_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["carer_id"], ["carer.id"], name="fk_child_carer_carer_id"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_child_carer_child_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source_version.id"], name="fk_child_carer_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_child_carer"),
    )
    op.create_index("ix_child_carer_carer_id", "child_carer", ["carer_id"], unique=False)
    op.create_index("ix_child_carer_child_id", "child_carer", ["child_id"], unique=False)
    op.create_table(
        "child_location",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("leave_kind", sa.String(length=40), nullable=True),
        sa.Column("source_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_child_location_child_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source_version.id"], name="fk_child_location_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_child_location"),
        sa.UniqueConstraint("uid", name="uq_child_location_uid"),
    )
    op.create_index("ix_child_location_child_id", "child_location", ["child_id"], unique=False)
    op.create_table(
        "child_name",
        sa.Column("id", KEY, nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("given_names", sa.String(length=200), nullable=False),
        sa.Column("family_name", sa.String(length=200), nullable=False),
        sa.Column("source_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_child_name_child_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source_version.id"], name="fk_child_name_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_child_name"),
    )
    op.create_index("ix_child_name_child_id", "child_name", ["child_id"], unique=False)
    op.create_table(
        "involvement",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("practitioner_id", KEY, nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("lead_passed_to_id", KEY, nullable=True),
        sa.Column("lead_passed_on", sa.Date(), nullable=True),
        sa.Column("assessment", sa.Boolean(), nullable=False),
        sa.Column("in_error", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source_id", KEY, nullable=True),
        sa.CheckConstraint("ended_on IS NULL OR ended_on > started_on", name="ck_involvement_ends_after_start"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_involvement_child_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_involvement_organisation_id"),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"], name="fk_involvement_practitioner_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source_version.id"], name="fk_involvement_source_id"),
        sa.ForeignKeyConstraint(["lead_passed_to_id"], ["practitioner.id"], name="fk_involvement_lead_passed_to_id"),
        sa.PrimaryKeyConstraint("id", name="pk_involvement"),
        sa.UniqueConstraint("uid", name="uq_involvement_uid"),
    )
    op.create_index("ix_involvement_child_id", "involvement", ["child_id"], unique=False)
    op.create_index("ix_involvement_practitioner_id", "involvement", ["practitioner_id"], unique=False)
    op.create_index(
        "uq_involvement_lead",
        "involvement",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("lead AND ended_on IS NULL AND NOT in_error"),
        postgresql_where=sa.text("lead AND ended_on IS NULL AND NOT in_error"),
    )
    op.create_index(
        "uq_involvement_running",
        "involvement",
        ["child_id", "practitioner_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL AND NOT in_error"),
        postgresql_where=sa.text("ended_on IS NULL AND NOT in_error"),
    )
    op.create_table(
        "outside_number",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("value_key", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_outside_number_child_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source_version.id"], name="fk_outside_number_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outside_number"),
        sa.UniqueConstraint("uid", name="uq_outside_number_uid"),
    )
    op.create_index("ix_outside_number_child_id", "outside_number", ["child_id"], unique=False)
    op.create_index("ix_outside_number_kind_value_key", "outside_number", ["kind", "value_key"], unique=False)
    op.create_table(
        "opening",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("search_uid", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_opening_account_id"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_opening_child_id"),
        sa.PrimaryKeyConstraint("id", name="pk_opening"),
        sa.UniqueConstraint("account_id", "child_id", name="uq_opening_account_id_child_id"),
    )
    op.create_index("ix_opening_child_id", "opening", ["child_id"], unique=False)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_APPEND_ONLY if sqlite else POSTGRESQL_APPEND_ONLY:
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_event_only_added()")
