"""What became of the words and the rows of a supplier that has sent more than once."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import SourceVersion, SupplyFile, SupplyRow
from cp.services.supply import words
from cp.terms import RowState


def versions(session: Session) -> list[tuple[str | None, date | None]]:
    """The given names of each and when it was confirmed."""
    query = select(SourceVersion.given_names, SourceVersion.confirmed_on).order_by(SourceVersion.id)
    return [(name, on) for name, on in session.execute(query)]


def sent(session: Session, file: SupplyFile) -> list[tuple[RowState, bool]]:
    """Of each row: what became of it, and whether it only said the same again."""
    query = select(SupplyRow).where(SupplyRow.file_id == file.id).order_by(SupplyRow.number)
    return [(row.state, words.confirmed(row) is not None) for row in session.scalars(query)]
