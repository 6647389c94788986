"""Statements that go straight to the driver: heard of by whoever listens, and failing as any other does."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import bindparam, event, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.services.find.lists import one_of
from cp.services.find.prepared import Prepared
from cp.terms import Gender
from tests.services.directory import Made

BY_IDS = Prepared(
    select(Child.id, Child.uid, Child.born_on, Child.gender, Child.shielded_at)
    .where(one_of(Child.id, "ids"))
    .order_by(Child.id)
    .limit(bindparam("most"))
)


def test_rows_come_as_the_models_have_them(session: Session, made: Made) -> None:
    child, shielded, _ = made(), made(shielded=True), made()

    rows = [list(row) for row in BY_IDS.read(session.connection(), ids=[child.id, shielded.id], most=5)]

    assert rows == [
        [child.id, child.uid, date(2016, 3, 14), Gender.FEMALE, None],
        [shielded.id, shielded.uid, date(2016, 3, 14), Gender.FEMALE, shielded.shielded_at],
    ]
    assert len(BY_IDS.read(session.connection(), ids=[child.id, shielded.id], most=1)) == 1


def test_whoever_listens_to_statements_hears_of_it(session: Session) -> None:
    heard: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        heard.append(statement)

    event.listen(session.connection(), "before_cursor_execute", note)
    BY_IDS.read(session.connection(), ids=[], most=1)

    assert [statement.split()[0] for statement in heard] == ["SELECT"]


def test_an_error_is_one_of_sqlalchemys_and_tells_no_value(session: Session) -> None:
    broken = Prepared(select(Child.id).where(one_of(Child.id, "ids")))
    broken.read(session.connection(), ids=[1])
    broken._texts = {
        name: text._replace(sql=text.sql.replace("child", "nothing")) for name, text in broken._texts.items()
    }

    with pytest.raises(DBAPIError) as raised:
        broken.read(session.connection(), ids=[4711])

    assert "4711" not in str(raised.value)
