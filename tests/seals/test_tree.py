"""The tree is that of RFC 6962: by the published test of Certificate Transparency, and by its definition."""

import random
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp.services.audit_seals import tree as ours
from cpverify import tree as theirs
from tests.scale import SEED

INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Of the first inputs, one more each: merkle_tree_test.cc of the reference implementation."""
PATHS = [
    (0, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (5, 8, ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (1, 5, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
]  # fmt: skip
"""Index, size, and the path that the reference implementation gives."""
PROOFS = [
    (1, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (6, 8, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (2, 5, ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
]  # fmt: skip
"""The smaller size, the larger one, and the proof that one begins the other."""
LEAVES = [theirs.leaf_hash(bytes.fromhex(one)) for one in INPUTS]


def defined(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    left = max(1 << bit for bit in range(32) if 1 << bit < len(leaves))
    return sha256(b"\x01" + defined(leaves[:left]) + defined(leaves[left:])).digest()


def grown(leaves: list[bytes]) -> bytes:
    tree = theirs.Growing()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_the_published_ones(size: int) -> None:
    published = ROOTS[size - 1] if size else "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    found = [ours.root(ours.extended(0, (), LEAVES[:size])), grown(LEAVES[:size]), defined(LEAVES[:size])]

    assert [one.hex() for one in found] == [published] * 3


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_the_paths_of_leaves_are_the_published_ones(index: int, size: int, path: list[str]) -> None:
    hashes = [bytes.fromhex(one) for one in path]

    assert [one.hex() for one in ours.inclusion(index, LEAVES[:size])] == path
    assert theirs.root_of(index, size, LEAVES[index], hashes) == bytes.fromhex(ROOTS[size - 1])


@pytest.mark.parametrize(("old", "new", "proof"), PROOFS)
def test_the_proofs_of_growth_are_the_published_ones(old: int, new: int, proof: list[str]) -> None:
    roots = ours.extended(0, (), LEAVES[:old])
    hashes = [bytes.fromhex(one) for one in proof]

    assert [one.hex() for one in ours.consistency(old, roots, LEAVES[old:new])] == proof
    first, second = (old, bytes.fromhex(ROOTS[old - 1])), (new, bytes.fromhex(ROOTS[new - 1]))
    assert theirs.consistent(first, second, hashes)


def some(count: int) -> list[bytes]:
    return [sha256(number.to_bytes(4, "big")).digest() for number in range(count)]


@given(st.integers(0, 200), st.integers(0, 200))
def test_leaves_added_to_the_roots_alone_make_the_root_of_all(first: int, more: int) -> None:
    leaves = some(first + more)

    roots = ours.extended(first, ours.extended(0, (), leaves[:first]), leaves[first:])

    assert ours.root(roots) == defined(leaves) == grown(leaves)
    assert ours.unpacked(ours.packed(roots)) == roots
    assert len(roots) == len(leaves).bit_count()


@given(st.integers(1, 120).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))))
def test_every_path_leads_to_the_root_and_a_wrong_one_does_not(where: tuple[int, int]) -> None:
    (index, size), leaves = where, some(where[1])
    path = ours.inclusion(index, leaves)

    assert theirs.root_of(index, size, leaves[index], path) == defined(leaves)
    assert theirs.root_of(index, size, some(size + 1)[size], path) != defined(leaves)
    assert theirs.root_of(index, size, leaves[index], [*path, path[0] if path else leaves[0]]) is None
    assert all(theirs.root_of(index, size, leaves[index], path[:cut]) is None for cut in range(len(path)))


@given(st.integers(0, 120).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))))
def test_every_growth_is_proven_and_nothing_else(sizes: tuple[int, int]) -> None:
    (old, new), leaves = sizes, some(sizes[1])
    proof = ours.consistency(old, ours.extended(0, (), leaves[:old]), leaves[old:])
    first, second = (old, defined(leaves[:old])), (new, defined(leaves))

    assert theirs.consistent(first, second, proof)
    assert not theirs.consistent(first, second, [*proof, bytes(32)])
    if old:
        assert not theirs.consistent((old, bytes(32)), second, proof)
        assert not theirs.consistent(first, (new, bytes(32)), proof)
    if proof:
        assert not theirs.consistent(first, second, proof[:-1])
        changed = random.Random(SEED).randrange(len(proof))
        assert not theirs.consistent(first, second, [*proof[:changed], bytes(32), *proof[changed + 1 :]])


def test_a_log_never_shrinks() -> None:
    leaves = some(9)
    assert not theirs.consistent((9, defined(leaves)), (5, defined(leaves[:5])), [])
