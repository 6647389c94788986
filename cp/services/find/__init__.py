"""Who is this child: the one service that keeps the index of names, births, places and carers, and searches it."""

from cp.services.find.alike import Alike
from cp.services.find.bulk import after_bulk, before_bulk, bulk_index
from cp.services.find.by_family import search_by_family
from cp.services.find.checking import again, behind, check, rebuild
from cp.services.find.compared import Compared, carer_keys, compared
from cp.services.find.entry import Entry, Home, where
from cp.services.find.indexing import reindex
from cp.services.find.searching import Criteria, Found, Match, search, shuffled

__all__ = [
    "Alike", "Compared", "Criteria", "Entry", "Found", "Home", "Match", "after_bulk", "again", "before_bulk", "behind",
    "bulk_index", "carer_keys", "check", "compared", "rebuild", "reindex", "search", "search_by_family", "shuffled",
    "where",
]  # fmt: skip
