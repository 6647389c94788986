"""Organisations as public registers state them, and who came after whom.

`stating` says what a row states of an organisation; `keeping` makes, changes and closes by it; `successors` ties a
closed one to the one that took its pupils.
"""

from cp.services.registers.keeping import Changes, authorities, keep, keep_practices

__all__ = ["Changes", "authorities", "keep", "keep_practices"]
