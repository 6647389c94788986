"""Which means of supply is the least work for an organisation and will do."""

from dataclasses import dataclass

from cp.rules.supplying import how_often
from cp.terms import Frequency, Means, MeansWhy, OrganisationKind, PupilSystem

EXPORT = frozenset({PupilSystem.ARBOR, PupilSystem.BROMCOM, PupilSystem.ISAMS, PupilSystem.SIMS})
"""Systems that write Common Transfer Files."""
SYSTEMS = EXPORT | {PupilSystem.OTHER}
OF_A_SYSTEM = frozenset({Means.SYSTEM, Means.FOLDER, Means.TRANSFER_FILE})
"""Means that take a system of one's own, and whoever looks after it to say that it can."""
BY_ITSELF = frozenset({Means.SYSTEM, Means.FOLDER})
FEW = 25
"""Pupils: one class, typed within an hour."""
LISTS = {PupilSystem.OTHER: MeansWhy.LIST_OF_SYSTEM, PupilSystem.PAPER: MeansWhy.LIST_KEPT}


@dataclass(frozen=True, slots=True)
class Proposal:
    means: Means
    frequency: Frequency
    why: MeansWhy


def proposed(system: PupilSystem | None, wish: Means | None, pupils: int | None, kind: OrganisationKind) -> Proposal:
    """The least work that will do, how often, and why; None where the organisation does not know, or has not said.

    What it wishes where that is its own system's doing, for then somebody there knows that it can; else the export that
    its system is known to have; else typing, where there are few pupils and no list of them that it would rather send;
    else a spreadsheet, which everybody can make. What goes by itself goes every working day. What somebody has to do is
    asked for each term, and monthly of a practice.

    Policy: domain 5.3-5.5; the implementation issue; the number of pupils that are few is proposed.
    """
    means, why = _means(system, wish, pupils)
    if means in BY_ITSELF:
        return Proposal(means, Frequency.DAILY, why)
    often = how_often(kind, None)
    return Proposal(means, Frequency.TERMLY if often is Frequency.DAILY else often, why)


def _means(system: PupilSystem | None, wish: Means | None, pupils: int | None) -> tuple[Means, MeansWhy]:
    if system in EXPORT and wish not in BY_ITSELF:
        return Means.TRANSFER_FILE, MeansWhy.EXPORTS
    if wish in OF_A_SYSTEM and system in SYSTEMS:
        return wish, MeansWhy.ASKED_FOR
    if wish is not Means.SPREADSHEET and _typed(system, wish, pupils):
        return Means.BY_HAND, MeansWhy.FEW
    if wish is Means.BY_HAND and pupils is not None and pupils > FEW:
        return Means.SPREADSHEET, MeansWhy.MANY
    return Means.SPREADSHEET, LISTS.get(system or PupilSystem.NOT_KNOWN, MeansWhy.LIST_ANYHOW)


def _typed(system: PupilSystem | None, wish: Means | None, pupils: int | None) -> bool:
    return pupils is not None and pupils <= FEW and (wish is Means.BY_HAND or system not in SYSTEMS)
