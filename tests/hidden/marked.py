"""Children of whom every hidden fact is a text that stands nowhere else, and whom of them somebody may be shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement, OldIdentity, Shield
from cp.models.child import Child
from cp.rules.access import Actor, Allowed, Subject, decide
from cp.services import find
from cp.terms import Act, AddressState, NameKind, NumberKind, Part, RecordState, ShieldGround
from tests import build
from tests.hidden.directory import Directory
from tests.hidden.facts import entry

CLEAR, SEALED = "Quillvex", "Zorbwick"
"""How every word begins that the database holds as it is, and every one that it must hold only sealed."""
PATTERNS = (
    re.compile(rf"({CLEAR}|{SEALED})[a-z]+", re.I), re.compile(r"\bZA[5-9]\d"), re.compile(r"7700 ?900 ?\d{3}"),
    re.compile(r"H9992\d{8}"), re.compile(r"999 ?000 ?\d{4}"), re.compile(r"CP ?\d{3} ?\d{3} ?\d{4}"),
)  # fmt: skip
OPEN_FOR = timedelta(minutes=15)
"""How long an old identity stays open to the two who opened it."""


@dataclass(frozen=True)
class Canary:
    """One hidden fact: of which child, in which part of the record; with `service`, what that one recorded, in which
    entry. `name`: a colleague's, whom everybody of the service knows anyway.
    """

    text: str
    child_uid: UUID
    part: Part
    service: str | None = None
    entry: UUID | None = None
    name: bool = False


@dataclass
class Marked:
    """`canaries` by the text that is looked for, in lower case and without spaces. `old`: the sealed ones."""

    children: list[UUID] = field(default_factory=list)
    old: list[UUID] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    canaries: dict[str, Canary] = field(default_factory=dict)

    def add(self, text: str, child: Child, part: Part, **more: Any) -> str:
        self.canaries[_plain(text)] = Canary(text, child.uid, part, **more)
        return text

    def found_in(self, text: str) -> Iterator[Canary]:
        for pattern in PATTERNS:
            for found in pattern.finditer(text):
                if canary := self.canaries.get(_plain(found[0])):
                    yield canary


def _plain(text: str) -> str:
    return text.replace(" ", "").casefold()


def _letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:03}")


def make(session: Session, directory: Directory, shielded: int, sensitive: int, sealed: int) -> Marked:
    """So many of each. Nobody who may sign in stands in any of the facts."""
    made = Marked()
    for number in range(shielded + sealed):
        _shielded(session, directory, made, number, sealed=number >= shielded)
    for number in range(sensitive):
        _sensitive(session, directory, made, number)
    return made


def _shielded(session: Session, directory: Directory, made: Marked, number: int, *, sealed: bool) -> None:
    letters = _letters(number)
    names = {"given_names": f"{CLEAR}given{letters}", "family_name": f"{CLEAR}family{letters}"} if sealed else {
        "given_names": "Amira", "family_name": "Siddiqui"}  # fmt: skip
    child = build.child(session, directory.world, shielded=True, **names)
    child.shield_ground = ShieldGround.DOMESTIC_ABUSE
    if sealed:
        for text in (*names.values(), child.number):
            made.add(text, child, Part.IDENTITY)
    else:
        build.add(session, Shield(child_id=child.id, ground=ShieldGround.DOMESTIC_ABUSE, set_at=clock.now(),
                                  review_on=date(2027, 5, 1)))  # fmt: skip
        made.children.append(child.uid)
        made.numbers.append(child.number)
        _worked_with(session, child, directory, "colleague")
    _facts(session, directory, made, child, number)
    if sealed:
        _seal(session, directory, child, number)
        made.old.append(child.uid)
    find.reindex(session, child.id)


def _facts(session: Session, directory: Directory, made: Marked, child: Child, number: int) -> None:
    letters = _letters(number)

    def word(of: str, part: Part, mark: str = SEALED) -> str:
        return made.add(f"{mark}{of}{letters}", child, part)

    postcode = f"{made.add(f'ZA{50 + number}', child, Part.LOCATION)} 1AA"
    build.address(session, child, postcode, f"{number + 1} {word('street', Part.LOCATION)} Row")
    build.address(session, child, postcode, f"2 {word('before', Part.LOCATION)} Row", state=AddressState.LAST_KNOWN)
    phone = made.add(f"7700900{number:03}", child, Part.CARERS)
    build.carer(session, child, f"{word('carer', Part.CARERS)} Moss", f"+44{phone}")
    build.other_name(session, child, NameKind.FORMER, "", word("former", Part.OTHER_NAMES, CLEAR))
    build.other_name(session, child, NameKind.PREFERRED, word("known", Part.OTHER_NAMES, CLEAR), "")
    upn = made.add(f"H9992{number:08}", child, Part.EDUCATION_NUMBERS)
    nhs = made.add(f"999000{number:04}", child, Part.HEALTH_NUMBERS)
    build.outside_number(session, child, NumberKind.UPN, upn)
    build.outside_number(session, child, NumberKind.NHS, nhs)
    worker = build.practitioner(session, directory.world.health, word("worker", Part.INVOLVEMENTS, CLEAR))
    build.involvement(session, child, worker, lead=True)
    build.involvement(session, child, directory.world.school)


def _worked_with(session: Session, child: Child, directory: Directory, who: str) -> None:
    worker = directory.people[who].practitioner
    assert worker is not None
    build.involvement(session, child, worker)


def _seal(session: Session, directory: Directory, child: Child, number: int) -> None:
    """Everybody who worked with the child still stands in it."""
    for who in ("practitioner", "colleague", "closed"):
        _worked_with(session, child, directory, who)
    child.state = RecordState.SEALED
    first, second = directory.sealers
    build.add(session, OldIdentity(reference=100_000 + number, child_id=child.id, authority_id=child.authority_id,
                                   first_id=first.account.id, second_id=second.account.id, asked_at=clock.now(),
                                   sealed_at=clock.now()))  # fmt: skip


def _sensitive(session: Session, directory: Directory, made: Marked, number: int) -> None:
    letters = _letters(number)
    child = build.child(session, directory.world, given_names="Amira", family_name="Siddiqui")
    clinic, name, wording = directory.clinics[number % 2], f"{CLEAR}clinic{letters}", f"{SEALED}wording{letters}"
    phone = f"7700900{500 + number}"
    worker = build.practitioner(session, clinic, name, phone=f"+44{phone}")
    uid = entry(session, clinic, worker, child, f"I agree. {wording}")
    for text in (name, wording, phone):
        made.add(text, child, Part.SENSITIVE, service=str(clinic.uid), entry=uid, name=text is name)
    build.address(session, child, "ZA4 7QD")
    _worked_with(session, child, directory, "closed" if number % 2 else "practitioner")
    find.reindex(session, child.id)
    made.children.append(child.uid)
    made.numbers.append(child.number)


def may_be_shown(session: Session, actor: Actor | None, canary: Canary) -> bool:
    """What the one decision says of this person and this fact, as things stand now."""
    if actor is None:
        return False
    own = canary.service is not None and actor.sensitive_service == canary.service
    if own and canary.name:
        return True
    child = session.scalars(select(Child).where(Child.uid == canary.child_uid)).one()
    while child.state is RecordState.MERGED and child.merged_into_id:
        child = session.get_one(Child, child.merged_into_id)
    subject = subject_of(session, actor, child)
    act = Act.OPEN_OLD_IDENTITY if subject.sealed else Act.OPEN_RECORD
    decision = decide(actor, act, subject, clock.today())
    parts = decision.parts if isinstance(decision, Allowed) else frozenset()
    if subject.sealed:
        return decision.allowed
    if canary.service is None:
        return canary.part in parts
    return Part.SENSITIVE in parts or (own and Part.OWN_SENSITIVE in parts)


def subject_of(session: Session, actor: Actor, child: Child) -> Subject:
    mine = select(Involvement.id).where(
        Involvement.child_id == child.id, Involvement.practitioner_id == actor.practitioner_id,
        Involvement.practitioner_id.is_not(None), Involvement.ended_on.is_(None), ~Involvement.in_error,
    )  # fmt: skip
    old = session.scalars(select(OldIdentity).where(OldIdentity.child_id == child.id)).one_or_none()
    named = old is not None and actor.account_id in (old.first_id, old.second_id)
    opened = old is not None and old.opened_at is not None and clock.now() - old.opened_at < OPEN_FOR
    return Subject(
        child.authority_id, child.shielded, child.state is RecordState.LIVE, session.scalars(mine).first() is not None,
        override_open=actor.overridden_id == child.id, sealed=child.state is RecordState.SEALED,
        opened_together=named and opened,
    )  # fmt: skip
