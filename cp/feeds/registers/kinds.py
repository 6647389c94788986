"""What kind of school a row of the register of schools is."""

from cp.terms import OrganisationKind

UNIVERSITIES = "2"
"""The one type group without children."""
_OF_GROUP = {
    "1": OrganisationKind.COLLEGE,
    "3": OrganisationKind.INDEPENDENT_SCHOOL,
    "5": OrganisationKind.SPECIAL_SCHOOL,
    "13": OrganisationKind.INDEPENDENT_SCHOOL,  # teaching online
}
_OF_TYPE = {
    **dict.fromkeys(("7", "8", "10", "12", "33", "36", "44"), OrganisationKind.SPECIAL_SCHOOL),
    "15": OrganisationKind.NURSERY,
    **dict.fromkeys(("18", "31", "32", "39", "45", "46", "57"), OrganisationKind.COLLEGE),  # from 16 years
}
_OF_PHASE = {
    "1": OrganisationKind.NURSERY,
    "2": OrganisationKind.PRIMARY_SCHOOL,
    "3": OrganisationKind.PRIMARY_SCHOOL,  # middle, deemed primary
    "4": OrganisationKind.SECONDARY_SCHOOL,
    "5": OrganisationKind.SECONDARY_SCHOOL,  # middle, deemed secondary
    "6": OrganisationKind.COLLEGE,
    "7": OrganisationKind.SECONDARY_SCHOOL,  # all ages
}
_SIXTH_FORM, _END_OF_NURSERY, _END_OF_PRIMARY = 16, 5, 12


def kind_of(group: str, type_of: str, phase: str, lowest: int | None, highest: int | None) -> OrganisationKind | None:
    """By its type, its type group, its phase, else the ages it may take: the codes of the register, without noughts.

    A pupil referral unit has no phase, so its ages tell. None where nothing does.
    """
    return (
        _OF_TYPE.get(type_of) or _OF_GROUP.get(group) or _OF_PHASE.get(phase) or _of_ages(lowest, highest)
    )  # fmt: skip


def _of_ages(lowest: int | None, highest: int | None) -> OrganisationKind | None:
    if lowest is None or highest is None:
        return None
    if lowest >= _SIXTH_FORM:
        return OrganisationKind.COLLEGE
    if highest <= _END_OF_NURSERY:
        return OrganisationKind.NURSERY
    return OrganisationKind.PRIMARY_SCHOOL if highest <= _END_OF_PRIMARY else OrganisationKind.SECONDARY_SCHOOL
