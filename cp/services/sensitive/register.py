"""The register of services: which organisation or team is sensitive, said by its manager, never by who records.

Nothing of a sensitive service may stay among the ordinary involvements: what it recorded before goes at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Involvement, OldIdentity, Organisation, Practitioner, RoleGrant, SensitiveTeam
from cp.rules.access import Actor
from cp.rules.sensitive import may_declare
from cp.services import audit
from cp.services.supply.senders import source_of
from cp.terms import Act, BodyKind, OrganisationKind, Role, SensitiveSubject

IN_TEAM = exists().where(
    SensitiveTeam.organisation_id == Involvement.organisation_id, SensitiveTeam.name == Practitioner.team
)
"""The practitioner of this involvement works in a team that is sensitive."""
TEAM_OF_PRACTITIONER = exists().where(
    SensitiveTeam.organisation_id == Practitioner.organisation_id, SensitiveTeam.name == Practitioner.team
)


@dataclass(frozen=True, slots=True)
class Service:
    """An organisation with its teams, each with what it is called sensitive for; None is ordinary."""

    uid: UUID
    name: str
    kind: OrganisationKind
    subject: SensitiveSubject | None
    teams: tuple[tuple[str, SensitiveSubject | None], ...]

    @property
    def sends(self) -> bool:
        """It sends lists of children."""
        return source_of(self.kind) is not None

    def subject_of(self, team: str | None) -> SensitiveSubject | None:
        return self.subject if team is None else dict(self.teams)[team]


def services(session: Session, actor: Actor) -> list[Service]:
    """Those that this manager answers for, their own first."""
    found = _services(session, _answers_for(session, actor))
    audit.record(session, actor, Act.SEE_SERVICES, audit.About(results=len(found)))
    return found


def one(session: Session, actor: Actor, uid: UUID) -> Service:
    """Raises Refusal: what this manager does not answer for is not there."""
    (service,) = _services(session, [answered_for(session, actor, uid)])
    audit.record(session, actor, Act.SEE_SERVICES, audit.About(object_id=uid))
    return service


def leaving(session: Session, actor: Actor, uid: UUID, team: str | None) -> int:
    """How many ordinary involvements would go; whose, is not the manager's to know."""
    return _count(session, _recorded_by(answered_for(session, actor, uid), team))


def declare(
    session: Session, actor: Actor, uid: UUID, team: str | None, subject: SensitiveSubject | None
) -> int | None:
    """From now on it is that; returns how many ordinary involvements went, None where it was that already.

    What was recorded by consent stays sensitive, whatever its service is called later. Raises Refusal.
    """
    organisation = answered_for(session, actor, uid, lock=True)
    (service,) = _services(session, [organisation])
    if team is not None and team not in dict(service.teams):
        raise audit.Refusal("none", hidden=True)
    if service.subject_of(team) is subject:
        return None
    _call(session, organisation, team, subject)
    gone = _take_off(session, organisation, team) if subject else 0
    what = f"{'team' if team else 'organisation'}:{subject.value if subject else 'ordinary'}"
    lodged = _lodged(uid, team, subject) if subject else ""
    about = audit.About(object_id=uid, reason=what, results=gone, lodged=lodged)
    audit.record(session, actor, Act.DECLARE_SERVICE, about)
    return gone


def _lodged(uid: UUID, team: str | None, subject: SensitiveSubject) -> str:
    """Which part of the organisation, for what: a team by an id that only whoever knows its name can make."""
    return subject if team is None else f"{subject}/{uuid5(uid, team)}"


def again(session: Session, uid: UUID, said: str) -> str | None:
    """After a restore: sensitive as it was declared since the backup. Its name, nothing where it was sensitive before,
    None where no such one is there.

    Who is in a team of a name that the backup does not know cannot be told: the whole organisation is sensitive then.
    """
    found = session.scalars(select(Organisation).where(Organisation.uid == uid)).one_or_none()
    if found is None:
        return None
    subject, _, lodged = said.partition("/")
    (service,) = _services(session, [found])
    team = next((name for name, _ in service.teams if lodged and str(uuid5(uid, name or "")) == lodged), None)
    if service.subject_of(team) or subject not in list(SensitiveSubject):
        return ""
    _call(session, found, team, SensitiveSubject(subject))
    _take_off(session, found, team)
    return found.name if team is None else f"{team}, {found.name}"


def stays_ordinary(session: Session, practitioner_id: int | None) -> bool:
    """Whether this practitioner's service is ordinary, which it then is until the transaction ends.

    It is held first and looked at afterwards: what another transaction said meanwhile is seen.
    """
    theirs = select(Practitioner.organisation_id).where(Practitioner.id == practitioner_id).scalar_subquery()
    session.execute(select(Organisation.id).where(Organisation.id == theirs).with_for_update(read=True))
    query = select(Organisation.sensitive_subject.is_(None), TEAM_OF_PRACTITIONER).join(
        Practitioner, Practitioner.organisation_id == Organisation.id
    )
    found = session.execute(query.where(Practitioner.id == practitioner_id)).one_or_none()
    return found is not None and found[0] and not found[1]


