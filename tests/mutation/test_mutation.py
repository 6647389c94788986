"""Would the tests of the one decision notice if it were wrong? Each small wrong change of it is tried."""

import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.mutation.mutants import mutants
from tests.mutation.run import ROOT, source
from tests.mutation.survivors import SURVIVORS
from tests.scale import SEED, scaled

NOTICED = {1, 2}
"""What pytest answers when a test failed, and when the changed module could not even be imported."""


def test_wrong_changes_of_the_decision_are_noticed(record_property: Callable[[str, object], None]) -> None:
    every = [(module, number, one.name) for module in SURVIVORS for number, one in enumerate(mutants(source(module)))]
    tried = random.Random(SEED).sample(every, scaled(3, len(every)))

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: _exit_status(one[0], one[1]), tried))

    unnoticed = {(module, name) for (module, _, name), status in zip(tried, answers, strict=True) if status == 0}
    listed = {(module, name) for module, names in SURVIVORS.items() for name in names}
    killed = sum(status in NOTICED for status in answers)
    record_property("mutants", len(tried))
    record_property("killed", f"{killed} ({100 * killed / len(tried):.1f} %)")
    record_property("survivors, each with its reason", len(unnoticed))
    assert set(answers) <= {0, *NOTICED}, "the tests of a mutant did not run"
    assert unnoticed == listed & {(module, name) for module, _, name in tried}
    assert killed >= 0.95 * len(tried) or len(tried) < len(every)


def _exit_status(module: str, number: int) -> int:
    command = [sys.executable, "-m", "tests.mutation.run", module, str(number)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300).returncode


@pytest.mark.parametrize("module", SURVIVORS)
def test_each_survivor_is_still_a_change_and_has_a_reason(module: str) -> None:
    names = {one.name for one in mutants(source(module))}

    assert set(SURVIVORS[module]) <= names
    assert all(reason.endswith(".") for reason in SURVIVORS[module].values())


def test_a_change_is_made_in_one_place_each() -> None:
    found = mutants("def f(a: int | None, b):\n    '''Says.'''\n    return {a, 1} if a < b and not b else False\n")

    assert sorted(one.name.partition(" in: ")[0] for one in found) == [
        "1 → 2", "False → True", "Lt → LtE", "returns None", "the condition turned round", "to Or",
        "without 1", "without a", "without operand 1", "without operand 2",
    ]  # fmt: skip
    assert len({one.code for one in found}) == len(found)
