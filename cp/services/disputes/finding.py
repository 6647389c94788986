"""What a named person found of a disputed fact becomes the authority's own word, and the record follows."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Dispute, Involvement, Organisation, SourceRecord, SourceVersion
from cp.models.child import Child
from cp.rules import derive
from cp.rules.access import Actor
from cp.rules.derive import Address, CarerSaid, Finding, Value
from cp.rules.findings import carer_value, stay_value
from cp.services import deriving
from cp.services.disputes import facts
from cp.services.disputes.facts import PLACES, Word
from cp.services.source_facts import facts as sealable
from cp.terms import AddressState, Disputable, Gender, Relationship, SourceKind

EACH_BY_ITSELF = (Disputable.ADDRESS, Disputable.CARER)
"""Facts of which a record may have several: that one is wrong says nothing of the others."""


def keep(session: Session, actor: Actor, one: Dispute, right: Value | None) -> None:
    """The disputed value is wrong, and `right` is; None where nobody knows. The child is held."""
    found(session, actor, session.get_one(Child, one.child_id), one.fact, tuple(one.facts["value"]), right)


def found(session: Session, actor: Actor, child: Child, fact: Disputable, value: Value, right: Value | None) -> None:
    """The same of a fact that nobody disputed, and that was looked into all the same."""
    words = facts.words_of(session, child.id, fact)
    wrong = _wrong(words, fact, value, right)
    _say(session, actor, child, _word(child, words, Finding(fact, wrong, right)))
    if fact in PLACES:
        _not_there(session, child, value)
    session.flush()
    deriving.derive(session, child.id)


def _wrong(words: list[Word], fact: Disputable, value: Value, right: Value | None) -> tuple[Value, ...]:
    """The value that was disputed; of a fact that a record has once, whatever else any source says now, too."""
    if fact in PLACES:
        said = [stay_value(word.record.organisation_id or 0, word.said.stay) for word in words
                if word.said.stay and value in word.values]  # fmt: skip
        return tuple(said)
    others = [] if fact in EACH_BY_ITSELF else [other for word in words for other in word.values]
    return tuple(dict.fromkeys(other for other in (value, *others) if other != right))


def _word(child: Child, words: list[Word], found: Finding) -> derive.Said:
    """Who the child is, as the record has it, and what was found: it speaks by itself where nobody else does."""
    said = derive.Said(
        0, SourceKind.DECISION, clock.today(), child.given_names, child.family_name, child.born_on, child.gender,
        finding=found,
    )  # fmt: skip
    return said if found.right is None else _with(said, words, found, found.right)


def _with(said: derive.Said, words: list[Word], found: Finding, right: Value) -> derive.Said:
    given: dict[str, Any] = {}
    match found.fact:
        case Disputable.NAME:
            given = {"given_names": right[0], "family_name": right[1]}
        case Disputable.BORN_ON:
            given = {"born_on": date.fromisoformat(right[0])}
        case Disputable.GENDER:
            given = {"gender": Gender(right[0])}
        case Disputable.ADDRESS:
            given = {"addresses": (Address(AddressState.CURRENT, right[2:], right[0], right[1]),)}
        case Disputable.CARER:
            given = {"carers": (_carer(words, found.wrong[0], right),)}
    return replace(said, **given)


def _carer(words: list[Word], wrong: Value, right: Value) -> CarerSaid:
    """The carer as a source has them, under the right name and number."""
    said = (carer for word in words for carer in word.said.carers if carer_value(carer.name, carer.phones) == wrong)
    known = next(said, CarerSaid("", Relationship.OTHER_RELATIVE, responsibility=False, care=True))
    return replace(known, name=right[0], phones=right[1:])


def _say(session: Session, actor: Actor, child: Child, said: derive.Said) -> None:
    record = SourceRecord(child_id=child.id, kind=SourceKind.DECISION, organisation_id=actor.organisation_id)
    session.add(record)
    session.flush()
    session.add(
        SourceVersion(record_id=record.id, said_on=said.said_on, given_names=said.given_names,
                      family_name=said.family_name, born_on=said.born_on, gender=said.gender, facts=sealable(said))
    )  # fmt: skip


def _not_there(session: Session, child: Child, value: Value) -> None:
    """Somebody's own entry for the whole school or practice, which no source says, is taken off the record."""
    organisation = select(Organisation.id).where(Organisation.uid == UUID(value[0]))
    theirs = select(Involvement).where(
        Involvement.child_id == child.id, Involvement.organisation_id.in_(organisation),
        Involvement.practitioner_id.is_(None), Involvement.source_id.is_(None), Involvement.ended_on.is_(None),
    )  # fmt: skip
    for one in session.scalars(theirs):
        one.in_error = True
