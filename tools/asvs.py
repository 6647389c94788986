"""Which tests prove which requirement of OWASP ASVS: `python -m tools.asvs` writes docs/asvs.md from their marks."""

import re
import tomllib
from pathlib import Path

from tools.steps import ROOT, say

PAGE = ROOT / "docs/asvs.md"
LIST = Path(__file__).with_suffix(".toml")
MARK = re.compile(r'pytest\.mark\.asvs\(((?:\s*"[\d.]+",?)+)\s*\)|^(?:    )?def (test_\w+)\(', re.M)
HEAD = """# OWASP ASVS 5.0.0: what is proved, and by which test

Written by `python -m tools.asvs` from the marks of the tests and the list in `tools/asvs.toml`. Do not edit.

| requirement | what it comes to here | proved by |
| --- | --- | --- |
"""


def bound() -> dict[str, list[str]]:
    """By requirement, the tests that say they prove it, as `file::test`."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        waiting: list[str] = []
        for ids, test in MARK.findall(path.read_text()):
            if not test:
                waiting += re.findall(r'"([\d.]+)"', ids)
                continue
            for one in waiting:
                found.setdefault(one, []).append(f"{path.relative_to(ROOT).as_posix()}::{test}")
            waiting = []
    return found


def listed() -> tuple[dict[str, str], dict[str, str]]:
    """What is wanted, and the reasons for what is not there yet."""
    kept = tomllib.loads(LIST.read_text())
    return kept["wanted"], kept["later"]


def page() -> str:
    wanted, later = listed()
    tests = bound()
    rows = [
        f"| {one} | {wanted[one]} | {later.get(one) or '<br>'.join(f'`{name}`' for name in tests.get(one, []))} |"
        for one in sorted(wanted, key=lambda name: [int(part) for part in name.split(".")])
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())
    say(f"{PAGE.relative_to(ROOT)} is written.")
