"""How people named, training sessions and needs are worded."""

from flask import Flask

from cp.forms.people import NEEDS
from cp.forms.phases import REGIONS
from cp.forms.training import FORMATS
from cp.models import TrainingSession
from cp.terms import Training
from cp.views.words import day, plural

FOR = {
    Training.USERS: "Users",
    Training.ASSISTANTS: "Assistants",
    Training.MANAGERS: "Account managers",
    Training.SUPPLIERS: "Suppliers",
}
SAID = {
    "named": "The person is named. Their account manager can invite them now.",
    "person_changed": "The change is saved.",
    "person_removed": "The person is no longer named here, and is booked for nothing.",
    "staff": "The numbers of staff are saved.",
    "session_made": "The session is made. You can book people for it now.",
    "session_changed": "The session is changed. Tell whoever is booked.",
    "session_cancelled": "The session is cancelled. Tell everybody below.",
    "taken_off": "That person is no longer booked. If somebody waited, the first of them has the place now.",
    "attendance": "It is recorded who came.",
    "cluster": "The cluster is saved.",
    "cluster_removed": "The cluster is removed. Its schools are as they were.",
}


def said_of_training(code: str | None) -> str:
    """The sentence that a page says once after something was done."""
    name, _, rest = (code or "").partition(":")
    if name == "booked":
        placed, waiting = map(int, rest.split("."))
        booked = f"{plural(placed, 'person has', 'people have')} a place"
        return f"{booked}, and {plural(waiting, 'person waits', 'people wait')} for one." if waiting else f"{booked}."
    return SAID.get(name, "")


def when(held: TrainingSession) -> str:
    """3 December 2026 at 14:00, 90 minutes."""
    return f"{day(held.held_on)} at {held.starts_at}, {held.minutes} minutes"


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        REGION_WORDS=REGIONS,
        TRAINING_FOR=FOR,
        FORMATS=FORMATS,
        NAMED_FOR=NEEDS,
        said_of_training=said_of_training,
        when=when,
    )
