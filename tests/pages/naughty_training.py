"""The forms of people named, training, practice and clusters."""

from sqlalchemy.orm import Session

from cp.models import Cluster
from tests import build, build_training
from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.web import Browser

DAY = {"held-day": "3", "held-month": "12", "held-year": "2026"}
PERSON = {"name": "Bryn Castle", "email": "bryn@example.test", "need": "users", "post": "head"}
SESSION = {"kind": "users", "starts": "14:00", "minutes": "90", "where": "place", "place": "Town Hall",
           "places": "12"} | DAY  # fmt: skip


def implementer(browser: Browser, session: Session, world: World) -> Browser:
    session.commit()
    browser.become(session, world.ivy)
    return browser


def people(world: World) -> str:
    return f"/implementation/schools/{world.school.uid}/people"


def name_person(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(implementer(browser, session, world).get(f"{people(world)}/new"), "Save", PERSON)


def change_person(browser: Browser, session: Session, world: World) -> Asked:
    person = build_training.named(session, world.school)
    return Asked(implementer(browser, session, world).get(f"{people(world)}/{person.uid}"), "Save", PERSON)


def remove_person(browser: Browser, session: Session, world: World) -> Asked:
    person = build_training.named(session, world.school, "Bryn Castle")
    page = implementer(browser, session, world).get(f"{people(world)}/{person.uid}")
    return Asked(page, "Remove Bryn Castle", {})


def staff(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(implementer(browser, session, world).get(f"{people(world)}/staff"), "Save", {"head": "1"})


def make_session(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(implementer(browser, session, world).get("/implementation/training/new"), "Save", SESSION)


def of_session(path: str, button: str, name: str, **given: object) -> Opened:
    """A form about a session for which one person is booked, and another may be."""

    def opened(browser: Browser, session: Session, world: World) -> Asked:
        booked, free = (build_training.named(session, world.school, name) for name in ("Ada Frost", "Bryn Castle"))
        held = build_training.held(session, world, booked, **given)
        page = implementer(browser, session, world).get(f"/implementation/training/{held.uid}{path}")
        return Asked(page, button, {"book": {"people": str(free.uid)}, "change_session": SESSION}.get(name, {}))

    opened.__name__ = name
    return opened


def make_cluster(browser: Browser, session: Session, world: World) -> Asked:
    page = implementer(browser, session, world).get("/implementation/training/clusters/new")
    return Asked(page, "Save", {"name": "Weirside", "schools": str(world.school.uid)})


def of_cluster(button: str, name: str) -> Opened:
    def opened(browser: Browser, session: Session, world: World) -> Asked:
        held = build.add(session, Cluster(name="Weirside", authority_id=world.authority.id))
        page = implementer(browser, session, world).get(f"/implementation/training/clusters/{held.uid}")
        return Asked(page, button, {"name": "Weirside", "schools": str(world.school.uid)})

    opened.__name__ = name
    return opened


def practise(browser: Browser, session: Session, world: World) -> Asked:
    world.sam.account.practised_on = None
    session.commit()
    browser.become(session, world.sam)
    return Asked(browser.get("/practice/find"), "Answer", {"answer": "all"})


FORMS: list[Opened] = [
    name_person,
    change_person,
    remove_person,
    staff,
    make_session,
    of_session("/change", "Save", "change_session"),
    of_session("/cancel", "Cancel the session", "cancel_session"),
    of_session("/book", "Book", "book"),
    of_session("", "Take off Ada Frost", "take_off"),
    of_session("/attendance", "Save who came", "attendance", held_on=build_training.PAST),
    make_cluster,
    of_cluster("Save", "change_cluster"),
    of_cluster("Remove this cluster", "remove_cluster"),
    practise,
]
SENT_TO: dict[str, set[str]] = {
    "name_person": {"people.create"},
    "change_person": {"people.change"},
    "remove_person": {"people.remove"},
    "staff": {"people.set_staff"},
    "make_session": {"training.create"},
    "change_session": {"training.change"},
    "cancel_session": {"training.cancel"},
    "book": {"training_people.book"},
    "take_off": {"training_people.take_off"},
    "attendance": {"training_people.record"},
    "make_cluster": {"needs.create_cluster"},
    "change_cluster": {"needs.change_cluster"},
    "remove_cluster": {"needs.remove_cluster"},
    "practise": {"practice.answer"},
}
