"""Which sensitive services work with a child, for whoever may know."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class ServiceShown:
    """One entry of a sensitive service. `service` is what `Actor.sensitive_service` has."""

    entry_uid: UUID
    service: str
    name: str
    practitioner: str
    phone: str | None
    email: str | None


def services_of(session: Session, child_uid: UUID) -> tuple[ServiceShown, ...]:
    return ()
