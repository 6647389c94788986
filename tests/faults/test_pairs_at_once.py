"""Two of the management team answer one pair at the same moment: one answer counts, and the other reads that it did."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from tests import build
from tests.build import World
from tests.build_identities import may
from tests.build_supply import AMIRA, children, send
from tests.conftest import NOW
from tests.scale import scaled
from tests.web import Browser

BARE = {name: AMIRA[name] for name in ("Legal Surname", "Forename", "DOB", "Sex")} | {"Adno": "9"}
DONE = "Joined. What the school said is on the record now."
OVER = "Somebody was faster, or the file was undone. Nothing has changed by your answer."


@pytest.mark.parametrize("turn", range(scaled(4, 25)))
def test_the_slower_answer_changes_nothing_and_says_so(
    app: Flask, session: Session, world: World, clock: time_machine.Traveller, turn: int
) -> None:
    send(session, world.school, AMIRA)
    send(session, build.organisation(session, world.authority, name="Ashgrove Prep"), BARE)
    people = world.max, may(session, world)
    session.commit()
    clock.move_to(NOW, tick=True)
    browsers = Browser(app), Browser(app)
    for browser, person in zip(browsers, people, strict=True):
        browser.become(session, person)
    pages = [(browser, browser.get("/review")) for browser in browsers]

    with ThreadPoolExecutor(2) as threads:
        answers = list(
            threads.map(lambda one: one[0].submit(one[1], "Save and show the next pair", answer="same"), pages)
        )

    assert sorted(page.status_line for page in answers) == [DONE, OVER]
    assert len(children(session)) == 1
