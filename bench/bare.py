"""The yardstick of the pages: a Flask page of the same weight, with no person, no token and no database behind it."""

import os

from flask import Flask, render_template_string

ROWS = [{"name": f"Row {number}", "phone": "0161 496 0110", "since": "3 September 2026"} for number in range(60)]
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Bare</title></head><body><main><h1>Bare</h1><ul>
{% for row in rows %}<li class="cp-person"><div><h3 class="govuk-heading-s">{{ row.name }}</h3></div>
<div><p><a class="govuk-link" href="tel:{{ row.phone }}">{{ row.phone }}</a></p></div>
<div><p>Since {{ row.since }}</p></div></li>{% endfor %}
</ul></main></body></html>"""

app = Flask(__name__)


@app.get("/")
def bare() -> str:
    return render_template_string(PAGE, rows=ROWS[: int(os.environ.get("CP_BARE_ROWS", "60"))])
