"""One mutant in the place of its module, and the tests that should notice it.

`python -m tests.mutation.run MODULE NUMBER`
Exits as pytest does: 0 where nothing noticed.
"""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.mutation.mutants import mutants

ROOT = Path(__file__).parents[2]
TESTS = ("tests/rules/test_access.py", "tests/rules/test_conditions.py", "tests/rules/test_decide.py")


def install(module: str, code: str) -> None:
    """Whoever imports the module from now on gets this code."""
    made = ModuleType(module)
    sys.modules[module] = made
    package, _, name = module.rpartition(".")
    setattr(importlib.import_module(package), name, made)
    exec(compile(code, f"<{module}, changed>", "exec"), made.__dict__)  # noqa: S102 - our own code, one place changed


def source(module: str) -> str:
    return (ROOT / module.replace(".", "/")).with_suffix(".py").read_text()


if __name__ == "__main__":
    of, number = sys.argv[1:]
    install(of, mutants(source(of))[int(number)].code)
    quick = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--noconftest"]
    sys.exit(pytest.main([*quick, *(str(ROOT / name) for name in TESTS)]))
