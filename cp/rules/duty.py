"""Who must supply what it knows of its children, and who may."""

from cp.terms import OrganisationKind

FREE_TO = frozenset({OrganisationKind.NURSERY, OrganisationKind.GP_PRACTICE, OrganisationKind.CHARITY})


def must_supply(kind: OrganisationKind) -> bool:
    """Schools of every kind, an independent school as any other; colleges; councils' and health services, police and
    probation. Nurseries, practices and charities may. Nobody has to collect what it does not hold.

    Reg. 11(1); Sch. 4; Sch. 5. Policy: the sources that could be read name no practice, so none is told of a duty.
    """
    return kind not in FREE_TO
