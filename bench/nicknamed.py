"""Nicknames as a user of another search engine would take them: from the library, which is a list of English ones."""

from collections.abc import Iterable
from functools import cache

from nicknames import NickNamer

from cp.matching.names import fold


def nicknamed(folded: Iterable[str]) -> set[str]:
    """The names that the library gives for any of these, folded."""
    return {fold(other) for name in folded for other in _other(name)}


@cache
def _library() -> NickNamer:
    return NickNamer()


@cache
def _other(name: str) -> frozenset[str]:
    return frozenset(_library().nicknames_of(name)) | frozenset(_library().canonicals_of(name))
