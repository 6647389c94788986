"""Agreements, the authorities' own organisations and authorities, in every state that an address can name."""

from uuid import UUID

from sqlalchemy.orm import Session

from cp.models import Organisation
from cp.terms import BodyKind
from tests import build, build_governance
from tests.build import World

STATES = {
    "agreement_uid": ("open", "elsewhere", "none"), "council_uid": ("open", "own", "none"),
    "authority_uid": ("open", "none"),
}  # fmt: skip
"""`own`: the organisation that the walker's national administrator belongs to."""


def make(session: Session, world: World, there: Organisation) -> dict[str, dict[str, UUID | str]]:
    """`there` is an organisation of another authority."""
    other = build.add(session, Organisation(
        authority_id=there.authority_id, kind=world.council.kind, body_kind=BodyKind.AUTHORITY, name="Southvale Early",
    ))  # fmt: skip
    return {
        "agreement_uid": {
            "open": build_governance.agreement(session, world, world.school).uid,
            "elsewhere": build_governance.agreement(session, world, there).uid,
        },
        "council_uid": {"open": other.uid, "own": world.council.uid},
        "authority_uid": {"open": world.authority.uid},
    }


def made(session: Session, world: World) -> dict[str, UUID | str]:
    """One of each."""
    signed = build_governance.agreement(session, world, world.school)
    return {"agreement_uid": signed.uid, "council_uid": world.council.uid, "authority_uid": world.authority.uid}
