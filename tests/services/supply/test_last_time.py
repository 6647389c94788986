"""What a supplier reads of its last list follows from what it sent, whatever the directory made of it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import SupplyRow
from cp.terms import RowState
from tests.build import World
from tests.build_hidden_supply import shielded
from tests.build_supply import AMIRA, JACK, csv_of, receive, send


@pytest.mark.parametrize("held", [True, False], ids=["shielded", "never there"])
def test_another_birth_date_than_last_time_is_told_whatever_came_of_the_row(
    session: Session, world: World, held: bool
) -> None:
    if held:
        shielded(session, world)
    theirs = AMIRA | {"Adno": "000421", "Forename": "Amina"}
    first = send(session, world.school, theirs, JACK, whole=True)

    file = receive(session, world.school, csv_of(theirs | {"DOB": "15/03/2016"}, JACK), whole=True)

    came = session.scalars(select(SupplyRow.state).where(SupplyRow.file_id == first.id).order_by(SupplyRow.number))
    assert list(came) == [RowState.WAITING if held else RowState.SENT, RowState.SENT]
    rows = session.scalars(select(SupplyRow).where(SupplyRow.file_id == file.id).order_by(SupplyRow.number))
    told = [[sentence for _, _, sentence, *_ in row.facts["problems"]] for row in rows]
    assert told == [["Row 2: date of birth 15/03/2016 was 14/03/2016 last time"], []]
