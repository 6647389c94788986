"""What another system may send, as a JSON Schema: by it every request is checked, and of it the description is made."""

from typing import Any

from cp.feeds.columns import called
from cp.feeds.sheet import LONGEST_CELL
from cp.terms import Column

MOST_BYTES = 1024 * 1024
MOST_ROWS = 500
ROW_KEY = "^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$"
"""A key is compared letter by letter, so it has none that look alike or cannot be seen."""
WITHOUT_NUL = "^[^\\u0000]*$"

Schema = dict[str, Any]

_SAID = {
    Column.ROW_KEY: "Your own key for the child, the same in every request: an admission number, an id",
    Column.BORN_ON: "Date of birth, best as YYYY-MM-DD. A row without one is held",
    Column.WHOLE_NAME: "The whole name, where your system does not hold its parts",
    Column.FAMILY_NAME: "Family name. A row without any name is held",
    Column.GENDER: "female, male, or not specified; F, M and the codes 0, 1, 2 and 9 are read too",
    Column.ADDRESS: "The address in one text, its lines apart by line breaks or commas",
    Column.UPN: "Unique pupil number: a letter, then 12 digits",
    Column.NHS: "NHS number: 10 digits",
    Column.STARTED_ON: "The day on which the child came to you",
    Column.LEFT_ON: "The day on which the child left you, not after today where nothing but row_key stands beside it",
    Column.CARER_1_RESPONSIBILITY: "yes or no: whether the first carer has parental responsibility",
    Column.CARER_2_RESPONSIBILITY: "yes or no: whether the second carer has parental responsibility",
}


def _text(column: Column) -> Schema:
    said = _SAID.get(column) or called(column)[:1].upper() + called(column)[1:]
    if column is Column.ROW_KEY:
        return {"type": "string", "pattern": ROW_KEY, "description": said}
    return {"type": "string", "maxLength": LONGEST_CELL, "pattern": WITHOUT_NUL, "description": said}


ROW: Schema = {
    "type": "object",
    "description": "What you say of one child. What you leave out, you say nothing of. A row of nothing but row_key "
    "and left_on says that the child has left you.",
    "required": [Column.ROW_KEY.value],
    "properties": {column.value: _text(column) for column in Column},
    "additionalProperties": False,
}
BODY: Schema = {
    "type": "object",
    "description": f"At most {MOST_BYTES >> 20} MB. Every value of a row is text, numbers too.",
    "required": ["rows"],
    "properties": {
        "rows": {
            "type": "array", "minItems": 1, "maxItems": MOST_ROWS, "items": ROW,
            "description": "Children whom you say something of. Whoever is not among them has not left. No two rows "
            "have one row_key.",
        },
        "send_unusual": {
            "type": "boolean", "default": False,
            "description": "Send a row although something in it is unusual; else it is held, for you to look at first.",
        },
    },
    "additionalProperties": False,
}  # fmt: skip
