"""The search index: small integers only. Fuzzy matching is against the dictionary of names, never the children.

Every table but the dictionary is kept in the order of its key (SQLite's WITHOUT ROWID): half the pages to read.
"""

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key

IN_KEY_ORDER = {"sqlite_with_rowid": False}


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
    name_id: Mapped[int] = mapped_column(ForeignKey("name.id"), primary_key=True)


class SearchKey(Base):
    """One row for each child and name variant: what a search probes by birth date and by names."""

    __tablename__ = "search_key"
    __table_args__ = (
        Index("ix_search_key_born", "born", "family_id", "given_id", "gender", "child_id"),
        Index("ix_search_key_family", "family_id", "given_id", "born", "gender", "child_id"),
        Index("ix_search_key_given", "given_id", "born", "family_id", "gender", "child_id"),
        IN_KEY_ORDER,
    )

    child_id: Mapped[int] = mapped_column(Key, ForeignKey("child.id"), primary_key=True)
    variant: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """0 for the current names, then every other pair of names, in the order of `cp.matching.forms`."""
    family_id: Mapped[int]
    given_id: Mapped[int]
    born: Mapped[int]
    """Days since 1 January 1970."""
    gender: Mapped[int] = mapped_column(SmallInteger)


class SearchPlace(Base):
    """Where an unshielded child can be found: HMACs, in a table of their own so that a move rewrites little.

    The names stand here again: half a postcode holds thousands of children, and with a name only a few.
    """

    __tablename__ = "search_place"
    __table_args__ = (
        Index("ix_search_place_outward_family", "outward_key", "family_id", "given_id", "child_id"),
        Index("ix_search_place_outward_given", "outward_key", "given_id", "child_id"),
        IN_KEY_ORDER,
    )

    child_id: Mapped[int] = mapped_column(Key, ForeignKey("child.id"), primary_key=True)
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """0 for the first address, 1 for the second, and so on."""
    variant: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """Of `search_key`."""
    family_id: Mapped[int]
    given_id: Mapped[int]
    outward_key: Mapped[int]
    postcode_key: Mapped[int] = mapped_column(index=True)
    street_key: Mapped[int] = mapped_column(index=True)


class SearchCarer(Base):
    """By whom an unshielded child can be found: HMACs of the names of those who have responsibility or care now.

    Both names stand in one key, since the family name alone is mostly the child's, which can be read beside it.
    """

    __tablename__ = "search_carer"
    __table_args__ = (IN_KEY_ORDER,)

    child_id: Mapped[int] = mapped_column(Key, ForeignKey("child.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """0 for the first carer's name, then every other form of it, then the next carer's."""
    carer_key: Mapped[int] = mapped_column(index=True)
