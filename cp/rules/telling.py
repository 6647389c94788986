"""How often one person may tell the management team of children who were not found."""

A_DAY = 10


def may_tell(in_day: int) -> bool:
    """A few in 24 hours: whoever has a list of children to bring in sends a file instead.

    Policy: the supply issue; the number is proposed.
    """
    return in_day < A_DAY
