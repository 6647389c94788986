"""A request of a child or a parent: who asks and how that was made sure of, kept sealed for half a year."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, FamilyRequest
from cp.models.child import Child
from cp.rules.access import Actor, Allowed, decide
from cp.rules.days import london_day
from cp.rules.families import family_requester
from cp.services import audit, blinding, children, paging, shields
from cp.services.paging import Paged
from cp.services.record_row import Row
from cp.services.records import full_name
from cp.services.shielding.others import subject_of
from cp.terms import (
    Act,
    Asking,
    CopyAnswer,
    IdentityChecked,
    Part,
    PlaceSafe,
    RecordState,
    Requester,
    ResponsibilityChecked,
)

REFERENCE = "WL-{}"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form says. `address`: lines for an envelope; none where the letter is handed over."""

    about: Asking
    name: str
    address: tuple[str, ...]
    requester: Requester
    identity: IdentityChecked
    responsibility: ResponsibilityChecked
    safe: PlaceSafe
    sensitive: bool
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Known:
    """Who asks, as far as it counts today."""

    name: str
    address: tuple[str, ...]
    said: Requester
    counts_as: Requester
    identity: IdentityChecked
    responsibility: ResponsibilityChecked
    safe: PlaceSafe
    sensitive: bool

    @property
    def identity_checked(self) -> bool:
        return self.identity is not IdentityChecked.NOT_CHECKED

    @property
    def is_child(self) -> bool:
        """The child is written to as the child."""
        return self.counts_as is Requester.CHILD

    @property
    def is_parent_unsure(self) -> bool:
        """Nobody has made sure of the responsibility that they say they have."""
        return self.said is Requester.PARENT and self.counts_as is not Requester.PARENT


@dataclass(frozen=True, slots=True)
class About:
    """The child, for the page that asks."""

    child_uid: UUID
    name: str
    number: str
    born_on: date


@dataclass(frozen=True, slots=True)
class Listed:
    """One request on the team's list."""

    uid: UUID
    reference: str
    about: Asking
    child: str
    asked_on: date
    prepared_by: str
    answer: CopyAnswer | None
    waits: bool
    mine: bool


def prepare(session: Session, actor: Actor, child_uid: UUID) -> About:
    row, _, _ = children.correct(session, actor, child_uid, Act.PREPARE_FAMILY_REQUEST)
    about = audit.About(subject_id=row.subject_id, parts=(Part.IDENTITY,))
    audit.record(session, actor, Act.PREPARE_FAMILY_REQUEST, about)
    return About(row.uid, full_name(row.given_names, row.family_name), row.number, row.born_on)


def keep(session: Session, actor: Actor, row: Row, wish: Wish) -> FamilyRequest:
    """Sealed, under a number that says nothing of how many there are."""
    asked = asdict(wish)
    for name in ("about", "from_on", "until_on"):
        asked.pop(name)
    made = FamilyRequest(
        reference=_unused_reference(session), authority_id=row.authority_id, child_id=row.id, about=wish.about,
        prepared_by_id=actor.account_id, asked_at=clock.now(), from_on=wish.from_on, until_on=wish.until_on,
        asked=asked | {"address": list(wish.address)},
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _unused_reference(session: Session) -> int:
    while True:
        made = blinding.reference()
        if session.scalars(select(FamilyRequest.id).where(FamilyRequest.reference == made)).first() is None:
            return made


def find(session: Session, actor: Actor, uid: UUID, act: Act, *, lock: bool = False) -> tuple[FamilyRequest, Row]:
    """With the child's row. Raises Refusal; what is about a record that is gone or sealed is not there."""
    query = select(FamilyRequest, Child.uid).join(Child, Child.id == FamilyRequest.child_id)
    found = session.execute(query.where(FamilyRequest.uid == uid)).one_or_none()
    if found is None or found[0].authority_id != actor.authority_id:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    row, _ = children.find(session, actor, found[1], act, lock=lock)
    if lock:
        session.refresh(found[0], with_for_update=True)
    return found[0], row


def known(session: Session, request: FamilyRequest, row: Row) -> Known:
    """That somebody may know the place was said before a later shield was set, and counts no longer after it."""
    asked = request.asked
    said, checked = Requester(asked["requester"]), ResponsibilityChecked(asked["responsibility"])
    safe = PlaceSafe(asked["safe"])
    if safe is PlaceSafe.SAFE and shields.set_since(session, row.id, row.shielded_at, request.asked_at):
        safe = PlaceSafe.NOT_KNOWN
    return Known(
        asked["name"], tuple(asked["address"]), said, family_requester(said, checked),
        IdentityChecked(asked["identity"]), checked, safe, asked["sensitive"],
    )  # fmt: skip


_WAITS = (FamilyRequest.about == Asking.COPY) & FamilyRequest.answer_sealed.is_(None)


def to_answer(session: Session, actor: Actor) -> int:
    """How many copies wait that somebody else has prepared."""
    query = select(FamilyRequest.id).join(Child, Child.id == FamilyRequest.child_id).where(_WAITS)
    theirs = FamilyRequest.authority_id == actor.authority_id, FamilyRequest.prepared_by_id != actor.account_id
    return paging.count(session, query.where(*theirs, Child.state == RecordState.LIVE))


def listed(session: Session, actor: Actor, number: int) -> Paged[Listed]:
    """The team's: what waits for a second person, then the others, of either the newest first. Each child named is in
    the audit."""
    query = (
        select(FamilyRequest, Child, Account.name)
        .join(Child, Child.id == FamilyRequest.child_id)
        .join(Account, Account.id == FamilyRequest.prepared_by_id)
        .where(FamilyRequest.authority_id == actor.authority_id, Child.state == RecordState.LIVE)
        .order_by(case((_WAITS, 0), else_=1), FamilyRequest.asked_at.desc(), FamilyRequest.id.desc())
    )
    rows = [
        (request, child, name)
        for request, child, name in session.execute(paging.of(query, number))
        if isinstance(decide(actor, Act.SEE_FAMILY_REQUEST, subject_of(child), clock.today()), Allowed)
    ]
    abouts = [audit.About(child.subject_id, request.uid, parts=(Part.IDENTITY,)) for request, child, _ in rows]
    audit.record_all(session, actor, Act.SEE_FAMILY_REQUESTS, abouts or [audit.About(results=0)])
    return Paged(tuple(_listed(actor, *row) for row in rows), paging.count(session, query), number)


def _listed(actor: Actor, request: FamilyRequest, child: Child, prepared_by: str) -> Listed:
    copy = request.about is Asking.COPY
    answer = answer_of(request)
    return Listed(
        request.uid, REFERENCE.format(request.reference), request.about,
        full_name(child.given_names, child.family_name), london_day(request.asked_at), prepared_by, answer,
        copy and request.answer is None, request.prepared_by_id == actor.account_id,
    )  # fmt: skip


def answer_of(request: FamilyRequest) -> CopyAnswer | None:
    said = (request.answer or {}).get("answer")
    return CopyAnswer(said) if said else None
