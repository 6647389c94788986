"""Somebody is invited, or asked to join: where and as what, then who; the link is shown once."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.accounts import Post, new_form, where_form
from cp.models import JoinRequest, Organisation
from cp.registry import action
from cp.rules.eligibility import posts_at
from cp.rules.phones import phone_normal
from cp.services import audit, once
from cp.services.managing import asking, inviting, linking, named
from cp.services.managing.granting import Wish
from cp.services.managing.inviting import Newcomer
from cp.services.managing.problems import Problem
from cp.terms import Act, LinkKind, Role
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, uuid_or_none
from cp.views.managing import bp
from cp.views.managing.links import show_link
from cp.views.managing.people import back_to
from cp.views.managing.words import WHAT_THEY_DO


@bp.get("/accounts/new")
@action(Act.PREPARE_INVITATION)
def new() -> ResponseReturnValue:
    typed = restored()
    answers = typed or request.args
    asked = inviting.request_of(db.session(), guard.me(), uuid_or_none(answers.get("request")))
    by_school = named.one(db.session(), guard.me(), uuid_or_none(answers.get("person")))
    place, role = (by_school.place, by_school.role) if by_school else _where(answers, asked)
    if place is None or role is None:
        return _ask_where()
    form = new_form(role, posts_at(place.kind))
    if typed:
        return _ask_who(place, role, form(typed), restored=True)
    who = asked or (by_school and by_school.person)
    known = {"name": who.name, "email": who.email, "post": who.post} if who else {}
    return _ask_who(place, role, form(data=known), asked=asked)


def _where(answers: Any, asked: JoinRequest | None) -> tuple[Organisation | None, Role | None]:
    """What was chosen on the first page, or asked for by the person themselves."""
    session, person = db.session(), guard.me()
    if asked:
        return session.get(Organisation, asked.organisation_id), Role.PRACTITIONER
    place = inviting.organisation(session, person, uuid_or_none(answers.get("organisation")))
    said = answers.get("role")
    role = next((one for one in (inviting.roles_at(person, place) if place else ()) if one == said), None)
    return place, role


def _ask_where() -> ResponseReturnValue:
    """The first page: a choice from lists, by codes that may stand in an address."""
    person, tried = guard.me(), request.method == "POST"
    places = inviting.organisations(db.session(), person)
    roles = {role for one in places for role in inviting.roles_at(person, one)}
    words = {role.value: WHAT_THEY_DO[role] for role in Role if role in roles}
    form = where_form({str(one.uid): one.name for one in places}, words)(request.form if tried else None)
    if tried and form.valid():
        form.role.errors.append("This role is held at the authority. Choose another role")
    if len(places) == 1 and not tried:
        form.organisation.data = str(places[0].uid)
    _note()
    return page("accounts/where.html", status=422 if tried else 200, form=form)


def _ask_who(
    place: Organisation, role: Role, form: Post, status: int = 200, asked: JoinRequest | None = None,
    **values: Any,
) -> ResponseReturnValue:  # fmt: skip
    _note()
    wanted = asked.uid if asked else uuid_or_none(request.form.get("request"))
    person = uuid_or_none(request.values.get("person"))
    return page("accounts/new.html", status=status, form=form, place=place, role=role, asked=wanted, person=person,
                once=request.form.get("once") or once_key(), **{"restored": False, **values})  # fmt: skip


def _note() -> None:
    audit.record(db.session(), guard.me(), Act.PREPARE_INVITATION)


@bp.post("/accounts/new")
@action(Act.INVITE)
def create() -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    place, role = _where(request.form, None)
    if place is None or role is None:
        return _ask_where()
    if request.form.get("step") == "where":
        return go(f"|{url_for('.new', organisation=place.uid, role=role.value)}")
    form = new_form(role, posts_at(place.kind))(request.form)
    if not form.valid():
        return _ask_who(place, role, form, 422)
    new = Newcomer(form.name.data, form.email.data, place, form.issued.data, wish_of(role, form),
                   *(uuid_or_none(request.form.get(name)) for name in ("request", "person")))  # fmt: skip
    try:
        account, given = inviting.invite(session, person, new)
    except Problem as problem:
        form.refuse(problem.field, problem.code, problem.name)
        return _ask_who(place, role, form, 422)
    once.answer(session, person, key, back_to(account.uid, "invited_before"))
    if given == "asked":
        return go(back_to(account.uid, "asked"))
    return show_link(account, LinkKind.JOIN, linking.make(session, person, account, LinkKind.JOIN))


def wish_of(what: Any, form: Post) -> Wish:
    """What the form's questions, as far as it has them, came to."""
    said = form.data
    return Wish(what, post=said.get("post"), works_as=said.get("works_as"), phone=phone_normal(said.get("phone")),
                principal_email=said.get("principal"), ends_on=said.get("ends"))  # fmt: skip


@bp.get("/accounts/requests")
@action(Act.SEE_ACCOUNTS)
def requests() -> ResponseReturnValue:
    found = asking.waiting(db.session(), guard.me())
    audit.record(db.session(), guard.me(), Act.SEE_ACCOUNTS, audit.About(results=len(found)))
    return page("accounts/requests.html", requests=found)


@bp.get("/accounts/named")
@action(Act.SEE_ACCOUNTS)
def by_schools() -> ResponseReturnValue:
    return page("accounts/named.html", named=named.show(db.session(), guard.me()))


@bp.post("/accounts/requests/<uuid:request_uid>")
@action(Act.ANSWER_JOIN_REQUEST)
def decline(request_uid: UUID) -> ResponseReturnValue:
    counts = asking.answer(db.session(), guard.me(), request_uid, invited=False)
    return go(f"{'request_declined' if counts else 'overtaken'}|{url_for('.requests')}")
