import csv
from importlib.resources import files

from cp.matching.names import fold
from cp.matching.nicknames import How, Tie, tie, ties


def our_rows() -> list[dict[str, str]]:
    return list(csv.DictReader(files("cp.matching").joinpath("nicknames.csv").read_text("utf-8").splitlines()))


def test_every_row_of_ours_names_its_source_and_how_the_names_stand_to_each_other() -> None:
    rows = our_rows()

    assert len(rows) > 300
    assert {row["how"] for row in rows} == {"short", "spelling", "form"}
    assert [row for row in rows if not (row["source"] and row["family"] and row["name"] != row["of"])] == []


def test_no_row_of_ours_stands_twice() -> None:
    pairs = [(row["name"], row["of"]) for row in our_rows()]

    assert len(pairs) == len(set(pairs))


def test_our_rows_are_folded_as_names_are() -> None:
    assert [row for row in our_rows() if fold(row["name"]) != row["name"] or fold(row["of"]) != row["of"]] == []


def test_a_tie_says_which_name_stands_for_which() -> None:
    assert tie("kate", "catherine") == tie("catherine", "kate") == Tie(How.SHORT, "kate", "catherine")


def test_names_of_one_name_are_tied_to_each_other() -> None:
    assert tie("dave", "dafydd") == Tie(How.ONE_NAME, "dafydd", "dave")


def test_spellings_of_one_name_are_spellings_of_each_other() -> None:
    assert tie("mohamed", "mohammed") == Tie(How.SPELLING, "mohamed", "mohammed")


def test_every_tie_holds_from_both_sides() -> None:
    names = {row[column] for row in our_rows() for column in ("name", "of")}

    assert [(name, other) for name in names for other in ties(name) if ties(other).get(name) != ties(name)[other]] == []


def test_a_name_that_stands_for_no_other_has_no_ties() -> None:
    assert ties("siddiqui") == {}
