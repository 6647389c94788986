"""A list that is given to a statement is one parameter, whatever is in it and however long it is."""

from uuid import UUID

import pytest
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from cp.models import Once, SearchArea, new_uid
from cp.models.child import Child
from cp.services.find.lists import among, holds, row_among
from tests import build
from tests.build import World
from tests.conftest import NOW

AREA = SearchArea.name_id, SearchArea.outward_key, SearchArea.child_id
ROWS = [(1, -7, 3), (1, 7, 3), (2, -7, 3), (2**31 - 1, -(2**31), 4)]


def found(session: Session, where: ColumnElement[bool]) -> list[str]:
    return list(session.scalars(select(Child.given_names).where(where).order_by(Child.given_names)))


def test_a_column_is_among_numbers_or_ids_or_is_not(session: Session, world: World) -> None:
    ann, beth, cleo = (build.child(session, world, given_names=name) for name in ("Ann", "Beth", "Cleo"))

    assert found(session, among(Child.id, [ann.id, cleo.id, 0])) == ["Ann", "Cleo"]
    assert found(session, ~among(Child.id, [ann.id])) == ["Beth", "Cleo"]
    assert found(session, among(Child.uid, {beth.uid, new_uid()})) == ["Beth"]
    assert found(session, among(Child.uid, [])) == found(session, among(Child.id, ())) == []


def test_the_text_of_a_statement_does_not_hang_on_the_list(session: Session) -> None:
    texts = {
        str(select(Child.id).where(among(Child.id, ids)).compile(session.get_bind())) for ids in ([], [1], range(500))
    }

    assert len(texts) == 1


def test_a_row_is_deleted_by_its_whole_key(session: Session) -> None:
    session.add_all(SearchArea(name_id=name, outward_key=outward, child_id=child) for name, outward, child in ROWS)
    session.flush()

    session.execute(delete(SearchArea).where(row_among(AREA, [ROWS[0], ROWS[3], (1, 7, 4)])))

    assert sorted(map(tuple, session.execute(select(*AREA)))) == sorted(ROWS[1:3])


@pytest.mark.parametrize(("asked", "there"), [(0, True), (1, True), (2, False)])
def test_an_id_is_found_in_a_text(session: Session, world: World, asked: int, there: bool) -> None:
    uids = [UUID(int=at + 1) for at in range(3)]
    for uid in uids[:2]:
        build.add(session, Once(account_id=world.sam.account.id, key=str(uid), result=f"/children/{uid}/a%_", at=NOW))

    keys = session.scalars(select(Once.key).where(holds(Once.result, [uids[asked], new_uid()]))).all()

    assert keys == ([str(uids[asked])] if there else [])
