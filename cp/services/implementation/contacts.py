"""Whom to contact at an organisation: added, changed and removed by whoever brings it in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation, SchoolContact
from cp.rules.access import Actor
from cp.services import audit
from cp.services.implementation import schools, steps
from cp.services.implementation.answers import Contact
from cp.terms import Act


@dataclass(frozen=True, slots=True)
class Facts:
    """Of somebody at an organisation. `phone` is E.164."""

    name: str
    post: str
    phone: str | None
    email: str | None
    main: bool


class ChangedMeanwhile(Exception):
    """Somebody else added or changed a contact after this person's page was made. `now` is what holds of it."""

    def __init__(self, now: SchoolContact) -> None:
        super().__init__(now.uid)
        self.now = now


def there(session: Session, organisation: Organisation) -> Sequence[SchoolContact]:
    """The main contact first, then by name."""
    return session.scalars(_theirs(organisation).order_by(SchoolContact.main.desc(), SchoolContact.name)).all()


def version_of(contacts: Sequence[SchoolContact]) -> str:
    """Which of them was added last: what a form to add another is made from."""
    return str(max(contacts, key=lambda one: one.id).uid) if contacts else ""


def one(session: Session, actor: Actor, uid: UUID, contact_uid: UUID) -> tuple[Organisation, SchoolContact]:
    """For its form, whose being seen is written down. Raises Refusal: one who was removed is not there."""
    organisation = schools.one_of_ours(session, actor, uid)
    found = _one(session, organisation, contact_uid)
    audit.record(session, actor, Act.SEE_SCHOOL, audit.About(object_id=uid))
    return organisation, found


def add(session: Session, actor: Actor, uid: UUID, facts: Facts, version: str) -> None:
    """Raises Refusal, and ChangedMeanwhile where somebody was added since the contacts were those of `version`."""
    organisation = schools.one_of_ours(session, actor, uid)
    steps.hold(session, organisation)
    held = there(session, organisation)
    if held and version_of(held) != version:
        raise ChangedMeanwhile(max(held, key=lambda one: one.id))
    if facts.main:
        _no_other_main(session, held)
    session.add(SchoolContact(organisation_id=organisation.id, **asdict(facts)))
    _written(session, actor, uid, "added")


def named_by_itself(session: Session, organisation: Organisation, named: Contact) -> None:
    """Whom the organisation names in its own answers; the main contact unless a manager has put down another."""
    steps.hold(session, organisation)
    held = there(session, organisation)
    same = next((one for one in held if one.name.casefold() == named.name.casefold()), None)
    main = same.main if same else not any(one.main for one in held)
    facts = Facts(named.name, named.post, named.phone, named.email, main)
    found = same or SchoolContact(organisation_id=organisation.id)
    for name, value in asdict(facts).items():
        setattr(found, name, value)
    session.add(found)
    session.flush()


def change(session: Session, actor: Actor, uid: UUID, contact_uid: UUID, facts: Facts, version: str) -> bool:
    """Whether anything changed. Raises Refusal, and ChangedMeanwhile unless `version` is the one that holds."""
    organisation = schools.one_of_ours(session, actor, uid)
    steps.hold(session, organisation)
    found = _one(session, organisation, contact_uid)
    if all(getattr(found, name) == value for name, value in asdict(facts).items()):
        return False
    if str(found.version) != version:
        raise ChangedMeanwhile(found)
    if facts.main:
        _no_other_main(session, [other for other in there(session, organisation) if other is not found])
    for name, value in asdict(facts).items():
        setattr(found, name, value)
    _written(session, actor, uid, "changed")
    return True


def remove(session: Session, actor: Actor, uid: UUID, contact_uid: UUID) -> None:
    """The log names them still. Raises Refusal."""
    organisation = schools.one_of_ours(session, actor, uid)
    steps.hold(session, organisation)
    _one(session, organisation, contact_uid).removed_at = clock.now()
    _written(session, actor, uid, "removed")


def _theirs(organisation: Organisation) -> Select[SchoolContact]:
    return select(SchoolContact).where(
        SchoolContact.organisation_id == organisation.id, SchoolContact.removed_at.is_(None)
    )


def _one(session: Session, organisation: Organisation, contact_uid: UUID) -> SchoolContact:
    found = session.scalars(_theirs(organisation).where(SchoolContact.uid == contact_uid)).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=contact_uid, hidden=True)
    return found


def _no_other_main(session: Session, others: Sequence[SchoolContact]) -> None:
    for other in others:
        other.main = False
    session.flush()


def _written(session: Session, actor: Actor, uid: UUID, what: str) -> None:
    session.flush()
    audit.record(session, actor, Act.KEEP_SCHOOL_CONTACT, audit.About(object_id=uid, reason=what))
