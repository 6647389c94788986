"""What a shield hides, and by what a shielded child may still be found."""

from cp.terms import Role

SEEN_WHILE_SHIELDED = frozenset({"current_name", "gender", "date_of_birth", "number"})
FINDABLE = SEEN_WHILE_SHIELDED | {"former_name", "preferred_name", "postcode", "first_half"}


def parts_shown(role: Role | None, own_authority: bool, shielded: bool | None, override_open: bool) -> str:
    """`record`, `four` (name, gender, date of birth, number) or `nothing`. Not knowing shields.

    Reg. 6(4)-(6); the parent's name hidden since 2010. Policy: design, section 9.
    """
    if role is Role.MANAGEMENT_TEAM:
        return "record" if own_authority or shielded is False else "four"
    if role not in (Role.PRACTITIONER, Role.ASSISTANT):
        return "nothing"
    return "record" if shielded is False or override_open else "four"


def found_by(fact: str, shielded: bool, old_identity: bool = False) -> bool:
    """Whether this fact may find this record; a shielded one only by what it still shows.

    Shielding fact sheet; Reg. 6(6). Policy: design, sections 3 and 4.
    """
    if old_identity:
        return False
    return fact in (SEEN_WHILE_SHIELDED if shielded else FINDABLE)
