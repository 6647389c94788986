"""How an organisation will send: offered by the implementation manager, agreed with it, and set up by that."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, MachineCredential, Onboarding, Organisation, RoleGrant
from cp.rules.access import Actor
from cp.rules.live_supply import accepted_file_stands
from cp.rules.means import Proposal
from cp.services import audit
from cp.services.implementation import answers, steps, trials
from cp.services.implementation.schools import one_of_ours
from cp.services.supply import senders, standing
from cp.terms import Act, Frequency, Means, Role


@dataclass(frozen=True, slots=True)
class Stands:
    """How far one organisation is with its means. `folder`: what its folder is called; None without any code.

    `suppliers`: people of it who can send; `systems`: credentials that were made for it. `version`: what a page says
    that it was made of.
    """

    uid: UUID
    name: str
    sends: bool
    means: Means | None
    offered_on: date | None
    agreed_on: date | None
    accepted_on: date | None
    often: Frequency
    folder: str | None
    suppliers: int
    systems: int
    proposed: Proposal | None

    @property
    def version(self) -> str:
        return f"{self.means or ''}+{self.offered_on or ''}+{self.agreed_on or ''}"


class ChangedMeanwhile(Exception):
    """Somebody else changed it after this person's page was made."""


def show(session: Session, actor: Actor, uid: UUID) -> Stands:
    """Raises Refusal."""
    found = one_of_ours(session, actor, uid)
    audit.record(session, actor, Act.SEE_MEANS, audit.About(object_id=uid))
    return _stands(session, found, steps.held(session, found))


def suggested(one: Stands) -> Means | None:
    """What stands chosen before anybody chooses: what was offered last, else what follows from its answers."""
    return one.means or (one.proposed.means if one.proposed else None)


def offer(session: Session, actor: Actor, uid: UUID, means: Means, before: str) -> bool:
    """Whether anything changed. What was agreed before is agreed no longer, and its test file counts only where the
    same form of file will come. Raises Refusal, ChangedMeanwhile."""
    found, row = _open(session, actor, uid, before)
    if row.means is means:
        return False
    stands = accepted_file_stands(row.means, means, trials.accepted_form(session, found.id))
    accepted = row.test_accepted_on if stands else None
    came = row.test_came_on if accepted or row.test_accepted_on is None else None
    steps.keep(session, found, means=means, means_offered_on=clock.today(), means_agreed_on=None, test_came_on=came,
               test_accepted_on=accepted)  # fmt: skip
    audit.record(session, actor, Act.OFFER_MEANS, audit.About(object_id=uid, reason=means))
    return True


def agree(session: Session, actor: Actor, uid: UUID, often: Frequency, before: str) -> bool:
    """Whether anything changed: the organisation agreed to what it was offered, and sends so often from now on.

    Raises Refusal, too where nothing was offered, and ChangedMeanwhile.
    """
    found, row = _open(session, actor, uid, before)
    if row.means is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    changed = standing.set_often(session, found, often)
    if row.means_agreed_on is None:
        steps.keep(session, found, means_agreed_on=clock.today())
    elif not changed:
        return False
    audit.record(session, actor, Act.AGREE_MEANS, audit.About(object_id=uid, reason=f"{row.means} {often}"))
    return True


def _open(session: Session, actor: Actor, uid: UUID, before: str) -> tuple[Organisation, Onboarding]:
    """Held until the transaction ends, so that of two people the second sees what the first has done."""
    found = one_of_ours(session, actor, uid)
    if senders.source_of(found.kind) is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    row = steps.held(session, found)
    session.refresh(row, with_for_update=True)
    if _stands(session, found, row).version != before:
        raise ChangedMeanwhile
    return found, row


def _stands(session: Session, found: Organisation, row: Onboarding) -> Stands:
    return Stands(
        found.uid, found.name, senders.source_of(found.kind) is not None, row.means, row.means_offered_on,
        row.means_agreed_on, row.test_accepted_on, standing.often_of(session, found),
        found.urn or found.dfe_number or found.practice_code, _suppliers(session, found.id),
        _systems(session, found.id), answers.proposal(answers.of(session, found), found),
    )  # fmt: skip


def _suppliers(session: Session, organisation_id: int) -> int:
    today = clock.today()
    query = (
        select(func.count(Account.id.distinct()))
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            Account.organisation_id == organisation_id,
            RoleGrant.role == Role.SUPPLIER,
            RoleGrant.starts_on <= today,
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on > today),
        )
    )
    return session.scalar(query) or 0


def _systems(session: Session, organisation_id: int) -> int:
    query = select(func.count()).where(
        MachineCredential.organisation_id == organisation_id, MachineCredential.revoked_at.is_(None),
        MachineCredential.ends_on > clock.today(),
    )  # fmt: skip
    return session.scalar(query) or 0
