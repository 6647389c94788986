"""Where two sources say different things of one child: shown, not hidden behind the one that counts."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from cp.rules.derive import Said, Value
from cp.rules.findings import Found, address_value
from cp.terms import AddressState, Disputable

Differing: TypeAlias = dict[Disputable, tuple[tuple[int, Value], ...]]
"""By fact: each source with what it says."""


def differing(said: Sequence[Said], found: Found) -> Differing:
    """Family names, birth dates and postcodes of which sources of now say different ones, in the order given.

    A source that the child has left is not of now, and what was found wrong counts no longer. First names differ with
    every nickname, and an address with every way to write a street: they would cry wolf.

    Policy: the supply issue, conflicts shown and not hidden.
    """
    wrong = {(one.fact, value) for _, one in found for value in one.wrong}
    of_now = [one for one in said if not one.has_left and one.finding is None]
    facts: dict[Disputable, Callable[[Said], Value]] = {
        Disputable.NAME: _name, Disputable.BORN_ON: _born, Disputable.ADDRESS: _address,
    }  # fmt: skip
    told: Differing = {}
    for fact, says in facts.items():
        values = [(one.source, value) for one in of_now if (value := says(one)) and (fact, value) not in wrong]
        if len({_alike(fact, value) for _, value in values}) > 1:
            told[fact] = tuple(values)
    return told


def _name(one: Said) -> Value:
    return () if one.given_names is None else (one.given_names, one.family_name or "")


def _born(one: Said) -> Value:
    return (one.born_on.isoformat(),) if one.born_on else ()


def _address(one: Said) -> Value:
    """The first where the child is."""
    here = (address_value(at) for at in one.addresses if at.state is AddressState.CURRENT and at.postcode)
    return next(here, ())


def _alike(fact: Disputable, value: Value) -> str:
    """By what two are the same: the family name, the day, the postcode."""
    return value[0] if fact is Disputable.BORN_ON else value[1].casefold()
