"""How long an answer takes tells nobody, either, whether there is something hidden."""

import gc
from collections.abc import Callable, Sequence
from random import Random
from statistics import median
from time import perf_counter, sleep

import pytest

from cp.services import record_parts
from tests.faults.test_guessed import MOST_AUC, auc
from tests.hidden.filling import Way, form_token
from tests.hidden.leaks import here
from tests.hidden.pairs import Pair, Side
from tests.scale import FULL, SEED, scaled

PAIRS = scaled(60, 2000)
QUESTIONS = ("record", "print", "record an involvement", "search by what is shown", "search by what is hidden",
             "search by a hidden carer", "own list")  # fmt: skip
HIDDEN = ("shielded", "sensitive", "old identity")
PEOPLE = ("practitioner", "colleague", "assistant", "elsewhere", "holder", "clinic")
Took = dict[str, tuple[list[float], list[float]]]
"""For each question the seconds of the one directory and of the other."""


def ways(side: Side, question: str, pair: Pair) -> Way:
    record, token = f"/children/{pair.child_uid}", (("csrf_token", form_token(side.token)),)
    day = (("started-day", "20"), ("started-month", "11"), ("started-year", "2026"))
    return {
        "record": Way("GET", record), "print": Way("GET", f"{record}/print"), "own list": Way("GET", "/involvements"),
        "record an involvement": Way("POST", f"{record}/involvements", token + day),
        "search by what is shown": _search(token, ("given_name", "Amira"), ("family_name", "Siddiqui")),
        "search by what is hidden": _search(token, ("given_name", "Zuzanna"), ("family_name", "Nowak")),
        "search by a hidden carer": Way("POST", "/searches/family", (
            *token, ("carer_given_name", "Farah"), ("carer_family_name", "Haddad"), ("postcode", "ZA4 7QD"),
            ("reason", "working_with"),
        )),
    }[question]  # fmt: skip


def _search(token: tuple[tuple[str, str], ...], *names: tuple[str, str]) -> Way:
    born = (("born-day", "14"), ("born-month", "3"), ("born-year", "2016"))
    return Way("POST", "/searches", token + names + born + (("reason", "working_with"),))


def timed(side: Side, question: str, pair: Pair) -> float:
    """Seconds, those of following a redirect included."""
    way = ways(side, question, pair)
    began = perf_counter()
    answer = side.ask(way, {})
    if answer.status_code == 303 and question != "record an involvement":
        side.ask(Way("GET", answer.headers["Location"].partition("#")[0]), {})
    return perf_counter() - began


def interleaved(pair: Pair, count: int, questions: Sequence[str] = QUESTIONS) -> Took:
    """The same question to both, one straight after the other, now the one first and now the other."""
    chance, took = Random(SEED), dict[str, tuple[list[float], list[float]]]()
    people = [who for who in PEOPLE if who in pair.actors]
    gc.collect()
    gc.disable()
    try:
        for number in range(count + len(questions)):
            question = questions[number % len(questions)]
            with pair.held(chance.choice(people)):
                seconds = {at: timed(pair.sides[at], question, pair) for at in chance.sample((0, 1), 2)}
            if number >= len(questions):  # the first of each warms up
                for at in (0, 1):
                    took.setdefault(question, ([], []))[at].append(seconds[at])
    finally:
        gc.enable()
    return took


def told_apart(took: Took) -> float:
    """max(AUC, 1 - AUC) over all questions, each measured in its own median, so that none drowns another."""
    both: tuple[list[float], list[float]] = ([], [])
    for seconds in took.values():
        usual = median([*seconds[0], *seconds[1]])
        for at in (0, 1):
            both[at].extend(one / usual for one in seconds[at])
    either = auc(*both)
    return max(either, 1 - either)


@pytest.mark.alone
@pytest.mark.parametrize("pair", HIDDEN, indirect=True)
def test_no_time_tells_whether_there_is_something_hidden(
    pair: Pair, record_property: Callable[[str, object], None]
) -> None:
    """The bound is for full scale: of few pairs nothing can be said."""
    took = interleaved(pair, PAIRS)

    found = {question: round(told_apart({question: seconds}), 3) for question, seconds in took.items()}
    together = told_apart(took)
    for name, figure in {"pairs": PAIRS, "max(AUC, 1-AUC)": round(together, 3), "seed": SEED, **found}.items():
        record_property(name, figure)
    if FULL:
        assert together <= MOST_AUC, found


@pytest.mark.parametrize("pair", ["sensitive"], indirect=True)
def test_a_planted_delay_is_noticed(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    real = record_parts.assemble

    def slower(*asked: object) -> object:
        if here().entries:
            sleep(0.05)
        return real(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(record_parts, "assemble", slower)

    assert told_apart(interleaved(pair, 20, ("record",))) > 0.9


@pytest.mark.parametrize(("ones", "others", "expected"), [([1.0, 1.1], [2.0, 2.1], 1.0), ([1.0, 4.0], [2.0, 3.0], 0.5)])
def test_the_measure_tells_what_differs(ones: Sequence[float], others: Sequence[float], expected: float) -> None:
    assert told_apart({"one": (list(ones), list(others))}) == expected
