"""Hidden means absent: nobody who may not know can tell a directory that holds it from one that does not."""

from collections.abc import Callable

import pytest

from cp.terms import Act
from tests.hidden.asking import Asking, everything
from tests.hidden.pairing import ALL
from tests.hidden.pairs import Different, Pair
from tests.scale import FULL, SEED, scaled

REQUESTS = scaled(100, 2000)
SEARCHES = scaled(12, 500)


@pytest.mark.parametrize("pair", ALL, indirect=True)
def test_nobody_who_may_not_know_can_tell_two_directories_apart(
    pair: Pair, record_property: Callable[[str, object], None]
) -> None:
    """Whole answers, byte by byte, and what is written down of them; at full scale from every endpoint there is."""
    asking, rows, begun, told = Asking(pair), 0, pair.asked, list[Different]()
    every = {(rule.endpoint, method) for rule, method in everything(asking.app)}
    while pair.asked < begun + REQUESTS or (FULL and every - asking.covered):
        try:
            asking.row(rows)
        except Different as different:
            told.append(different)
        rows += 1

    figures = {"requests": pair.asked - begun, "people": len(pair.actors), "seed": SEED, "differing": len(told)}
    for name, figure in figures.items():
        record_property(name, figure)
    assert not told, "\n\n".join(map(str, told[:20]))


@pytest.mark.parametrize("act", [Act.SEARCH, Act.SEARCH_FAMILY])
@pytest.mark.parametrize("pair", ["shielded", "shielded, known otherwise", "old identity"], indirect=True)
def test_searches_by_what_is_hidden_answer_alike(
    pair: Pair, act: Act, record_property: Callable[[str, object], None]
) -> None:
    """By former names, places, carers and numbers that one of the two holds, and on from what came of it."""
    asking, begun = Asking(pair, only=act), pair.asked
    asking.rows(SEARCHES)

    figures = {"searches": SEARCHES, "requests": pair.asked - begun, "seed": SEED, "differing": 0}
    for name, figure in figures.items():
        record_property(name, figure)
