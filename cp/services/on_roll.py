"""Which school or practice a child is with, as each says itself: an involvement that nobody has to record."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement, SourceVersion
from cp.rules.derive import Stay

Stays = Mapping[int, tuple[Stay, SourceVersion]]


def keep(session: Session, stays: Mapping[int, Stays]) -> None:
    """Make the involvements of these children's schools and practices what those say: by child, by organisation.

    One that somebody recorded there for the whole organisation stays theirs, and no second stands beside it.
    """
    nobodys = (Involvement.child_id.in_(stays.keys()), Involvement.practitioner_id.is_(None), ~Involvement.in_error)
    query = select(Involvement).where(*nobodys).order_by(Involvement.id)
    held: dict[int, list[Involvement]] = {child_id: [] for child_id in stays}
    for one in session.scalars(query.execution_options(populate_existing=True)):
        held[one.child_id].append(one)
    for child_id, said in stays.items():
        _keep(session, child_id, said, held[child_id])
    session.flush()


def _keep(session: Session, child_id: int, said: Stays, held: list[Involvement]) -> None:
    ours = {one.organisation_id: one for one in held if one.source_id is not None}
    theirs = {one.organisation_id for one in held if one.source_id is None and one.ended_on is None}
    for organisation_id, (stay, version) in said.items():
        one = ours.pop(organisation_id, None)
        if one is None and organisation_id not in theirs:
            one = Involvement(child_id=child_id, organisation_id=organisation_id, recorded_at=clock.now(), version=0)
            session.add(one)
        if one is not None:
            _say(one, stay, version)
    for one in ours.values():
        session.delete(one)


def _say(one: Involvement, stay: Stay, version: SourceVersion) -> None:
    since = stay.from_on or version.said_on
    until = stay.until_on and max(stay.until_on, since + timedelta(days=1))
    said = (since, until, version.confirmed_on or version.said_on, version.id)
    if _said(one) != said:
        one.started_on, one.ended_on, one.confirmed_on, one.source_id = said
        one.version = (one.version or 0) + 1


def _said(one: Involvement) -> tuple[date | None, date | None, date | None, int | None]:
    return one.started_on, one.ended_on, one.confirmed_on, one.source_id
