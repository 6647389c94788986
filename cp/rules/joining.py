"""How often strangers may ask for an account."""

FROM_ONE_ADDRESS, IN_ALL = 10, 200
"""In an hour from one address; in a day from everywhere."""


def may_ask(from_here_in_hour: int, in_all_in_day: int) -> bool:
    """Anybody may ask, a few at a time: a school's office asks for its staff one after another.

    Policy: the access issue; the numbers are proposed.
    """
    return from_here_in_hour < FROM_ONE_ADDRESS and in_all_in_day < IN_ALL
