"""One mutant in the place of its module, and the tests that must notice it.

`python -m tests.mutation.run MODULE`, the changed code on its standard input.
Exits as pytest does: 0 where nothing noticed.
"""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DECISION = ("access", "protecting", "conditions", "protected", "decide")
NOTICED_BY = {
    "cp.rules.access": DECISION,
    "cp.rules.acts": DECISION,
    "cp.rules.asking": DECISION,
    "cp.rules.shielding": ("shielding", "protection_edges"),
    "cp.rules.overriding": ("overriding", "protection_edges"),
    "cp.rules.sensitive": ("sensitive",),
    "cp.rules.brokering": ("brokering",),
    "cp.rules.identities": ("identities",),
    "cp.rules.merging": ("merging",),
}
"""Each module that is changed, with the tables in tests/rules that must notice, the quickest first.

Every rule that a child's safety rests on has its line: of shields, overrides, consent, brokering, identities, merging.
A module that is added here needs no more: its survivors, if it has any, stand in survivors.py.
"""


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
    (of,) = sys.argv[1:]
    install(of, sys.stdin.read())
    quick = ["-x", "-q", "-p", "no:cacheprovider", "--no-header", "--noconftest", "--assert=plain"]
    sys.exit(pytest.main([*quick, *(str(ROOT / f"tests/rules/test_{name}.py") for name in NOTICED_BY[of])]))
