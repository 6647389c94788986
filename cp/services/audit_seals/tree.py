"""The tree of the audit's leaves (RFC 6962, section 2.1), grown from the roots of its whole subtrees alone.

A tree of n leaves falls into whole subtrees, one for each bit of n, the largest first. Their roots are all that is
needed to add leaves and to know the root again.
"""

import hashlib
from collections.abc import Sequence

HASH = 32
Roots = tuple[bytes, ...]
EMPTY = hashlib.sha256(b"").digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def extended(size: int, roots: Roots, leaves: Sequence[bytes]) -> Roots:
    """The roots once these leaves are added to a tree of so many."""
    grown = list(roots)
    for leaf in leaves:
        one, rest = leaf, size
        while rest & 1:
            one, rest = node(grown.pop(), one), rest >> 1
        grown.append(one)
        size += 1
    return tuple(grown)


def root(roots: Roots) -> bytes:
    """Of the whole tree: SHA-256 of nothing where it has no leaf."""
    if not roots:
        return EMPTY
    whole = roots[-1]
    for one in reversed(roots[:-1]):
        whole = node(one, whole)
    return whole


def packed(roots: Roots) -> bytes:
    return b"".join(roots)


def unpacked(kept: bytes | None) -> Roots:
    return tuple(kept[at : at + HASH] for at in range(0, len(kept or b""), HASH)) if kept else ()


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What leads from a leaf to the root, its neighbour first. RFC 6962, section 2.1.1."""
    level, path = list(leaves), []
    while len(level) > 1:
        if (beside := index ^ 1) < len(level):
            path.append(level[beside])
        above = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = above + level[len(above) * 2 :]
        index >>= 1
    return path


def consistency(old: int, roots: Roots, leaves: Sequence[bytes]) -> list[bytes]:
    """What shows that a tree of `old` leaves, with these roots, is the beginning of the tree with `leaves` after them.

    RFC 6962, section 2.1.2. Empty where either tree has nothing to show.
    """
    if old == 0 or not leaves:
        return []
    return _Proof(old, roots, leaves).of(0, old + len(leaves), True)


class _Proof:
    """What is asked of the old part is always one of its whole subtrees; all else lies among the new leaves."""

    def __init__(self, old: int, roots: Roots, leaves: Sequence[bytes]) -> None:
        self.old, self.leaves, self.whole = old, leaves, dict[tuple[int, int], bytes]()
        start = 0
        for bit, one in zip((bit for bit in range(old.bit_length(), -1, -1) if old >> bit & 1), roots, strict=True):
            self.whole[start, start + (1 << bit)] = one
            start += 1 << bit

    def of(self, start: int, end: int, known: bool) -> list[bytes]:
        """SUBPROOF of the leaves from `start` to `end`; `known`: whoever asks knows the old root already."""
        if end == self.old:
            return [] if known else [self.whole[start, end]]
        middle = start + _left(end - start)
        if self.old <= middle:
            return [*self.of(start, middle, known), self._root(middle, end)]
        return [*self.of(middle, end, False), self.whole[start, middle]]

    def _root(self, start: int, end: int) -> bytes:
        return root(extended(0, (), self.leaves[start - self.old : end - self.old]))


def _left(count: int) -> int:
    """The largest power of two below: how many leaves are on the left."""
    return 1 << (count - 1).bit_length() - 1
