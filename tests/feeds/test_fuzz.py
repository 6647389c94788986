"""Whatever a fuzzer thinks of, each reader gives a sound Sheet or a sentence."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ENGINE
from tests.feeds.files import LONGEST, MUTABLE, ods, xlsx
from tests.feeds.hostile_text import TEXTS
from tests.feeds.hostile_xml import XMLS
from tests.scale import FULL, SEED, scaled
from tools.steps import ROOT

RUNS = {"csv": 5_000_000, "ctf": 5_000_000, "xlsx": 200_000, "ods": 200_000}
"""At full scale; every day as many as there is time for."""
SECONDS = scaled(20 if ENGINE == "sqlite" else 2, 0)
"""0: until the runs are done. A reader knows no database, so that it is asked at length once."""
_EXECUTED = re.compile(r"number_of_executed_units: (\d+)")


def seeds(reader: str) -> Iterator[bytes]:
    """The files with which a fuzzer begins: hostile texts that are small, or the parts of a good spreadsheet."""
    if reader in MUTABLE:
        parts, names = MUTABLE[reader]
        yield b"\0" + (xlsx() if reader == "xlsx" else ods())
        for number, name in enumerate(names, start=1):
            yield bytes([number]) + str(parts.get(name, "")).encode()
        return
    for one in XMLS if reader == "ctf" else TEXTS:
        if len(data := one.data()) <= LONGEST[reader]:
            yield data


def sown(reader: str, folder: Path) -> Path:
    place = folder / reader
    place.mkdir()
    for number, data in enumerate(seeds(reader)):
        (place / str(number)).write_bytes(data)
    return place


def started(program: list[str], *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *program, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def executed(said: str) -> int:
    """From what either fuzzer says when it has ended well; 0 if it says nothing."""
    found = _EXECUTED.search(said)
    return int(found[1]) if found else int(json.loads(said.splitlines()[-1])["runs"])


def test_only_a_sheet_or_a_sentence_comes_out_of_any_reader(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    running = {
        reader: started(
            ["-m", "tests.feeds.fuzz"], reader, sown(reader, tmp_path), runs if FULL else 10**9, SECONDS, SEED
        )
        for reader, runs in RUNS.items()
    }

    said = {reader: process.communicate()[0] for reader, process in running.items()}

    assert {reader: said[reader][-3000:] for reader, process in running.items() if process.returncode} == {}
    counts = {reader: executed(text) for reader, text in said.items()}
    assert [reader for reader, count in counts.items() if count < (RUNS[reader] if FULL else 200)] == []
    for reader, count in counts.items():
        record_property(f"files read as {reader}", count)
    record_property("seed", SEED)


def test_where_there_is_no_atheris_hypothesis_does_it(tmp_path: Path) -> None:
    program = "import sys; from tests.feeds import fuzz; fuzz.atheris = None; fuzz.main('ctf', sys.argv[1], 100, 0, 1)"

    process = started(["-c", program], sown("ctf", tmp_path))
    said = process.communicate()[0]

    assert (process.returncode, executed(said)) == (0, 100)


@pytest.mark.parametrize("without", ["", "fuzz.atheris = None;"], ids=["as it is", "without atheris"])
def test_a_fault_in_a_reader_is_found(without: str, tmp_path: Path) -> None:
    program = (
        f"import sys; from tests.feeds import fuzz; {without}"
        "fuzz.CHECKS['csv'] = lambda data: 1 // (5 - len(data) % 7);"
        "fuzz.main('csv', sys.argv[1], 100000, 5, 1)"
    )

    process = started(["-c", program], sown("csv", tmp_path))
    said = process.communicate()[0]

    assert process.returncode != 0
    assert "ZeroDivisionError" in said


def test_a_process_that_was_ended_gives_no_answer_and_the_next_file_is_read() -> None:
    program = (
        "import os, signal; from tests.feeds.confined import Confined; from tests.feeds.files import xlsx;"
        "one = Confined(); print(one.ask(xlsx()).count(b'Pell'));"
        "os.kill(one.child, signal.SIGKILL); print(one.ask(xlsx())); print(one.ask(xlsx()).count(b'Pell'), one.ended)"
    )

    said = started(["-c", program]).communicate()[0]

    assert said.split() == ["1", "b''", "1", "1"]
