"""How often anybody may ask who their local contact is."""

FROM_ONE_ADDRESS, IN_ALL = 30, 3000
"""In an hour from one address; in a day from everywhere."""


def may_look(from_here_in_hour: int, in_all_in_day: int) -> bool:
    """A school's whole office asks from one address; a program that tries every name does not get far.

    Policy: the implementation issue; the numbers are proposed.
    """
    return from_here_in_hour < FROM_ONE_ADDRESS and in_all_in_day < IN_ALL
