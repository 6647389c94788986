"""What another system reads where a person would read a page that something is the matter (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType

from flask import json, request
from flask.typing import ResponseReturnValue

MACHINES = "/api/"
"""Where addresses of machines begin: nobody is known there by a cookie, and no form comes from there."""
MIME = "application/problem+json"
SAYS = {
    HTTPStatus.UNAUTHORIZED: "Send Authorization: Bearer and the secret of a credential that works.",
    HTTPStatus.FORBIDDEN: "This address is reached by https:// only.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is larger than 1 MB. Send it in several requests.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Send application/json in UTF-8, not compressed.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Nothing was done. Send the same request again in a minute.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something is broken here. Send the same request again later.",
}
NONE: Mapping[str, str] = MappingProxyType({})


class Problem(Exception):
    """Ends a request of another system with this answer. `problems`: more sentences than the first."""

    def __init__(
        self, status: HTTPStatus, detail: str = "", problems: Sequence[str] = (), headers: Mapping[str, str] = NONE
    ) -> None:
        super().__init__(status.phrase)
        self.status, self.detail, self.problems, self.headers = status, detail, problems, headers


def of_machine() -> bool:
    """Whether an address of machines was asked for."""
    return request.path.startswith(MACHINES)


def answer(problem: Problem) -> ResponseReturnValue:
    status = problem.status
    said: dict[str, object] = {
        "type": "about:blank", "title": status.phrase, "status": status.value,
        "detail": problem.detail or SAYS.get(status, "The request cannot be read."),
    }  # fmt: skip
    if problem.problems:
        said["problems"] = list(problem.problems)
    return json.dumps(said), status, {"Content-Type": MIME, **problem.headers}
