"""Who sends: an organisation, and the person or the command that does it."""

import secrets
from dataclasses import dataclass, replace
from math import inf
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cp.matching.joining import DEFAULT, Thresholds
from cp.models import Organisation, Supplier, SupplyFile
from cp.rules.access import Actor
from cp.services import settings
from cp.terms import FileForm, OrganisationKind, SourceKind

KINDS = {OrganisationKind.GP_PRACTICE: SourceKind.GP_PRACTICE, OrganisationKind.COUNCIL_SERVICE: SourceKind.AUTHORITY}
SCHOOLS = frozenset(
    {
        OrganisationKind.NURSERY, OrganisationKind.PRIMARY_SCHOOL, OrganisationKind.SECONDARY_SCHOOL,
        OrganisationKind.SPECIAL_SCHOOL, OrganisationKind.INDEPENDENT_SCHOOL, OrganisationKind.COLLEGE,
    }
)  # fmt: skip
SENDING = SCHOOLS | KINDS.keys()


@dataclass(frozen=True, slots=True)
class Sender:
    """The organisation whose word it is. `actor`: nobody where it is sent at the server, or goes on in the worker."""

    organisation_id: int
    organisation_name: str
    authority_id: int
    kind: SourceKind
    school_number: str | None
    """Seven digits, where it is a school that has them."""
    request_id: UUID
    actor: Actor | None = None


class NobodysWord(Exception):
    """This organisation sends no lists of children."""


def of_actor(session: Session, actor: Actor) -> Sender:
    """Raises NobodysWord."""
    return of_organisation(session.get_one(Organisation, actor.organisation_id), actor.request_id, actor)


def of_file(session: Session, file: SupplyFile, actor: Actor | None = None) -> Sender:
    """Whose word a file is, for who goes on with it: the worker, or somebody of the management team."""
    organisation = session.get_one(Organisation, file.organisation_id)
    request_id = actor.request_id if actor else UUID(bytes=secrets.token_bytes(16))
    if file.form is FileForm.TOLD:
        return of_teller(organisation, request_id, actor)
    return of_organisation(organisation, request_id, actor)


def of_teller(organisation: Organisation, request_id: UUID, actor: Actor | None) -> Sender:
    """A person's word, wherever they work: it puts nobody on a roll."""
    return Sender(organisation.id, organisation.name, organisation.authority_id, SourceKind.PRACTITIONER, None,
                  request_id, actor)  # fmt: skip


def of_code(session: Session, code: str) -> Sender | None:
    """By URN, DfE number or practice code; None where no organisation, or more than one, has it. Raises NobodysWord."""
    query = select(Organisation).where(
        or_(Organisation.urn == code, Organisation.dfe_number == code, Organisation.practice_code == code)
    )
    found = session.scalars(query.limit(2)).all()
    return of_organisation(found[0], UUID(bytes=secrets.token_bytes(16)), None) if len(found) == 1 else None


def of_organisation(organisation: Organisation, request_id: UUID, actor: Actor | None) -> Sender:
    """Raises NobodysWord."""
    kind = source_of(organisation.kind)
    if kind is None:
        raise NobodysWord
    return Sender(organisation.id, organisation.name, organisation.authority_id, kind, organisation.dfe_number,
                  request_id, actor)  # fmt: skip


def source_of(kind: OrganisationKind) -> SourceKind | None:
    """What the word of such an organisation counts as; None where it sends no lists of children."""
    return SourceKind.SCHOOL if kind in SCHOOLS else KINDS.get(kind)


def thresholds(session: Session, organisation_id: int) -> Thresholds:
    """Everybody's, but for what was set for this supplier."""
    query = select(Supplier.join_at, Supplier.maybe_at).where(Supplier.organisation_id == organisation_id)
    join_at, maybe_at = session.execute(query).one_or_none() or (None, None)
    return Thresholds(join_at or DEFAULT.join, DEFAULT.fits, maybe_at or DEFAULT.maybe)


def by_itself(session: Session, organisation_id: int) -> Thresholds:
    """The same for rows at which nobody looks; none weighs enough to join while a restore is to be looked at."""
    at = thresholds(session, organisation_id)
    return at if settings.rows_join(session) else replace(at, join=inf)
