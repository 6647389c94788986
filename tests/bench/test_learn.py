"""Learning the weights: on a small directory, from a file that can be read to the same file again."""

import tomllib
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench import learn
from bench.harder import UNSEEN
from cp.matching import weights
from tests.bench.conftest import CHILDREN

TODAY = date(2026, 11, 23)


def test_weights_are_learnt_the_same_from_the_same_and_fill_the_file(directory: Engine) -> None:
    with Session(directory) as session:
        text, again = [learn.learn(session, CHILDREN, 400, 7, TODAY) for _ in range(2)]

    learnt, kept = tomllib.loads(text), tomllib.loads(weights.FILE.read_text("utf-8"))
    assert text == again
    assert {table: set(found) for table, found in learnt.items() if not table.startswith("common")} == {
        table: set(found) for table, found in kept.items() if not table.startswith("common")
    }
    assert learnt["given"]["same"] > learnt["given"]["close"] >= 0 > learnt["given"]["other"]
    assert learnt["born"]["same"] > learnt["born"]["age"] > 0 > learnt["born"]["other"]
    assert learnt["common_given"].keys() & {"oliver", "olivia", "jack", "harry", "amelia"}


def test_kinds_that_are_learnt_from_are_not_those_that_nothing_is_learnt_from() -> None:
    assert not learn.KINDS_LEARNT.keys() & UNSEEN.keys()
