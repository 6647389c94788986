"""Before every request: who is it, may they do this at all; after it: was what they saw written down."""

import secrets
from uuid import UUID

from flask import Flask, Response, abort, current_app, g, request, session
from flask_login import LoginManager, current_user
from sqlalchemy.orm import Session

from cp import clock, csrf, db, problems, registry, uploads, websession
from cp.rules.access import Actor, Refused, decide
from cp.services import audit, children, sessions, stepping_up, who
from cp.services.overriding import starting
from cp.terms import Act

UNWRITTEN = frozenset({Act.READ_PUBLIC, Act.SIGN_IN, Act.GIVE_CODE, Act.SIGN_OUT, Act.STAY_SIGNED_IN, Act.SEE_ACCOUNT,
                       Act.ENROL_FACTOR, Act.PREPARE_SEARCH, Act.PREPARE_FAMILY_SEARCH, Act.SEE_REASON, Act.USE_LINK,
                       Act.ASK_TO_JOIN, Act.CHOOSE_ROLE, Act.STEP_UP, Act.CHANGE_PASSWORD, Act.READ_PROCEDURES,
                       Act.RECORD_TRAINING, Act.SIGN_AGREEMENT, Act.SET_LIMITS, Act.SEE_TIME_LEFT,
                       Act.SEE_PROGRESS, Act.FIND_LOCAL_CONTACT, Act.ANSWER_AS_SCHOOL, Act.PREPARE_LOG})  # fmt: skip
"""Acts whose pages hold no child's data. Whatever any other act shows must stand in the audit first."""
READ_FIRST = frozenset({None, Act.READ_PUBLIC, Act.SEE_RESULTS, Act.OPEN_RECORD, Act.SEE_TIME_LEFT, Act.SEE_PROGRESS})
"""What is asked for most waits for nobody while it reads; what it shows of children is looked at again once it may
write (docs/decisions/0016)."""
WORKS_FIRST = frozenset({Act.RECEIVE_FILE, Act.CONFIRM_COLUMNS})
"""Forms whose answer takes long to work out, which waits for nobody and nobody waits for: see `hold`."""
BY_ITSELF = frozenset({Act.READ_PUBLIC, Act.SEE_TIME_LEFT, Act.SEE_PROGRESS, Act.ANSWER_AS_SCHOOL})
"""Reading the help, or answering by a school's link, is no use of an account; what the page asks by itself is no doing
of a person's."""
HEALTH = "help.health"


def init_app(app: Flask) -> None:
    app.config["REMEMBER_COOKIE_NAME"] = ""  # no cookie has this name: nobody is ever remembered
    logins = LoginManager(app, add_context_processor=False)  # it would ask the database while an error is shown
    logins.session_protection = None
    logins.user_loader(_load)
    for step in (_secure, csrf.check, _permit):
        app.before_request(step)
    app.after_request(_written)


class User:
    """Flask-Login's idea of a person, around ours."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get_id(self) -> str:
        return str(self.actor.account_uid)


def _load(token_hash: str) -> User | None:
    actor = websession.load_actor(token_hash)
    return User(actor) if actor else None


def actor() -> Actor | None:
    """Who is asking; None for a stranger."""
    g.person = current_user.actor if current_user.is_authenticated else None
    person: Actor | None = g.person
    return person


def afresh() -> Actor | None:
    """Who is asking, read again: what this request did has changed what they may."""
    db.session().flush()
    g.pop("_login_user", None)
    return actor()


def me() -> Actor:
    """Who is asking, where the guard has made sure that somebody is."""
    found = actor()
    if found is None:
        raise audit.Refusal("not_signed_in")
    return found


def found() -> who.Found | None:
    """The session behind the browser's token, whatever its state."""
    actor()
    answer: who.Found | None = g.get("found")
    return answer


def touch(said: str | None = None) -> None:
    """The person did something, which counts once the request commits. `said`: the code that the next page speaks."""
    session_id, looks = g.found.session_id, request.method in db.READING

    def write(session: Session) -> None:
        if not sessions.touch(session, session_id, clock.now(), said) and looks:
            raise audit.Refusal("not_signed_in")

    db.last(write)


def _secure() -> None:
    """Whoever watches the system's health may ask in the clear: the answer says nothing of anybody.

    A form is read to its end before the database is asked anything: a sender who dawdles holds up nobody's writing.
    """
    g.request_id = UUID(bytes=secrets.token_bytes(16))
    uploads.make_room()
    if request.method not in db.READING and not problems.of_machine():
        request.form  # noqa: B018 - it is read here, and kept
    if not request.is_secure and not websession.is_loopback(request) and request.endpoint != HEALTH:
        abort(403, "ContactPoint is reached by https:// only, so that nobody on the way can read along.")


def _permit() -> None:
    if request.endpoint == HEALTH:
        return
    act = registry.act_of(current_app, request.endpoint)
    if (act in READ_FIRST and request.method in db.READING) or act in WORKS_FIRST:
        db.read_first()
    _decide(act)


def hold() -> Actor:
    """From here on the request holds the database, as another form does from its start; who asks, and whether they may,
    is asked again. For a form that has worked on what it read, and has written nothing."""
    if db.hold():
        g.pop("_login_user", None)
        _decide(registry.act_of(current_app, request.endpoint))
    return me()


def _decide(act: Act | None) -> None:
    person = None if problems.of_machine() else _left_behind(actor(), act)
    if act is None:
        return
    decision = decide(person, act, None, clock.today())
    if person is not None and act not in BY_ITSELF:
        touch()
    if isinstance(decision, Refused):
        raise audit.Refusal(decision.reason)
    if person is not None:
        stepping_up.require(person, decision)


def _left_behind(person: Actor | None, act: Act | None) -> Actor | None:
    """Who looks through a shield and asks for anything else has left that record: kept before it is answered."""
    if person is None or person.overridden_id is None or act is Act.STAY_SIGNED_IN:
        return person
    if children.concerns(db.session(), person, request.view_args or {}):
        return person
    starting.leave(db.session(), person, "left")
    db.commit()
    g.pop("entries")  # of what was left, not of what is shown now
    return afresh()


def _written(response: Response) -> Response:
    """Withhold a page about children for which no entry was committed (no audit, no data)."""
    act, shows = registry.act_of(current_app, request.endpoint), response.status_code == 200 and response.get_data()
    if shows and act is not None and act not in UNWRITTEN and not g.get("entries"):
        current_app.logger.error("withheld: %s wrote no audit entry", request.endpoint)
        abort(500)
    return response


def form_token_hash() -> bytes:
    """What this browser is known by, signed in or not."""
    return session.token_hash  # type: ignore[attr-defined, no-any-return]


def from_elsewhere() -> bool:
    """Whether another site led here, or the browser asks ahead of the person: nobody has opened anything by that."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return ahead or request.headers.get("Sec-Fetch-Site") == "cross-site"


def is_block() -> bool:
    """Whether htmx asked for a part of the page."""
    return request.headers.get("HX-Request") == "true"
