"""What is wrong in a JSON value, by the few words of JSON Schema that we use, as sentences for a programmer."""

import re
from collections.abc import Iterator
from typing import Any

from cp.feeds.headings import never_held
from cp.feeds.sent_schema import ROW_KEY, Schema
from cp.feeds.supplied import quoted

_HALF = re.compile("[\ud800-\udfff]")
_TYPES: dict[str, tuple[type, str]] = {
    "object": (dict, "an object, in braces"),
    "array": (list, "a list, in square brackets"),
    "string": (str, "text, in quotation marks"),
    "boolean": (bool, "true or false"),
}
_PATTERNS = {ROW_KEY: "must be 1 to 64 letters of a to z, digits, dots, hyphens, underscores and slashes, and begin "
                      "with a letter or digit"}  # fmt: skip


def problems(value: Any, schema: Schema, place: str = "The body") -> Iterator[str]:
    """Each begins with the place: `Row 3: born_on must be text, in quotation marks`. None where nothing is wrong.

    What no record may hold is named as such: a programmer is not to look for another name for it.
    """
    kind, words = _TYPES[schema["type"]]
    if not isinstance(value, kind):
        yield f"{place} must be {words}"
    elif isinstance(value, dict):
        yield from _of_object(value, schema, place)
    elif isinstance(value, list):
        yield from _of_list(value, schema, place)
    elif isinstance(value, str):
        yield from _of_text(value, schema, place)


def _of_object(value: dict[str, Any], schema: Schema, place: str) -> Iterator[str]:
    at = "" if place == "The body" else f"{place}: "
    for name in schema["required"]:
        if name not in value:
            yield f"{at}{name} is missing"
    for name, held in value.items():
        if name in schema["properties"]:
            yield from problems(held, schema["properties"][name], f"{at}{name}")
        else:
            yield at + unknown(name)


def unknown(name: str) -> str:
    """The sentence for a property that is on no list."""
    said = quoted(_HALF.sub("�", name))
    if never_held(name):
        return f"“{said}” must not be held. Leave it out"
    return f"“{said}” is not a property that is taken. Leave it out"


def _of_list(value: list[Any], schema: Schema, place: str) -> Iterator[str]:
    if len(value) < schema["minItems"]:
        yield f"{place} must hold something"
    elif len(value) > schema["maxItems"]:
        yield f"{place} must hold {schema['maxItems']} at most. Send the others in another request"
    else:
        for number, one in enumerate(value, 1):
            yield from problems(one, schema["items"], f"Row {number}")


def _of_text(value: str, schema: Schema, place: str) -> Iterator[str]:
    if _HALF.search(value):
        yield f"{place} holds half of a character. Send the whole text as UTF-8"
    elif len(value) > schema.get("maxLength", len(value)):
        yield f"{place} must be {schema['maxLength']:,} characters or fewer"
    elif not re.fullmatch(schema["pattern"], value):
        yield f"{place} {_PATTERNS.get(schema['pattern'], 'holds the character NUL. Leave it out')}"