def _answers_for(session: Session, actor: Actor, uid: UUID | None = None, *, lock: bool = False) -> list[Organisation]:
    today, own = clock.today(), Organisation.id == actor.organisation_id
    managed = exists().where(
        Account.organisation_id == Organisation.id, RoleGrant.account_id == Account.id, Account.active,
        RoleGrant.role == Role.ACCOUNT_MANAGER, RoleGrant.starts_on <= today,
        RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on > today),
    )  # fmt: skip
    query = select(Organisation, managed).where(
        own | (Organisation.authority_id == actor.authority_id),
        Organisation.valid_to.is_(None) | (Organisation.valid_to > today),
    )
    if uid is not None:
        query = query.where(Organisation.uid == uid)
    if lock:
        query = query.with_for_update(of=Organisation).execution_options(populate_existing=True)
    rows = session.execute(query.order_by(own.desc(), Organisation.name, Organisation.id)).all()
    at_authority = actor.body_kind is BodyKind.AUTHORITY
    return [
        found for found, theirs in rows
        if may_declare(
            at_authority, found.id == actor.organisation_id, found.authority_id == actor.authority_id, theirs
        )
    ]  # fmt: skip


def answered_for(session: Session, actor: Actor, uid: UUID, *, lock: bool = False) -> Organisation:
    """The organisation that this manager answers for. Raises Refusal: any other is not there."""
    found = _answers_for(session, actor, uid, lock=lock)
    if not found:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found[0]


def _services(session: Session, organisations: Sequence[Organisation]) -> list[Service]:
    """With the teams that practitioners are in, and those that were called sensitive, though nobody is in them now."""
    ids = [one.id for one in organisations]
    teams: dict[int, dict[str | None, SensitiveSubject | None]] = {one: {} for one in ids}
    worked_in = select(Practitioner.organisation_id, Practitioner.team).where(
        Practitioner.organisation_id.in_(ids), Practitioner.team != ""
    )
    for organisation_id, name in session.execute(worked_in.distinct().order_by(Practitioner.team)):
        teams[organisation_id][name] = None
    for team in session.scalars(select(SensitiveTeam).where(SensitiveTeam.organisation_id.in_(ids))):
        teams[team.organisation_id][team.name] = team.subject
    return [
        Service(
            one.uid, one.name, one.kind, one.sensitive_subject,
            tuple((name, subject) for name, subject in teams[one.id].items() if name),
        )
        for one in organisations
    ]  # fmt: skip


def _call(session: Session, organisation: Organisation, team: str | None, subject: SensitiveSubject | None) -> None:
    if team is None:
        organisation.sensitive_subject = subject
        return
    session.execute(
        delete(SensitiveTeam).where(SensitiveTeam.organisation_id == organisation.id, SensitiveTeam.name == team)
    )
    if subject is not None:
        session.add(SensitiveTeam(organisation_id=organisation.id, name=team, subject=subject))
    session.flush()


def _workers(organisation: Organisation, team: str | None) -> ColumnElement[bool]:
    theirs = Practitioner.organisation_id == organisation.id
    return theirs if team is None else theirs & (Practitioner.team == team)


def _recorded_by(organisation: Organisation, team: str | None) -> ColumnElement[bool]:
    by_workers = Involvement.practitioner_id.in_(select(Practitioner.id).where(_workers(organisation, team)))
    return by_workers | (Involvement.organisation_id == organisation.id) if team is None else by_workers


_OF_OLD_IDENTITY = exists().where(OldIdentity.child_id == Involvement.child_id, OldIdentity.sealed_at.is_not(None))


def _count(session: Session, recorded: ColumnElement[bool]) -> int:
    """Without those of old identities, which a number that is one too many would tell of."""
    said = recorded, ~Involvement.in_error, ~_OF_OLD_IDENTITY
    return session.scalar(select(func.count()).select_from(Involvement).where(*said)) or 0


def _take_off(session: Session, organisation: Organisation, team: str | None) -> int:
    """Every ordinary involvement of it, and every note that one of its people took over a lead: both name it."""
    recorded = _recorded_by(organisation, team)
    gone = _count(session, recorded)
    session.execute(delete(Involvement).where(recorded))
    took_over = Involvement.lead_passed_to_id.in_(select(Practitioner.id).where(_workers(organisation, team)))
    session.execute(update(Involvement).where(took_over).values(lead_passed_to_id=None, lead_passed_on=None))
    return gone
