"""Organisations kept as a register states them: made, changed, closed, opened again, and never deleted."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cp.feeds.registers import Establishment, Link, Practice, Problem, Register
from cp.models import Authority, Organisation, new_uid
from cp.services import audit
from cp.services.implementation import steps
from cp.services.registers import losing, stating, successors
from cp.terms import Act, BodyKind, Region

Stated = TypeVar("Stated", Establishment, Practice)
Held = dict[str, Organisation]
"""Organisations by the number that a register knows them by."""
CLAIMS = ("proposed", "closed", "open")
"""Of schools that share a DfE number, the last of these is the one that is meant."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many organisations: each is made, changed, closed or reopened, and may have another successor besides."""

    made: int = 0
    changed: int = 0
    closed: int = 0
    reopened: int = 0
    succeeded: int = 0
    left_out: int = 0
    """Rows of no concern here: of other authorities, of universities, of what may never open."""
    problems: tuple[Problem, ...] = ()

    @property
    def all(self) -> int:
        return self.made + self.changed + self.closed + self.reopened + self.succeeded


def authorities(session: Session) -> dict[str, int]:
    """The id of each authority by its three digits at the Department for Education."""
    found = session.scalars(select(Authority).order_by(Authority.id.desc()))
    return {one.education_code: one.id for one in found}


def keep(
    session: Session, schools: Register[Establishment], links: Iterable[Link], today: date, even_so: int | None = None
) -> Changes:
    """Keep the schools of this register, each known by its unique reference number, and who came after whom.

    One without that number takes it from the school with its DfE number; of several, from the one that is open.
    Without links, successors stay as they are. A second time changes nothing. Writes one audit entry. Raises
    TooManyGone, unless `even_so` is how many are gone.
    """
    _one_at_a_time(session)
    held = _schools(session, schools.rows)
    losing.require_few(schools.rows, held, even_so, today)
    counted = _bring(session, schools.rows, held, attrgetter("urn"), today)
    counted["succeeded"] = successors.tie(held, links, today)
    _place(session, schools.rows)
    return _written(session, "schools", schools, counted)


def keep_practices(session: Session, practices: Register[Practice], today: date) -> Changes:
    """The same of GP practices, each known by its practice code."""
    _one_at_a_time(session)
    query = select(Organisation).where(Organisation.practice_code.is_not(None)).order_by(Organisation.id.desc())
    held = {one.practice_code or "": one for one in session.scalars(query)}
    counted = _bring(session, practices.rows, held, attrgetter("practice_code"), today)
    return _written(session, "practices", practices, counted)


def _one_at_a_time(session: Session) -> None:
    """On PostgreSQL: two runs at once would make every school twice. SQLite has one writer anyway."""
    session.execute(select(Authority.id).order_by(Authority.id).with_for_update(key_share=True))


def _schools(session: Session, stated: Sequence[Establishment]) -> Held:
    """Those that have a unique reference number, or are known by their DfE number to be one of those stated."""
    numbered = or_(Organisation.urn.is_not(None), Organisation.dfe_number.is_not(None))
    found = session.scalars(select(Organisation).where(numbered).order_by(Organisation.id.desc())).all()
    held = {one.urn: one for one in found if one.urn}
    without = {one.dfe_number: one for one in found if not one.urn}
    for one in sorted(stated, key=_claim, reverse=True):
        if one.urn not in held and one.dfe_number in without:
            held[one.urn] = without.pop(one.dfe_number)
    return held


def _claim(one: Establishment) -> tuple[int, date, str]:
    return CLAIMS.index(one.standing), one.opened_on or date.min, one.urn


def _bring(
    session: Session, stated: Iterable[Stated], held: Held, code_of: Callable[[Stated], str], today: date
) -> Counter[str]:
    """Brings what is held to what is stated, adds to it what is made, and counts."""
    counted, known = Counter[str](), authorities(session)
    for one in stated:
        was = held.get(code_of(one))
        if not stating.concerns(one, today):
            counted["left_out"] += 1
            continue
        facts = stating.facts(one, known[one.authority], was, today)
        if was is not None:
            counted[_change(was, facts)] += 1
        elif one.kind is not None:
            held[code_of(one)] = _made(session, facts)
            counted["made"] += 1
    session.flush()
    steps.catch_up(session)
    return counted


def _place(session: Session, stated: Sequence[Establishment]) -> None:
    """An authority in no region yet comes into the one that most of its schools are in."""
    counted = defaultdict[str, Counter[Region]](Counter)
    for one in stated:
        if one.region:
            counted[one.authority][one.region] += 1
    for authority in session.scalars(select(Authority).where(Authority.region.is_(None))):
        if regions := counted.get(authority.education_code):
            authority.region = regions.most_common(1)[0][0]


def _made(session: Session, facts: Mapping[str, object]) -> Organisation:
    """Not accredited: that is said by somebody, and by no register."""
    body = BodyKind.HEALTH if "practice_code" in facts else BodyKind.EDUCATION
    made = Organisation(body_kind=body, for_everyone_of_age=True, **facts)
    session.add(made)
    return made


def _change(held: Organisation, facts: Mapping[str, object]) -> str:
    """Takes the facts over; answers under which word that is counted."""
    ended, changes = held.valid_to, {name: value for name, value in facts.items() if getattr(held, name) != value}
    for name, value in changes.items():
        setattr(held, name, value)
    if "valid_to" in changes and (ended is None or held.valid_to is None):
        return "closed" if ended is None else "reopened"
    return "changed" if changes else "same"


def _written(
    session: Session, which: str, read: Register[Establishment] | Register[Practice], counted: Counter[str]
) -> Changes:
    done = Changes(
        counted["made"], counted["changed"], counted["closed"], counted["reopened"], counted["succeeded"],
        read.left_out + counted["left_out"], read.problems,
    )  # fmt: skip
    about = audit.About(reason=which, results=done.all)
    audit.record(session, None, Act.KEEP_REGISTER, about, request_id=new_uid())
    return done
