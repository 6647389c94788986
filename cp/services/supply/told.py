"""What a practitioner told of one child whom they did not find: read, put beside the likeliest records, never joined.

It is a file of one row that always waits: the same queue, the same two people and the same forgetting serve it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.checking import check_told
from cp.feeds.supplied import Context, Problem
from cp.matching.joining import Thresholds
from cp.models import Account, Organisation, Pair, SupplyFile, SupplyRow
from cp.services import find
from cp.services.supply import placing
from cp.services.supply.candidates import Row
from cp.services.supply.placing import Placed
from cp.services.supply.receiving import BY_HAND
from cp.terms import AddressState, Column, SourceKind, WhyHere

BESIDE = 5
"""Records that one is put beside, where no date of birth is known."""


@dataclass(frozen=True, slots=True)
class Besides:
    """What is told of a child that no record holds: it goes to the management team alone, and is forgotten with it."""

    why: WhyHere
    age: int | None = None
    """Years, where the date of birth is not known."""
    school: str = ""

    def facts(self) -> dict[str, Any]:
        return {"why": self.why, "age": self.age, "school": self.school}


@dataclass(frozen=True, slots=True)
class Told:
    """Who told it, and what no record holds of it."""

    by: str
    organisation: str
    besides: Besides


def problems(typed: Mapping[Column, str]) -> list[Problem]:
    """What is the matter with it; nothing where it can be sent."""
    headings = {column: heading for heading, column in BY_HAND.items()}
    context = Context(today=clock.today(), kind=SourceKind.PRACTITIONER)
    return list(check_told(typed, headings, context).problems)


def besides(session: Session, file: SupplyFile, row: SupplyRow) -> Told | None:
    """None for a row of a supplier's file."""
    held = row.facts.get("told")
    if held is None:
        return None
    by = session.scalars(select(Account.name).where(Account.id == file.account_id)).one()
    organisation = session.get_one(Organisation, file.organisation_id)
    return Told(by, organisation.name, Besides(WhyHere(held["why"]), held["age"], held["school"]))


def place(session: Session, organisation_id: int, rows: Sequence[Row], at: Thresholds) -> list[Placed]:
    """Each beside the records that it may be of, but for those that somebody has told it apart from."""
    return [Placed(row, maybe=beside(session, organisation_id, row, at), told=True) for row in rows]


def beside(
    session: Session, organisation_id: int, row: Row, at: Thresholds
) -> tuple[tuple[int, list[str]], ...]:  # fmt: skip
    """The likeliest records, with the reasons: by the comparison of supply, or by a search's where nobody knows when
    the child was born."""
    found = placing.likeliest(session, organisation_id, row, at) if row.said.born_on else _by_age(session, row)
    looked_at = set(session.scalars(select(Pair.child_id).where(Pair.row_id == row.held.id)))
    return tuple(one for one in found if one[0] not in looked_at)


def _by_age(session: Session, row: Row) -> tuple[tuple[int, list[str]], ...]:
    said = row.said
    places = [at.postcode for at in said.addresses if at.state is AddressState.CURRENT and at.postcode]
    asked = find.Criteria(
        given_name=said.given_names or "", family_name=said.family_name or "", age=row.held.facts["told"]["age"],
        gender=said.gender, postcode=next(iter(places), None),
    )  # fmt: skip
    return tuple((one.child_id, [one.why]) for one in find.search(session, asked, clock.today()).matches[:BESIDE])
