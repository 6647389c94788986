"""The link by which a school answers by itself, without an account: made for one organisation, known by its hash."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority, Onboarding, Organisation, SchoolLink, new_uid
from cp.rules.access import Actor
from cp.rules.school_links import LinkState, last_day_of, link_ends, link_state
from cp.services import accounts, audit
from cp.services.implementation import schools
from cp.services.sessions import hashed, new_token
from cp.terms import Act


@dataclass(frozen=True, slots=True)
class Held:
    """Whom somebody with this link answers for, whether they may now, and whom they may call."""

    link: SchoolLink
    organisation: Organisation
    authority: Authority
    state: LinkState
    call: accounts.Called

    @property
    def last_on(self) -> date:
        return last_day_of(self.link.ends_at)


@dataclass(frozen=True, slots=True)
class Working:
    """The link that works now, as a manager reads of it."""

    made_at: datetime
    made_by: str | None
    last_on: date


@dataclass(frozen=True, slots=True)
class Linked:
    """An organisation, whether it is no more, and its link, if one works."""

    organisation: Organisation
    closed: bool
    working: Working | None


def make(session: Session, actor: Actor | None, organisation: Organisation) -> str:
    """The token, told this once; an earlier link for this organisation ends. `actor`: nobody at the server itself."""
    session.execute(select(Organisation.id).where(Organisation.id == organisation.id).with_for_update())
    now, token = clock.now(), new_token()
    earlier = select(func.max(SchoolLink.finished_at)).where(SchoolLink.organisation_id == organisation.id)
    finished_at = session.scalar(earlier)
    session.execute(update(SchoolLink).where(*_working(organisation, now)).values(ends_at=now))
    session.add(
        SchoolLink(
            organisation_id=organisation.id, token_hash=hashed(token), made_by_id=actor and actor.account_id,
            made_at=now, ends_at=link_ends(clock.today()), finished_at=finished_at,
        )
    )  # fmt: skip
    about = audit.About(object_id=organisation.uid, reason="school_link")
    act = Act.MAKE_SCHOOL_LINK if actor else Act.SET_UP
    audit.record(session, actor, act, about, request_id=new_uid())
    return token


def find(session: Session, token: str, *, lock: bool = False) -> Held | None:
    """What a token is good for, or was; None where there never was such a link.

    `lock`: the link is this request's until its end, so that of two answers at once one waits for the other.
    """
    query = select(SchoolLink).where(SchoolLink.token_hash == hashed(token))
    link = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if link is None:
        return None
    organisation = session.get_one(Organisation, link.organisation_id)
    authority = session.get_one(Authority, organisation.authority_id)
    agreed = select(Onboarding.means_agreed_on).where(Onboarding.organisation_id == organisation.id)
    state = link_state(
        link.ends_at, organisation.valid_to, link.finished_at is not None, session.scalar(agreed), clock.now()
    )
    return Held(link, organisation, authority, state, accounts.implementer(session, authority, link.made_by_id))


def shown(session: Session, actor: Actor, uid: UUID) -> Linked:
    """Of the manager's own authority. Raises Refusal."""
    organisation, now = schools.one_of_ours(session, actor, uid), clock.now()
    audit.record(session, actor, Act.SEE_SCHOOL_ANSWERS, audit.About(object_id=uid))
    query = select(SchoolLink, Account.name).outerjoin(Account, Account.id == SchoolLink.made_by_id)
    found = session.execute(query.where(*_working(organisation, now))).first()
    working = Working(found[0].made_at, found[1], last_day_of(found[0].ends_at)) if found else None
    closed = link_state(link_ends(clock.today()), organisation.valid_to, False, None, now) == "closed"
    return Linked(organisation, closed, working)


def _working(organisation: Organisation, now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return SchoolLink.organisation_id == organisation.id, SchoolLink.ends_at > now
