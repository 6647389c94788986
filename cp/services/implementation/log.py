"""The log of contacts made with an organisation, and what of the way to live follows from it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, ContactMade, Onboarding, Organisation, SchoolContact
from cp.rules.access import Actor
from cp.rules.contacting import Entry, Said, log_says, said_after
from cp.services import audit
from cp.services.implementation import schools, steps
from cp.terms import Act, ContactBy, ContactOutcome, NextStep


@dataclass(frozen=True, slots=True)
class Made:
    """A contact to write down. `contact` is None where it was with nobody who is named."""

    made_on: date
    contact: UUID | None
    by: ContactBy
    outcome: ContactOutcome
    next_step: NextStep | None
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry, with the names of whom it was with and who wrote it down."""

    entry: ContactMade
    whom: str | None
    writer: str

    @property
    def is_open(self) -> bool:
        """Its next step is still to be done."""
        one = self.entry
        return one.next_on is not None and one.done_on is None and one.taken_back_at is None


class LoggedMeanwhile(Exception):
    """Somebody else wrote a contact down after this person's page was made: the newest."""

    def __init__(self, now: Logged) -> None:
        super().__init__(now.entry.uid)
        self.now = now


def of(session: Session, organisation: Organisation) -> Sequence[Logged]:
    """The newest day first; what was taken back too."""
    query = _entries(organisation).order_by(ContactMade.made_on.desc(), ContactMade.id.desc())
    return [Logged(*row) for row in session.execute(query)]


def version_of(entries: Sequence[Logged]) -> str:
    """Which of them was written down last: what the form for another is made from."""
    return str(_newest(entries).entry.uid) if entries else ""


def add(session: Session, actor: Actor, uid: UUID, made: Made, version: str) -> None:
    """Raises Refusal, and LoggedMeanwhile where one was written down since the log was that of `version`."""
    organisation = schools.one_of_ours(session, actor, uid)
    row, held = steps.hold(session, organisation), of(session, organisation)
    if held and version_of(held) != version:
        raise LoggedMeanwhile(_newest(held))
    facts = asdict(made)
    contact = _contact(session, organisation, facts.pop("contact"))
    session.add(
        ContactMade(organisation_id=organisation.id, account_id=actor.account_id, recorded_at=clock.now(),
                    contact_id=contact, **facts)
    )  # fmt: skip
    _follow(session, organisation, row, _says(held))
    audit.record(session, actor, Act.LOG_CONTACT, audit.About(object_id=uid, reason=made.outcome))


def one(session: Session, actor: Actor, uid: UUID, made_uid: UUID) -> tuple[Organisation, Logged]:
    """For the page that asks whether to take it back. Raises Refusal."""
    organisation = schools.one_of_ours(session, actor, uid)
    found = _one(session, organisation, made_uid)
    audit.record(session, actor, Act.SEE_SCHOOL, audit.About(object_id=uid))
    return organisation, found


def done(session: Session, actor: Actor, uid: UUID, made_uid: UUID) -> bool:
    """Its next step is done; False where that is no longer open. Raises Refusal."""
    organisation = schools.one_of_ours(session, actor, uid)
    row, before = steps.hold(session, organisation), _says(of(session, organisation))
    found = _one(session, organisation, made_uid)
    if not found.is_open:
        return False
    found.entry.done_on = clock.today()
    _follow(session, organisation, row, before)
    audit.record(session, actor, Act.LOG_CONTACT, audit.About(object_id=uid, reason="done"))
    return True


def take_back(session: Session, actor: Actor, uid: UUID, made_uid: UUID) -> bool:
    """It was wrong: it stays in the log as taken back. False where somebody did so before. Raises Refusal."""
    organisation = schools.one_of_ours(session, actor, uid)
    row, before = steps.hold(session, organisation), _says(of(session, organisation))
    entry = _one(session, organisation, made_uid).entry
    if entry.taken_back_at is not None:
        return False
    entry.taken_back_at, entry.taken_back_by_id = clock.now(), actor.account_id
    _follow(session, organisation, row, before)
    audit.record(session, actor, Act.LOG_CONTACT, audit.About(object_id=uid, reason="taken_back"))
    return True


def _entries(organisation: Organisation) -> Select[*tuple[Any, ...]]:
    query = select(ContactMade, SchoolContact.name, Account.name).join(Account, Account.id == ContactMade.account_id)
    query = query.outerjoin(SchoolContact, SchoolContact.id == ContactMade.contact_id)
    return query.where(ContactMade.organisation_id == organisation.id)


def _one(session: Session, organisation: Organisation, made_uid: UUID) -> Logged:
    found = session.execute(_entries(organisation).where(ContactMade.uid == made_uid)).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=made_uid, hidden=True)
    return Logged(*found)


def _newest(entries: Sequence[Logged]) -> Logged:
    return max(entries, key=lambda one: one.entry.id)


def _contact(session: Session, organisation: Organisation, uid: UUID | None) -> int | None:
    """One who was removed since the page was made was contacted all the same."""
    query = select(SchoolContact.id).where(SchoolContact.organisation_id == organisation.id, SchoolContact.uid == uid)
    return session.scalars(query).one_or_none()


def _says(entries: Iterable[Logged]) -> Said:
    standing = (one for one in entries if one.entry.taken_back_at is None)
    return log_says(
        Entry(one.entry.made_on, one.entry.outcome, one.entry.next_on if one.is_open else None) for one in standing
    )


def _follow(session: Session, organisation: Organisation, row: Onboarding, before: Said) -> None:
    session.flush()
    held = Said(row.contacted_on, row.duty_explained_on, row.next_on)
    steps.keep(session, organisation, **asdict(said_after(held, before, _says(of(session, organisation)))))
