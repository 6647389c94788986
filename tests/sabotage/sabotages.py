"""The list of sabotages, read."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sabotage:
    """`test` is the one that must fail once `old` is `new` in `file`."""

    name: str
    file: str
    old: str
    new: str
    test: str


SABOTAGES = [
    Sabotage(**one) for one in tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["sabotage"]
]  # fmt: skip
