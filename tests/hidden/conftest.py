"""What the proofs stand on: directories of their own, made once for all tests of a file."""

from collections.abc import Iterator

import pytest
import time_machine

from cp import sealing
from tests.conftest import NOW
from tests.hidden.copies import Copies
from tests.hidden.pairing import Pairs
from tests.hidden.pairs import Pair


@pytest.fixture(scope="session")
def copies(empty: str, ring: sealing.KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    made = Copies(tmp_path_factory.mktemp("hidden"), empty, ring)
    yield made
    made.drop()


@pytest.fixture(scope="session")
def pairs(copies: Copies) -> Iterator[Pairs]:
    """Each pair is made when it is first asked for."""
    with time_machine.travel(NOW, tick=False):
        made = Pairs(copies)
    yield made
    made.close()


@pytest.fixture
def pair(pairs: Pairs, clock: time_machine.Traveller, request: pytest.FixtureRequest) -> Pair:
    """The pair that a test names by its parameter."""
    return pairs.of(str(request.param))
