"""A directory in which nothing but an authority and its own people is known yet; and what comes to it from outside."""

import os
import subprocess
import sys
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Organisation
from cp.terms import BodyKind, OrganisationKind, Role
from tests import build, build_registers
from tests.browser.directory import aged
from tests.browser.people import ago
from tests.browser.site import Site
from tests.build import Person
from tests.feeds.files import HEADER, ctf
from tests.scale import scaled
from tools.steps import ROOT

SCHOOLS, INDEPENDENT, PUPILS = scaled(30, 90), scaled(4, 12), scaled(10, 40)
PREP, PRIMARY, HAMLET = "Ashgrove Preparatory School", "Hollin Bank Primary School", "Fell End School"
NUMBER = "6001"
"""By which the Department for Education knows the first of them, and its system's exports say whose they are."""
PLACES = ("Alder Lane", "Birch Hill", "Cedar Road", "Dale Head", "Elm Bank", "Fern Hill", "Grange Road", "Heath Lane",
          "Ivy Bridge", "Jubilee Park", "Kiln Lane", "Larch Grove", "Mill Lane", "North Vale", "Old Vale",
          "Pool Bank")  # fmt: skip
SORTS = ("Primary School", "Infants", "Juniors", "School", "Community Primary School", "Academy")
GIVEN = ("Amira", "Ben", "Chidi", "Dylan", "Efua", "Ffion", "Greta", "Harvir", "Imogen", "Jakub", "Kezia")
FAMILIES = ("Abara", "Brzezinski", "Castellanos", "Dunne", "Eze", "Featherstone", "Garside", "Holroyd")
OF_ITS_OWN = {"group": "3", "type_of": "11", "phase": "0", "lowest": "3", "highest": "13"}
"""What the register says of an independent school."""


@dataclass(frozen=True)
class Start:
    authority: Authority
    ivy: Person
    """Brings the schools in."""
    una: Person
    """Runs the accounts."""

    @classmethod
    def make(cls, session: Session) -> Self:
        phones = {"team_phone": "+441614960130", "help_phone": "+441614960100"}
        authority = build.add(session, build.opened(name="Northvale Council", education_code="999", **phones))
        council = build.organisation(session, authority, OrganisationKind.COUNCIL_SERVICE, name="Northvale Council",
                                     body_kind=BodyKind.AUTHORITY, for_everyone_of_age=None)  # fmt: skip
        made = cls(
            authority, ivy=person(session, council, "Ivy Hartley", Role.IMPLEMENTATION_MANAGER),
            una=person(session, council, "Una Kowalski", Role.ACCOUNT_MANAGER),
        )  # fmt: skip
        session.commit()
        return made


def person(session: Session, place: Organisation, name: str, role: Role) -> Person:
    """With everything in date on whatever day this runs."""
    return build.person(session, place, name, name.lower().replace(" ", "."), role, kept_on=clock.today(),
                        last_used_on=clock.today(), check_issued_on=ago(400), trained_on=ago(300))  # fmt: skip


def supplier(site: Site) -> Person:
    """At the preparatory school, which the directory knows now."""
    with site.session() as session:
        school = session.scalars(select(Organisation).where(Organisation.name == PREP)).one()
        return person(session, school, "Sue Lambert", Role.SUPPLIER)


def register() -> bytes:
    """The authority's schools in the columns of the schools register; three of them are those of the story."""
    told = (
        {"name": PREP, "number": NUMBER, "pupils": str(PUPILS), **OF_ITS_OWN},
        {"name": PRIMARY, "pupils": "211"},
        {"name": HAMLET, "pupils": "18"},
    )
    others = islice((f"{place} {sort}" for sort, place in product(SORTS, PLACES)), SCHOOLS - len(told))
    more = ({"name": name, **(OF_ITS_OWN if at < INDEPENDENT - 1 else {})} for at, name in enumerate(others))
    rows = [build_registers.school(f"9{at:05}", **facts) for at, facts in enumerate([*told, *more], start=101)]
    return build_registers.extract(*rows)


def imported(site: Site, folder: Path) -> str:
    """What the command says that somebody runs at the server."""
    file = folder / "edubasealldata.csv"
    file.write_bytes(register())
    command = [sys.executable, "-m", "flask", "--app", "app", "register", "schools", str(file), "--apply"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **site.settings}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def transfer_file() -> bytes:
    """The preparatory school's pupils as its system exports them."""
    rows = (
        f"<Pupil><Surname>{FAMILIES[at % len(FAMILIES)]}</Surname><Forename>{GIVEN[at % len(GIVEN)]}</Forename>"
        f"<DOB>{aged(4 + at % 9, 10 + at)}</DOB><Sex>{'FM'[at % 2]}</Sex>"
        f"<Address><PostCode>ZA4 {1 + at % 9}QD</PostCode></Address></Pupil>"
        for at in range(PUPILS)
    )
    return ctf("".join(rows), HEADER.replace("4001", NUMBER)).encode()
