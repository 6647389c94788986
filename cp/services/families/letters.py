"""The letter that says who looked: made when it is asked for, and written afresh whenever it is opened."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Account, Authority, FamilyRequest, Organisation
from cp.rules.access import Actor
from cp.rules.days import london_day
from cp.services import audit, children
from cp.services.families import asking, copies, looks
from cp.services.families.asking import REFERENCE, Known, Wish
from cp.services.families.copies import Copied
from cp.services.families.looks import Look
from cp.services.record_row import Row
from cp.services.records import called, full_name
from cp.terms import Act, Asking, Part


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes. `office`: lines below the authority's name; none where no address of it is kept."""

    name: str
    authority: str
    office: tuple[str, ...]
    phone: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What its page and its print are made of. `looks`: None where this person gets no letter; `copy`: of a copy."""

    uid: UUID
    reference: str
    about: Asking
    day: date
    from_on: date
    until_on: date
    child_uid: UUID
    child_name: str
    called: str
    known: Known
    writer: Writer
    looks: tuple[Look, ...] | None
    copy: Copied | None


def make(session: Session, actor: Actor, child_uid: UUID, wish: Wish) -> FamilyRequest:
    """Keep who asks and how that was made sure of; of a list of looks, also which entries were handed over.

    A copy that this person may not have waits for nobody.
    """
    row, _ = children.find(session, actor, child_uid, Act.MAKE_FAMILY_REQUEST, lock=True)
    made = asking.keep(session, actor, row, wish)
    released = None
    if wish.about is Asking.LOOKS:
        told = looks.told(session, actor, row, asking.known(session, made, row), (wish.from_on, wish.until_on))
        made.answer = {"entries": list(told.entries) if told else []}
        released = len(told.entries) if told else 0
    elif not copies.items_of(asking.known(session, made, row)):
        made.answer = {"answer": None}
    about = audit.About(subject_id=row.subject_id, object_id=made.uid, reason=wish.about, results=released)
    audit.record(session, actor, Act.MAKE_FAMILY_REQUEST, about)
    return made


def read(session: Session, actor: Actor, uid: UUID) -> Letter:
    """For its page. What has been shielded or called sensitive since is left out of it, too. Raises Refusal."""
    request, row = asking.find(session, actor, uid, Act.SEE_FAMILY_REQUEST)
    known = asking.known(session, request, row)
    days, shown, copy, count = (request.from_on, request.until_on), None, None, 0
    if request.about is Asking.LOOKS:
        told = looks.told(session, actor, row, known, days)
        shown, count = (told.looks, len(told.entries)) if told else (None, 0)
    else:
        copy = copies.of(session, actor, request, row, known)
        count = len(copy.items)
    parts = copies.parts_of(copy.items) if copy else frozenset({Part.IDENTITY})
    about = audit.About(subject_id=row.subject_id, object_id=uid, parts=parts, results=count)
    audit.record(session, actor, Act.SEE_FAMILY_REQUEST, about)
    return _letter(session, request, row, known, shown, copy)


def names(session: Session, actor: Actor, uid: UUID) -> tuple[tuple[date, str, str], ...]:
    """Who they were whose looks the letter tells of, and of nobody else. Raises Refusal."""
    request, row = asking.find(session, actor, uid, Act.SEE_FAMILY_REQUEST)
    known, days = asking.known(session, request, row), (request.from_on, request.until_on)
    told = looks.told(session, actor, row, known, days) if request.about is Asking.LOOKS else None
    if told is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    about = audit.About(subject_id=row.subject_id, object_id=uid, reason="names", results=len(told.names))
    audit.record(session, actor, Act.SEE_FAMILY_REQUEST, about)
    return told.names


def _letter(session: Session, request: FamilyRequest, row: Row, known: Known, shown: tuple[Look, ...] | None,
            copy: Copied | None) -> Letter:  # fmt: skip
    return Letter(
        request.uid, REFERENCE.format(request.reference), request.about, london_day(request.asked_at), request.from_on,
        request.until_on, row.uid, full_name(row.given_names, row.family_name),
        called(row.given_names, row.family_name), known,
        _writer(session, request.prepared_by_id, row.authority_name), shown, copy,
    )  # fmt: skip


def _writer(session: Session, account_id: int, authority: str) -> Writer:
    query = (
        select(Account.name, Organisation.address, Organisation.postcode, Authority.team_phone)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .join(Authority, Authority.id == Organisation.authority_id)
        .where(Account.id == account_id)
    )
    name, address, postcode, phone = session.execute(query).one()
    lines = [line for line in (address or "").split("\n") if line]
    return Writer(name, authority, (*lines, *([postcode] if lines and postcode else [])), phone)
