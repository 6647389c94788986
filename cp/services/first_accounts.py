"""What is done for accounts at the server itself: the first two managers, a check, a link for somebody locked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority, Organisation, RoleGrant, new_uid
from cp.rules.conditions import check_in_date
from cp.rules.days import anniversary
from cp.services import audit, links
from cp.services.implementation import deciding
from cp.services.signing_in import folded
from cp.terms import Act, BodyKind, LinkKind, OrganisationKind, Role


class Problem(Exception):
    """The sentence to print before stopping."""


@dataclass(frozen=True, slots=True)
class Place:
    """An authority that is not in the directory yet. Telephone numbers as they are kept."""

    name: str
    code: str
    team_phone: str
    help_phone: str


@dataclass(frozen=True, slots=True)
class Made:
    account: Account
    token: str


def authority(session: Session, name: str | None) -> Authority | None:
    """The one there is, or the one of this name; None where there is none yet."""
    found = session.scalars(select(Authority).order_by(Authority.id)).all()
    named = [one for one in found if name in (None, one.name)]
    if len(named) == 1:
        return named[0]
    if found:
        raise Problem(f"Name one of these with --authority: {', '.join(one.name for one in found)}.")
    return None


def require_none(session: Session) -> None:
    if session.scalars(select(Account.id).limit(1)).first() is not None:
        raise Problem("There are accounts already. An account manager invites everybody else.")


def add(session: Session, emails: Sequence[str], names: Sequence[str], place: Authority | Place) -> list[Made]:
    """Two account managers, each with a link to join; with their authority and its organisation where there is none."""
    require_none(session)
    if len({folded(email) for email in emails}) < len(emails):
        raise Problem("Two managers are needed, so that nobody runs their own account: give two email addresses.")
    where = _council(session, place if isinstance(place, Authority) else _authority(session, place))
    return [_manager(session, folded(email), name, where) for email, name in zip(emails, names, strict=True)]


def _authority(session: Session, place: Place) -> Authority:
    made = Authority(name=place.name, education_code=place.code, team_phone=place.team_phone,
                     help_phone=place.help_phone)  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _council(session: Session, held: Authority) -> Organisation:
    """The authority as the organisation that its own people work for; accredited for a year from today."""
    query = select(Organisation).where(
        Organisation.authority_id == held.id, Organisation.kind == OrganisationKind.COUNCIL_SERVICE,
        Organisation.body_kind == BodyKind.AUTHORITY,
    )  # fmt: skip
    if found := session.scalars(query.order_by(Organisation.id)).first():
        return found
    made = Organisation(
        authority_id=held.id, kind=OrganisationKind.COUNCIL_SERVICE, body_kind=BodyKind.AUTHORITY, name=held.name,
        phone=held.team_phone, accreditation_ends_on=anniversary(clock.today(), 1),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _manager(session: Session, email: str, name: str, where: Organisation) -> Made:
    account = Account(email=email, name=name, organisation_id=where.id)
    session.add(account)
    session.flush()
    session.add(RoleGrant(account_id=account.id, role=Role.ACCOUNT_MANAGER, starts_on=clock.today()))
    _note(session, account, "first_manager")
    return Made(account, links.make(session, account, LinkKind.JOIN, None))


def record_check(session: Session, email: str, issued_on: date) -> Account:
    account = _of(session, email)
    if not check_in_date(issued_on, clock.today()):
        raise Problem("That check is out of date, or not issued yet: it lasts three years from its day.")
    account.check_issued_on = issued_on
    _note(session, account, f"check_{issued_on}")
    return account


def link(session: Session, email: str, kind: LinkKind) -> Made:
    account = _of(session, email)
    if not account.active:
        raise Problem("That account is suspended or closed.")
    if (kind is LinkKind.JOIN) is (account.opened_on is not None):
        raise Problem("They have joined already: ask for --kind password or factor." if account.opened_on else
                      "They have not joined yet: ask for --kind join.")  # fmt: skip
    return Made(account, links.make(session, account, kind, None))


def accredit(session: Session, name: str, years: int) -> Organisation:
    """An authority's own organisation, where no national administrator of another one is there to do it."""
    query = select(Organisation).where(Organisation.name == name, Organisation.body_kind == BodyKind.AUTHORITY)
    found = session.scalars(query).all()
    if len(found) != 1:
        raise Problem("No organisation of an authority, or more than one, has that name.")
    deciding.accredit(session, None, found[0], years)
    about = audit.About(object_id=found[0].uid, reason=f"accredited_until_{found[0].accreditation_ends_on}")
    audit.record(session, None, Act.SET_UP, about, request_id=new_uid())
    return found[0]


def _of(session: Session, email: str) -> Account:
    found = session.scalars(select(Account).where(Account.email == folded(email))).one_or_none()
    if found is None:
        raise Problem("No account has that email address.")
    return found


def _note(session: Session, account: Account, reason: str) -> None:
    """The audit says that it was done at the server: by nobody we know."""
    about = audit.About(object_id=account.uid, reason=reason)
    audit.record(session, None, Act.SET_UP, about, request_id=new_uid())
