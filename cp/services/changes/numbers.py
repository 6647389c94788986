"""A telephone number that did not work: which ones a record shows, whose each is, and how one is taken off."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import sealing
from cp.models import Involvement, Organisation, Practitioner
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.findings import carer_value
from cp.services.disputes import finding
from cp.services.records import Person, Record
from cp.terms import Disputable, Part


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a record shows, and `whose`, in words. `carer`: by what that carer is known; else the `involvement`
    of whoever works with the child, by its public id."""

    phone: str
    whose: str
    carer: tuple[str, ...] = ()
    involvement: UUID | None = None

    @property
    def code(self) -> str:
        """Stands for the number and whose it is: another number, come meanwhile, has another code."""
        known_by = [self.phone, self.whose, *self.carer, str(self.involvement)]
        return f"{sealing.ring().look_up('failed number', json.dumps(known_by)) & 0xFFFFFFFF:08x}"

    @property
    def part(self) -> Part:
        """Of the record: whoever reads whose number it is has read that."""
        return Part.CARERS if self.carer else Part.INVOLVEMENTS

    def facts(self) -> dict[str, Any]:
        known = self.involvement and self.involvement.hex
        return {"phone": self.phone, "whose": self.whose, "carer": self.carer, "involvement": known}


def number_of(facts: Mapping[str, Any]) -> Number:
    """The same, as it was told."""
    involvement = facts["involvement"]
    return Number(facts["phone"], facts["whose"], tuple(facts["carer"]), UUID(involvement) if involvement else None)


def shown(record: Record) -> tuple[Number, ...]:
    """Those that this reader is shown, but for their own."""
    return (*_of_people([*record.people, *record.universal]), *_of_carers(record))


def _of_people(people: Sequence[Person]) -> Iterator[Number]:
    for one in people:
        if one.phone and not one.mine:
            yield Number(one.phone, f"{one.name}, {one.role}" if one.role else one.name, involvement=one.uid)


def _of_carers(record: Record) -> Iterator[Number]:
    for one in record.carers:
        for phone in one.phones:
            yield Number(phone, one.name, carer=carer_value(one.name, one.phones))


def take_off(session: Session, actor: Actor, child: Child, number: Number, right: str | None) -> None:
    """It is not shown any longer, and `right` is where somebody knows it. One that was changed meanwhile stays."""
    if number.carer:
        name, *phones = number.carer
        others = [phone for phone in phones if phone != number.phone]
        known = [right, *others] if right else others
        finding.found(session, actor, child, Disputable.CARER, number.carer, carer_value(name, known))
    else:
        _of_whoever_works(session, number, right)


def _of_whoever_works(session: Session, number: Number, right: str | None) -> None:
    """Of the practitioner, or of the organisation where the number that was shown is its own."""
    query = (
        select(Organisation, Practitioner)
        .select_from(Involvement)
        .join(Organisation, Organisation.id == Involvement.organisation_id)
        .outerjoin(Practitioner, Practitioner.id == Involvement.practitioner_id)
        .where(Involvement.uid == number.involvement)
    )
    for holder in session.execute(query).one_or_none() or ():
        if holder is not None and holder.phone == number.phone:
            holder.phone = right
