"""Links of schools, and what a school that does not exist answers by one."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from cp.models import Organisation
from cp.services.implementation import answering, school_links
from cp.services.implementation.answers import Answers
from cp.services.implementation.school_links import Held
from cp.terms import SchoolQuestion
from tests.build import World
from tests.web import actor_of

REQUEST = UUID(int=9)
TYPED: dict[int, dict[str, Any]] = {
    1: {"name": "Bea Lindholm", "post": "Bursar", "phone": "020 7946 0123", "email": "bursar@ashgrove.example.test"},
    2: {"system": "isams"},
    3: {"wish": "not_known"},
    4: {"pupils": "1,210", "post_head": "1", "post_teacher_pastoral": "12", "others": "4"},
    5: {"training": ["safeguarding", "data_protection"]},
    6: {"days": ["tuesday", "thursday"], "times": ["after_school"], "needs": ["step_free"]},
}
"""Each page's fields."""
POSTS = ("head", "deputy_head", "head_of_year", "teacher_pastoral", "teacher_child_protection", "special_needs_teacher",
         "special_needs_coordinator")  # fmt: skip
VALUES: dict[SchoolQuestion, dict[str, Any]] = {
    SchoolQuestion.CONTACT: {"name": "Bea Lindholm", "post": "Bursar", "phone": "+442079460123",
                             "email": "bursar@ashgrove.example.test"},
    SchoolQuestion.SYSTEM: {"system": "isams"},
    SchoolQuestion.WISH: {"wish": None},
    SchoolQuestion.STAFF: {"pupils": 1210, "others": 4,
                           "staff": dict.fromkeys(POSTS, 0) | {"head": 1, "teacher_pastoral": 12}},
    SchoolQuestion.TRAINING: {"training": ["safeguarding", "data_protection"]},
    SchoolQuestion.SESSION: {"days": ["tuesday", "thursday"], "times": ["after_school"], "needs": ["step_free"]},
}  # fmt: skip
"""The same as they are kept."""


def link(session: Session, world: World, organisation: Organisation | None = None) -> str:
    """The token of a link that Ivy made for this organisation, or for Sam's school."""
    token = school_links.make(session, actor_of(session, world.ivy), organisation or world.school)
    session.commit()
    return token


def held(session: Session, token: str) -> Held:
    found = school_links.find(session, token, lock=True)
    assert found is not None
    return found


def say(session: Session, token: str, question: SchoolQuestion, value: dict[str, Any] | None = None) -> Answers:
    """One answer, or as `VALUES` has it."""
    return answering.keep(session, held(session, token), question, value or VALUES[question], REQUEST)


def say_all(session: Session, token: str, but: SchoolQuestion | None = None) -> None:
    for question in SchoolQuestion:
        if question is not but:
            say(session, token, question)
    session.commit()
