"""The letter that says who looked: what each kind of person who asks reads of each kind of look."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import Tag
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, FamilyRequest
from cp.models.child import Child
from cp.terms import Act, RecordState
from tests import build_families, build_shields
from tests.build import World
from tests.build_families import KINDS, REQUESTERS, Lookers
from tests.build_log import said
from tests.web import Browser, Page

OPENLY = {
    "working with": "5 October 2026 A teacher Hollin Bank Primary School They are working with {child}",
    "may need help": "5 October 2026 A family support worker Northvale Council {child_cap} might need help from others",
    "joining or leaving": "5 October 2026 A teacher Hollin Bank Primary School {was} joining or leaving their school "
                          "or service",
    "correcting records": "5 October 2026 A school nurse Vale Community Health They were putting right their own "
                          "records",
    "printing": "5 October 2026 A teacher Hollin Bank Primary School They are working with {child}. They printed the "
                "record",
    "assistant": "5 October 2026 An assistant to a school nurse Vale Community Health They are working with {child}",
}  # fmt: skip
"""What is told to everybody who is told anything of an open record."""
NEAR = {
    "shielded record": "14 February 2026 A teacher Hollin Bank Primary School They are working with {child}",
    "place-revealing team": "5 October 2026 A family worker Eastmere House They are working with {child}",
}
"""What is told to those besides who may know where the child is."""
SHOWN: dict[str, dict[str, str]] = {
    "child of 14": OPENLY | NEAR,
    "parent with responsibility": OPENLY | NEAR,
    "parent without responsibility": {},
    "estranged parent": {},
    "shielded sibling's parent": OPENLY | {"shielded record": NEAR["shielded record"]},
}
LETTER = """Northvale Council ContactPoint management team 0161 496 0130 9am to 5pm, Monday to Friday
{to} 23 November 2026 Our reference: WL-{reference} Who looked at {whose} record Dear {name}, You asked us who has
looked at {whose} record on ContactPoint. This is the list from 23 November 2025 to today. {rows} At most, they could
see {whose} name, age and address, who looks after {child}, and who works with {child}. ContactPoint holds no notes, no
health facts and no school results. The law lets us leave out some entries. We say the same sentence in every letter,
so it does not mean that anything was left out here. Our own team opens records too, to keep them right and to write
letters like this one. We list none of that. If something looks wrong Call or write to us within 3 months. We look into
it and answer within 20 working days. We can also tell you the name of the person. If you are not happy with our
answer, you can complain to the Information Commissioner. Yours sincerely, Max Adeyemi ContactPoint management team,
Northvale Council"""
NOBODY = "We have nobody to list for these days."
TABLE = "Who looked, newest first Date Who Where they work Why"
CHILDREN = {"child of 14": "Amira", "estranged parent": "Leo", "shielded sibling's parent": "Yusuf"}


def golden(who: str, rows: list[str]) -> str:
    """The whole letter for this person, with these rows."""
    asked: dict[str, Any] = {**build_families.ASKED, **REQUESTERS[who]}
    you, name = who == "child of 14", CHILDREN.get(who, "Amira")
    child = {"child": "you", "child_cap": "You", "was": "You were", "whose": "your"} if you else {
        "child": name, "child_cap": name, "was": f"{name} was", "whose": f"{name}’s"}  # fmt: skip
    told = " ".join([TABLE, *rows]).format(**child) if rows else NOBODY
    to = " ".join([asked["name"], *asked["address"]])
    number = 118_000 + list(REQUESTERS).index(who)
    text = LETTER.format(to=to, reference=number, name=asked["name"], rows=told, **child)
    return " ".join(text.split())


def letter(page: Page) -> str:
    """Word by word, whatever stands between them."""
    return words(page.html.select(".cp-letter")[0])


def rows(page: Page) -> list[str]:
    return [words(row) for row in page.html.select("tbody tr")]


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split()).replace(" ,", ",").replace(" .", ".")


@pytest.mark.parametrize("who", REQUESTERS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_reads_of_a_look_what_they_may(
    browser: Browser, session: Session, world: World, lookers: Lookers, kind: str, who: str
) -> None:
    uid = build_families.requests(session, world)[who]
    build_families.write(session, lookers.entries(session, asked_of(session, uid), kind))
    browser.become(session, world.max)

    page = browser.get(f"/requests/{uid}")

    if who == "parent without responsibility":
        assert page.html.select(".cp-letter") == []
        assert page.texts("main h1, main .govuk-body") == [
            "Who looked at the record", "There is no letter for Farah Siddiqui.",
            "Only the child, or a parent with parental responsibility, is told. Say so to them, and that they can ask "
            "the Information Commissioner.",
        ]  # fmt: skip
    else:
        assert letter(page) == golden(who, [SHOWN[who][kind]] if kind in SHOWN[who] else [])


def asked_of(session: Session, uid: object) -> Child:
    request = session.scalars(select(FamilyRequest).where(FamilyRequest.uid == uid)).one()
    return session.get_one(Child, request.child_id)


def test_looks_of_one_day_stand_in_the_order_of_their_words_and_several_as_one(
    browser: Browser, session: Session, world: World, lookers: Lookers
) -> None:
    uid = build_families.requests(session, world)["parent with responsibility"]
    child = asked_of(session, uid)
    for hour, kind in ((9, "working with"), (8, "correcting records"), (17, "working with"), (10, "may need help"),
                       (12, "printing")):  # fmt: skip
        at = datetime(2026, 10, 5, hour, 30, tzinfo=UTC)
        build_families.write(session, lookers.entries(session, child, kind, at))
    for day in (3, 30):
        at = datetime(2026, 10, day, 23, 30, tzinfo=UTC)  # in London it is the day after until the 25th
        build_families.write(session, lookers.entries(session, child, "working with", at))
    browser.become(session, world.max)

    page = browser.get(f"/requests/{uid}")

    working = "A teacher Hollin Bank Primary School They are working with Amira"
    assert rows(page) == [
        f"30 October 2026 {working}",
        "5 October 2026 A family support worker Northvale Council Amira might need help from others",
        "5 October 2026 A school nurse Vale Community Health They were putting right their own records",
        f"5 October 2026 {working}. They printed the record",
        f"4 October 2026 {working}",
    ]


def test_only_the_days_asked_for_are_listed(browser: Browser, session: Session, world: World, lookers: Lookers) -> None:
    uid = build_families.requests(session, world)["parent with responsibility"]
    days = [datetime(2025, 11, 22, 23, 59, tzinfo=UTC), datetime(2025, 11, 23, 0, 0, tzinfo=UTC),
            datetime(2026, 11, 23, 23, 59, tzinfo=UTC), datetime(2026, 11, 24, 0, 0, tzinfo=UTC)]  # fmt: skip
    for at in days:
        build_families.write(session, lookers.entries(session, asked_of(session, uid), "working with", at))
    browser.become(session, world.max)

    page = browser.get(f"/requests/{uid}")

    assert page.texts("tbody th") == ["23 November 2026", "23 November 2025"]


def test_many_days_are_put_together_so_that_the_letter_keeps_to_its_sheet(
    browser: Browser, session: Session, world: World, lookers: Lookers
) -> None:
    uid = build_families.requests(session, world)["parent with responsibility"]
    for day in range(1, 11):
        at = datetime(2026, 10, day, 12, tzinfo=UTC)
        build_families.write(session, lookers.entries(session, asked_of(session, uid), "working with", at))
    build_families.write(session, lookers.entries(session, asked_of(session, uid), "correcting records"))
    browser.become(session, world.max)

    page = browser.get(f"/requests/{uid}")

    assert rows(page) == [
        "1 October 2026 to 10 October 2026, on 10 days A teacher Hollin Bank Primary School "
        "They are working with Amira",
        "5 October 2026 A school nurse Vale Community Health They were putting right their own records",
    ]


def test_a_parent_whose_responsibility_nobody_checked_gets_no_letter(
    browser: Browser, session: Session, world: World
) -> None:
    child = build_families.child_of_14(session, world)
    unsure = build_families.request(session, world.max, child, asked={"responsibility": "not_checked"})
    unknown = build_families.request(session, world.max, child, asked={"identity": "not_checked"})
    browser.become(session, world.max)

    said_of = [browser.get(f"/requests/{one.uid}").texts("main .govuk-body")[1] for one in (unsure, unknown)]

    assert said_of == [
        "Make sure of their parental responsibility, then begin again from the record.",
        "Make sure who they are, then begin again from the record.",
    ]


def test_that_it_is_safe_counts_no_longer_once_a_shield_was_set(
    browser: Browser, session: Session, world: World, lookers: Lookers
) -> None:
    child = build_families.child_of_14(session, world)
    one = build_families.request(session, world.max, child)
    build_families.write(session, lookers.entries(session, child, "working with"))
    browser.become(session, world.max)
    before = rows(browser.get(f"/requests/{one.uid}"))
    child.shielded_at = datetime(2026, 11, 23, 10, 43, tzinfo=UTC)
    session.commit()

    after = letter(browser.get(f"/requests/{one.uid}"))

    assert len(before) == 1
    assert NOBODY in after


def test_the_team_of_another_authority_and_an_old_identity_have_no_letter(
    browser: Browser, session: Session, world: World
) -> None:
    _, eve = build_shields.elsewhere(session)
    child = build_families.child_of_14(session, world)
    one = build_families.request(session, world.max, child)
    browser.become(session, eve)
    there = browser.get(f"/requests/{one.uid}")
    child.state = RecordState.SEALED
    session.commit()
    browser.become(session, world.max)

    here = browser.get(f"/requests/{one.uid}")

    assert (there.status, here.status) == (404, 404)
    assert rows(browser.get("/requests")) == []


def test_reading_a_letter_is_audited_with_how_much_was_told(
    browser: Browser, session: Session, world: World, lookers: Lookers
) -> None:
    uid = build_families.requests(session, world)["child of 14"]
    child = asked_of(session, uid)
    for kind in ("working with", "police", "management team", "assistant"):
        build_families.write(session, lookers.entries(session, child, kind))
    browser.become(session, world.max)

    browser.get(f"/requests/{uid}")

    query = select(AuditEvent).where(AuditEvent.act == Act.SEE_FAMILY_REQUEST)
    (entry,) = session.scalars(query).all()
    assert (entry.subject_id, entry.object_id, entry.results) == (child.subject_id, uid, 2)
    assert "Farah" not in str(said(entry))
