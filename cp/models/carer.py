"""People with parental responsibility or care, and how they stand to a child."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid, pointing
from cp.terms import Relationship


class Carer(Base):
    """A carer, whole and sealed: the name and numbers of somebody who may be hiding."""

    __tablename__ = "carer"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    details_sealed: Mapped[bytes]
    phone_key: Mapped[int | None] = mapped_column(Key, index=True)

    details: Any = Sealed()
    """{"name": str, "phones": [E.164, ...], "email": str | None, "best_time": BestTime value | None}"""


class ChildCarer(Base):
    """This carer has responsibility for, or cares for, this child (Sch. 1 para 6)."""

    __tablename__ = "child_carer"
    __table_args__ = (pointing("source_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    carer_id: Mapped[int] = mapped_column(ForeignKey("carer.id"), index=True)
    relationship: Mapped[Relationship]
    responsibility: Mapped[bool]
    care: Mapped[bool]
    ended_on: Mapped[date | None]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source_version.id"))
