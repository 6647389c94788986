"""The search index: small integers only. Fuzzy matching is against the dictionary of names, never the children."""

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key


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

    key: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name_id: Mapped[int] = mapped_column(ForeignKey("name.id"), primary_key=True)


class SearchKey(Base):
    """One row for each child and name variant: what a search probes."""

    __tablename__ = "search_key"
    __table_args__ = (
        Index("ix_search_key_born", "born", "family_id", "given_id", "child_id", "gender", "variant"),
        Index("ix_search_key_names", "family_id", "given_id", "born", "child_id", "gender", "variant"),
    )

    child_id: Mapped[int] = mapped_column(Key, ForeignKey("child.id"), primary_key=True)
    variant: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    family_id: Mapped[int]
    given_id: Mapped[int]
    born: Mapped[int]
    """Days since 1 January 1970."""
    gender: Mapped[int] = mapped_column(SmallInteger)


class SearchPlace(Base):
    """Where an unshielded child can be found: HMACs, in a narrow table so that a move rewrites little."""

    __tablename__ = "search_place"

    child_id: Mapped[int] = mapped_column(Key, ForeignKey("child.id"), primary_key=True)
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """0 for the first address, 1 for the second, and so on."""
    outward_key: Mapped[int] = mapped_column(Key, index=True)
    postcode_key: Mapped[int] = mapped_column(Key, index=True)
    street_key: Mapped[int] = mapped_column(Key, index=True)
