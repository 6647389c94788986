"""Who is this child: the one service that keeps the index of names, births and places, and searches it."""

from cp.services.find.checking import again, behind, check, rebuild
from cp.services.find.entry import Entry, Home
from cp.services.find.indexing import bulk_index, reindex
from cp.services.find.searching import Criteria, Found, Match, search

__all__ = [
    "Criteria", "Entry", "Found", "Home", "Match", "again", "behind", "bulk_index", "check", "rebuild", "reindex",
    "search",
]  # fmt: skip
