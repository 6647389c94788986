"""Rows of a supplier against a population: what is sent, what is counted, and that no row joins a wrong child."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bench import joining
from bench.blocking import Index
from bench.joining import Counts, count, decided
from bench.matching import Scores
from bench.supplied import Row, Supply, supplied
from cp.matching.facts import Facts
from cp.matching.joining import Decided, Kind, judge_pair
from tests.matching.pairs import child, moved

TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def supply() -> Supply:
    return supplied(1500, 400, 7, TODAY)


def test_the_same_rows_are_sent_for_the_same_seed(supply: Supply) -> None:
    assert supplied(1500, 400, 7, TODAY) == supply


def test_most_rows_mean_a_child_who_is_held_and_the_others_mean_nobody(supply: Supply) -> None:
    held = {entry.key for entry in supply.held}

    assert {row.means for row in supply.rows} - held == {None}
    assert 0.7 < sum(row.means is not None for row in supply.rows) / len(supply.rows) < 0.9


def test_no_row_joins_a_wrong_child_and_most_are_met(supply: Supply) -> None:
    index = Index([entry.facts for entry in supply.held])

    found = count(supply.rows, [decided(row, supply, index, whole=True) for row in supply.rows])

    assert found.wrong == 0
    assert found.right + found.asked > 0.97 * found.held
    assert found.right > 0.6 * found.held


def row(means: int | None, facts: Facts | None = None) -> Row:
    return Row(means, facts or child(), {}, frozenset())


def test_rows_are_counted_by_what_became_of_them() -> None:
    same, maybe = judge_pair(child(), child()), judge_pair(moved(), child())
    rows = [row(1), row(1), row(2), row(2), row(None), row(None)]
    new: Decided[int] = Decided(Kind.NEW)
    found = [
        Decided(Kind.SAME, ((1, same),)),
        Decided(Kind.SAME, ((2, same),)),
        Decided(Kind.MAYBE, ((1, maybe), (2, maybe))),
        new,
        new,
        Decided(Kind.MAYBE, ((1, maybe),)),
    ]

    assert count(rows, found) == Counts(held=4, strangers=2, right=1, wrong=1, asked=1, new=1)


def test_the_lines_of_both_ways_to_look_and_of_the_peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the peer's place, which knows of no child."""
    nowhere, stand_in = create_engine("sqlite://"), tmp_path / "python"
    stand_in.write_text('#!/bin/sh\n: > "$4"\necho 1000.0\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("CP_PEERS", str(stand_in))

    lines = list(joining.run(nowhere, 1500, 300))

    assert [line.name for line in lines[12:]] == [
        "the likeliest child: precision beside Splink’s",
        "the likeliest child: recall beside Splink’s",
        "the likeliest child: F1 beside Splink’s",
        "all rows: processor time beside Splink’s",
    ]
    assert [line.name.partition(": ")[2] for line in lines[:12]] == 2 * [
        "joins that are right",
        "of held children, joined",
        "F1 of joins",
        "of held children, joined or asked about",
        "of strangers, new at once",
        "processor time of each",
    ]
    assert [str(line) for line in lines[:12] if not line.ok] == []


def test_the_likeliest_child_of_each_row_is_scored() -> None:
    rows = [row(1), row(2), row(3), row(None)]

    assert joining.scores(rows, [1, 1, None, 4]) == Scores(1 / 3, 1 / 3)
    assert joining.scores(rows, [None] * 4) == Scores(0.0, 0.0)


def test_a_file_for_the_peer_and_what_it_answers(tmp_path: Path) -> None:
    path, answers = tmp_path / "rows.csv", tmp_path / "answers.csv"
    answers.write_text("7,0,0.6\n8,0,0.9\n9,1,0.4\n")

    joining.write(path, [(7, child("Amira Noor", "Smith-Jones"))])

    assert path.read_text("utf-8").splitlines()[1] == "7,,Amira,Smith-Jones,2016-03-14,female,ZA4 7QD"
    assert joining._answered(answers, 3) == [8, None, None]
