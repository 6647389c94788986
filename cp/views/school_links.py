"""The link of a school, as its implementation manager makes it; and what the school answered by it."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.models import Authority
from cp.registry import action
from cp.rules.school_links import last_day_of, link_ends
from cp.services import accounts, once
from cp.services.implementation import answers, school_links
from cp.terms import Act
from cp.views.html import go, once_key, page

bp = Blueprint("school_links", __name__)
ONE = "/implementation/schools/<uuid:organisation_uid>"


@bp.get(f"{ONE}/link")
@action(Act.SEE_SCHOOL_ANSWERS)
def link(organisation_uid: UUID) -> ResponseReturnValue:
    session = db.session()
    linked = school_links.shown(session, guard.me(), organisation_uid)
    return page("school_links/link.html", one=linked.organisation, linked=linked, once=once_key(),
                found=answers.of(session, linked.organisation))  # fmt: skip


@bp.post(f"{ONE}/link")
@action(Act.MAKE_SCHOOL_LINK)
def make(organisation_uid: UUID) -> ResponseReturnValue:
    """A page made to be printed. The same form again makes no other link, which would end the printed one."""
    session, person, key = db.session(), guard.me(), request.form.get("once")
    here = url_for(".link", organisation_uid=organisation_uid)
    if said := once.answered(session, person, key):
        return go(said)
    linked = school_links.shown(session, person, organisation_uid)
    if linked.closed:
        return go(f"|{here}")
    one, token = linked.organisation, school_links.make(session, person, linked.organisation)
    once.answer(session, person, key, f"link_seen|{here}")
    address = request.host_url.rstrip("/") + url_for("school_form.start", school_token=token)
    call = accounts.implementer(session, session.get_one(Authority, one.authority_id), person.account_id)
    return page("school_links/made.html", one=one, address=address, call=call,
                last_on=last_day_of(link_ends(clock.today())))  # fmt: skip


@bp.get(f"{ONE}/answers")
@action(Act.SEE_SCHOOL_ANSWERS)
def show(organisation_uid: UUID) -> ResponseReturnValue:
    one, found = answers.show(db.session(), guard.me(), organisation_uid)
    return page("school_links/answers.html", one=one, found=found, proposal=answers.proposal(found, one))
