"""The benchmark of judgements: what it compares, how it counts, and what it says of a file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bench import blocking, matching
from bench.draw import Draw
from bench.lines import Line
from bench.matching import Scores, as_judged, components, joined, read
from cp.matching.births import day
from cp.matching.facts import Facts, Where
from cp.matching.joining import judge_pair
from cp.terms import Gender, Judgement
from tests.matching.children import FAMILY, GIVEN, home, record

HEAD = "record_id,cluster,given_name,family_name,date_of_birth,gender,postcode\n"
ROWS = [
    "1,a,Amira,Siddiqui,2016-03-14,F,ZA4 7QD",
    "2,a,Amira,Sidiqi,2016-03-14,,za47qd",
    "3,a,Ameera,Siddiqui,2016-03-14,,",
    "4,b,Amina,Siddiqui,2016-03-14,F,ZA4 7QD",
    "5,c,Oliver,Smith,2012-07-02,M,ZA9 1AA",
]


def file(folder: Path, rows: Sequence[str], head: str = HEAD) -> Path:
    path = folder / "rows.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_what_a_row_says(tmp_path: Path) -> None:
    rows = read(
        file(tmp_path, ["1,a,Amira,Siddiqui,20160314,Female,za4 7qd", "2,b,,,2016-02-31,x,2905", "3,c,Li,,,m,ZA4"])
    )

    assert [one.born for one in rows.facts] == [day(date(2016, 3, 14)), None, None]
    assert [one.gender for one in rows.facts] == [Gender.FEMALE, None, Gender.MALE]
    assert [one.places for one in rows.facts] == [{home()}, {Where("2905", "2905")}, {Where("ZA4")}]
    assert [[form.folded for form in one.given] for one in rows.facts] == [["amira"], [], ["li"]]
    assert rows.clusters == ["a", "b", "c"]


def test_a_column_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        read(file(tmp_path, [], "record_id,cluster,given_name,family_name,gender,postcode\n"))

    assert "has no column date_of_birth. It needs record_id, " in str(stopped.value.code)


def test_pairs_are_counted_as_judged_and_joined_through_others() -> None:
    clusters = ["a", "a", "a", "b", "b"]
    chain = [(0, 1), (1, 2), (2, 3)]

    assert as_judged(chain, clusters) == Scores(2 / 3, 2 / 4)
    assert joined(chain, clusters) == Scores(3 / 6, 3 / 4)
    assert as_judged([], clusters) == joined([], clusters) == Scores(1.0, 0.0)
    assert [Scores(0.5, 1.0).f1, Scores(0.0, 0.0).f1] == pytest.approx([2 / 3, 0.0])


def test_rows_that_are_connected_share_a_component() -> None:
    assert components([(3, 4), (1, 2), (4, 1)], 6) == [0, 1, 1, 1, 1, 5]


def test_it_says_how_right_the_judgements_are(tmp_path: Path) -> None:
    said = {line.name: line.value for line in matching.lines(file(tmp_path, ROWS))}
    seconds = said.pop("reading, finding pairs and judging them")

    assert said == {
        "rows": 5,
        "same, as judged: precision": 1.0,
        "same, as judged: recall": pytest.approx(1 / 3),
        "same, as judged: F1": pytest.approx(1 / 2),
        "same, joined into clusters: precision": 1.0,
        "same, joined into clusters: recall": pytest.approx(1 / 3),
        "same, joined into clusters: F1": pytest.approx(1 / 2),
        "same or maybe, as judged: precision": pytest.approx(3 / 6),
        "same or maybe, as judged: recall": 1.0,
        "same or maybe, as judged: F1": pytest.approx(2 / 3),
        "same or maybe, joined into clusters: precision": pytest.approx(3 / 6),
        "same or maybe, joined into clusters: recall": 1.0,
        "same or maybe, joined into clusters: F1": pytest.approx(2 / 3),
    }
    assert seconds > 0
    assert [line for line in matching.lines(file(tmp_path, ROWS)) if not isinstance(line, Line) or not line.ok] == []


def test_a_file_of_no_rows_is_wholly_right(tmp_path: Path) -> None:
    assert {line.value for line in matching.lines(file(tmp_path, [])) if line.unit == "share"} == {1.0}


def test_whoever_weighs_enough_is_compared() -> None:
    """Every pair that the threshold would take, among children of few names, birthdays and places; but for names that
    are near without a hash in common, which a search does not find by the index either."""
    draw, days = Draw(1, "blocking"), [date(2016, 3, 14), date(2016, 3, 15), date(2016, 4, 3), date(2016, 3, 4)]
    facts = [
        record(draw.pick(GIVEN), draw.pick(FAMILY), draw.pick(days), places=[home(draw.pick(["ZA4 7QD", "ZA9 1AA"]))])
        for _ in range(200)
    ]
    compared = blocking.pairs(facts)
    enough = {
        (a, b)
        for b in range(len(facts))
        for a in range(b)
        if judge_pair(facts[a], facts[b]).judgement is not Judgement.DIFFERENT
    }

    assert [pair for pair in enough - compared if _hashed(facts, *pair)] == []
    assert len(enough & compared) > 0.99 * len(enough)
    assert len(compared) < 0.7 * 200 * 199 / 2


def _hashed(facts: Sequence[Facts], a: int, b: int) -> bool:
    """Whether a name is the very same."""
    return bool({form.folded for form in facts[a].family} & {form.folded for form in facts[b].family})
