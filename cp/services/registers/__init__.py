"""Organisations as public registers state them, and who came after whom.

`stating` says what a row states of an organisation; `losing` refuses what is most likely broken; `keeping`
makes, changes and closes by it; `successors` ties a closed one to the one that took its pupils.
"""

from cp.services.registers.keeping import Changes, authorities, keep, keep_practices
from cp.services.registers.losing import TooManyGone

__all__ = ["Changes", "TooManyGone", "authorities", "keep", "keep_practices"]
