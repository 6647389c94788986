"""What stands for a child or a service where the two together would tell that a sensitive service is at work.

Keyed hashes: whoever has the database without its key can neither read nor rebuild them. Each look-up answers every key
of the ring, the one in use first, to be asked for with `IN`; a new row is written with the first.
"""

import secrets
from uuid import UUID

from cp import sealing

SIX_DIGITS = 900_000
CHILD, SERVICE, PRACTITIONER, ENTRY = (
    "sensitive child", "sensitive service", "sensitive practitioner", "sensitive entry",
)  # fmt: skip
"""What is hashed, so that equal texts of another kind have other keys."""


def of_child(child_uid: UUID) -> tuple[int, ...]:
    return sealing.ring().look_ups(CHILD, str(child_uid))


def of_service(service: str) -> tuple[int, ...]:
    """`service` as `Actor.sensitive_service` has it."""
    return sealing.ring().look_ups(SERVICE, service)


def of_practitioner(practitioner_uid: UUID) -> tuple[int, ...]:
    return sealing.ring().look_ups(PRACTITIONER, str(practitioner_uid))


def of_entry(entry_uid: UUID) -> tuple[int, ...]:
    return sealing.ring().look_ups(ENTRY, str(entry_uid))


def subject(subject_id: UUID) -> UUID:
    """What the audit calls a child in what is done for a sensitive service: another id, always the same.

    Also when the keys change, for an entry is never changed.

    An entry names the service of whoever acts, so beside the child's own subject id it would say what the sealed
    table must not.
    """
    return UUID(bytes=sealing.ring().lasting_digest("sensitive subject", str(subject_id))[:16])


def nobody() -> int:
    """A key that is nobody's, which looks like any other."""
    return secrets.randbits(63)


def reference() -> int:
    """Six random digits by which people speak of a thing; the column they stand in is unique."""
    return 100_000 + secrets.randbelow(SIX_DIGITS)
