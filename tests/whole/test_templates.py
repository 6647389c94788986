"""What holds for every template as it is written, whichever page it is drawn on."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from jinja2 import Environment, nodes

from tools.steps import ROOT

FOLDER = ROOT / "cp" / "templates"
NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
SOURCES = {name: (FOLDER / name).read_text("utf-8") for name in NAMES}
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
SENDING = re.compile(r"data-hx-(get|post|put|patch|delete)")


@cache
def parsed() -> dict[str, nodes.Template]:
    return {name: Environment(autoescape=True).parse(source) for name, source in SOURCES.items()}


def markup(source: str) -> BeautifulSoup:
    """The template's tags, each piece of Jinja replaced by a word of its own: the same piece, the same word."""
    words: dict[str, str] = {}
    plain = JINJA.sub(lambda piece: words.setdefault(piece[0], f"jinja{len(words)}x"), source)
    return BeautifulSoup(plain, "html.parser")


def tags(selector: str) -> Iterator[tuple[str, Tag]]:
    return ((name, tag) for name, source in SOURCES.items() for tag in markup(source).select(selector))


def test_every_template_can_be_drawn(app: Flask) -> None:
    assert [name for name in app.jinja_env.list_templates() if app.jinja_env.get_template(name).name != name] == []
    assert sorted(app.jinja_env.list_templates()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_only_our_own_letters_are_marked_as_safe(name: str) -> None:
    unsafe = [one.lineno for one in parsed()[name].find_all(nodes.Filter) if one.name == "safe" and not _own(one.node)]

    assert unsafe == []
    assert "autoescape" not in SOURCES[name]


def _own(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def test_code_marks_nothing_as_safe_but_our_own_letters_and_the_drawn_code() -> None:
    marked = {
        f"{path.relative_to(ROOT)}: {ast.unparse(call)}"
        for path in (ROOT / "cp").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", None) == "Markup"
        and not isinstance(call.args[0], ast.Constant)
    }

    assert marked == {"cp/views/enrolment.py: Markup(drawn)"}


def test_every_macro_is_used_and_none_is_made_twice_in_a_file() -> None:
    trees = parsed()
    made = {name: [macro.name for macro in tree.find_all(nodes.Macro)] for name, tree in trees.items()}
    called = {
        getattr(call.node, "name", None) or getattr(call.node, "attr", None)
        for tree in trees.values()
        for call in tree.find_all(nodes.Call)
    }

    assert [macro for macros in made.values() for macro in macros if macro not in called] == []
    assert [name for name, macros in made.items() if len(macros) != len(set(macros))] == []


def test_every_template_is_drawn_extended_or_imported_by_something() -> None:
    named = " ".join([*SOURCES.values(), *(path.read_text("utf-8") for path in (ROOT / "cp").rglob("*.py"))])

    assert [name for name in NAMES if f'"{name}"' not in named] == []


NARROWS = frozenset({"schools/waiting.html"})
"""Forms that only narrow a list of organisations: what they ask is in the address, and nothing is changed by it."""


def test_every_form_goes_somewhere_by_post_and_carries_a_token() -> None:
    pieces = [(name, piece) for name in NAMES for piece in re.findall(r"<form\b.*?</form>", SOURCES[name], re.S)]

    for name, piece in pieces:
        form = markup(piece).form
        assert form is not None
        assert (form.get("method"), bool(form.get("action"))) == ("get" if name in NARROWS else "post", True), name
        assert name in NARROWS or "csrf_field()" in piece or "ui.once(" in piece, name
    assert len(pieces) == sum(source.count("<form") for source in SOURCES.values())


@pytest.mark.asvs("1.2.3")
def test_nothing_runs_or_looks_otherwise_than_by_our_files() -> None:
    inline = [
        f"{name}: {tag.name}"
        for name, tag in tags("*")
        if tag.has_attr("style") or tag.name == "style" or (tag.name == "script" and not tag.get("src"))
    ]
    acting = [
        f"{name}: {attribute}"
        for name, tag in tags("*")
        for attribute, value in tag.attrs.items()
        if re.match(r"on\w+$|hx-|data-hx-on|data-hx-vals$", attribute) or "javascript:" in str(value)
    ]

    assert (inline, acting) == ([], [])


def test_whatever_htmx_sends_is_a_link_or_a_form_without_it() -> None:
    """What asks by itself, minute by minute, says without scripts until when it holds."""
    bare = []
    for name, tag in tags("*"):
        for attribute in filter(SENDING.fullmatch, tag.attrs):
            plain = tag.get("href") if attribute == "data-hx-get" else tag.get("action")
            asks_by_itself = str(tag.get("data-hx-trigger", "")).startswith("every ")
            if plain != tag[attribute] and not asks_by_itself:
                bare.append(f"{name}: {tag.name} {attribute}")

    assert bare == []


def test_whatever_htmx_swaps_is_there_to_be_swapped() -> None:
    everywhere = "".join(SOURCES.values())
    targets = {str(tag["data-hx-target"]) for _, tag in tags("[data-hx-target]")}

    assert {target for target in targets if f'id="{target.removeprefix("#")}"' not in everywhere} == set()
    assert all(tag.get("data-hx-swap") == "outerHTML" for _, tag in tags("[data-hx-target]"))


@pytest.mark.asvs("3.6.1")
def test_no_page_names_another_host() -> None:
    assert [name for name in NAMES if re.search(r"https?://|src=\"//|href=\"//", SOURCES[name])] == []


def test_no_number_of_a_record_breaks_above_a_heading() -> None:
    captions = [line for source in SOURCES.values() for line in source.splitlines() if "govuk-caption-l" in line]
    numbered = [line for line in captions if "|number" in line]

    assert [line for line in numbered if not re.search(r'<span class="cp-whole">{{ [\w.]+\|number', line)] == []
    assert numbered
