"""A long list, a page at a time."""

from dataclasses import dataclass
from typing import Generic, TypeVar, TypeVarTuple

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

A_PAGE = 50
T = TypeVar("T")
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """`total` counts all of them, not this page's; `number`: which page, from 1."""

    rows: tuple[T, ...]
    total: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def of(query: Select[*Columns], number: int) -> Select[*Columns]:
    """What stands on that page of an ordered query."""
    return query.limit(A_PAGE).offset((number - 1) * A_PAGE)


def count(session: Session, query: Select[*Columns]) -> int:
    """How many the query finds on all pages."""
    return session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)) or 0
