"""What of a record can be disputed, as its reader is shown it; and which sources say so."""

import json
from typing import NamedTuple

from sqlalchemy.orm import Session

from cp import sealing
from cp.models import Organisation, Practitioner, SourceRecord, SourceVersion
from cp.rules import derive
from cp.rules.derive import Value
from cp.rules.findings import address_value, carer_value, values_of
from cp.services import deriving
from cp.services.records import Person, Record
from cp.services.source_facts import said
from cp.terms import Disputable, OrganisationKind

PLACES = (Disputable.SCHOOL, Disputable.GP)


class Offered(NamedTuple):
    """A fact as it is shown: by what it is compared, and what a person reads of it."""

    fact: Disputable
    value: Value
    says: Value

    @property
    def code(self) -> str:
        """Stands for the fact and what it says: another value, come meanwhile, has another code."""
        known_by = sealing.ring().look_up("disputed fact", json.dumps([self.fact, *self.value]))
        return f"{self.fact}-{known_by & 0xFFFFFFFF:08x}"


def offered(record: Record) -> list[Offered]:
    """Everything that this reader is shown and may dispute."""
    found = [Offered(fact, value, value) for fact, value in identity(record).items()]
    found += [Offered(Disputable.ADDRESS, address_value(at.address), address_value(at.address))
              for at in record.addresses]  # fmt: skip
    carers = (carer_value(carer.name, carer.phones) for carer in record.carers)
    found += [Offered(Disputable.CARER, carer, carer) for carer in carers]
    return found + [Offered(*place(one), (one.organisation,)) for one in record.universal]


def identity(record: Record) -> dict[Disputable, Value]:
    """What is shown of every record."""
    return {
        Disputable.NAME: (record.given_names, record.family_name),
        Disputable.BORN_ON: (record.born_on.isoformat(),),
        Disputable.GENDER: (record.gender.value,),
    }


def place(one: Person) -> tuple[Disputable, Value]:
    """A school or practice that the child is with."""
    of_gp = one.organisation_kind is OrganisationKind.GP_PRACTICE
    return Disputable.GP if of_gp else Disputable.SCHOOL, (str(one.organisation_uid),)


class Word(NamedTuple):
    """What one source says now of one fact, `values` being nothing where it says nothing of it.

    `name`: whose word it is; nothing where that is a sensitive service, which is named nowhere.
    """

    name: str
    record: SourceRecord
    version: SourceVersion
    said: derive.Said
    values: tuple[Value, ...]


def words_of(session: Session, child_id: int, fact: Disputable) -> list[Word]:
    """Of each source of this child, the newest last."""
    found = []
    for version, record in deriving.newest(session, [child_id]):
        what, whose = said(version, record.kind), session.get(Organisation, record.organisation_id or 0)
        values = _stay(whose, what) if fact in PLACES else values_of(what)[fact]
        found.append(Word(_name(session, record, whose), record, version, what, values))
    return sorted(found, key=lambda one: (one.said.said_on, one.version.id))


def _name(session: Session, record: SourceRecord, whose: Organisation | None) -> str:
    if whose is not None:
        return whose.name if whose.sensitive_subject is None else ""
    person = session.get(Practitioner, record.practitioner_id or 0)
    return person.name if person else ""


def _stay(whose: Organisation | None, what: derive.Said) -> tuple[Value, ...]:
    """A school says of itself that the child is there."""
    return ((str(whose.uid),),) if whose is not None and what.stay is not None and not what.has_left else ()
