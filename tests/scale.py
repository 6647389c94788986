"""How much a test does: a little in `make test`, everything in `make prove`.

`make prove` runs the files that import this one. What a test says by `record_property` (how many, with which seed, what
it found) makes it a proof with a line in docs/proofs.md.
"""

import os

FULL = bool(os.environ.get("CP_PROVE"))
SEED = int(os.environ.get("CP_SEED", "1"))


def scaled(everyday: int, full: int) -> int:
    return full if FULL else everyday
