"""Runs that were made: which there are, and one of them to print again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Letter, LetterRun, Organisation, Practitioner
from cp.rules.access import Actor
from cp.services import audit
from cp.services.implementation import schools
from cp.services.implementation.letters import sheets, whom, words
from cp.services.implementation.letters.sheets import Sheet
from cp.services.implementation.letters.words import Writer
from cp.terms import Act, LetterKind, LetterWay, Need

NEWEST = 20


@dataclass(frozen=True, slots=True)
class Run:
    """`sheets` is empty where nothing can be printed again: an email is gone, and a form's address is shown once."""

    run: LetterRun
    by: str
    to: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def newest(session: Session, actor: Actor) -> Sequence[tuple[LetterRun, str]]:
    """With the name of who made it."""
    query = (
        select(LetterRun, Account.name)
        .join(Account, Account.id == LetterRun.made_by_id)
        .where(LetterRun.authority_id == actor.authority_id)
        .order_by(LetterRun.made_at.desc(), LetterRun.id.desc())
        .limit(NEWEST)
    )
    return [(run, name) for run, name in session.execute(query)]


def one(session: Session, actor: Actor, uid: UUID, about: str) -> Run:
    """Raises Refusal: one of another authority is not there. `about` is the address of the public pages."""
    run = session.scalars(
        select(LetterRun).where(LetterRun.uid == uid, LetterRun.authority_id == actor.authority_id)
    ).one_or_none()
    if run is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    to = _letters(session, run)
    audit.record(session, actor, Act.SEE_LETTERS, audit.About(object_id=uid, results=len(to)))
    by = writer(session, run.made_by_id, actor, about)
    again = run.way is LetterWay.PRINTED and run.kind is not LetterKind.MEANS
    printed = tuple(sheets.sheet(run.kind, each, need, by, run.made_on) for each, need in to) if again else ()
    return Run(run, by.name, tuple(each.name for each, _ in to), printed)


def preview(session: Session, actor: Actor, uid: UUID, kind: LetterKind, form: str, about: str) -> tuple[Sheet, bool]:
    """One letter as it would be today; whether it can be made: nobody is reminded of nothing.

    Raises Refusal: one of another authority is not there.
    """
    to = schools.one_of_ours(session, actor, uid)
    found = session.execute(whom.everybody(actor.authority_id).where(Organisation.id == to.id)).one_or_none()
    audit.record(session, actor, Act.SEE_LETTERS, audit.About(object_id=uid, results=1))
    need = (found[1] if found else None) or Need.CONTACT
    by = writer(session, actor.account_id, actor, about)
    return sheets.sheet(kind, to, need, by, clock.today(), form), found is not None and words.fits(kind, need)


def writer(session: Session, account_id: int, actor: Actor, about: str) -> Writer:
    """Who made it, with a number of their own or else the authority's help line."""
    query = (
        select(Account.name, Practitioner.phone)
        .outerjoin(Practitioner, Practitioner.id == Account.practitioner_id)
        .where(Account.id == account_id)
    )
    name, phone = session.execute(query).one()
    return Writer(name, phone or actor.help_phone, actor.authority_name, about)


def _letters(session: Session, run: LetterRun) -> list[tuple[Organisation, Need]]:
    query = (
        select(Organisation, Letter.need)
        .join(Letter, Letter.organisation_id == Organisation.id)
        .where(Letter.run_id == run.id)
        .order_by(Letter.id)
    )
    return [(organisation, need) for organisation, need in session.execute(query)]
