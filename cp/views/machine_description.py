"""How other systems send, as OpenAPI 3.1: made of what a request is checked by, so that it cannot say anything else."""

from typing import Any

from cp.feeds.rows_sent import MOST_TOLD
from cp.feeds.sent_schema import BODY, ROW, Schema
from cp.problems import MIME
from cp.rules.machines import REQUESTS

IDEMPOTENCY_KEY = "^[!-~]{1,255}$"
_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}


def description() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ContactPoint",
            "version": "1",
            "description": "For systems of schools, practices and councils: send what you say of children who are with "
            "you. Nothing can be read: a receipt follows from what you sent, never from whom the directory holds.",
        },
        "servers": [{"url": "/"}],
        "paths": {"/api/v1/rows": {"post": _send()}},
        "components": {
            "schemas": {"Row": ROW, "Rows": _rows(), "Receipt": _RECEIPT, "Trouble": _TROUBLE, "Problem": _PROBLEM},
            "securitySchemes": {"credential": {"type": "http", "scheme": "bearer"}},
        },
    }


def _rows() -> Schema:
    rows = BODY["properties"]["rows"] | {"items": _one("Row")}
    return BODY | {"properties": BODY["properties"] | {"rows": rows}}


def _one(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _send() -> dict[str, Any]:
    return {
        "operationId": "sendRows",
        "summary": "Send rows",
        "description": "They are checked at once and placed afterwards. The same request again does no more, and gets "
        "the same answer: known by its Idempotency-Key for a day, or else by its body, on the same day and while it is "
        "the last.",
        "security": [{"credential": []}],
        "parameters": [
            {
                "name": "Idempotency-Key", "in": "header", "required": False,
                "description": "Your own name for this request, a UUID for instance.",
                "schema": {"type": "string", "pattern": IDEMPOTENCY_KEY},
            }
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _one("Rows")}}},
        "responses": {
            "202": {"description": "The receipt", "content": {"application/json": {"schema": _one("Receipt")}}},
            **{status: _refusal(said) for status, said in _REFUSALS.items()},
        },
    }  # fmt: skip


def _refusal(said: str) -> dict[str, Any]:
    return {"description": said, "content": {MIME: {"schema": _one("Problem")}}}


_REFUSALS = {
    "400": "It cannot be read as JSON in UTF-8, a name stands in it twice, or the Idempotency-Key is none",
    "401": "There is no credential, or none that works: which, is not said",
    "403": "Nothing of this organisation may be applied yet. The rows were checked as a test, and forgotten after 14 "
    "days: detail says how many were ready, problems what is missing. The same may be sent again unchanged",
    "409": "Two rows have one row_key, one stands for nothing, or the Idempotency-Key came before with another body",
    "413": "The body is too large",
    "415": "It is not application/json in UTF-8, not compressed",
    "422": f"It is not what is described here, and nothing of it was taken. Up to {MOST_TOLD} problems are listed",
    "429": f"More than {REQUESTS} requests in an hour. Retry-After says when to send again",
    "503": "Nothing was done, for now. Send the same again after Retry-After",
}


def _exactly(properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


_TROUBLE = _exactly(
    {
        "property": {"type": "string", "description": "What it is about, where it is about one property"},
        "detail": {"type": "string", "description": "What is the matter, in plain words"},
        "do": {"type": "string", "description": "What to do about it"},
    },
    optional=("property",),
)
_TROUBLES = {"type": "array", "items": _one("Trouble")}
_RECEIPT = _exactly(
    {
        "receipt": {"type": "string", "format": "uuid", "description": "The file that it is kept as, under Files sent"},
        "accepted": _COUNT,
        "held": {**_COUNT, "description": "Rows of which nothing is sent until you send them again, corrected"},
        "rows": {
            "type": "array",
            "description": "One for each that you sent, in your order",
            "items": _exactly(
                {
                    "row": {"type": "integer", "minimum": 1},
                    "row_key": _TEXT,
                    "accepted": {"type": "boolean"},
                    "problems": _TROUBLES,
                }
            ),
        },
        "problems": {**_TROUBLES, "description": "What is unusual about all of them together. Nothing is held for it"},
    }
)
_PROBLEM = _exactly(
    {
        "type": _TEXT, "title": _TEXT, "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is the matter, in plain words"},
        "problems": {"type": "array", "items": _TEXT, "description": "All that was found, the first of them in detail"},
    },
    optional=("problems",),
)  # fmt: skip
