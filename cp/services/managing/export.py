"""The people in a manager's scope as CSV, safe to open in a spreadsheet. Staff only: no child, no secret."""

import csv
from io import StringIO

from sqlalchemy.orm import Session

from cp.rules.access import Actor
from cp.services import audit
from cp.services.managing import staff
from cp.services.managing.member import Member
from cp.terms import Act

COLUMNS = (
    "name", "email", "organisation", "post", "roles", "state", "missing", "last signed in", "check lasts until",
    "training lasts until", "agreement signed", "review due",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""


def table(session: Session, actor: Actor) -> str:
    """One row a person, by name; closed accounts too."""
    members = staff.everybody(session, actor)
    audit.record(session, actor, Act.EXPORT_ACCOUNTS, audit.About(results=len(members)))
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in _row(one)] for one in members)
    return written.getvalue()


def _row(one: Member) -> tuple[object, ...]:
    lasts = one.lasts
    return (
        one.name, one.email, one.organisation_name, one.post, " and ".join(grant.role for grant in one.grants),
        one.state, " and ".join(one.missing), one.last_used_on, lasts["check"], lasts["training"],
        one.agreement_signed_on, lasts["review"],
    )  # fmt: skip


def cell(value: object) -> str:
    """The text, or with an apostrophe before it where a spreadsheet would compute it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
