"""What the site's login might try to get round who reads, on each engine: every one is refused."""

from cp import engines

ROUND_IT = {
    "sqlite": [
        "DROP TABLE child_location",
        "DROP TABLE sensitive_involvement",
        "ALTER TABLE child_location RENAME TO elsewhere",
        "ALTER TABLE child_location ADD COLUMN plain TEXT",
        "CREATE TABLE plain AS SELECT * FROM child_location",
        "CREATE VIEW plain AS SELECT * FROM child_location",
        "CREATE TRIGGER quiet AFTER INSERT ON child_location BEGIN SELECT 1; END",
        "ATTACH DATABASE ':memory:' AS elsewhere",
        "PRAGMA writable_schema = ON",
        "PRAGMA trusted_schema = ON",
        "VACUUM INTO '/dev/null'",
        "UPDATE sqlite_master SET sql = ''",
    ],
    "postgresql": [
        "RESET ROLE; ALTER TABLE child_location DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE sensitive_involvement DISABLE ROW LEVEL SECURITY",
        "DROP POLICY child_location_is_read_by_somebody ON child_location",
        "ALTER POLICY child_location_is_read_by_somebody ON child_location USING (true)",
        "CREATE POLICY everybody ON child_location USING (true)",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        f"ALTER ROLE {engines.APP_ROLE} BYPASSRLS",
        f"GRANT postgres TO {engines.APP_ROLE}",
        "ALTER TABLE child_location OWNER TO CURRENT_USER",
        "CREATE FUNCTION all_of_it() RETURNS SETOF child_location LANGUAGE sql SECURITY DEFINER "
        "AS 'SELECT * FROM child_location'",
        "CREATE VIEW all_of_it AS SELECT * FROM child_location",
        "DO $$ BEGIN EXECUTE 'CREATE SCHEMA mine'; END $$",
        "COPY child_location TO PROGRAM 'cat'",
        "COPY child_location TO '/tmp/copied'",
        "COPY child_location FROM '/dev/null'",
        "TRUNCATE child_location",
        "DROP TABLE child_location",
        "SELECT rolpassword FROM pg_authid",
        "SELECT pg_read_file('postgresql.conf')",
        "SET row_security = off; SELECT * FROM child_location",
        "INSERT INTO audit_event (id) VALUES (1)",
    ],
}
