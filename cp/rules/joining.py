"""How often strangers may ask for an account."""

FROM_ONE_ADDRESS, IN_ALL = 10, 200
"""In an hour from one address; in a day from all addresses at which nobody has signed in."""


def may_ask(from_here_in_hour: int, in_all_in_day: int, known_here: bool) -> bool:
    """Anybody may ask, a few at a time: a school's office asks for its staff one after another. Where somebody has
    signed in before (`known_here`) nobody's asking from elsewhere keeps them from it.

    Policy: the access issue; the numbers, and places that are known, are proposed.
    """
    return from_here_in_hour < FROM_ONE_ADDRESS and (known_here or in_all_in_day < IN_ALL)
