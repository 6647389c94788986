"""Ours beside Splink: what is learnt without labels, and how the two are compared. Splink itself is not asked."""

import csv
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import em, published
from bench.blocking import Pair, pairs
from bench.draw import Draw
from bench.matching import COLUMNS, Scores, as_judged, read
from bench.mistakes import slip
from bench.published import Run
from cp.matching.compare import Comparison, Fact, compare
from cp.matching.facts import Facts
from tests.matching.children import FAMILY, GIVEN

PEOPLE = 300


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each person twice, the second time with a name misspelt, now and then at another postcode."""
    draw, file = Draw(3, "published"), tmp_path_factory.mktemp("set") / "rows.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(COLUMNS)
        for person in range(PEOPLE):
            given, family = draw.pick([name for name in GIVEN if name]), draw.pick([name for name in FAMILY if name])
            born = f"{draw.between(2010, 2025)}-{draw.between(1, 12):02}-{draw.between(1, 28):02}"
            code = draw.between(1000, 9999)
            rows.writerow([f"{person}a", person, given, family, born, "", code])
            rows.writerow([f"{person}b", person, given, slip(draw, family), born, "", code + draw.between(0, 1)])
    return file


def found_in(facts: Sequence[Facts]) -> dict[Pair, Comparison]:
    return {(a, b): compare(facts[a], facts[b]) for a, b in pairs(facts)}


def test_weights_are_learnt_without_labels(path: Path) -> None:
    rows = read(path)
    found = found_in(rows.facts)

    likely = em.learnt(rows.facts, found)

    assert likely == em.learnt(rows.facts, found)
    assert set(likely) == set(found)
    assert as_judged([pair for pair, share in likely.items() if share >= 0.5], rows.clusters).f1 > 0.97


def test_a_name_that_few_have_speaks_louder(path: Path) -> None:
    rows = read(path)
    strangers = em.Strangers(rows.facts)
    counted = strangers.values[Fact.FAMILY]
    rare, common = min(counted, key=counted.__getitem__), max(counted, key=counted.__getitem__)
    whole = {name: next(one for one in rows.facts if one.family[0].folded == name) for name in (rare, common)}

    bits = [strangers.rarer(compare(one, one).agreements[1]) for one in whole.values()]

    assert bits[0] > 0 > bits[1]


def test_nothing_is_learnt_from_nobody() -> None:
    assert em.learnt([Facts(), Facts()], {}) == {}


def test_what_the_peer_answers_is_read_by_the_rows_that_it_names(path: Path, tmp_path: Path) -> None:
    """A program in the peer's place: it answers two right pairs, a wrong one, and one that it doubts."""
    stand_in = tmp_path / "python"
    answers = "0a,0b,0.9\n1b,1a,0.5\n2a,3a,0.8\n4a,4b,0.4\n"
    stand_in.write_text(f"#!/bin/sh\ncat > \"$4\" <<'END'\n{answers}END\necho warning\necho 1.5\n")
    stand_in.chmod(0o755)

    run = published.by_splink(path, stand_in)

    assert run == Run(1.5, Scores(2 / 3, 2 / PEOPLE))


def test_the_fastest_of_the_turns_counts(path: Path, tmp_path: Path) -> None:
    """The stand-in is slower each time."""
    stand_in, count = tmp_path / "python", tmp_path / "count"
    stand_in.write_text(f'#!/bin/sh\necho 0a,0b,0.9 > "$4"\necho x >> {count}\nwc -l < {count}\n')
    stand_in.chmod(0o755)

    said = list(published.lines(path, stand_in, turns=2))

    assert count.read_text() == "x\nx\n"
    assert {line.yardstick for line in said if line.unit == "s"} == {1.0}


def test_a_peer_that_fails_is_not_passed_over(path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        published.peer(Path(sys.executable), "judge", path)


def test_the_lines_say_both_ways_beside_the_peer(path: Path) -> None:
    splink = Run(10.0, Scores(1.0, 0.9))

    lines = list(published.beside(published.by_searches(path), published.by_learning(path), splink))

    assert [line.name for line in lines] == [
        f"{how}: {what}"
        for how in ("weights of searches", "learnt weights")
        for what in ("precision", "recall", "F1 beside Splink’s", "processor time beside Splink’s")
    ] + ["the better F1"]
    assert [line.yardstick for line in lines[:4]] == [1.0, 0.9, splink.scores.f1, 10.0]
    assert [line.ok for line in lines if "F1 beside" in line.name] == [True, True]
