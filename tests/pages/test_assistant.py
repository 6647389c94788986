"""An assistant works from their own account for one practitioner, never beyond what that one may do."""

from datetime import date

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp.models import Account, AuditEvent, Involvement, Opening
from cp.models.child import Child
from cp.terms import Act, Reason
from tests import build
from tests.build import World
from tests.conftest import NOW
from tests.web import Browser, Page


def opened(session: Session, world: World) -> Child:
    child = build.child(session, world)
    session.add(Opening(account_id=world.ash.account.id, child_id=child.id, reason=Reason.WORKING_WITH, at=NOW))
    session.commit()
    return child


def ash(app: Flask, session: Session, world: World) -> Browser:
    browser = Browser(app)
    browser.become(session, world.ash)
    return browser


def record(browser: Browser, child: Child) -> Page:
    return browser.get(f"/children/{child.uid}")


def test_what_an_assistant_records_is_the_principals(app: Flask, session: Session, world: World) -> None:
    browser, child = ash(app, session, world), opened(session, world)

    form = browser.get(f"/children/{child.uid}/involvements/new")
    assert "Others will see: Nia Pritchard, School nurse, Vale Community Health" in " ".join(form.texts("main p"))
    page = browser.submit(form, "Record involvement")

    assert page.texts("#mine") == ["Nia Pritchard (you act for them)"]
    assert "Ash Bello, for Nia Pritchard" in " ".join(page.texts("header span"))
    session.rollback()
    (made,) = session.scalars(select(Involvement))
    assert world.nia.practitioner is not None
    assert (made.practitioner_id, made.organisation_id) == (world.nia.practitioner.id, world.health.id)


def test_the_audit_names_both(app: Flask, session: Session, world: World) -> None:
    browser, child = ash(app, session, world), opened(session, world)

    record(browser, child)

    session.rollback()
    (entry,) = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.OPEN_RECORD))
    assert (entry.account_id, entry.principal_id) == (world.ash.account.uid, world.nia.account.uid)


def test_when_the_principals_training_lapses_the_assistant_stops_too(
    app: Flask, session: Session, world: World
) -> None:
    browser, child = ash(app, session, world), opened(session, world)
    session.execute(update(Account).where(Account.id == world.nia.account.id).values(trained_on=date(2024, 11, 23)))
    session.commit()

    page = record(browser, child)

    assert page.status == 403
    assert "Amira" not in page.response.text
