"""From which weight on a supplier's rows join by themselves, and what a person has said of those that did not.

For the management team alone: a supplier never reads what its rows came to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.matching.explaining import weight_said
from cp.matching.joining import DEFAULT, Thresholds
from cp.models import Pair, SupplyFile, SupplyRow
from cp.rules.access import Actor
from cp.services import audit
from cp.services.supply import overseeing, senders, suppliers
from cp.terms import Act, PairState

BANDS = (10.0, 14.0, 18.0, 22.0, 26.0, 30.0, 34.0)
"""Weights at which what was decided is counted apart; below the first, and from the last on, it is counted too."""
NEWEST = 2_000
"""Decided pairs that are read. Rows, and what was said of them, are forgotten after 90 days."""


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs that weigh `least` or more, and less than `below`: how many were one child and how many two."""

    least: float | None
    below: float | None
    same: int
    different: int


class ChangedMeanwhile(Exception):
    """Somebody else set them after this person's page was made. `now` is what holds."""

    def __init__(self, now: Thresholds) -> None:
        super().__init__(version(now))
        self.now = now


def version(at: Thresholds) -> str:
    """What a page says that it was made of."""
    return f"{at.join:g}+{at.maybe:g}"


def thresholds(session: Session, actor: Actor, uid: UUID) -> Thresholds:
    """Those in use for this supplier. Raises Refusal."""
    found = overseeing.organisation(session, actor, uid)
    audit.record(session, actor, Act.SEE_SUPPLIERS, audit.About(object_id=uid))
    return senders.thresholds(session, found.id)


def set_thresholds(session: Session, actor: Actor, uid: UUID, at: Thresholds, before: str) -> bool:
    """Whether anything changed; the next batch of rows is judged by it, and what has joined stays joined.

    Raises Refusal, and ChangedMeanwhile unless `before` is what holds.
    """
    found = overseeing.organisation(session, actor, uid)
    held = suppliers.held(session, found.id)
    now = senders.thresholds(session, found.id)
    if now == at:
        return False
    if version(now) != before:
        raise ChangedMeanwhile(now)
    held.join_at = None if at.join == DEFAULT.join else at.join
    held.maybe_at = None if at.maybe == DEFAULT.maybe else at.maybe
    session.flush()
    audit.record(session, actor, Act.SET_THRESHOLDS, audit.About(object_id=uid, reason=version(at)))
    return True


def decided(session: Session, actor: Actor, uid: UUID) -> list[Band]:
    """What this team has said of this supplier's rows in the last 90 days, by what a row and its record weighed."""
    query = (
        select(Pair)
        .join(SupplyRow, SupplyRow.id == Pair.row_id)
        .join(SupplyFile, SupplyFile.id == SupplyRow.file_id)
        .where(
            SupplyFile.organisation_id == overseeing.organisation(session, actor, uid).id,
            Pair.authority_id == actor.authority_id, Pair.state.in_((PairState.SAME, PairState.DIFFERENT)),
        )
        .order_by(Pair.id.desc())
        .limit(NEWEST)
    )  # fmt: skip
    said = [(weight_said(pair.why), pair.state) for pair in session.scalars(query)]
    return [_band(said, least, below) for least, below in pairwise([None, *BANDS, None])]


def _band(said: Iterable[tuple[float | None, PairState]], least: float | None, below: float | None) -> Band:
    states = [
        state for weight, state in said
        if weight is not None and (least is None or weight >= least) and (below is None or weight < below)
    ]  # fmt: skip
    return Band(least, below, states.count(PairState.SAME), states.count(PairState.DIFFERENT))
