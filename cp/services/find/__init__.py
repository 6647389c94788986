"""Who is this child: the one service that keeps the index of names, births, places and carers, and searches it."""

from cp.services.find.by_family import search_by_family
from cp.services.find.checking import again, behind, check, rebuild
from cp.services.find.entry import Entry, Home
from cp.services.find.indexing import bulk_index, reindex
from cp.services.find.searching import Criteria, Found, Match, search

__all__ = [
    "Criteria", "Entry", "Found", "Home", "Match", "again", "behind", "bulk_index", "check", "rebuild", "reindex",
    "search", "search_by_family",
]  # fmt: skip
