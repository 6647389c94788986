"""Builders of the register: what somebody asked to be given out, answered or not."""

from typing import Any

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Disclosure, DisclosureAnswer
from cp.models.child import Child
from cp.terms import DisclosureGround
from tests import build
from tests.build import Person

PARTS = "carers+identity+location"
ANSWERS = {"ground": "section_47", "recipient": "Northvale Police, Sergeant Lund", "parts": "location"}


def disclosure(session: Session, child: Child, asker: Person, approver: Person, **given: Any) -> Disclosure:
    facts = {"ground": DisclosureGround.SECTION_47, "parts": PARTS, "recipient": ANSWERS["recipient"],
             "asked_at": clock.now()} | given  # fmt: skip
    return build.add(  # type: ignore[no-any-return]
        session,
        Disclosure(
            reference=build.reference(), authority_id=child.authority_id, subject_id=child.subject_id,
            asked_by_id=asker.account.id, approver_id=approver.account.id, **facts,
        ),
    )  # fmt: skip


def answered(session: Session, child: Child, asker: Person, approver: Person, *, approved: bool = True,
             **given: Any) -> Disclosure:  # fmt: skip
    made = disclosure(session, child, asker, approver, **given)
    build.add(session, DisclosureAnswer(disclosure_id=made.id, approved=approved, answered_by_id=approver.account.id,
                                        answered_at=clock.now()))  # fmt: skip
    return made
