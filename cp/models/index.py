"""The search index: small integers only. Fuzzy matching is against the dictionary of names, never the children.

Every table but the dictionary is kept in the order of its key (SQLite's WITHOUT ROWID): half the pages to read.
"""

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base

IN_KEY_ORDER = {"sqlite_with_rowid": False}
Small = Integer()
"""Of a child here: four bytes, where the child's own has eight."""
NOWHERE = 0


class Name(Base):
    """Each distinct folded name, once. `family` tells a family name from a given one."""

    __tablename__ = "name"
    __table_args__ = (UniqueConstraint("folded", "family"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    folded: Mapped[str] = mapped_column(String(200))
    family: Mapped[bool]


class NameKey(Base):
    """Hashes by which a name is found: itself, its one-letter deletions, its sounds."""

    __tablename__ = "name_key"
    __table_args__ = (IN_KEY_ORDER,)

    key: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """No foreign key: to take a name out would read all of these."""


class SearchKey(Base):
    """One row for each child and pair of names: what a search probes by birth date and by names."""

    __tablename__ = "search_key"
    __table_args__ = (
        Index("ix_search_key_born", "born", "family_id", "given_id", "child_id"),
        Index("ix_search_key_names", "family_id", "given_id", "born", "child_id"),
        IN_KEY_ORDER,
    )

    child_id: Mapped[int] = mapped_column(Small, ForeignKey("child.id"), primary_key=True)
    family_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    given_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    born: Mapped[int]
    """Days since 1 January 1970."""


class SearchPlace(Base):
    """Where an unshielded child can be found: HMACs, in a table of their own so that a move rewrites little."""

    __tablename__ = "search_place"
    __table_args__ = (
        Index("ix_search_place_postcode_key", "postcode_key", "child_id"),
        Index("ix_search_place_street_key", "street_key", "child_id"),
        IN_KEY_ORDER,
    )

    child_id: Mapped[int] = mapped_column(Small, ForeignKey("child.id"), primary_key=True)
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """0 for the first address, 1 for the second, and so on."""
    outward_key: Mapped[int]
    postcode_key: Mapped[int]
    street_key: Mapped[int]


class SearchArea(Base):
    """Who bears a name, and in which half of a postcode: that holds thousands of children, with a name only a few.

    Made of the two tables above. A child of no known place, as a shielded one is, stands `NOWHERE`, so that there is
    one place to see whether anybody bears a name. No foreign key: to take out a child would read it all.
    """

    __tablename__ = "search_area"
    __table_args__ = (IN_KEY_ORDER,)

    name_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outward_key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    child_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SearchCarer(Base):
    """By whom an unshielded child can be found: HMACs of the names of those who have responsibility or care now.

    Both names stand in one key, since the family name alone is mostly the child's, which can be read beside it.
    """

    __tablename__ = "search_carer"
    __table_args__ = (Index("ix_search_carer_carer_key", "carer_key", "child_id"), IN_KEY_ORDER)

    child_id: Mapped[int] = mapped_column(Small, ForeignKey("child.id"), primary_key=True)
    carer_key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
