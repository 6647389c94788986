"""When a record, or a part of one, may be given out of the system."""

from collections.abc import Collection
from typing import Literal

from cp.terms import DisclosureGround, Part

MAY_GO_OUT = frozenset(
    {
        Part.IDENTITY, Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS, Part.EDUCATION_NUMBERS,
        Part.HEALTH_NUMBERS,
    }
)  # fmt: skip
"""What sensitive services recorded never goes out this way: a court asks the service itself."""


def disclosure_refusal(
    ground: str | None, asker: int, approver: int | None, recipient: str | None, parts: Collection[str]
) -> Literal["ground", "approver", "recipient", "parts"] | None:
    """The first thing that keeps this from being given out; None when it may be.

    Out of the system only on a listed ground, case by case, with another person's approval, to a named recipient, and
    in exactly the parts that the register says. Security services have no access.

    Reg. 12 (Commons Hansard 23 April 2009). Policy: that the approver is another person, and the parts: proposed.
    """
    if ground not in list(DisclosureGround):
        return "ground"
    if approver is None or approver == asker:
        return "approver"
    if not recipient:
        return "recipient"
    return None if parts and all(part in MAY_GO_OUT for part in parts) else "parts"
