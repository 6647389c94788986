"""Would the tests notice if a rule that a child's safety rests on were wrong? Each small wrong change is tried."""

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.mutation.mutants import Mutant, mutants
from tests.mutation.run import NOTICED_BY, ROOT, source
from tests.mutation.survivors import SURVIVORS
from tests.scale import SEED, scaled

NOTICED = {1, 2}
"""What pytest answers when a test failed, and when the changed module could not even be imported."""


LEAN = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
EVERYDAY = {name: value for name, value in os.environ.items() if name != "CP_PROVE"} | LEAN
"""A mutant is judged by the tests at the scale at which everybody runs them, without what tests of rules do not use."""


def test_wrong_changes_of_a_rule_are_noticed(record_property: Callable[[str, object], None]) -> None:
    every = [(module, one) for module in NOTICED_BY for one in mutants(source(module))]
    tried = random.Random(SEED).sample(every, scaled(3, len(every)))

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(_exit_status, *zip(*tried, strict=True)))

    unnoticed = {(module, one.name) for (module, one), status in zip(tried, answers, strict=True) if status == 0}
    listed = {(module, name) for module, names in SURVIVORS.items() for name in names}
    of, killed = Counter(module for module, _ in tried), Counter[str]()
    killed.update(module for (module, _), status in zip(tried, answers, strict=True) if status in NOTICED)
    record_property("mutants", len(tried))
    for module in sorted(of):
        record_property(f"killed of {module}", f"{killed[module]} of {of[module]}")
    record_property("survivors, each with its reason", len(unnoticed))
    assert set(answers) <= {0, *NOTICED}, "the tests of a mutant did not run"
    assert unnoticed == listed & {(module, one.name) for module, one in tried}
    assert len(tried) < len(every) or all(killed[module] >= 0.95 * of[module] for module in of)


def _exit_status(module: str, one: Mutant) -> int:
    command = [sys.executable, "-m", "tests.mutation.run", module]
    run = subprocess.run(command, cwd=ROOT, env=EVERYDAY, input=one.code, text=True, capture_output=True, timeout=300)
    return run.returncode


def test_every_module_that_is_changed_has_its_tests() -> None:
    assert set(SURVIVORS) <= set(NOTICED_BY)
    for module, names in NOTICED_BY.items():
        assert mutants(source(module)), module
        assert [name for name in names if not (ROOT / f"tests/rules/test_{name}.py").exists()] == []


@pytest.mark.parametrize("module", SURVIVORS)
def test_each_survivor_is_still_a_change_and_has_a_reason(module: str) -> None:
    names = {one.name for one in mutants(source(module))}

    assert set(SURVIVORS[module]) <= names
    assert all(reason.endswith(".") for reason in SURVIVORS[module].values())


def test_a_change_is_made_in_one_place_each() -> None:
    code = "def f(a: int | None, b):\n    '''Says.'''\n    return {a, 1} if a < b and not b else False\n"
    found = mutants(code + "T = Literal['x', 'y']\n")

    assert sorted(one.name.partition(" in: ")[0] for one in found) == [
        "1 → 2", "False → True", "Lt → LtE", "returns None", "the condition turned round", "to Or",
        "without 1", "without a", "without operand 1", "without operand 2",
    ]  # fmt: skip
    assert len({one.code for one in found}) == len(found)
