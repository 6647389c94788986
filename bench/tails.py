"""The long tails of the name lists: faker's lists, and rare English names put together from parts."""

import importlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '\u2019-]){1,38}")
LATIN = re.compile(r"[\u0000-\u024f\u1e00-\u1eff '\u2019-]+")
ROMANISED = "romanized"


@cache
def lists(file: str) -> dict[str, tuple[str, ...]]:
    """The sections of a data file: [title], then things between commas, over as many lines as they need."""
    text = "\n".join(line for line in (DATA / file).read_text("utf-8").splitlines() if not line.startswith("#"))
    parts = re.split(r"^\[(.+)\]$", text, flags=re.MULTILINE)[1:]
    return {title: _things(body) for title, body in zip(parts[::2], parts[1::2], strict=True)}


def _things(body: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(thing.strip() for thing in body.replace("\n", " ").split(",") if thing.strip()))


def from_faker(locales: str, *parts: str) -> list[str]:
    """Names of faker's lists in the order of the lists; only whole names in Latin letters."""
    names: dict[str, None] = {}
    for locale in locales.split():
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for part in parts:
            found: Iterable[str] = vars(provider).get(part, ())
            names.update(dict.fromkeys(_tidy(name, part) for name in found if _is_name(name)))
    return list(names)


def _is_name(name: str) -> bool:
    return NAME.fullmatch(name) is not None and LATIN.fullmatch(name) is not None


def _tidy(name: str, part: str) -> str:
    name = name.replace("\u2019", "'").strip()
    return name.title() if ROMANISED in part or name.isupper() else name


def family_names() -> list[str]:
    """Rare English family names as places gave them, the shortest endings first."""
    parts = lists("tails.txt")
    return [stem + ending for ending in parts["endings"] for stem in parts["stems"] if stem[-1] != ending[0]]


def double_names(gender: str) -> list[str]:
    """Ellie-Mae, Tommy-Lee: rare ones by the thousand."""
    parts = lists("tails.txt")
    firsts, seconds = parts[f"{gender} first"], parts[f"{gender} second"]
    return [f"{first}-{second}" for second in seconds for first in firsts if first != second]
