#!/usr/bin/env python3
"""Every command of the project: `python3 dev.py run`, `test`, `check`, `prove [NAME]`, `bench` or `lock`.

Only the standard library is needed. This file keeps to words that an old Python can read, so that it can say so.
"""

import sys

OLDEST = (3, 11)


def too_old(version: "tuple[int, int]") -> "str | None":
    if version >= OLDEST:
        return None
    return (
        "ContactPoint needs Python 3.11 or newer, and this is Python {}.{}. "
        "Start it with a newer one, for example: python3.11 dev.py run"
    ).format(*version)


def main() -> "str | int":
    """The exit status, or the sentence to stop with."""
    sentence = too_old(sys.version_info[:2])
    if sentence:
        return sentence
    from tools.commands import command  # here, because only a Python that is new enough can read it

    return command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
