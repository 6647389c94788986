"""Two of the management team at the same moment: a family is shielded once, a shield is lifted once, nobody waits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Shield
from cp.models.child import Child
from cp.services import find
from cp.terms import Act, Role
from tests import build, build_shields
from tests.build import World
from tests.build_shields import Family, audited, fresh
from tests.conftest import NOW
from tests.scale import scaled
from tests.web import Browser, Page


@pytest.fixture(autouse=True)
def running(clock: time_machine.Traveller) -> None:
    """Time goes on, as it does for people."""
    clock.move_to(NOW, tick=True)


@pytest.fixture
def pair(app: Flask, session: Session, world: World) -> list[Browser]:
    people = [world.max, build_shields.may(session, world)]
    session.commit()
    browsers = [Browser(app) for _ in people]
    for browser, person in zip(browsers, people, strict=True):
        browser.become(session, person)
    return browsers


def sends(browser: Browser, page: Page, button: str, fields: dict[str, str]) -> Page:
    form = page.form(button)
    return browser.post(form.action, form.fields | fields)


@pytest.mark.parametrize("turn", range(scaled(3, 25)))
def test_two_who_shield_twins_from_either_side_shield_both_once(
    session: Session, world: World, pair: list[Browser], turn: int
) -> None:
    family = Family.make(session, world)
    session.commit()
    sides = (family.amira, family.yusuf), (family.yusuf, family.amira)
    pages = [browser.get(f"/children/{one.uid}/shield") for browser, (one, _) in zip(pair, sides, strict=True)]
    said = [
        {"ground": "adoption", "asked": "ourselves", f"other-{other.uid}": "too", f"other-{family.hana.uid}": "too"}
        for _, other in sides
    ]

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(sends, pair, pages, ["Shield now"] * 2, said))

    fresh(session)
    assert sorted(page.status_line for page in answers) == [
        "3 records are shielded.", "This record was shielded already. Nothing has changed.",
    ]  # fmt: skip
    assert session.scalars(select(Child.shielded_at).where(Child.shielded_at.is_(None))).all() == []
    assert len(session.scalars(select(Shield)).all()) == len(audited(session, Act.SHIELD)) == 3
    assert list(find.check(session)) == []


def test_two_who_agree_at_the_same_moment_lift_it_once(session: Session, world: World, pair: list[Browser]) -> None:
    asker = build.person(session, world.council, "Mo Third", "mo.manager", Role.MANAGEMENT_TEAM)
    child = build_shields.shielded(session, world, lift_asked_by=asker)
    session.commit()
    pages = [browser.get(f"/children/{child.uid}/shield/lift") for browser in pair]

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(sends, pair, pages, ["Agree, and lift the shield"] * 2, [{}, {}]))

    fresh(session)
    assert sorted(page.status_line for page in answers) == [
        "The shield is lifted.", "This record is not shielded now. Nothing has changed.",
    ]  # fmt: skip
    assert not child.shielded
    assert len(audited(session, Act.LIFT_SHIELD)) == 1
