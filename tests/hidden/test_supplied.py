"""Nobody who may not know can tell by sending a file what the directory hides, nor by looking at what came of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ENGINE
from tests.hidden.pairing import OF_SUPPLIERS, PLANS, Pairs
from tests.hidden.pairs import Different, Pair
from tests.hidden.sending import Sending
from tests.hidden.supply_leaks import SUPPLY_LEAKS, Leak
from tests.hidden.supplying import Supplying
from tests.scale import FULL, SEED, scaled

FILES, COMMANDS, REQUESTS = scaled(2, 200), scaled(1, 40), scaled(1, 100)
TRIED = 60
"""Files in which each planted leak must show."""
KINDS = (*PLANS, *OF_SUPPLIERS)
FOR_SYSTEMS = KINDS if FULL else ("shielded", "never there")


@pytest.mark.parametrize("pair", KINDS, indirect=True)
def test_no_file_tells_two_directories_apart(pair: Pair, record_property: Callable[[str, object], None]) -> None:
    """Every page, file and message on the way, byte by byte; searches and the rows to review, as others have them."""
    supplying, begun, told = Supplying(pair), pair.asked, list[Different]()
    for number in range(FILES):
        try:
            supplying.file(number)
        except Different as different:
            told.append(different)

    figures = {"files": FILES, "sent": supplying.sent, "undone": supplying.undone, "requests": pair.asked - begun,
               "seed": SEED, "differing": len(told)}  # fmt: skip
    for name, figure in figures.items():
        record_property(name, figure)
    assert not told, "\n\n".join(map(str, told[:20]))
    assert supplying.sent == supplying.undone > FILES // 3


@pytest.mark.parametrize("pair", KINDS, indirect=True)
def test_no_command_tells_two_directories_apart(
    pair: Pair, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    supplying = Supplying(pair)

    printed = [supplying.command(number, tmp_path) for number in range(COMMANDS)]

    for name, figure in {"commands": COMMANDS * 2, "seed": SEED, "differing": 0}.items():
        record_property(name, figure)
    assert [text for text in printed if " sent." not in text] == []


@pytest.mark.parametrize("pair", FOR_SYSTEMS, indirect=True)
def test_no_request_of_another_system_tells_two_directories_apart(
    pair: Pair, record_property: Callable[[str, object], None]
) -> None:
    """Every receipt, byte by byte, with what the database was asked for it; and as for files what came of it."""
    sending, begun, told = Sending(pair), pair.asked, list[Different]()
    for number in range(REQUESTS):
        try:
            sending.round(number)
        except Different as different:
            told.append(different)

    figures = {"sent": sending.sent, "undone": sending.undone, "requests": pair.asked - begun, "seed": SEED,
               "differing": len(told)}  # fmt: skip
    for name, figure in figures.items():
        record_property(name, figure)
    assert not told, "\n\n".join(map(str, told[:20]))
    assert sending.sent == REQUESTS * 2
    assert sending.undone > REQUESTS // 3


@pytest.mark.parametrize("leak", [pytest.param(leak, id=name) for name, leak in SUPPLY_LEAKS.items()])
def test_a_leak_planted_in_supply_is_found(
    leak: Leak, pairs: Pairs, clock: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    supplying = (Sending if leak.machine else Supplying)(pairs.of(leak.kind))
    leak.plant(monkeypatch)

    def send(tried: int = TRIED) -> None:
        for number in range(tried):
            if leak.command:
                supplying.command(number, tmp_path)
            elif isinstance(supplying, Sending):
                supplying.round(number)
            else:
                supplying.file(number)

    if leak.stopped and ENGINE == "postgresql":
        send(FILES)
        return
    with pytest.raises(Different):
        send()
