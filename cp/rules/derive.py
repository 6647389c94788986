"""What a record says, derived from what each source said: order of authority for each fact, then newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cp.terms import (
    AddressState,
    BestTime,
    Disputable,
    Gender,
    LeaveKind,
    NameKind,
    NumberKind,
    Relationship,
    SourceKind,
)


@dataclass(frozen=True, slots=True)
class OtherName:
    kind: NameKind
    given_names: str
    family_name: str


@dataclass(frozen=True, slots=True)
class Address:
    """One address, or a statement that there is none: `lines`, `town`, `postcode` are empty then."""

    state: AddressState
    lines: tuple[str, ...] = ()
    town: str = ""
    postcode: str = ""
    from_on: date | None = None
    until_on: date | None = None
    leave_kind: LeaveKind | None = None


@dataclass(frozen=True, slots=True)
class CarerSaid:
    name: str
    relationship: Relationship
    responsibility: bool
    care: bool
    phones: tuple[str, ...] = ()
    email: str | None = None
    best_time: BestTime | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """That a child is on a school's roll or a practice's list: since when, and until when, where that is said."""

    from_on: date | None = None
    until_on: date | None = None


Value = tuple[str, ...]
"""What a record or a source says of one fact, as texts that two can be compared by: see rules/findings.py."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a disputed fact: which values are wrong, and the right one; None where nobody knows it."""

    fact: Disputable
    wrong: tuple[Value, ...]
    right: Value | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says now. `source` is the caller's own key for it; None and () mean "says nothing"."""

    source: int
    kind: SourceKind
    said_on: date
    given_names: str | None = None
    family_name: str | None = None
    born_on: date | None = None
    gender: Gender | None = None
    names: tuple[OtherName, ...] = ()
    addresses: tuple[Address, ...] = ()
    carers: tuple[CarerSaid, ...] = ()
    numbers: tuple[tuple[NumberKind, str], ...] = ()
    stay: Stay | None = None
    finding: Finding | None = None
    """Of a decision alone."""

    @property
    def has_left(self) -> bool:
        return self.stay is not None and self.stay.until_on is not None


@dataclass(frozen=True, slots=True)
class Derived:
    """The record, and for each fact the `source` it came from."""

    given_names: str
    family_name: str
    name_source: int
    born_on: date
    born_source: int
    gender: Gender
    names: tuple[tuple[OtherName, int], ...] = ()
    addresses: tuple[tuple[Address, int], ...] = field(default=())
    carers: tuple[tuple[CarerSaid, int], ...] = ()
    numbers: tuple[tuple[NumberKind, str, int], ...] = ()


_LAST = (SourceKind.PRACTITIONER, SourceKind.DECISION)
"""What was found of a disputed fact speaks by itself where nobody else does: see rules/findings.py for the rest."""
_AUTHORITY_FIRST = (SourceKind.AUTHORITY, SourceKind.SCHOOL, SourceKind.GP_PRACTICE, *_LAST)
_PRACTICE_FIRST = (SourceKind.GP_PRACTICE, SourceKind.AUTHORITY, SourceKind.SCHOOL, *_LAST)
_NO_ADDRESS = (AddressState.NONE_KNOWN, AddressState.LEFT_AREA)


def derive(said: Sequence[Said]) -> Derived:
    """One record from all that its sources say; the same sources give the same record, in any order.

    Names, carers and addresses: the authority first, then the school. Date of birth: the practice
    first, since it holds the birth notice. Within a kind a source that the child has left comes last, and the newest
    counts. Carers and addresses are taken whole
    from one source, so that a carer whom the best source no longer names is gone (stale parent links have sent
    letters to the wrong parent). A current address anywhere outweighs a statement that none is known, unless that
    statement is newer. Raises ValueError when nobody gives a name or a date of birth.

    Sch. 1 paras 1-4, 6, 18. Policy: design, section 3; the order of authority is proposed.
    """
    authority_first, practice_first = _ordered(said, _AUTHORITY_FIRST), _ordered(said, _PRACTICE_FIRST)
    named = _first(authority_first, lambda one: one.given_names is not None)
    born = _first(practice_first, lambda one: one.born_on is not None)
    if named is None or named.given_names is None or born is None or born.born_on is None:
        raise ValueError("a record needs a name and a date of birth")
    gendered = _first(practice_first, lambda one: one.gender not in (None, Gender.NOT_SPECIFIED))
    cared = _first(authority_first, lambda one: bool(one.carers))
    housed = _housed(authority_first)
    return Derived(
        given_names=named.given_names,
        family_name=named.family_name or "",
        name_source=named.source,
        born_on=born.born_on,
        born_source=born.source,
        gender=gendered.gender if gendered and gendered.gender else Gender.NOT_SPECIFIED,
        names=_names(authority_first, named),
        addresses=tuple((address, housed.source) for address in housed.addresses) if housed else (),
        carers=tuple((carer, cared.source) for carer in cared.carers) if cared else (),
        numbers=_numbers(authority_first),
    )


def left(one: Said, on: date, since: date | None = None) -> Said:
    """What a source says on a day of a child who is no longer with it, from what it said before: who the child is stays
    true. `since`: from which day, where it was not that one. When it came is then said, too: it was there when it
    last spoke of the child.

    Its carers are no longer vouched for (stale parent links have sent letters to the wrong parent), and where the
    child lived is the last that it knew.

    Sch. 1 para 2(b). Policy: the supply issue.
    """
    last = (replace(address, state=AddressState.LAST_KNOWN) if address.state is AddressState.CURRENT else address
            for address in one.addresses)  # fmt: skip
    begun = (one.stay and one.stay.from_on) or one.said_on
    return replace(one, said_on=on, carers=(), addresses=tuple(last), stay=Stay(begun, since or on))


def _ordered(said: Sequence[Said], kinds: tuple[SourceKind, ...]) -> list[Said]:
    return sorted(said, key=lambda one: (kinds.index(one.kind), one.has_left, -one.said_on.toordinal(), one.source))


def _first(said: Sequence[Said], says: Callable[[Said], bool]) -> Said | None:
    return next((one for one in said if says(one)), None)


def _housed(ordered: Sequence[Said]) -> Said | None:
    """The source whose addresses count; one that the child has left only where no other knows of any.

    Of words of one day those of the higher authority come after the others.
    """
    speaking = [one for one in ordered if one.addresses]
    speaking = [one for one in speaking if not one.has_left] or speaking
    current = _first(speaking, lambda one: all(address.state not in _NO_ADDRESS for address in one.addresses))
    gone = max((one for one in speaking if one is not current), key=lambda one: one.said_on, default=None)
    if current is None:
        return gone
    newer = gone and (gone.said_on, -speaking.index(gone)) > (current.said_on, -speaking.index(current))
    return gone if gone and newer and gone.addresses[0].state in _NO_ADDRESS else current


def _names(ordered: Sequence[Said], current: Said) -> tuple[tuple[OtherName, int], ...]:
    """Every other name that a source gives, once, but never the current one over again."""
    found: dict[tuple[str, str], tuple[OtherName, int]] = {}
    for one in ordered:
        for name in one.names:
            full = (name.given_names, name.family_name)
            if full != (current.given_names, current.family_name or ""):
                found.setdefault(full, (name, one.source))
    return tuple(found.values())


def _numbers(ordered: Sequence[Said]) -> tuple[tuple[NumberKind, str, int], ...]:
    found: dict[NumberKind, tuple[NumberKind, str, int]] = {}
    for one in ordered:
        for kind, value in one.numbers:
            found.setdefault(kind, (kind, value, one.source))
    return tuple(found.values())
