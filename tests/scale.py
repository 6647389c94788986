"""How much a test does: a little in `make test`, everything in `make prove`.

A proof is a test marked `proof`; what it found it says by `record_property`, and `make prove` writes that down.
"""

import os

FULL = bool(os.environ.get("CP_PROVE"))
SEED = int(os.environ.get("CP_SEED", "1"))


def scaled(everyday: int, full: int) -> int:
    return full if FULL else everyday
