"""The demonstration as tests load it: small, and the same each time."""

from datetime import date

from cp.services import demo

DAY = date(2026, 11, 23)
ASKED = demo.Asked(300, 1, DAY)


def silent(_: int) -> None:
    return
