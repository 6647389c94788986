"""Take out of the search index what is in it twice: it needs about two thirds of the room.

Names no longer stand beside every place, but once for each half of a postcode. All that is there is carried over.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    held = {
        "search_key": "SELECT DISTINCT child_id, family_id, given_id, born FROM search_key",
        "search_place": "SELECT DISTINCT child_id, place, outward_key, postcode_key, street_key FROM search_place",
        "search_carer": "SELECT DISTINCT child_id, carer_key FROM search_carer",
    }
    for table, query in held.items():
        op.execute(f"CREATE TABLE {table}_held AS {query}")
        op.drop_table(table)
    _make()
    for table in held:
        op.execute(f"INSERT INTO {table} SELECT * FROM {table}_held")  # noqa: S608 -- the tables above
        op.execute(f"DROP TABLE {table}_held")
    op.execute(
        """INSERT INTO search_area (name_id, outward_key, child_id)
        SELECT family_id, coalesce(outward_key, 0), search_key.child_id
        FROM search_key LEFT JOIN search_place ON search_place.child_id = search_key.child_id
        UNION SELECT given_id, coalesce(outward_key, 0), search_key.child_id
        FROM search_key LEFT JOIN search_place ON search_place.child_id = search_key.child_id"""
    )


def _make() -> None:
    _table("search_key", ("family_id", "given_id"), ("born",))
    op.create_index("ix_search_key_born", "search_key", ["born", "family_id", "given_id", "child_id"])
    op.create_index("ix_search_key_names", "search_key", ["family_id", "given_id", "born", "child_id"])
    _table("search_place", ("place",), ("outward_key", "postcode_key", "street_key"))
    for name in ("postcode_key", "street_key"):
        op.create_index(f"ix_search_place_{name}", "search_place", [name, "child_id"])
    _table("search_carer", ("carer_key",), ())
    op.create_index("ix_search_carer_carer_key", "search_carer", ["carer_key", "child_id"])
    op.create_table(
        "search_area",
        sa.Column("name_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outward_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("child_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("name_id", "outward_key", "child_id", name="pk_search_area"),
        sqlite_with_rowid=False,
    )


def _table(name: str, ordered: tuple[str, ...], beside: tuple[str, ...]) -> None:
    """A table of children, in the order of the child and of these columns, with others beside them."""
    kinds = {"place": sa.SmallInteger()}
    op.create_table(
        name,
        sa.Column("child_id", sa.Integer(), nullable=False),
        *(sa.Column(each, kinds.get(each, sa.Integer()), autoincrement=False, nullable=False) for each in ordered),
        *(sa.Column(each, sa.Integer(), nullable=False) for each in beside),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=f"fk_{name}_child_id"),
        sa.PrimaryKeyConstraint("child_id", *ordered, name=f"pk_{name}"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """The tables as they were, empty: `flask --app app find rebuild` fills them."""
    for table in ("search_area", "search_carer", "search_place", "search_key"):
        op.drop_table(table)
    op.create_table(
        "search_key",
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("variant", sa.SmallInteger(), autoincrement=False, nullable=False),
        *(sa.Column(each, sa.Integer(), nullable=False) for each in ("family_id", "given_id", "born")),
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
        op.create_index(f"ix_search_key_{name}", "search_key", columns)
    op.create_table(
        "search_place",
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("place", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("variant", sa.SmallInteger(), autoincrement=False, nullable=False),
        *(
            sa.Column(each, sa.Integer(), nullable=False)
            for each in ("family_id", "given_id", "outward_key", "postcode_key", "street_key")
        ),
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
        op.create_index(f"ix_search_place_{name}", "search_place", columns)
    op.create_table(
        "search_carer",
        sa.Column("child_id", KEY, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("carer_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_search_carer_child_id"),
        sa.PrimaryKeyConstraint("child_id", "ordinal", name="pk_search_carer"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_carer_carer_key", "search_carer", ["carer_key"])
