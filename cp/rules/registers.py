"""When a register says something so unlikely that a person has to say that it is right."""

MANY, A_FIFTIETH = 20, 50
"""Schools close and merge every year, far fewer at once than one in fifty."""


def too_many_gone(gone: int, were_open: int) -> bool:
    """Whether more than 20, and more than 2% of those that were open, would close or are missing at once.

    Policy: the implementation issue (an extract that drops 2,000 schools by mistake); numbers proposed.
    """
    return gone > MANY and gone * A_FIFTIETH > were_open
