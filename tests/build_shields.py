"""Builders for shields: the row that says why, families, a second manager, another authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, AuditEvent, Authority, Organisation, Shield
from cp.models.child import Child
from cp.services import find
from cp.terms import Act, BodyKind, OrganisationKind, Role, ShieldGround, WhoAsked
from tests import build
from tests.build import Person, World
from tests.web import Browser, Page

PHONE = "+441614960163"


def may(session: Session, world: World) -> Person:
    """A second of the management team, since some acts need two."""
    return build.person(session, world.council, "May Fielding", "may.manager", Role.MANAGEMENT_TEAM)


def elsewhere(session: Session, email: str = "eve.far") -> tuple[Authority, Person]:
    """Another authority, with one of its management team."""
    there = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                         help_phone="+441614960101"))  # fmt: skip
    council = build.organisation(session, there, OrganisationKind.COUNCIL_SERVICE, name="Eastvale Council",
                                 body_kind=BodyKind.AUTHORITY)  # fmt: skip
    return there, build.person(session, council, "Eve Far", email, Role.MANAGEMENT_TEAM)


def child(session: Session, world: World, given_names: str = "Amira", *, home: str | None = "18 Tanner’s Row",
          phone: str | None = PHONE, postcode: str = "ZA4 7QD", **given: Any) -> Child:  # fmt: skip
    """A child with an address and a mother who is reached by this number, and indexed."""
    made = build.child(session, world, given_names=given_names, **given)
    if home:
        build.address(session, made, postcode, home)
    if phone:
        build.carer(session, made, phone=phone)
    find.reindex(session, made.id)
    return made


def shielded(session: Session, world: World, owner: Person | None = None, **given: Any) -> Child:
    """A shielded child with the row that says why. `review_on`, `lift_asked_by` and the like are the row's."""
    facts: dict[str, Any] = {"ground": ShieldGround.DOMESTIC_ABUSE, "who_asked": WhoAsked.PARENT_OR_CARER,
                             "review_on": clock.today() + timedelta(days=100)}  # fmt: skip
    facts |= {name: given.pop(name) for name in [*facts, "lift_asked_at"] if name in given}
    asker: Person | None = given.pop("lift_asked_by", None)
    if asker:
        facts = {"lift_asked_by_id": asker.account.id, "lift_asked_at": clock.now()} | facts
    made = child(session, world, **{"shielded": True, "shield_ground": facts["ground"], **given})
    build.add(session, Shield(child_id=made.id, owner_id=owner.account.id if owner else None, set_at=clock.now(),
                              **facts))  # fmt: skip
    return made


def row(session: Session, child: Child) -> Shield:
    """The newest shield of a child."""
    return session.scalars(select(Shield).where(Shield.child_id == child.id).order_by(Shield.id.desc())).first()  # type: ignore[return-value]


@dataclass(frozen=True)
class Family:
    amira: Child
    yusuf: Child
    """Her twin."""
    hana: Child
    """Younger, at the same address."""

    @classmethod
    def make(cls, session: Session, world: World) -> "Family":
        return cls(
            child(session, world), child(session, world, "Yusuf"),
            child(session, world, "Hana", born_on=date(2019, 5, 4)),
        )  # fmt: skip

    @property
    def all(self) -> Sequence[Child]:
        return self.amira, self.yusuf, self.hana


def audited(session: Session, *acts: Act) -> list[tuple[Act, object, str | None]]:
    """The entries of these acts that were allowed: act, child's id in the audit, reason."""
    query = select(AuditEvent.act, AuditEvent.subject_id, AuditEvent.reason).where(AuditEvent.act.in_(acts))
    return [tuple(found) for found in session.execute(query.order_by(AuditEvent.id))]  # type: ignore[misc]


def moves_away(session: Session, person: Person, there: Authority) -> None:
    """Somebody of the team now works for another authority."""
    place = session.scalars(select(Organisation).where(Organisation.authority_id == there.id)).first()
    assert place is not None
    session.get_one(Account, person.account.id).organisation_id = place.id
    session.flush()


def send(browser: Browser, page: Page, button: str, **fields: str) -> Page:
    """Fill in the form with this button, by the names of its fields, and send it."""
    form = page.form(button)
    return browser.post(form.action, form.fields | fields)


def fresh(session: Session) -> None:
    """What the server has committed is read from now on."""
    session.rollback()
    session.expire_all()
