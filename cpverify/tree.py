"""Merkle trees as RFC 6962 has them: hashes, roots, and the checking of proofs (RFC 9162, sections 2.1.3 and 2.1.4)."""

from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def pair(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Growing:
    """A tree that leaves are added to: it keeps one hash for each bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        joined, size = leaf, self.size
        while size & 1:
            joined = sha256(b"\x01" + self.peaks.pop() + joined).digest()
            size >>= 1
        self.peaks.append(joined)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return EMPTY
        total = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            total = pair(peak, total)
        return total


def root_of(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes | None:
    """The root that this path leads to from the leaf at `index` of `size`; None where the path does not fit."""
    if not 0 <= index < size:
        return None
    here, last, total = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if here & 1 or here == last:
            total = pair(step, total)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            total = pair(total, step)
        here, last = here >> 1, last >> 1
    return total if last == 0 else None


def consistent(old: tuple[int, bytes], new: tuple[int, bytes], proof: list[bytes]) -> bool:
    """Whether the proof shows that the old tree (its size and root) is the beginning of the new one."""
    (first, old_root), (second, new_root) = old, new
    if first == 0:
        return not proof
    if first == second:
        return not proof and old_root == new_root
    if first > second or not proof:
        return False
    steps = [old_root, *proof] if first & (first - 1) == 0 else list(proof)
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    return _climb(here, last, steps) == (old_root, new_root)


def _climb(here: int, last: int, steps: list[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots that the steps lead to."""
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            before, after = pair(step, before), pair(step, after)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            after = pair(after, step)
        here, last = here >> 1, last >> 1
    return (before, after) if last == 0 else None
