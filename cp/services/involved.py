"""Who is involved now, read and never changed: a person's own list, what others see of them, who leads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Involvement, Organisation, Practitioner
from cp.models.child import Child
from cp.rules.access import Actor, Refused, Subject, decide
from cp.rules.involvement import Confirming, confirm_by, confirming
from cp.services import audit
from cp.services.record_row import Row
from cp.services.records import called, full_name
from cp.terms import Act, Part, RecordState

NEWS_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Myself:
    """What others will see of the person recording."""

    name: str
    role: str
    organisation: str
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads now, for the page on which somebody takes over."""

    uid: UUID
    name: str
    role: str
    organisation: str
    phone: str | None
    mine: bool
    has_account: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """One of this person's involvements, as their own list shows it."""

    uid: UUID
    child_uid: UUID
    name: str
    started_on: date
    confirm_by: date
    confirming: Confirming
    led_now_by: str | None
    """Who took over as lead professional from this person, while that is news."""
    passed_on: date | None


def mine(session: Session, actor: Actor) -> list[Mine]:
    """Everything this person is on now, by the child's name. A shielded child stays: the person knows already.

    Whoever is no practitioner has none: an involvement of an organisation, which names nobody, is not theirs.
    """
    query = (
        select(Involvement.uid, Child.uid, Child.given_names, Child.family_name, Involvement.started_on,
               Involvement.confirmed_on, Child.authority_id, Child.shielded_at, Child.state, Practitioner.name,
               Involvement.lead_passed_on)
        .join(Child, Child.id == Involvement.child_id)
        .outerjoin(Practitioner, Practitioner.id == Involvement.lead_passed_to_id)
        .where(Involvement.practitioner_id == actor.practitioner_id, Involvement.practitioner_id.is_not(None),
               Involvement.ended_on.is_(None), ~Involvement.in_error)
        .order_by(Child.family_name, Child.given_names, Involvement.id)
    )  # fmt: skip
    today, found = clock.today(), []
    for (uid, child_uid, given, family, started, confirmed, authority, shielded, state, led_by,
         passed_on) in session.execute(query):  # fmt: skip
        subject = Subject(authority, shielded is not None, state is RecordState.LIVE)
        decision = decide(actor, Act.SEE_OWN_INVOLVEMENTS, subject, today)
        if isinstance(decision, Refused):
            continue
        last, news = confirmed or started, passed_on is not None and today < passed_on + NEWS_FOR
        news = news and Part.INVOLVEMENTS in decision.parts  # of a shielded child nobody's name is shown
        found.append(
            Mine(uid, child_uid, full_name(given, family), started, confirm_by(last), confirming(last, today),
                 led_by if news else None, passed_on)
        )  # fmt: skip
    audit.record(session, actor, Act.SEE_OWN_INVOLVEMENTS, audit.About(results=len(found)))
    return found


@dataclass(frozen=True, slots=True)
class Past:
    """One that this person has just ended or taken back, for the sentence that says so."""

    name: str
    called: str
    ended_on: date | None
    lead: str | None
    """Who leads the work with the child now; what a shield hides is not said."""


def past(session: Session, actor: Actor, uid: UUID) -> Past | None:
    query = (
        select(Child, Involvement.ended_on)
        .join(Child, Child.id == Involvement.child_id)
        .where(Involvement.uid == uid, Involvement.practitioner_id == actor.practitioner_id,
               Involvement.practitioner_id.is_not(None), Involvement.ended_on.is_not(None) | Involvement.in_error)
    )  # fmt: skip
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    child, ended_on = found
    subject = Subject(child.authority_id, child.shielded_at is not None, child.state is RecordState.LIVE)
    decision = decide(actor, Act.SEE_OWN_INVOLVEMENTS, subject, clock.today())
    if isinstance(decision, Refused):
        return None
    led = Part.INVOLVEMENTS in decision.parts
    lead = session.scalars(_LEAD, {"child_id": child.id}).first() if led else None
    return Past(full_name(child.given_names, child.family_name), called(child.given_names, child.family_name),
                ended_on, lead)  # fmt: skip


_LEAD = (
    select(func.coalesce(Practitioner.name, Organisation.name))
    .select_from(Involvement)
    .join(Organisation, Organisation.id == Involvement.organisation_id)
    .outerjoin(Practitioner, Practitioner.id == Involvement.practitioner_id)
    .where(Involvement.child_id == bindparam("child_id"), Involvement.lead, Involvement.ended_on.is_(None),
           ~Involvement.in_error)
)  # fmt: skip


def named(session: Session, actor: Actor, uids: Collection[UUID], act: Act) -> dict[UUID, str]:
    """The names of those of these children whom this person may know of in this act."""
    if not uids:
        return {}
    query = select(Child.uid, Child.given_names, Child.family_name, Child.authority_id, Child.shielded_at, Child.state)
    rows = session.execute(query.where(Child.uid.in_(uids)))
    return {
        uid: full_name(given, family)
        for uid, given, family, authority, shielded, state in rows
        if decide(
            actor, act, Subject(authority, shielded is not None, state is RecordState.LIVE), clock.today()
        ).allowed
    }


def on_list() -> Select[UUID]:
    """The subject ids of the children whom `:practitioner_id` works with now."""
    return (
        select(Child.subject_id)
        .join(Involvement, Involvement.child_id == Child.id)
        .where(Involvement.practitioner_id == bindparam("practitioner_id"), Involvement.ended_on.is_(None),
               ~Involvement.in_error)
    )  # fmt: skip


def running(session: Session, practitioner_id: int | None) -> int:
    """How many of this practitioner's involvements run, of records that are there for anybody."""
    query = (
        select(func.count())
        .select_from(Involvement)
        .join(Child, Child.id == Involvement.child_id)
        .where(Involvement.practitioner_id == practitioner_id, Involvement.practitioner_id.is_not(None),
               Involvement.ended_on.is_(None), ~Involvement.in_error, Child.state == RecordState.LIVE)
    )  # fmt: skip
    return session.scalar(query) or 0


def myself(session: Session, actor: Actor) -> Myself:
    query = (
        select(Practitioner.name, Practitioner.role, Organisation.name, Practitioner.phone, Organisation.phone,
               Practitioner.email)
        .join(Organisation, Organisation.id == Practitioner.organisation_id)
        .where(Practitioner.id == actor.practitioner_id)
    )  # fmt: skip
    found = session.execute(query).one_or_none()
    if found is None:
        return Myself(actor.name, "", actor.organisation_name, None, None)
    name, role, organisation, phone, switchboard, email = found
    return Myself(name, role, organisation, phone or switchboard, email)


def current_lead(session: Session, actor: Actor, row: Row) -> Lead | None:
    query = (
        select(Involvement.uid, Involvement.practitioner_id, Practitioner.name, Practitioner.role, Organisation.name,
               Practitioner.phone, Organisation.phone, Account.id)
        .join(Organisation, Organisation.id == Involvement.organisation_id)
        .outerjoin(Practitioner, Practitioner.id == Involvement.practitioner_id)
        .outerjoin(Account, Account.practitioner_id == Practitioner.id)
        .where(Involvement.child_id == row.id, Involvement.lead, Involvement.ended_on.is_(None), ~Involvement.in_error)
    )  # fmt: skip
    found = session.execute(query).first()
    if found is None:
        return None
    uid, practitioner_id, name, role, organisation, phone, switchboard, account_id = found
    mine = practitioner_id is not None and practitioner_id == actor.practitioner_id
    return Lead(uid, name or organisation, role or "", organisation, phone or switchboard, mine, account_id is not None)
