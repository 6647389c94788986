"""For other systems: rows sent with a credential, and the description of how. Nothing else is there to read."""

import re
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import Blueprint, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from cp import clock, db
from cp.feeds.rows_sent import Contradictory, NotDescribed, Sent, Unfit, read
from cp.feeds.sent_schema import MOST_BYTES
from cp.problems import Problem
from cp.registry import action
from cp.services.supply import credentials, live, requests
from cp.terms import Act
from cp.views.machine_description import IDEMPOTENCY_KEY, description

STATUS = {NotDescribed: HTTPStatus.UNPROCESSABLE_ENTITY, Contradictory: HTTPStatus.CONFLICT}
bp = Blueprint("machine_rows", __name__, url_prefix="/api/v1")


class Came(NamedTuple):
    """A request as it was read, or what is the matter with it."""

    key: str | None = None
    data: bytes = b""
    sent: Sent | None = None
    problem: Problem | None = None


@bp.get("/openapi.json")
@action(Act.READ_PUBLIC)
def describe() -> ResponseReturnValue:
    return jsonify(description())


@bp.post("/rows")
@action(Act.SEND_ROWS)
def create() -> ResponseReturnValue:
    """Whose it is, before it is read; all of it, before the database is held. What cannot be taken counts, too."""
    secret = _secret()
    came = _came()
    try:
        receipt = requests.take(db.session(), requests.Asked(secret, came.data, came.sent, came.key, g.request_id))
    except requests.NotKnown:
        raise _unknown() from None
    except requests.TooOften as wait:
        db.commit()
        raise _too_often(wait) from None
    except requests.KeyTaken:
        db.commit()
        raise Problem(HTTPStatus.CONFLICT, KEY_TAKEN) from None
    except requests.OnlyTried as not_yet:
        db.commit()
        raise _tried(not_yet) from None
    db.commit()
    if came.problem:
        raise came.problem
    return jsonify(receipt), HTTPStatus.ACCEPTED


def _tried(not_yet: requests.OnlyTried) -> Problem:
    """Nothing was applied: how good the rows were as a test, and all that is missing."""
    ready = f"{not_yet.ready} of {not_yet.total} rows were ready"
    return Problem(HTTPStatus.FORBIDDEN, f"{live.TRIED} {ready}.", not_yet.missing.sentences)


KEY_TAKEN = "This Idempotency-Key came before with another body. Give each request its own."


def _secret() -> str:
    """Looked up apart from the request's own session, which would hold others up for as long as a slow line takes."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    with current_app.extensions["reader"]() as reader:
        found = credentials.find(reader, secret.strip() if scheme.lower() == "bearer" else "")
    if found is None:
        raise _unknown()
    return secret.strip()


def _unknown() -> Problem:
    """One answer, whatever is the matter: nothing tells a secret that worked once from one that nobody was given."""
    return Problem(HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})


def _came() -> Came:
    try:
        key, data = _key(), _body()
        return Came(key, data, read(data))
    except Unfit as unfit:
        return Came(problem=_said_of(unfit))
    except RequestEntityTooLarge:
        return Came(problem=Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
    except Problem as problem:
        return Came(problem=problem)


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not re.fullmatch(IDEMPOTENCY_KEY, key):
        raise Problem(HTTPStatus.BAD_REQUEST, "Idempotency-Key must be 1 to 255 visible ASCII characters.")
    return key


def _body() -> bytes:
    said: dict[str, Any] = request.mimetype_params
    as_it_is = request.headers.get("Content-Encoding", "identity").lower() == "identity"
    if request.mimetype != "application/json" or said.get("charset", "utf-8").lower() != "utf-8" or not as_it_is:
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    request.max_content_length = MOST_BYTES
    return request.get_data(cache=False)


def _said_of(unfit: Unfit) -> Problem:
    status = STATUS.get(type(unfit), HTTPStatus.BAD_REQUEST)
    return Problem(status, f"{unfit.problems[0]}.", [f"{one}." for one in unfit.problems])


def _too_often(wait: requests.TooOften) -> Problem:
    seconds = max(1, int((wait.again_at - clock.now()).total_seconds()))
    detail = f"This credential has sent too often. Send again in {seconds} seconds."
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(seconds)})
