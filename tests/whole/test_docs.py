"""What the documents say is so: settings, commands, people, paths, words on pages, decisions."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click
import pytest
from flask import Flask

from cp.cli.demo import load
from cp.services import demo
from cp.services.backing_up import keys
from tools import serve
from tools.steps import ROOT

DECISIONS = ROOT / "docs" / "decisions"
GUIDES = ("README.md", "CONTRIBUTING.md", "docs/security.md", "docs/machines.md")
"""What describes the code as it is; a decision tells of its day."""
DOCUMENTS = sorted(["CHANGELOG.md", *GUIDES, *(path.relative_to(ROOT).as_posix() for path in DECISIONS.glob("*.md"))])
LIGHT = 150 * 1024


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_readme_lists_every_setting_and_no_other() -> None:
    tree = ast.parse(read("cp/config.py"))
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    settings = {text for text in constants if isinstance(text, str) and re.fullmatch(r"[A-Z]+_[A-Z_]+", text)}

    assert set(re.findall(r"^\| `([A-Z_]+)` \|", read("README.md"), re.M)) == settings | {"PORT"}


def test_every_command_is_named(app: Flask) -> None:
    guides = read("README.md") + read("CONTRIBUTING.md")

    assert [command for command in _commands(app.cli) if f"`{command}" not in guides] == []


def test_every_command_named_exists(app: Flask) -> None:
    named = re.findall(r"--app app ([a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*)?)", "".join(map(read, GUIDES)))
    commands = {" ".join(command.split()[:2]) for command in _commands(app.cli)}

    assert [words for words in named if not {words, words.split()[0]} & commands] == []


def test_every_target_of_make_is_named() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", read("Makefile"), re.M)) - {"list"}  # what `make` alone does
    guides = read("README.md") + read("CONTRIBUTING.md")

    assert {name for name in targets if not re.search(rf"(make|dev\.py) {name}\b", guides)} == set()


def test_every_path_of_the_tree_exists() -> None:
    assert [path for path in _tree(read("README.md")) if not (ROOT / path).exists()] == []


def test_every_folder_of_the_application_stands_in_the_tree() -> None:
    folders = {f"cp/{path.name}" for path in (ROOT / "cp").iterdir() if path.is_dir() and path.name[0] not in "_."}

    assert folders - set(_tree(read("README.md"))) == set()


def test_every_folder_of_tests_is_described() -> None:
    folders = {path.parent.relative_to(ROOT).parts[1] for path in (ROOT / "tests").glob("*/**/test_*.py")}

    assert {name for name in folders if f"`tests/{name}`" not in read("CONTRIBUTING.md")} == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", read(name))

    assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_named_exists(name: str) -> None:
    named = re.findall(r"`((?:cp|bench|docs|static|tests|tools)/[\w./-]*)`", read(name))
    made_later = {"docs/proofs.md"}  # by `make prove`

    assert [path for path in named if path not in made_later and not (ROOT / path).exists()] == []


def test_decisions_are_numbered_without_gaps_and_listed_in_order() -> None:
    files = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    titles = [_title(DECISIONS / name) for name in files]

    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    assert [int(number) for number, _ in titles] == list(range(1, len(files) + 1))
    assert re.findall(r"^(\d+)\. \[(.+)\]\((.+)\)$", read("docs/decisions/README.md"), re.M) == [
        (*title, name) for title, name in zip(titles, files, strict=True)
    ]


def test_a_decision_says_its_context_the_decision_and_what_follows() -> None:
    parts = ["Context", "Decision", "Consequence"]
    found = {path.name: re.findall(r"^\*\*(\w+)\.\*\* ", path.read_text("utf-8"), re.M) for path in _decisions()}

    assert {name: said for name, said in found.items() if said != parts} == {}


def test_the_readme_tells_whom_to_sign_in_as() -> None:
    rows = re.findall(r"^\| `(\S+@\S+)` \| ([\w ]+),", read("README.md"), re.M)

    assert rows == [(person.address, person.name) for person in demo.PEOPLE]


def test_the_readme_counts_the_children_that_are_loaded() -> None:
    (default,) = [option.default for option in load.params if option.name == "children"]

    assert default == serve.CHILDREN
    assert f"{serve.CHILDREN:,} made-up children" in read("README.md")


def test_the_first_walk_uses_the_words_of_the_pages() -> None:
    walk = read("README.md").partition("## A first walk\n")[2].partition("\n## ")[0]
    pages = "".join(path.read_text("utf-8") for path in _written())
    words = re.findall(r"“([^”]+)”", walk)

    assert [said for said in words if said not in pages] == []
    assert len(words) > 8


def test_what_the_readme_quotes_of_backing_up_and_switching_off_is_said() -> None:
    text = read("README.md").partition("### Backing up")[2].partition("### On PostgreSQL")[0]
    said = "".join(path.read_text("utf-8") for path in (*(ROOT / "cp" / "cli").glob("*.py"), *_written()))
    words = re.findall(r"“([^”]+)”", text)
    options = set(re.findall(r"(--[a-z-]+)", text)) - {"--app"}

    assert [one for one in words if one not in said] == []
    assert [one for one in options if f'"{one}"' not in said] == []
    assert (len(words), sorted(options)) == (
        3, ["--destroy", "--finish", "--into", "--rehearse", "--replace", "--to", "--today"]
    )  # fmt: skip
    assert f"after {keys.KEPT.days} days" in text


def test_the_picture_of_the_readme_is_light() -> None:
    assert (ROOT / "docs" / "record.png").stat().st_size < LIGHT


def _commands(group: click.Group, before: str = "") -> Iterator[str]:
    """Every command by the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def _tree(text: str) -> list[str]:
    """The paths of the drawn tree: the first word of each line, below the folder that it is indented under."""
    drawn = text.partition("```\napp.py")[2].partition("```")[0]
    paths, folder = ["app.py"], ""
    for line in drawn.splitlines()[1:]:
        name = line.split()[0].rstrip("/")
        folder = folder if line.startswith("  ") else name
        paths.append(f"{folder}/{name}" if line.startswith("  ") else name)
    return paths


def _decisions() -> list[Path]:
    return sorted(DECISIONS.glob("[0-9]*.md"))


def _title(path: Path) -> tuple[str, str]:
    found = re.fullmatch(r"# (\d+)\. (.+)", path.read_text("utf-8").splitlines()[0])
    assert found, f"{path.name} has no title"
    return found[1], found[2]


def _written() -> Iterator[Path]:
    """Where the words of pages stand."""
    return chain((ROOT / "cp" / "templates").rglob("*.html"), (ROOT / "cp" / "forms").glob("*.py"))
