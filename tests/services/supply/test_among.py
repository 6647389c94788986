"""Rows of one file that may be one child are compared with each other's records, wherever a batch ends."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import SupplyRow
from cp.services.supply import ahead, among, confirming, senders
from cp.terms import RowState
from tests.build import World
from tests.build_supply import AMIRA, IFEOMA, JACK, children, csv_of, receive, row_by_row, send

TWIN = AMIRA | {"Adno": "000419", "Forename": "Amina"}
MISSPELT = IFEOMA | {"Adno": "000421", "Legal Surname": "Abarra"}


MILLIE = JACK | {"Adno": "000441", "Forename": "Millie Sasha", "Legal Surname": "Wade-Smith", "DOB": "28/03/2014"}
"""Sounds a little like the next one, and not like her sister."""
MOLLY = AMIRA | {"Adno": "000442", "Forename": "Molly Evie", "Legal Surname": "Wood", "DOB": "05/09/2013"}
EVIE = MOLLY | {"Adno": "000443", "Forename": "Evie Maree", "DOB": "04/01/2015"}
"""A part of her sister's name is hers; of hers her sister has none that she goes by."""


@pytest.fixture(params=["at once", "row by row"])
def batches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "row by row":
        row_by_row(monkeypatch)


@pytest.mark.parametrize(("first", "then"), [(AMIRA, TWIN), (IFEOMA, MISSPELT)])
def test_a_row_is_compared_with_the_record_of_an_earlier_one_of_its_file(
    session: Session, world: World, first: dict[str, str], then: dict[str, str], batches: None
) -> None:
    file = send(session, world.school, first, then, JACK)

    query = select(SupplyRow.state).where(SupplyRow.file_id == file.id).order_by(SupplyRow.number)
    came = session.scalars(query).all()
    assert (came[0], came[2], file.done, len(children(session))) == (RowState.SENT, RowState.SENT, 3, 2)


def test_brothers_and_sisters_and_strangers_go_together(session: Session, world: World) -> None:
    sister = AMIRA | {"Adno": "000430", "Forename": "Zahra", "DOB": "02/09/2012"}
    file = receive(session, world.school, csv_of(AMIRA, sister, JACK, TWIN))
    sender, following = senders.of_file(session, file), confirming.following(session, file, 35)

    looked = ahead.look(session, sender, file, following)

    assert [one.row.said.given_names for one in looked.placed.values()] == ["Amira", "Zahra", "Jack"]
    assert among.first([one.row for one in looked.placed.values()]) == [one.row for one in looked.placed.values()]


def test_a_row_that_waits_is_before_whoever_comes_after_it(session: Session, world: World, batches: None) -> None:
    """Of the sisters only the elder would look at the younger one's record, and it is not there yet."""
    file = send(session, world.school, MILLIE, MOLLY, EVIE)

    query = select(SupplyRow.state).where(SupplyRow.file_id == file.id)
    assert {*session.scalars(query)} == {RowState.SENT}
    assert len(children(session)) == 3
