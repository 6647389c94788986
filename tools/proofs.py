"""`prove`: run the tests that are proofs at full scale and write down what they found, in docs/proofs.md."""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.parsers import expat

from tools import suites
from tools.steps import ROOT, Command, openly, say

PAGE = ROOT / "docs/proofs.md"
HEAD = [
    "# Proofs",
    "",
    "Written by `make prove`, which runs the same tests as `make test` at full scale. Do not edit: run it again.",
    "",
    "| proof | result | figures | seconds | commit | date |",
    "| --- | --- | --- | --- | --- | --- |",
]
Figures = dict[str, str]
SCALED = re.compile("^from (tests.scale|hypothesis) import ", re.M)
"""What a file of tests imports that does more at full scale."""
NONE_CHOSEN = 5
"""What pytest answers where it ran no test."""


def prove(name: str) -> int:
    """Every proof, or those whose name holds the words; each that ran replaces its own line of the page.

    Those that measure time run alone, after the others.
    """
    env = {**suites.environment(), "CP_PROVE": "1"}
    files = [path for path in (ROOT / "tests").rglob("test_*.py") if SCALED.search(path.read_text())]
    chosen: Command = [*files, *(["-k", name.replace("-", "_")] if name else [])]
    found, statuses = dict[str, Figures](), list[int]()
    with tempfile.TemporaryDirectory() as folder:
        for how in (["-m", "not alone", *suites.BOTH_CORES, "--dist=worksteal"], ["-m", "alone"]):
            report = Path(folder, f"{len(statuses)}.xml")
            command = [*suites.BESIDE_POSTGRESQL, *suites.PYTEST, *chosen, *how, f"--junit-xml={report}"]
            statuses.append(openly(command, env))
            found |= results(report.read_text()) if report.is_file() else {}
    if not found:
        sys.exit("Nothing was written down: no proof ran, or none said what it found.")
    old = lines_of(PAGE.read_text() if PAGE.is_file() else "")
    PAGE.write_text(page({**old, **{proof: _line(proof, figures) for proof, figures in found.items()}}))
    say(f"{len(found)} proofs written to {PAGE.relative_to(ROOT)}")
    return next((status for status in statuses if status not in (0, NONE_CHOSEN)), 0)


def results(report: str) -> dict[str, Figures]:
    """From pytest's report, the figures of each proof with its `result` and `seconds`; a failure needs no figures."""
    found: dict[str, Figures] = {}
    parser = expat.ParserCreate()

    def opened(tag: str, given: Figures) -> None:
        if tag == "testcase":
            proof = given["name"].removeprefix("test_").replace("_", " ")
            found[proof] = {"result": "holds", "seconds": f"{float(given['time']):.0f}"}
        elif tag in {"failure", "error"}:
            found[list(found)[-1]]["result"] = "FAILS"
        elif tag == "property" and found:
            found[list(found)[-1]][given["name"]] = given["value"]

    parser.StartElementHandler = opened
    parser.Parse(report, True)
    return {proof: said for proof, said in found.items() if len(said) > 2 or said["result"] == "FAILS"}


def lines_of(text: str) -> dict[str, str]:
    """The page's lines by the name of their proof."""
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    return {line.split("|")[1].strip(): line for line in rows[2:]}


def page(lines: dict[str, str]) -> str:
    return "\n".join([*HEAD, *(lines[proof] for proof in sorted(lines))]) + "\n"


def _line(proof: str, figures: Figures) -> str:
    own = "; ".join(f"{name} {value}" for name, value in figures.items() if name not in {"result", "seconds"})
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    today = time.strftime("%Y-%m-%d")
    return f"| {proof} | {figures['result']} | {own} | {figures['seconds']} | {commit} | {today} |"
