"""The register of what was given out is only ever added to, whoever asks."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from cp.models import Disclosure, DisclosureAnswer
from cp.models.child import Child
from tests import build_families, build_shields
from tests.build import Person, World
from tests.build_disclosures import answered, disclosure
from tests.whole.tables import owning


@pytest.fixture
def may(session: Session, world: World) -> Person:
    return build_shields.may(session, world)


@pytest.fixture
def child(session: Session, world: World) -> Child:
    return build_families.child_of_14(session, world)


@pytest.mark.parametrize("table", [Disclosure, DisclosureAnswer])
def test_nobody_changes_the_register(
    session: Session, world: World, may: Person, child: Child, url: str, table: type[Any]
) -> None:
    answered(session, child, world.max, may)
    session.commit()
    column = "ground" if table is Disclosure else "approved"
    held = session.execute(select(table.__table__)).mappings().all()
    session.rollback()
    for statement in (
        update(table).values({column: "crime" if table is Disclosure else False}),
        update(table).values({column: getattr(table, column)}),
        delete(table),
        *([insert(table).prefix_with("OR REPLACE").values(dict(held[0]))] if "sqlite" in url else []),
    ):
        with pytest.raises(DBAPIError):
            session.execute(statement)
        session.rollback()
        with pytest.raises(DBAPIError), owning(url) as owner:
            owner.execute(statement)

    assert session.execute(select(table.__table__)).mappings().all() == held


def test_the_recipient_alone_is_sealed_anew_when_the_key_changes(
    session: Session, world: World, may: Person, child: Child
) -> None:
    one = disclosure(session, child, world.max, may)
    session.commit()

    one.recipient = "Northvale Police, Sergeant Lund"
    session.commit()

    session.expire_all()
    assert one.recipient == "Northvale Police, Sergeant Lund"
