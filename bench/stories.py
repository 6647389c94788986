"""What is particular about a household. Most are like any other; each of these must be somewhere in a directory."""

from bench.draw import Table

PLAIN = ""
MOVED = "moved"
TWO_HOMES = "two homes"
NO_ADDRESS = "no known address"
LAST_KNOWN = "last known address"
LEFT_RETURNING = "left, returning"
LEFT_FOR_GOOD = "left for good"
LEFT_UNKNOWN = "left, not known"
LOOKED_AFTER = "looked after"
FROM_ELSEWHERE = "looked after by another authority"
ABROAD = "boarding, parents abroad"
SHIELDED = "shielded"
TWINS = "twins"
TRIPLETS = "triplets"
SAME_NAME = "same name and birth date"
NO_GP = "no practice"
NO_SCHOOL = "no school"
NEITHER = "no practice, no school"
DIED = "just died"
ALMOST_GROWN = "about to turn 18"
SINGLE_NAME = "single name"
BUSY = "many people"

OF_100_000 = {
    MOVED: 3000, TWO_HOMES: 3500, NO_ADDRESS: 150, LAST_KNOWN: 300, LEFT_RETURNING: 150, LEFT_FOR_GOOD: 300,
    LEFT_UNKNOWN: 200, LOOKED_AFTER: 620, FROM_ELSEWHERE: 80, ABROAD: 300, SHIELDED: 400, TWINS: 1200, TRIPLETS: 25,
    SAME_NAME: 60, NO_GP: 1500, NO_SCHOOL: 900, NEITHER: 100, DIED: 50, ALMOST_GROWN: 0, SINGLE_NAME: 0, BUSY: 60,
}  # fmt: skip
"""Households of each kind in a hundred thousand; those with 0 come by themselves as well."""

LEFT = {LEFT_RETURNING: "returning_within_3y", LEFT_FOR_GOOD: "not_returning", LEFT_UNKNOWN: "unknown"}
CARED_FOR = (LOOKED_AFTER, FROM_ELSEWHERE)

TABLE = Table([PLAIN, *OF_100_000], [100_000 - sum(OF_100_000.values()), *OF_100_000.values()])
FIRST = tuple(OF_100_000)
"""Households of the first authority that have these stories, so that a small directory has each of them."""
FIRST_AT = 12
"""The household with the first of them; those before it are like any other."""
