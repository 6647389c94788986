"""An extract in which many schools are gone at once is most likely broken: it changes nothing until a person says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from cp.feeds.registers import Establishment
from cp.models import Organisation
from cp.rules.registers import too_many_gone
from cp.services.registers import stating

SHOWN = 10


class TooManyGone(Exception):
    """`count` of `of` open schools would close or are missing; the first are named."""

    def __init__(self, gone: list[Organisation], of: int) -> None:
        self.count, self.of = len(gone), of
        self.first = tuple(f"{one.urn} {one.name}" for one in sorted(gone, key=lambda one: one.urn or "")[:SHOWN])
        super().__init__(
            f"{self.count:,} of {of:,} open schools would close or are missing from this file, more than 2% of all or "
            "of one authority. Nothing was changed"
        )


def require_few(
    stated: Iterable[Establishment], held: Mapping[str, Organisation], even_so: int | None, today: date
) -> None:
    """Raises TooManyGone where too many are gone of one authority or of all, unless just so many were foretold."""
    rows = {one.urn: one for one in stated}
    were_open = {urn: one for urn, one in held.items() if one.valid_to is None}
    gone = [one for urn, one in were_open.items() if one.urn and _ends(rows.get(urn), today)]
    by_authority, opened = (Counter(one.authority_id for one in some) for some in (gone, were_open.values()))
    unlikely = too_many_gone(len(gone), len(were_open)) or any(
        too_many_gone(count, opened[authority]) for authority, count in by_authority.items()
    )
    if unlikely and len(gone) != even_so:
        raise TooManyGone(gone, len(were_open))


def _ends(one: Establishment | None, today: date) -> bool:
    """Missing, or with an end where none was known."""
    return one is None or (stating.concerns(one, today) and stating.ends_on(one, None, today) is not None)
