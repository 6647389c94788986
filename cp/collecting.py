"""Python's own search for what is no longer needed, put off while others wait or where there is nothing to find."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """To go through every object of the process may take longer than the transaction for which others wait,
    and a fifth of the time in which rows go in by the million. Afterwards it is done for what was made meanwhile."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(0)
