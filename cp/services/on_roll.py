"""Which school or practice a child is with, as each says itself: an involvement that nobody has to record."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.engines_bulk import insert_rows
from cp.models import Involvement, SourceRecord, SourceVersion, new_uid
from cp.rules.derive import Said, Stay
from cp.services.find.lists import among


class Spoken(NamedTuple):
    """What one version of an organisation's says, if it is one's; `confirmed_on` as the version has it."""

    said: Said
    organisation_id: int | None
    confirmed_on: date | None = None


Stays = Mapping[int, tuple[Stay, Spoken]]
"""By organisation: what its newest word says of the child's being with it."""

NOBODY = (Involvement.practitioner_id + 0).is_(None)
"""Not to be looked up by: half of all involvements are nobody's."""


def keep(session: Session, stays: Mapping[int, Stays], made: Collection[int] = ()) -> None:
    """Make the involvements of these children's schools and practices what those say: by child, by organisation. Those
    whose record was `made` just now have none yet.

    One that somebody recorded there for the whole organisation stays theirs, and no second stands beside it.
    """
    held: dict[int, list[Involvement]] = {child_id: [] for child_id in stays}
    if before := held.keys() - made:
        nobodys = (among(Involvement.child_id, before), NOBODY, ~Involvement.in_error)
        query = select(Involvement).where(*nobodys).order_by(Involvement.id)
        for one in session.scalars(query.execution_options(populate_existing=True)):
            held[one.child_id].append(one)
    new = [row for child_id, said in stays.items() for row in _keep(session, child_id, said, held[child_id])]
    session.flush()
    insert_rows(session.connection(), Involvement, new)


def _keep(session: Session, child_id: int, said: Stays, held: list[Involvement]) -> Iterator[dict[str, Any]]:
    """The rows that there are to add."""
    ours = {one.organisation_id: one for one in held if one.source_id is not None}
    theirs = {one.organisation_id for one in held if one.source_id is None and one.ended_on is None}
    for organisation_id, (stay, spoken) in said.items():
        says = _says(stay, spoken)
        if organisation_id in theirs:
            continue
        if one := ours.pop(organisation_id, None):
            _change(one, says)
        else:
            yield says | {
                "uid": new_uid(), "child_id": child_id, "organisation_id": organisation_id, "recorded_at": clock.now(),
                "lead": False, "assessment": False, "in_error": False, "version": 1,
            }  # fmt: skip
    for one in ours.values():
        session.delete(one)


_SAID_ON = func.coalesce(SourceVersion.confirmed_on, SourceVersion.said_on)


def confirm(session: Session, versions: Collection[int]) -> None:
    """What these versions say was said again, or that is taken back: so it is of the children's being there."""
    session.flush()
    said = (
        update(Involvement)
        .where(
            among(SourceVersion.id, versions), SourceRecord.id == SourceVersion.record_id,
            Involvement.source_id == SourceVersion.id, Involvement.child_id == SourceRecord.child_id,
            Involvement.confirmed_on.is_distinct_from(_SAID_ON),
        )
        .values(confirmed_on=_SAID_ON, version=Involvement.version + 1)
    )  # fmt: skip
    session.connection().execute(said)
    for one in session.identity_map.values():
        if isinstance(one, Involvement):
            session.expire(one)


def _says(stay: Stay, spoken: Spoken) -> dict[str, Any]:
    since = stay.from_on or spoken.said.said_on
    until = stay.until_on and max(stay.until_on, since + timedelta(days=1))
    confirmed = spoken.confirmed_on or spoken.said.said_on
    return {"started_on": since, "ended_on": until, "confirmed_on": confirmed, "source_id": spoken.said.source}


def _change(one: Involvement, says: Mapping[str, Any]) -> None:
    if any(getattr(one, name) != value for name, value in says.items()):
        for name, value in says.items():
            setattr(one, name, value)
        one.version += 1
