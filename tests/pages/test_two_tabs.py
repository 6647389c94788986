"""One person, several tabs at once."""

from concurrent.futures import ThreadPoolExecutor

import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from tests.build import World
from tests.conftest import NOW
from tests.web import Browser


def test_tabs_that_load_at_the_same_time_sign_nobody_out(
    app: Flask, browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    """A request that waited for another's lock must not take the time of before the wait for a clock gone back."""
    browser.become(session, world.sam)
    session.rollback()
    cookie = browser.client.get_cookie("cp")
    assert cookie is not None
    clock.move_to(NOW, tick=True)

    def tab(_: int) -> list[int]:
        client = app.test_client()
        client.set_cookie("cp", cookie.value)
        return [client.get("/").status_code for _ in range(15)]

    with ThreadPoolExecutor(4) as tabs:
        statuses = [status for answers in tabs.map(tab, range(4)) for status in answers]

    assert set(statuses) == {200}
