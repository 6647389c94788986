"""The yardstick of the results page: this application with one page more, for somebody signed in.

It knows the person by the session, decides whether they may, reads one row by key and writes nothing.
"""

from flask import render_template_string
from sqlalchemy import bindparam, select

from bench.bare import PAGE, ROW_BYTES
from cp import db, guard
from cp.application import create_app
from cp.models.child import Child
from cp.registry import action
from cp.terms import Act

ROWS = 12_000 // ROW_BYTES
_CHILD = select(Child.given_names, Child.family_name).where(Child.id == bindparam("key"))

app = create_app()


@app.get("/bench/<int:key>")
@action(Act.READ_PUBLIC)
def signed(key: int) -> str:
    guard.me()
    given, family = db.session().execute(_CHILD, {"key": key}).one()
    rows = [{"name": f"{given} {family}", "phone": "0161 496 0110", "since": "3 September 2026"} for _ in range(ROWS)]
    return render_template_string(PAGE, rows=rows)
