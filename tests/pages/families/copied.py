"""A released copy, and what a page of one says."""

from typing import Any

from sqlalchemy.orm import Session

from cp.models import FamilyRequest
from cp.models.child import Child
from cp.terms import Asking
from tests import build_families
from tests.build import Person
from tests.web import Page

CHILD = {"name": "Amira Siddiqui", "requester": "child_who_understands", "responsibility": "not_checked",
         "safe": "not_known"}  # fmt: skip
PLACES = ("Tanner", "ZA4 7QD", "Hollin Bank Primary", "Vale Community", "Eastmere", "0161 496 0163", "Farah")
"""What would say where the child is, or who looks after them."""


def released(session: Session, by: Person, child: Child, answered_by: Person, **asked: Any) -> FamilyRequest:
    one = build_families.request(session, by, child, Asking.COPY, asked=asked)
    build_families.release(session, one, answered_by)
    session.commit()
    return one


def text(page: Page) -> str:
    return " ".join(page.html.select("main")[0].get_text(" ").split())
