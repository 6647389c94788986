"""Would the comparison notice? Mistakes planted one at a time, each of which it must find."""

import pytest

from tests.hidden.asking import Asking
from tests.hidden.leaks import LEAKS, Leak
from tests.hidden.pairing import Pairs
from tests.hidden.pairs import Different

ROWS = 400


@pytest.mark.parametrize("leak", [pytest.param(leak, id=name) for name, leak in LEAKS.items()])
def test_a_planted_leak_is_found(leak: Leak, pairs: Pairs, clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """By requests that begin where it is, of somebody who comes across it."""
    pair = pairs.of(leak.kind)
    asking = Asking(pair, leak.at, leak.who)
    leak.plant(pair, monkeypatch)

    with pytest.raises(Different):
        asking.rows(ROWS)
