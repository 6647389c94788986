"""What became of a request is nothing that its asker can read: the same pages for the same statements."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from cp.models import ContactRequest, Once
from cp.models.child import Child
from cp.services import contact
from cp.services.contact.facts import Passed
from cp.services.sensitive import reading
from cp.services.sensitive.reading import ServiceShown
from tests import build
from tests.build import Person, World
from tests.build_contact import PASSED, asked, clinic, elsewhere, entry, neutral, requests, signed_in
from tests.pages.contact.asking import ask
from tests.web import Browser

DAYS = 9
NOT_CALLED = "We will not call (Dee Whitlock, about Amira Siddiqui)"
CALLED = "We will call them (Dee Whitlock, about Amira Siddiqui)"


@dataclass
class Journey:
    """One asker, whose one request ends in its own way, and what they were sent on each day for what statements."""

    asker: Person
    child: Child
    shown: ServiceShown | None
    steps: dict[int, str]
    """On which day what is done about it, over HTTP."""
    read: list[tuple[str, list[str]]] = field(default_factory=list)


STEPS = {
    "no service": {1: "Take this request", 2: "Close this request"},
    "closed at once": {1: "Take this request", 2: "close"},
    "declined": {1: "Take this request", 2: "pass on", 3: NOT_CALLED, 4: "Close this request"},
    "withdrawn": {1: "Take this request", 2: "pass on", 3: "withdraw", 4: "Close this request"},
    "withdrawn after they agreed": {1: "Take this request", 2: "pass on", 3: f"{CALLED}, withdraw"},
}


def test_the_asker_reads_the_same_day_by_day_whatever_became_of_it(
    app: Flask, session: Session, world: World, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    journeys = {ending: begun(session, world, steps) for ending, steps in STEPS.items()}
    nurses = {ending: clinic(session, world, f".{number}") for number, ending in enumerate(STEPS)}
    for ending, nurse in nurses.items():
        journeys[ending].shown = None if ending == "no service" else entry(nurse, session)
    session.commit()
    of = {journey.child.uid: (journey.shown,) if journey.shown else () for journey in journeys.values()}
    monkeypatch.setattr(reading, "services_of", lambda _, uid: of[uid])

    for day in range(DAYS):
        team = signed_in(app, session, world.max)
        for ending, journey in journeys.items():
            asker = signed_in(app, session, journey.asker)
            if day == 0:
                ask(asker, journey.child)
            journey.read.append(cost(app, asker, journey.child))
            if step := journey.steps.get(day):
                handle(app, session, team, nurses[ending], journey, step)
        clock.shift(timedelta(days=1))

    first = journeys["no service"].read
    assert {ending: journey.read == first for ending, journey in journeys.items()} == dict.fromkeys(STEPS, True)
    assert ["Waiting" in page for page, _ in first] == [True] * 7 + [False] * 2
    assert ["No contact will be made</p>" in page for page, _ in first] == [False] * 7 + [True] * 2
    assert len(first[0][1]) > 5


def begun(session: Session, world: World, steps: dict[int, str]) -> Journey:
    tag = len(steps) * 1000 + session.scalar(select(func.count()).select_from(Child))  # type: ignore[operator]
    asker = build.person(session, world.school, "Dee Whitlock", f"dee.{tag}", role_title="Teacher")
    child = build.child(session, world)
    assert asker.practitioner is not None
    asker.practitioner.email = "dee.whitlock@example.test"
    build.involvement(session, child, asker.practitioner)
    return Journey(asker, child, None, steps)


def cost(app: Flask, browser: Browser, child: Child) -> tuple[str, list[str]]:
    """The list, and the form whose sentence on asking again must not tell either."""
    statements: list[str] = []

    def heard(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(app.extensions["engine"], "before_cursor_execute", heard)
    try:
        pages = [browser.get(where) for where in ("/contacts", f"/children/{child.uid}/contact")]
    finally:
        event.remove(app.extensions["engine"], "before_cursor_execute", heard)
    return "".join(neutral(page) for page in pages), statements


def handle(app: Flask, session: Session, team: Browser, nurse: Person, journey: Journey, step: str) -> None:
    """What the team and the service do, at their own browsers; consent is withdrawn where it is kept."""
    session.rollback()
    uid = session.scalars(select(ContactRequest.uid).where(ContactRequest.child_id == journey.child.id)).one()
    where = f"/contact-requests/{uid}"
    if step in ("close", "pass on"):
        what = f"service-{journey.shown.entry_uid}" if journey.shown and step == "pass on" else step
        assert team.submit(team.get(where), "Save", what=what).status_line
    elif step.endswith("this request"):
        assert team.submit(team.get(where), step).status_line
    if step.startswith("We will"):
        kit = signed_in(app, session, nurse)
        page = kit.submit(kit.get("/contact-requests/passed"), step.removesuffix(", withdraw"))
        assert page.status_line == "Your answer is kept."
    if step.endswith("withdraw"):
        assert journey.shown is not None
        contact.withdrawn(session, journey.shown.entry_uid)
        session.commit()


def test_what_is_not_ones_own_is_not_there(app: Flask, session: Session, world: World, child: Child) -> None:
    request = asked(session, world.sam, child)
    request.authority_id = elsewhere(session).id
    session.commit()
    team, nia = signed_in(app, session, world.max), signed_in(app, session, world.nia)

    bodies = set()
    for uid in (request.uid, uuid4()):
        for browser, where in ((team, "/contact-requests/"), (nia, "/contact-requests/passed/")):
            answer = browser.post(f"{where}{uid}", {"csrf_token": browser.token(), "what": "agree"})
            assert answer.status == 404
            bodies.add(neutral(answer).replace("Max Adeyemi", "").replace("Nia Pritchard", ""))
        assert team.get(f"/contact-requests/{uid}").status == 404
    assert len(bodies) == 2, "one for each kind of person"


def test_who_has_nothing_to_answer_sees_no_byte_of_it(
    app: Flask, session: Session, world: World, child: Child, kit: Person, shown: ServiceShown
) -> None:
    nia = signed_in(app, session, world.nia)
    before = neutral(nia.get("/involvements"))
    asked(session, world.sam, child, *PASSED, to=Passed("service", shown.service, shown.entry_uid))
    session.commit()

    assert neutral(nia.get("/involvements")) == before
    assert nia.get("/contact-requests/passed").texts("main p")[-1] == "Nobody waits for a call from you."


def test_codes_that_are_kept_name_nobody(
    app: Flask, session: Session, world: World, browser: Browser, sam: Person, child: Child, kit: Person,
    shown: ServiceShown,
) -> None:  # fmt: skip
    ask(browser, child)
    (request,) = requests(session)
    team, nurse = signed_in(app, session, world.max), signed_in(app, session, kit)
    where = f"/contact-requests/{request.uid}"

    team.submit(team.get(where), "Take this request")
    team.submit(team.get(where), "Save", what=f"service-{shown.entry_uid}")
    nurse.submit(nurse.get("/contact-requests/passed"), "We will not call (Sam Okafor, about Amira Siddiqui)")
    team.submit(team.get(where), "Close this request")

    session.rollback()
    assert list(session.scalars(select(Once.result).order_by(Once.id))) == [
        "contact_asked|/contacts#said",
        f"contact_step|{where}#said",
        f"contact_step|{where}#said",
        "contact_answered|/contact-requests/passed#said",
        f"contact_step|{where}#said",
    ]


def test_the_asker_learns_nothing_of_who_will_call(
    browser: Browser, session: Session, sam: Person, child: Child, kit: Person, shown: ServiceShown
) -> None:
    asked(session, sam, child, *PASSED, "agree", to=Passed("service", shown.service, shown.entry_uid))  # type: ignore[arg-type]
    session.commit()

    text = browser.get("/contacts").response.text + browser.get(f"/children/{child.uid}").response.text

    assert "They will call you" in text
    assert [word for word in ("Quay", "clinic", "Kit", "Larsen", "0155") if word in text] == []
