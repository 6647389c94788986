"""Changing the key while people work: one is added, everything is sealed and known by it, the first is retired.

Each step may be killed anywhere and run again. See docs/decisions/0021.
"""

from cp.services.changing_keys.again import Progress, rotate
from cp.services.changing_keys.left import left
from cp.services.changing_keys.steps import NotNow, add, rests, retire, switch

__all__ = ["NotNow", "Progress", "add", "left", "rests", "retire", "rotate", "switch"]
