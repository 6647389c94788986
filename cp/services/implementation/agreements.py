"""The partnership agreement of one organisation: who signed it for whom, and until when it holds."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Agreement, AgreementTakenBack, Organisation
from cp.rules.access import Actor
from cp.rules.governing import agreement_ends_on
from cp.services import audit
from cp.services.implementation import schools, steps
from cp.terms import Act, TakenBackBecause


@dataclass(frozen=True, slots=True)
class Said:
    """What stands on the paper. `last_on`: None for 2 years."""

    version: int
    signed_on: date
    last_on: date | None
    name: str
    post: str
    authority_name: str
    authority_post: str


@dataclass(frozen=True, slots=True)
class Signed:
    """An agreement as it was recorded. `because`: why it was taken back, and does not count."""

    uid: UUID
    version: int
    signed_on: date
    ends_on: date
    name: str
    post: str
    authority_name: str
    authority_post: str
    recorded_by: str
    recorded_at: datetime
    because: TakenBackBecause | None
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One organisation; its agreements, the newest first. `closed_on`: the first day on which it is no more."""

    uid: UUID
    name: str
    closed_on: date | None
    agreements: tuple[Signed, ...]

    @property
    def standing(self) -> Signed | None:
        return next((one for one in self.agreements if one.because is None), None)


def show(session: Session, actor: Actor, uid: UUID) -> Shown:
    """Raises Refusal: one of another authority is not there."""
    found = schools.one_of_ours(session, actor, uid)
    audit.record(session, actor, Act.SEE_AGREEMENTS, audit.About(object_id=uid))
    return _shown(session, found)


def of(session: Session, actor: Actor, agreement_uid: UUID) -> tuple[Shown, Signed]:
    """Whose agreement it is, and the agreement. Raises Refusal."""
    one = _one(session, actor, agreement_uid)
    shown = show(session, actor, session.get_one(Organisation, one.organisation_id).uid)
    return shown, next(signed for signed in shown.agreements if signed.uid == agreement_uid)


def signed_before(session: Session, actor: Actor) -> tuple[str, str]:
    """Who signed for the authority the last time, and as what: mostly the same person signs all of them."""
    query = (
        select(Agreement.authority_name, Agreement.authority_post)
        .join(Organisation, Organisation.id == Agreement.organisation_id)
        .where(Organisation.authority_id == actor.authority_id)
        .order_by(Agreement.id.desc())
    )
    name, post = session.execute(query.limit(1)).one_or_none() or ("", "")
    return name, post


def record(session: Session, actor: Actor, uid: UUID, said: Said) -> bool:
    """False where the same stands recorded. Raises Refusal where it is not ours, or has closed."""
    found = schools.one_of_ours(session, actor, uid)
    if found.valid_to is not None and found.valid_to <= clock.today():
        raise audit.Refusal("closed", object_id=uid)
    if any(_same(one, said) for one in _shown(session, found).agreements):
        return False
    session.add(Agreement(
        organisation_id=found.id, version=said.version, signed_on=said.signed_on,
        ends_on=agreement_ends_on(said.signed_on, said.last_on), name=said.name, post=said.post,
        authority_name=said.authority_name, authority_post=said.authority_post, recorded_by_id=actor.account_id,
        recorded_at=clock.now(),
    ))  # fmt: skip
    _keep(session, found)
    about = audit.About(object_id=uid, reason=f"version_{said.version}")
    audit.record(session, actor, Act.RECORD_AGREEMENT, about)
    return True


def take_back(session: Session, actor: Actor, agreement_uid: UUID, because: TakenBackBecause) -> UUID:
    """Of which organisation. The agreement before it counts again, if there is one. Raises Refusal."""
    one = _one(session, actor, agreement_uid)
    found = session.get_one(Organisation, one.organisation_id)
    taken = select(AgreementTakenBack.id).where(AgreementTakenBack.agreement_id == one.id)
    if session.scalars(taken).one_or_none() is None:
        session.add(AgreementTakenBack(
            agreement_id=one.id, because=because, taken_back_by_id=actor.account_id, taken_back_at=clock.now(),
        ))  # fmt: skip
        _keep(session, found)
        audit.record(session, actor, Act.TAKE_BACK_AGREEMENT, audit.About(object_id=one.uid, reason=because))
    return found.uid


def _one(session: Session, actor: Actor, agreement_uid: UUID) -> Agreement:
    ours = schools.ours(actor.authority_id).with_only_columns(Organisation.id)
    query = select(Agreement).where(Agreement.uid == agreement_uid, Agreement.organisation_id.in_(ours))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=agreement_uid, hidden=True)
    return found


def _shown(session: Session, found: Organisation) -> Shown:
    query = (
        select(Agreement, Account.name, AgreementTakenBack)
        .join(Account, Account.id == Agreement.recorded_by_id)
        .outerjoin(AgreementTakenBack, AgreementTakenBack.agreement_id == Agreement.id)
        .where(Agreement.organisation_id == found.id)
        .order_by(Agreement.signed_on.desc(), Agreement.id.desc())
    )
    signed = tuple(_signed(one, by, back) for one, by, back in session.execute(query))
    closed = found.valid_to if found.valid_to and found.valid_to <= clock.today() else None
    return Shown(found.uid, found.name, closed, signed)


def _signed(one: Agreement, by: str, back: AgreementTakenBack | None) -> Signed:
    return Signed(
        one.uid, one.version, one.signed_on, one.ends_on, one.name, one.post, one.authority_name, one.authority_post,
        by, one.recorded_at, back.because if back else None, back.taken_back_at if back else None,
    )  # fmt: skip


def _same(one: Signed, said: Said) -> bool:
    written = (one.version, one.signed_on, one.ends_on, one.name, one.post, one.authority_name, one.authority_post)
    return one.because is None and written == (
        said.version, said.signed_on, agreement_ends_on(said.signed_on, said.last_on), said.name, said.post,
        said.authority_name, said.authority_post,
    )  # fmt: skip


def _keep(session: Session, found: Organisation) -> None:
    """What the organisation waits for follows from the newest agreement that counts."""
    session.flush()
    standing = _shown(session, found).standing
    steps.keep(
        session, found, agreement_signed_on=standing and standing.signed_on,
        agreement_ends_on=standing and standing.ends_on,
    )  # fmt: skip
