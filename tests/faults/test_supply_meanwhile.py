"""A file is read, and its rows are looked at, while others write; what they do meanwhile is obeyed."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, RoleGrant, SupplyFile, SupplyRow
from cp.services.supply import checking, pairing
from cp.terms import Role, RowState, SupplyState
from cp.views import supply
from tests import build
from tests.build import Person, World
from tests.build_supply import AMIRA, BARE, JACK, children, csv_of, send
from tests.pages.supply.conftest import ada
from tests.pages.supply.steps import chosen
from tests.web import Browser

__all__ = ["ada"]

Meanwhile = Callable[[Any, str, Callable[[Session], object]], None]


@pytest.fixture
def meanwhile(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Somebody else does this, and commits it, before this function is done."""

    def arrange(module: Any, name: str, change: Callable[[Session], object]) -> None:
        real, done = getattr(module, name), list[bool]()

        def slow(*given: Any, **named: Any) -> Any:
            if not done:
                done.append(True)
                with Session(engine) as other:
                    change(other)
                    other.commit()
            return real(*given, **named)

        monkeypatch.setattr(module, name, slow)

    return arrange


def files(session: Session) -> list[SupplyState]:
    session.rollback()
    return list(session.scalars(select(SupplyFile.state).order_by(SupplyFile.id)))


def rename(other: Session) -> None:
    other.execute(update(Account).values(name="Somebody Else"))


def end_the_role(other: Session) -> None:
    other.execute(update(RoleGrant).where(RoleGrant.role == Role.SUPPLIER).values(ends_on=clock.today()))


def is_sent(other: Session) -> None:
    other.execute(update(SupplyFile).values(state=SupplyState.SENDING, sent_at=clock.now()))


def test_others_write_while_a_file_is_read_and_while_its_rows_are_looked_at(
    browser: Browser, session: Session, ada: Person, meanwhile: Meanwhile
) -> None:
    meanwhile(supply, "read", rename)
    page = chosen(browser, csv_of(AMIRA, JACK))
    meanwhile(checking, "look", rename)

    page = browser.submit(page, "Check the rows")

    assert (page.status, files(session)) == (200, [SupplyState.CHECKED])
    assert set(session.scalars(select(Account.name))) == {"Somebody Else"}


@pytest.mark.parametrize(("module", "name", "left"), [(supply, "read", 0), (checking, "look", 1)])
def test_who_may_no_longer_send_when_it_is_read_sends_nothing(
    browser: Browser, session: Session, ada: Person, meanwhile: Meanwhile, module: Any, name: str, left: int
) -> None:
    meanwhile(module, name, end_the_role)

    page = chosen(browser, csv_of(AMIRA, JACK))
    if left:
        page = browser.submit(page, "Check the rows")

    assert page.status in (401, 403)
    assert files(session) == [SupplyState.COLUMNS] * left


def test_a_file_that_was_sent_while_its_rows_were_looked_at_stays_sent(
    browser: Browser, session: Session, ada: Person, meanwhile: Meanwhile
) -> None:
    page = chosen(browser, csv_of(AMIRA, JACK))
    meanwhile(checking, "look", is_sent)

    page = browser.submit(page, "Check the rows")

    assert files(session) == [SupplyState.SENDING]
    assert set(session.scalars(select(SupplyRow.state))) == {"kept"}


def test_another_answer_that_was_faster_stands(
    browser: Browser, session: Session, ada: Person, meanwhile: Meanwhile
) -> None:
    page = chosen(browser, csv_of(AMIRA, JACK))

    def answered(other: Session) -> None:
        file = other.scalars(select(SupplyFile)).one()
        file.facts = file.facts | {"meant": [[None, False], *file.facts["meant"][1:]]}

    meanwhile(checking, "look", answered)
    page = browser.submit(page, "Check the rows")

    assert files(session) == [SupplyState.COLUMNS]
    assert session.scalars(select(SupplyFile)).one().facts["meant"][0] == [None, False]


def test_the_same_form_twice_at_once_is_one_file(
    browser: Browser, session: Session, ada: Person, meanwhile: Meanwhile
) -> None:
    page, came = browser.get("/supply"), list[str]()

    def send() -> str:
        form = page.form("Check this file")
        return browser.post(
            form.action, form.fields | {"file": (BytesIO(csv_of(AMIRA)), "roll.csv"), "whole": "no"}
        ).url

    meanwhile(supply, "read", lambda _: came.append(send()))
    came.append(send())

    assert (len(came), len(set(came)), files(session)) == (2, 1, [SupplyState.COLUMNS])


@pytest.mark.parametrize(
    ("state", "counted", "stands"),
    [
        pytest.param(SupplyState.SENDING, 7, (SupplyState.SENDING, 6, RowState.READY), id="a batch was sent"),
        pytest.param(SupplyState.SENT, 7, (SupplyState.SENDING, 6, RowState.READY), id="the last batch was sent"),
        pytest.param(SupplyState.UNDOING, 1, (SupplyState.UNDOING, 1, RowState.WAITING), id="it is being undone"),
    ],
)
def test_a_row_looks_again_in_a_file_as_it_stands_now(
    session: Session, world: World, engine: Engine, state: SupplyState, counted: int, stands: tuple[Any, ...]
) -> None:
    """What the worker counted, or somebody said, since the file was read is not lost."""
    send(session, world.school, AMIRA)
    file = send(session, build.organisation(session, world.authority, name="Ashgrove Prep"), BARE)
    amira, read = children(session)[0].id, file.id
    session.commit()
    with Session(engine) as other:
        other.execute(update(SupplyFile).where(SupplyFile.id == read).values(state=state, done=counted))
        other.commit()

    pairing.place_again(session, [amira])
    session.commit()

    session.expire_all()
    (row,) = session.scalars(select(SupplyRow).where(SupplyRow.file_id == file.id))
    assert (file.state, file.done, row.state) == stands
