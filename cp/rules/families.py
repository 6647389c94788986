"""What a child or a parent is told: who looked at the record, and what it says."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cp.terms import (
    Act,
    BodyKind,
    CopyAnswer,
    CopyItem,
    LookKind,
    OrganisationKind,
    PlaceSafe,
    Requester,
    ResponsibilityChecked,
    Role,
)

LOOKS = frozenset({Act.OPEN_RECORD, Act.PRINT_RECORD})
"""The acts by which somebody looks at a record. What else is done about one tells more of others than of the child."""
COPY_SHOWN_FOR = timedelta(days=7)
OF_THE_LAW = frozenset({OrganisationKind.POLICE_SERVICE, OrganisationKind.PROBATION_SERVICE})
PROTECTING_POSTS = frozenset(
    {
        "social_worker", "safeguarding", "teacher_child_protection", "police_officer", "police_employee", "officer",
        "member",
    }
)  # fmt: skip
"""Listed posts whose work it is to protect children or to look into crimes (`cp/rules/eligibility.py`)."""
CHILDS_OWN = frozenset(
    {CopyItem.IDENTITY, CopyItem.OTHER_NAMES, CopyItem.ADDRESS, CopyItem.WORKERS, CopyItem.CARERS, CopyItem.NUMBERS}
)
PARENTS = frozenset({CopyItem.IDENTITY, CopyItem.OTHER_NAMES, CopyItem.ADDRESS, CopyItem.WORKERS})


@dataclass(frozen=True, slots=True)
class Looked:
    """One entry of the audit with what is known of whoever did it. None is not known."""

    act: Act
    role: Role | None
    body: BodyKind | None
    place: OrganisationKind | None
    sensitive: bool | None
    """They worked in a sensitive service, then or now."""
    protects: bool | None
    """Theirs is a post that protects children, or the right to override."""
    openly: bool
    """They stand on the record as working with the child."""
    through_shield: bool
    """They saw what the shield hides."""


def family_requester(said: Requester | None, checked: ResponsibilityChecked | None) -> Requester:
    """As whom somebody counts: a parent whose responsibility nobody has made sure of is one without it.

    Policy: security, threat 6; the sealing issue.
    """
    if said is Requester.PARENT and checked in (None, ResponsibilityChecked.NOT_CHECKED):
        return Requester.PARENT_WITHOUT
    return said or Requester.OTHER


def place_hidden(requester: Requester | None, safe: PlaceSafe | None, relative_shielded: bool, known: bool) -> bool:
    """Whether where somebody works would tell this person where the child, or a brother or sister, is kept safe.

    A child's place is for the child, and for whoever the team has found may know it. Whether the record is shielded is
    not asked: two letters, of before and after a shield, would tell of it. Beside a shielded brother or sister only
    organisations that openly work with this child count as `known`. Whoever must not learn it is told of none.

    Policy: the sealing issue; not knowing hides the place: proposed.
    """
    if safe is PlaceSafe.NOT_SAFE or (relative_shielded and not known):
        return True
    return requester is not Requester.CHILD and safe is not PlaceSafe.SAFE


def look_kind(looked: Looked, hides_place: bool) -> LookKind | None:
    """What telling of this look would give away; None for what is no look, or by nobody who is known.

    The team's own looks follow what somebody asked of it, so that they tell of another person's act. Whoever protects
    children by their post is shown only where the record itself says that they work with the child.

    Policy: the sealing issue; peers, section 5 A; which looks are an investigation: proposed.
    """
    if looked.role is Role.MANAGEMENT_TEAM:
        return LookKind.OTHERS_ACT
    if looked.role is Role.REVIEWER:
        return LookKind.INVESTIGATION
    if looked.act not in LOOKS or looked.role not in (Role.PRACTITIONER, Role.ASSISTANT):
        return None
    if looked.sensitive is not False:
        return LookKind.REVEALS_SENSITIVE
    if _investigates(looked):
        return LookKind.INVESTIGATION
    return LookKind.REVEALS_PLACE if hides_place else LookKind.ORDINARY


def _investigates(looked: Looked) -> bool:
    if looked.body in (None, BodyKind.JUSTICE) or looked.place in (None, *OF_THE_LAW) or looked.through_shield:
        return True
    return looked.protects is not False and not looked.openly


def shown_to_family(
    requester: Requester | None, identity_checked: bool | None, event: LookKind | None
) -> Literal["shown", "withheld", "no_letter"]:
    """The child, or a parent with responsibility, is told who looked, once it is made sure who they are.

    A look that would reveal a shielded place, a sensitive service, another person's act or an investigation is
    withheld, and the letter reads as if it had not happened; so is one of a kind that nobody knows.

    Policy: the sealing issue; unknown kinds withheld: proposed.
    """
    if not identity_checked or requester not in (Requester.CHILD, Requester.PARENT):
        return "no_letter"
    return "shown" if event is LookKind.ORDINARY else "withheld"


def copy_items(
    requester: Requester | None, identity_checked: bool | None, safe: PlaceSafe | None, sensitive_asked: bool
) -> frozenset[CopyItem]:
    """What of a record its copy has for this person; nothing means that no copy is made.

    The child has everything but how to reach others. A parent with responsibility has who the child is, where, and what
    works with them, if it is safe that they know the place; else who the child is, shield or no shield. What sensitive
    services recorded is for the young person alone, who has asked for it.

    Policy: security, threat 6; what each may have: proposed.
    """
    if not identity_checked or requester not in (Requester.CHILD, Requester.PARENT):
        return frozenset()
    if safe is PlaceSafe.NOT_SAFE or (requester is Requester.PARENT and safe is not PlaceSafe.SAFE):
        return frozenset({CopyItem.IDENTITY})
    if requester is Requester.PARENT:
        return PARENTS
    return CHILDS_OWN | ({CopyItem.SENSITIVE} if sensitive_asked else frozenset())


def addresses_copied(requester: Requester | None, current: int) -> bool:
    """Whether a copy has the child's addresses of now: the child's all of them, a parent's one alone.

    A second address is another person's home.

    Policy: security, threat 6; proposed.
    """
    return requester is Requester.CHILD or (requester is Requester.PARENT and current == 1)


def copy_answer_refusal(
    prepared_by: int, answered_by: int | None, team: bool, waits: bool
) -> Literal["answered", "second_person"] | None:
    """Why this person may not answer for a copy: one of the team prepares it, and another of them releases it, once.

    Policy: security, threat 6.
    """
    if not waits:
        return "answered"
    return None if team and answered_by is not None and answered_by != prepared_by else "second_person"


def copy_handed_over(answer: CopyAnswer | None, answered_on: date | None, unchanged: bool, today: date) -> bool:
    """Whether a copy is shown: while it waits, and within a week of its release for as long as it says what was
    released. Nobody has looked at what the record says since.

    Policy: security, threat 6; a week, as of what is given out: proposed.
    """
    if answer is None:
        return True
    if answer is not CopyAnswer.RELEASE or answered_on is None or not unchanged:
        return False
    return today < answered_on + COPY_SHOWN_FOR
