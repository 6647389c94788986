"""The management team shields a record on the web, with the whole family, and what everybody sees from then on."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Opening
from cp.services import find
from cp.terms import Act, Reason
from tests import build_shields
from tests.build import Person, World
from tests.build_shields import Family, audited, fresh, send
from tests.web import Browser

GROUND = {"ground": "domestic-abuse", "asked": "child"}


@pytest.fixture
def max_(browser: Browser, session: Session, world: World) -> Person:
    """Max, of the management team, signed in at `browser`."""
    browser.become(session, world.max)
    return world.max


@pytest.fixture
def family(session: Session, world: World) -> Family:
    made = Family.make(session, world)
    for person in (world.max, world.sam):
        for child in made.all:
            opening = Opening(account_id=person.account.id, child_id=child.id, reason=Reason.WORKING_WITH)
            opening.at = clocks.now()
            session.add(opening)
    session.commit()
    return made


@pytest.fixture
def may(app: Flask, session: Session, world: World) -> Browser:
    """May, of the team too, signed in at a browser of her own."""
    person = build_shields.may(session, world)
    session.commit()
    hers = Browser(app)
    hers.become(session, person)
    return hers


def answers(family: Family, yusuf: str = "too", hana: str = "considered") -> dict[str, str]:
    return {f"other-{family.yusuf.uid}": yusuf, f"other-{family.hana.uid}": hana}


def test_a_family_is_shielded_from_the_record(
    browser: Browser, session: Session, world: World, family: Family, max_: Person
) -> None:
    page = browser.get(f"/children/{family.amira.uid}")
    page = browser.get(page.link("Shield this record"))
    assert (page.h1, page.texts("main h2")) == ("Shield this record", ["Others at the same address"])
    assert page.texts("legend") == [
        "Why must the place stay unknown?", "Who asked?", "Yusuf Siddiqui, born the same day",
        "Hana Siddiqui, born 2019", "Review by",
    ]  # fmt: skip
    assert page.texts("label")[:4] == [
        "Domestic abuse", "Witness protection", "Adoption", "Another risk of significant harm to the child or a carer",
    ]  # fmt: skip
    assert [page.form("Shield now").fields[f"review-{part}"] for part in ("day", "month", "year")] == [
        "23",
        "5",
        "2027",
    ]
    assert not [control for control in page.html.select("[type=radio]") if control.has_attr("checked")]

    page = send(browser, page, "Shield now", **GROUND, **answers(family))

    assert (page.url, page.h1, page.status_line) == ("/shields", "Shielded records", "2 records are shielded.")
    assert page.texts("main h2") == ["Amira Siddiqui", "Yusuf Siddiqui"]
    assert page.texts("nav[aria-label=Menu] a")[::5][:2] == ["Find a child", "Shields"]
    assert page.texts("[aria-current]") == ["Shields"]
    fresh(session)
    assert [child.shielded for child in family.all] == [True, True, False]


def test_an_empty_form_says_each_thing_to_do(browser: Browser, family: Family, max_: Person) -> None:
    page = browser.get(f"/children/{family.amira.uid}/shield")

    page = send(browser, page, "Shield now", **{"review-day": "24", "review-month": "May"})

    assert page.status == 422
    assert page.errors == [
        "Choose why the place must stay unknown", "Choose who asked", "Decide for Yusuf Siddiqui, born the same day",
        "Decide for Hana Siddiqui, born 2019", "Review date must be within 6 months",
    ]  # fmt: skip
    assert page.html.select("#review-month")[0]["value"] == "May"
    assert all(page.html.select(str(link["href"])) for link in page.html.select(".govuk-error-summary a"))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (("23", "11", "2026"), "Review date must be after today"),
        (("1", "1", "2020"), "Review date must be after today"),
        (("24", "5", "2027"), "Review date must be within 6 months"),
        (("31", "2", "2027"), "Review date must be a real date: February 2027 had 28 days"),
        (("", "", ""), "Enter review date"),
        (("1", "", "2027"), "Review date must include a month"),
    ],
)
def test_the_review_date_is_soon_and_real(
    browser: Browser, session: Session, world: World, max_: Person, day: tuple[str, ...], said: str
) -> None:
    child = build_shields.child(session, world, home=None, phone=None)
    shielded = build_shields.shielded(session, world, given_names="Leo")
    session.commit()
    typed = dict(zip(("review-day", "review-month", "review-year"), day, strict=True))

    new = send(browser, browser.get(f"/children/{child.uid}/shield"), "Shield now", **GROUND, **typed)
    kept = send(browser, browser.get(f"/children/{shielded.uid}/shield/keep"), "Keep the shield", **typed)

    assert [(page.status, page.errors) for page in (new, kept)] == [(422, [said])] * 2
    fresh(session)
    assert (child.shielded, audited(session, Act.KEEP_SHIELD)) == (False, [])


@pytest.mark.parametrize("ground", ["", "fame", "DOMESTIC_ABUSE", "a" * 9_000, "\0"])
def test_a_ground_is_from_the_list(browser: Browser, session: Session, world: World, max_: Person, ground: str) -> None:
    child = build_shields.child(session, world)
    session.commit()

    page = browser.get(f"/children/{child.uid}/shield")
    page = send(browser, page, "Shield now", ground=ground, asked="child")

    assert (page.status, page.errors) == (422, ["Choose why the place must stay unknown"])
    fresh(session)
    assert not child.shielded


def test_nobody_else_at_the_address_is_said(browser: Browser, session: Session, world: World, max_: Person) -> None:
    child = build_shields.child(session, world)
    session.commit()

    page = browser.get(f"/children/{child.uid}/shield")
    assert "Nobody to decide on is known there." in page.texts("main p.govuk-body")
    page = send(browser, page, "Shield now", **GROUND)

    assert page.status_line == "1 record is shielded."


def test_one_who_came_meanwhile_and_one_who_went_ask_again(
    browser: Browser, session: Session, world: World, family: Family, max_: Person
) -> None:
    page = browser.get(f"/children/{family.amira.uid}/shield")
    zofia = build_shields.child(session, world, "Zofia", phone=None, family_name="Lark")
    family.hana.died_on, family.hana.state = clocks.today(), "archived"  # type: ignore[assignment]
    find.reindex(session, family.hana.id)
    session.commit()

    again = send(browser, page, "Shield now", **GROUND, **answers(family))

    assert (again.status, again.errors) == (
        422,
        [
            "Zofia Lark, born 2016, came to this list while you filled it in. Decide for this child too",
            "Somebody you decided on is no longer on this list. Read it again before you send it",
        ],
    )
    done = send(
        browser, again, "Shield now", **{f"other-{zofia.uid}": "too", f"other-{family.yusuf.uid}": "considered"}
    )
    assert done.status_line == "2 records are shielded."


def test_another_authoritys_child_is_said_with_whom_to_call(
    browser: Browser, session: Session, world: World, family: Family, max_: Person
) -> None:
    family.hana.authority_id = build_shields.elsewhere(session)[0].id
    session.commit()
    page = browser.get(f"/children/{family.amira.uid}/shield")
    assert page.texts(f"#other-{family.hana.uid}-hint") == [
        "Eastvale Council answers for this record. Call them on 0161 496 0131"
    ]

    page = send(browser, page, "Shield now", **GROUND, **answers(family, hana="too"))
    assert page.errors == ["Tell Eastvale Council about Hana Siddiqui, born 2019, then say so"]
    page = send(browser, page, "Shield now", **{f"other-{family.hana.uid}": "told"})

    assert page.status_line == "2 records are shielded."


def test_sent_twice_it_is_done_once(browser: Browser, session: Session, family: Family, max_: Person) -> None:
    form = browser.get(f"/children/{family.amira.uid}/shield").form("Shield now")

    said = [browser.post(form.action, form.fields | GROUND | answers(family)).status_line for _ in range(2)]

    assert said == ["2 records are shielded."] * 2
    assert len(audited(session, Act.SHIELD)) == 2


def test_who_is_slower_changes_nothing_and_reads_so(
    browser: Browser, session: Session, family: Family, max_: Person, may: Browser
) -> None:
    where = f"/children/{family.amira.uid}/shield"
    mine, hers = browser.get(where), may.get(where)
    send(browser, mine, "Shield now", **GROUND, **answers(family))

    late = send(may, hers, "Shield now", ground="adoption", asked="child", **answers(family, "considered", "too"))
    asked_again = may.get(where)

    assert late.status_line == asked_again.status_line == "This record was shielded already. Nothing has changed."
    assert asked_again.h1 == "Is this shield still needed?"
    fresh(session)
    assert [child.shielded for child in family.all] == [True, True, False]


def test_who_has_the_record_open_sees_nothing_more(
    app: Flask, browser: Browser, session: Session, world: World, family: Family, max_: Person
) -> None:
    sams = Browser(app)
    sams.become(session, world.sam)
    where = f"/children/{family.amira.uid}"
    assert "Who looks after Amira" in sams.get(where).texts("h2")
    half = sams.get(f"{where}/involvements/new")

    page = browser.get(f"{where}/shield")
    send(browser, page, "Shield now", **GROUND, **answers(family))

    page = sams.get(where)
    assert page.texts("h2") == ["Who is working with Amira"]
    assert "Shielded since" not in page.response.text
    assert not [link for link in page.texts("main a") if link in ("Review the shield", "Lift the shield")]
    refused = sams.submit(half, "Record involvement")
    assert (refused.status, refused.h1) == (403, "This record is shielded")


def test_what_was_typed_waits_for_whoever_signs_in_again(
    browser: Browser, session: Session, family: Family, max_: Person, clock: time_machine.Traveller
) -> None:
    page = browser.get(f"/children/{family.amira.uid}/shield")
    clock.shift(timedelta(minutes=16))
    send(browser, page, "Shield now", **GROUND, **answers(family))

    page = browser.sign_in(session, max_)

    assert (page.h1, page.status_line) == (
        "Shield this record", "What you typed is below, and nothing was saved yet.",
    )  # fmt: skip
    ticked = [str(control["id"]) for control in page.html.select("[type=radio]") if control.has_attr("checked")]
    assert ticked == ["ground-domestic-abuse", "asked-child", f"other-{family.yusuf.uid}-too",
                      f"other-{family.hana.uid}-considered"]  # fmt: skip
