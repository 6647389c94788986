"""Where a page leads: its links and forms, and a form filled in as a person might."""

import base64
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from cp import sealing

Words = Mapping[str, Sequence[str]]
"""What may be typed, by the name of the field; under "" for every other."""
Fields = list[tuple[str, str]]
PARTS = ("day", "month", "year")
"""Of a date: among the words it stands as "20 11 2026", under the name of its field or under "date"."""


@dataclass(frozen=True)
class Way:
    """A request that a page offers."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...] = ()
    file: tuple[str, bytes] | None = None
    """What is sent under `file`: what it is called, and what is in it."""
    json: bytes | None = None
    """What another system sends in place of a form."""


def ways_on(text: str, here: str) -> list[Tag]:
    """Every link within the site, and every button, in the order of the page."""
    html = BeautifulSoup(text, "html.parser")
    return [tag for tag in html.select("a[href], form button") if tag.name == "button" or _is_page(tag, here)]


def _is_page(tag: Tag, here: str) -> bool:
    href = str(tag["href"])
    return not href.startswith(("#", "tel:", "mailto:")) and not urlsplit(urljoin(here, href)).netloc


def way(tag: Tag, here: str, chance: Random, words: Words) -> Way:
    """What following this link or pressing this button sends. The same chance makes the same choices."""
    if tag.name == "a":
        return Way("GET", urljoin(here, str(tag["href"])).partition("#")[0])
    form = tag.find_parent("form")
    assert form is not None
    fields = filled(form, chance, words)
    if tag.has_attr("name"):
        fields.append((str(tag["name"]), str(tag.get("value", ""))))
    method, path = str(form.get("method", "get")).upper(), urljoin(here, str(form["action"]))
    return Way(method, path, tuple(fields))


def filled(form: Tag, chance: Random, words: Words) -> Fields:
    """Every control of a form with something in it: what stands there already, as often as not."""
    fields: Fields = []
    radios: dict[str, list[str]] = defaultdict(list)
    days: dict[str, list[str]] = {}
    for control in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(control["name"]), str(control.get("type", "text"))
        if kind == "radio":
            radios[name].append(str(control.get("value", "")))
        elif kind == "checkbox":
            fields += [(name, str(control.get("value", "on")))] if chance.random() < 0.5 else []
        elif kind == "hidden":
            fields.append((name, str(control.get("value", ""))))
        elif control.name == "select":
            offered = [str(option.get("value", "")) for option in control.select("option")]
            fields.append((name, chance.choice((chance.random() < 0.9 and list(filter(None, offered))) or offered)))
        else:
            fields.append((name, _typed(control, name, chance, words, days)))
    return fields + [(name, chance.choice(values)) for name, values in radios.items()]


def _typed(control: Tag, name: str, chance: Random, words: Words, days: dict[str, list[str]]) -> str:
    """A word for this field; the three parts of a date belong together."""
    of, _, part = name.rpartition("-")
    there = str(control.get("value", ""))
    if part in PARTS:
        chosen = days.setdefault(of, chance.choice(words.get(of) or words["date"]).split(" "))
        return there or chosen[PARTS.index(part)]
    keep, typed = chance.random() < 0.5, chance.choice(list(words.get(name) or words[""]))
    return there if there and keep else typed


def pressed(text: str, here: str, ending: str, *more: tuple[str, str]) -> Way | None:
    """The form whose address ends like this, sent as it stands with `more`; None where the page has none."""
    forms = BeautifulSoup(text, "html.parser").select('form[method="post"]')
    form = next((form for form in forms if str(form["action"]).endswith(ending)), None)
    if form is None:
        return None
    kept = [*form.select('input[type="hidden"], button[name]'), *form.select("select option[selected]")]
    named = [(tag.get("name") or tag.find_parent("select")["name"], tag["value"]) for tag in kept]  # type: ignore[index]
    fields = tuple((str(name), str(value)) for name, value in named)
    return Way("POST", urljoin(here, str(form["action"])), (*fields, *more))


def form_token(session_token: str) -> str:
    """What the forms of this browser carry, as `cp/csrf.py` makes it, under a mask of zeros."""
    return base64.urlsafe_b64encode(bytes(32) + sealing.ring().lasting_digest("form", session_token)).decode()
