"""The form of a backup: whatever is changed, cut, added or put elsewhere in it is found."""

import io
import struct
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp.services.backing_up import BackupProblem, envelope
from cp.services.backing_up.envelope import CHUNK, Header

KEY, OTHER = bytes(range(32)), bytes(32)
HEADER = Header("0badcafe", datetime(2026, 11, 23, 10, 42, tzinfo=UTC), "0020", "sqlite", {0: "00", 1: "ff"})
WORDS = b"Vexborough " * 250_000


def sealed(plain: bytes = WORDS, key: bytes = KEY, header: Header = HEADER) -> bytes:
    out = io.BytesIO()
    envelope.write(out, header, key, [plain])
    return out.getvalue()


def opened(content: bytes, key: bytes = KEY) -> bytes:
    return b"".join(envelope.read(io.BytesIO(content), key))


def frames(content: bytes) -> tuple[bytes, list[bytes]]:
    """The header, and each chunk with what stands before it."""
    at = len(HEADER.as_bytes())
    found = []
    while at < len(content):
        length = struct.unpack(">BI", content[at : at + 5])[1]
        found.append(content[at : at + 5 + length])
        at += 5 + length
    return content[: len(HEADER.as_bytes())], found


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])
def test_what_was_sealed_opens_with_its_key_whatever_its_size(size: int) -> None:
    plain = WORDS[:size]

    content = sealed(plain)

    assert opened(content) == plain
    assert b"Vexborough" not in content
    with pytest.raises(BackupProblem, match="part 1 does not open with its key"):
        opened(content, OTHER)


def test_what_it_says_of_itself_is_read_without_a_key() -> None:
    assert envelope.read_header(io.BytesIO(sealed()))[0] == HEADER


def without_the_end(start: bytes, parts: list[bytes]) -> bytes:
    return start + b"".join(parts[:-1])


def without_the_middle(start: bytes, parts: list[bytes]) -> bytes:
    return start + parts[0] + parts[2]


def in_another_order(start: bytes, parts: list[bytes]) -> bytes:
    return start + parts[1] + parts[0] + parts[2]


def twice_the_same(start: bytes, parts: list[bytes]) -> bytes:
    return start + parts[0] + parts[0] + parts[1] + parts[2]


def ended_early(start: bytes, parts: list[bytes]) -> bytes:
    return start + parts[0] + b"\x01" + parts[1][1:]


def going_on(start: bytes, parts: list[bytes]) -> bytes:
    return start + b"".join(parts) + parts[2]


def with_a_byte_more(start: bytes, parts: list[bytes]) -> bytes:
    return start + b"".join(parts) + b"\x00"


def with_a_part_of_another(start: bytes, parts: list[bytes]) -> bytes:
    later = Header(HEADER.key, datetime(2026, 11, 24, tzinfo=UTC), "0020", "sqlite", HEADER.proofs)
    out = io.BytesIO()
    envelope.write(out, later, KEY, [WORDS])
    other = out.getvalue()[len(later.as_bytes()) :]
    return start + parts[0] + other[len(parts[0]) : len(parts[0]) + len(parts[1])] + parts[2]


def of_another_day(start: bytes, parts: list[bytes]) -> bytes:
    return start.replace(b"2026-11-23", b"2026-11-22") + b"".join(parts)


@pytest.mark.parametrize(
    "spoil",
    [without_the_end, without_the_middle, in_another_order, twice_the_same, ended_early, going_on, with_a_byte_more,
     with_a_part_of_another, of_another_day],
)  # fmt: skip
def test_whatever_was_done_to_it_is_found(spoil: Callable[[bytes, list[bytes]], bytes]) -> None:
    start, parts = frames(sealed())
    assert len(parts) == 3

    with pytest.raises(BackupProblem, match=r"This backup is damaged or not whole: .+ Nothing was changed\."):
        opened(spoil(start, parts))


SMALL = sealed(b"Vexborough")


@given(at=st.integers(0, len(SMALL) - 1), bit=st.integers(0, 7))
def test_no_bit_of_it_can_be_changed(at: int, bit: int) -> None:
    content = bytearray(SMALL)
    content[at] ^= 1 << bit

    with pytest.raises(BackupProblem):
        opened(bytes(content))


@given(length=st.integers(0, len(SMALL) - 1))
def test_cut_short_anywhere_it_does_not_open(length: int) -> None:
    with pytest.raises(BackupProblem):
        opened(SMALL[:length])
