"""The practice tasks, as the file beside this one has them: no word of them comes from the directory."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("tasks.toml")


@dataclass(frozen=True, slots=True)
class Card:
    """What the page of a task shows: somebody who does not exist."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer, and what is said of it at once."""

    code: str
    words: str
    said: str
    right: bool


@dataclass(frozen=True, slots=True)
class Task:
    code: str
    name: str
    story: tuple[str, ...]
    shown: tuple[Card, ...]
    question: str
    options: tuple[Option, ...]

    @property
    def right(self) -> Option:
        return next(one for one in self.options if one.right)


@cache
def every() -> tuple[Task, ...]:
    """All of them, in their order."""
    return tuple(
        Task(
            one["code"], one["name"], tuple(one["story"]),
            tuple(Card(card["title"], tuple(card["lines"])) for card in one.get("shown", ())), one["question"],
            tuple(Option(each["code"], each["words"], each["said"], each.get("right", False))
                  for each in one["choice"]),
        )
        for one in tomllib.loads(FILE.read_text("utf-8"))["task"]
    )  # fmt: skip


def named(code: str) -> Task | None:
    return next((one for one in every() if one.code == code), None)


def codes() -> list[str]:
    return [one.code for one in every()]
