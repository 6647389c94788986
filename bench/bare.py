"""The yardstick of the pages: a Flask page of the same weight, with no person, no token and no database behind it."""

from flask import Flask, render_template_string

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Bare</title></head><body><main><h1>Bare</h1><ul>
{% for row in rows %}<li class="cp-person"><div><h3 class="govuk-heading-s">{{ row.name }}</h3></div>
<div><p><a class="govuk-link" href="tel:{{ row.phone }}">{{ row.phone }}</a></p></div>
<div><p>Since {{ row.since }}</p></div></li>{% endfor %}
</ul></main></body></html>"""
ROW_BYTES = 201

app = Flask(__name__)


def path(weight: int) -> str:
    """Where a page of about so many bytes is."""
    return f"/{weight // ROW_BYTES}"


@app.get("/<int:rows>")
def bare(rows: int) -> str:
    shown = [{"name": f"Row {row}", "phone": "0161 496 0110", "since": "3 September 2026"} for row in range(rows)]
    return render_template_string(PAGE, rows=shown)
