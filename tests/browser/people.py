"""Whoever signs in to the served site besides the demonstration's own people."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Factor, Organisation, RoleGrant
from cp.rules.days import anniversary
from cp.terms import Role
from tests import build
from tests.build import Person, World


@dataclass(frozen=True)
class People:
    dee: Person
    """On several records, some of them to be confirmed."""
    new: Person
    """On no record yet."""
    unready: Person
    starter: Person
    """Both without an authenticator."""
    overdue: Person
    """With two things to renew."""
    both: Person
    """With two roles."""
    invited: Person
    """Never signed in: without password, authenticator and whatever the person does first."""
    awaited: Person
    """The same, and the role has not begun."""
    fresh: Person
    """Signs in for the first time: with the procedures to read, the training to record, the agreement to sign."""
    reader: Person
    """Has read the procedures."""
    soon: Person
    """Whose check expires soon."""


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def make_people(session: Session, world: World) -> People:
    def person(name: str, email: str) -> Person:
        return build.person(session, world.school, name, email, role_title="Learning mentor")

    people = People(
        dee=person("Dee Whitlock", "dee.whitlock"),
        new=person("Noor Malik", "noor.malik"),
        unready=person("Uma Price", "uma.price"),
        starter=person("Sunil Rao", "sunil.rao"),
        overdue=person("Otis Vane", "otis.vane"),
        both=person("Bea Lindqvist", "bea.lindqvist"),
        invited=person("Ivo Tanner", "ivo.tanner"),
        awaited=person("Ama Boateng", "ama.boateng"),
        fresh=person("Fay Holloway", "fay.holloway"),
        reader=person("Rhys Morgan", "rhys.morgan"),
        soon=person("Sofia Marino", "sofia.marino"),
    )
    second = RoleGrant(account_id=people.both.account.id, role=Role.ASSISTANT, starts_on=ago(100), ends_on=ago(-200))
    second.principal_id = world.nia.account.id
    build.add(session, second)
    without = [person.account.id for person in (people.unready, people.starter, people.invited, people.awaited)]
    session.execute(delete(Factor).where(Factor.account_id.in_(without)))
    return people


def keep_in_date(session: Session, world: World, people: People) -> None:
    """Everything in date on whatever day this runs, but for those who are here because it is not."""
    session.execute(update(Organisation).values(accreditation_ends_on=anniversary(clock.today(), 1)))
    session.execute(
        update(Account).values(
            last_used_on=ago(3), agreement_signed_on=ago(200), check_issued_on=ago(400), trained_on=ago(300)
        )
    )
    for newcomer in (people.invited, people.awaited):
        uninvite(session, newcomer)
    unsigned = update(Account).where(Account.id.in_([people.fresh.account.id, people.reader.account.id]))
    session.execute(unsigned.values(agreement_version=None, agreement_signed_on=None))
    session.execute(update(Account).where(Account.id == people.fresh.account.id).values(trained_on=None))
    session.execute(update(Account).where(Account.id == people.reader.account.id).values(procedures_read_on=ago(1)))
    session.execute(update(Account).where(Account.id == people.soon.account.id).values(check_issued_on=ago(1076)))
    later = update(RoleGrant).where(RoleGrant.account_id == people.awaited.account.id)
    session.execute(later.values(starts_on=ago(-30)))
    late = update(Account).where(Account.id == people.overdue.account.id)
    session.execute(late.values(check_issued_on=ago(1200), trained_on=ago(800)))
    session.execute(update(Account).where(Account.id == world.lou.account.id).values(check_issued_on=ago(1115)))


def uninvite(session: Session, person: Person) -> None:
    """As somebody is who was just invited."""
    nothing = ("password_hash", "opened_on", "kept_on", "last_used_on", "procedures_read_on", "trained_on",
               "agreement_version", "agreement_signed_on")  # fmt: skip
    session.execute(update(Account).where(Account.id == person.account.id).values(dict.fromkeys(nothing)))
    session.execute(delete(Factor).where(Factor.account_id == person.account.id))
