"""Settings from the environment. A wrong one stops the start with a sentence."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "contactpoint.db"


class SettingProblem(Exception):
    """The sentence to print before stopping."""


@dataclass(frozen=True)
class Config:
    home: Path
    database_url: str
    key_file: Path
    demonstration: bool = False
    proxies: int = 0
    """How many trusted proxies stand in front; 0 believes no forwarded header."""

    @classmethod
    def from_environment(cls) -> Self:
        home = _path("CP_HOME", "instance")
        key_file = _path("CP_KEY_FILE", "contactpoint.key")
        if key_file.is_relative_to(home):
            raise SettingProblem(f"CP_KEY_FILE must lie outside CP_HOME ({home}), so that no backup holds both.")
        return cls(
            home=home,
            database_url=_postgresql(os.environ.get("DATABASE_URL", "")) or f"sqlite:///{home / DATABASE}",
            key_file=key_file,
            demonstration=bool(os.environ.get("CP_DEMO")),
            proxies=_whole_number("CP_PROXIES", 0),
        )


def _path(name: str, default: str) -> Path:
    return (ROOT / os.environ.get(name, default)).expanduser().resolve()


def _whole_number(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise SettingProblem(f"{name} must be a whole number, not “{text}”.")
    return int(text)


def _postgresql(url: str) -> str:
    if not url or url.startswith("sqlite:///"):
        return url
    for start in ("postgres://", "postgresql://", "postgresql+psycopg://"):
        if url.startswith(start):
            return "postgresql+psycopg://" + url.removeprefix(start)
    raise SettingProblem("DATABASE_URL must begin with postgresql:// or sqlite:///.")
