"""The directory that both of a pair are copies of: everybody, one child who may be hidden, and others beside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Base, Opening, Organisation, Practitioner, RightGrant, RoleGrant, SourceVersion
from cp.models.child import Child
from cp.services import find
from cp.terms import (
    BodyKind,
    NameKind,
    OrganisationKind,
    Reason,
    Right,
    Role,
    SensitiveSubject,
    SourceKind,
    SuspendedBecause,
)
from tests import build
from tests.build import Person, World
from tests.build_identities import says
from tests.build_live import live
from tests.web import token_of
from tests.whole.kinds import Everybody

BORN = date(2016, 3, 14)
HIDDEN = {"given_names": "Amira", "family_name": "Siddiqui", "born_on": BORN}
"""The names and the birth date of the child in question; another child has the same."""
SCHOOL = "9992001"
"""The number of the school that sends lists."""


@dataclass(frozen=True)
class Directory:
    """Who is there in both; `tokens` are what their browsers hold."""

    world: World
    everybody: Everybody
    tokens: dict[str, str]
    clinics: tuple[Organisation, Organisation]
    """Two sensitive services: one where somebody has an account, one where nobody has."""
    workers: tuple[Practitioner, ...]
    """People without an account, whose involvement may be what is hidden."""
    sealers: tuple[Person, Person]
    """Two of the management team whom an old identity names."""

    @property
    def people(self) -> dict[str, Person]:
        return self.everybody.people


def make(session: Session) -> Directory:
    world = World.make(session)
    everybody = Everybody.make(session, world)
    everybody.people["closed"].account.suspended_because = SuspendedBecause.LEFT
    clinics = (_clinic(session, world, "Vale Young People’s Clinic"), _clinic(session, world, "Northvale Clinic"))
    others = {
        "holder": build.person(session, world.council, "Ola Hurst", "ola.holder", role_title="Social worker"),
        "sender": build.person(session, live(session, world.school), "Sue Sendall", "sue.sender", Role.SUPPLIER),
        "clinic": build.person(session, clinics[0], "Cleo Moss", "cleo.clinic", role_title="Counsellor"),
    }
    build.add(session, RightGrant(account_id=others["holder"].account.id, right=Right.OVERRIDE,
                                  starts_on=date(2026, 1, 5)))  # fmt: skip
    everybody.people.update(others)
    tokens = everybody.tokens | {name: signed_in(session, person) for name, person in others.items()}
    sealers = [build.person(session, world.council, name, f"{name.lower()}.team", Role.MANAGEMENT_TEAM)
               for name in ("Tess", "Theo")]  # fmt: skip
    workers = [build.practitioner(session, place, name)
               for place, name in ((world.council, "Grace Oyelaran"), (world.health, "Ruth Castellanos"),
                                   (clinics[1], "Petra Lindqvist"))]  # fmt: skip
    world.school.dfe_number = SCHOOL
    _others(session, world)
    _at_the_same_address(session, world, everybody.there)
    return Directory(world, everybody, tokens, clinics, tuple(workers), (sealers[0], sealers[1]))


def _clinic(session: Session, world: World, name: str) -> Organisation:
    return build.organisation(
        session, world.authority, OrganisationKind.HEALTH_SERVICE, name=name, body_kind=BodyKind.HEALTH,
        for_everyone_of_age=False, sensitive_subject=SensitiveSubject.SEXUAL_HEALTH,
    )  # fmt: skip


def signed_in(session: Session, person: Person) -> str:
    """The token of a browser in which they are signed in, with a second factor just given."""
    granted = select(RoleGrant.role).where(RoleGrant.account_id == person.account.id).order_by(RoleGrant.id)
    return token_of(session, person, session.scalars(granted).all()[0])


def _others(session: Session, world: World) -> None:
    """Children about whom nothing is hidden: of the same names, of near ones, of a hidden one's names and places.

    Their practice said who they are. Of the first of them it took back its list, and people went on with the record.
    """
    for facts, postcode in (
        (HIDDEN, "ZA4 7QE"), ({"given_names": "Amirah", "family_name": "Siddiqi"}, "ZA9 1AB"),
        ({"given_names": "Zuzanna", "family_name": "Nowak", "born_on": BORN}, "ZA4 7QD"),
    ):  # fmt: skip
        child = build.child(session, world, **facts)
        build.address(session, child, postcode)
        build.other_name(session, child, NameKind.PREFERRED, "Ami", "")
        said(session, world, child, stands=facts is HIDDEN)
        build.involvement(session, child, world.school)
        assert world.sam.practitioner is not None
        build.involvement(session, child, world.sam.practitioner)
        find.reindex(session, child.id)


def _at_the_same_address(session: Session, world: World, there: Authority) -> None:
    """Another authority's child, born on the same day, where a hidden one may live: its team may think of twins."""
    child = build.child(session, world, **HIDDEN | {"given_names": "Zara", "authority_id": there.id})
    build.address(session, child)
    said(session, world, child)
    find.reindex(session, child.id)


def said(session: Session, world: World, child: Child, *, stands: bool = False) -> None:
    """Its practice said who the child is; or did, and the record stands by that alone."""
    record = says(session, child, world.practice, SourceKind.GP_PRACTICE)
    (version,) = session.scalars(select(SourceVersion).where(SourceVersion.record_id == record.id))
    child.name_source_id = child.born_source_id = version.id
    if stands:
        version.withdrawn_at, version.stands = clock.now(), True


def opened_by_everybody(session: Session, directory: Directory, child: Child) -> None:
    """Each of them has given a reason to open this record."""
    for person in directory.people.values():
        opening = Opening(account_id=person.account.id, child_id=child.id, reason=Reason.WORKING_WITH)
        opening.at = clock.now()
        session.add(opening)
    session.flush()


def ids_in(session: Session, of: Collection[str] | None = None) -> dict[str, list[UUID]]:
    """Every public id, by its table, or by those of them that are named: what an address may name."""
    columns = {table.name: table.c.uid for table in Base.metadata.sorted_tables if "uid" in table.columns}
    columns["subject"] = columns["child"].table.c.subject_id
    wanted = [name for name in columns if of is None or name in of]
    return {name: list(session.scalars(select(columns[name]).order_by(columns[name].table.c.id))) for name in wanted}
