"""Mistakes of the kind that people make when files are received: each tells a supplier, or another area, of a child."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, object_session

from cp.cli import supply
from cp.cli.common import transaction
from cp.feeds.rows_sent import RowSent
from cp.matching.facts import Where
from cp.models import Organisation, SourceRecord, SupplyFile, SupplyRow
from cp.models import Pair as Doubtful
from cp.models.child import ChildLocation
from cp.services import find
from cp.services.supply import by_machine, files, reviewing, standing
from cp.services.supply.by_machine import Told
from cp.services.supply.senders import Sender
from cp.terms import PairState, RowState

Patching = pytest.MonkeyPatch


def joined(session: Session, file: SupplyFile) -> int:
    query = select(func.count()).where(SupplyRow.file_id == file.id, SupplyRow.state == RowState.SENT)
    return session.scalar(query) or 0


def report_of_joined(patch: Patching) -> None:
    """The supplier reads how many rows were somebody's, and not how many were sent."""
    real = files.shown

    def shown(file: SupplyFile) -> files.Shown:
        session = object_session(file)
        assert session is not None
        return replace(real(file), done=joined(session, file))

    patch.setattr(files, "shown", shown)


def command_of_joined(patch: Patching) -> None:
    real = supply._work

    def work(uid: UUID) -> int:
        real(uid)
        with transaction() as session:
            return joined(session, session.scalars(select(SupplyFile).where(SupplyFile.uid == uid)).one())

    patch.setattr(supply, "_work", work)


def everybodys_queue(patch: Patching) -> None:
    """The rows to review of every area."""
    patch.setattr(reviewing, "_waiting", lambda _: (Doubtful.state == PairState.WAITING,))


def hidden_places(patch: Patching) -> None:
    """A row is compared with where a child lives, shielded or not."""
    real = find.compared

    def compared(session: Session, ids: Collection[int]) -> dict[int, find.Compared]:
        places: dict[int, frozenset[Where]] = {}
        for at in session.scalars(select(ChildLocation).where(ChildLocation.child_id.in_(ids))):
            if at.address:
                places[at.child_id] = frozenset(find.where(at.address["postcode"]))
        return {
            one: found._replace(facts=replace(found.facts, places=places.get(one, frozenset())))
            for one, found in real(session, ids).items()
        }

    patch.setattr(find, "compared", compared)


def receipt_of_known_keys(patch: Patching) -> None:
    """Whoever is named as having left is held where nobody has the key."""
    real = by_machine._left

    def left(session: Session, sender: Sender, file: SupplyFile, leavers: Sequence[RowSent]) -> dict[int, Told]:
        keys = select(SourceRecord.row_key).where(SourceRecord.organisation_id == sender.organisation_id)
        held = set(session.scalars(keys))
        told = real(session, sender, file, leavers)
        return {row.number: (told[row.number][0] and row.key in held, told[row.number][1]) for row in leavers}

    patch.setattr(by_machine, "_left", left)


def card_of_joined(patch: Patching) -> None:
    """The scorecard counts the rows that were somebody's as those without a fault."""
    real = standing.of

    def of(session: Session, organisation: Organisation) -> standing.Standing:
        how, own = real(session, organisation), SupplyFile.organisation_id == organisation.id
        query = select(func.count()).select_from(SupplyRow).join(SupplyFile, SupplyFile.id == SupplyRow.file_id)
        sent = session.scalar(query.where(own, SupplyRow.state == RowState.SENT)) or 0
        return replace(how, card=replace(how.card, faultless=sent))

    patch.setattr(standing, "of", of)


class Leak(NamedTuple):
    """`kind`: the pair that it tells apart; `command`: by what is printed at the server; `machine`: by what another
    system is answered; `stopped`: PostgreSQL gives out no such row, so that the mistake tells nothing there."""

    plant: Callable[[Patching], None]
    kind: str
    command: bool = False
    stopped: bool = False
    machine: bool = False


SUPPLY_LEAKS = {
    "a report that counts the rows that joined": Leak(report_of_joined, "shielded"),
    "a command that counts the rows that joined": Leak(command_of_joined, "shielded", command=True),
    "a scorecard that counts the rows that joined": Leak(card_of_joined, "shielded"),
    "the rows to review of every area": Leak(everybodys_queue, "never there"),
    "a receipt that says which keys are known": Leak(receipt_of_known_keys, "never there", machine=True),
    "a row compared with a hidden place": Leak(hidden_places, "shielded", stopped=True),
}
