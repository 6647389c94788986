"""Builders of a roll-out: authorities with organisations in random states, their files, people and rolls."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Involvement, Organisation, SupplyFile
from cp.models.child import Child
from cp.services.implementation import steps
from cp.services.supply import standing
from cp.terms import BodyKind, FileForm, Means, OrganisationKind, Region, Role, SchoolType, SupplyState
from tests import build
from tests.build import Person

DONE = ("contacted_on", "duty_explained_on", "answered_on", "means_offered_on", "means_agreed_on", "test_accepted_on",
        "agreement_signed_on", "accreditation_answered_on")  # fmt: skip


def authority(session: Session, chance: Random, number: int, **manager: Any) -> tuple[Authority, Person]:
    """One, with its implementation manager; nobody has said of every one where and in which phase it is."""
    today = clock.today()
    days = {"data_from": today - timedelta(days=90), "shields_from": today - timedelta(days=60),
            "access_from": today + timedelta(days=chance.choice((-30, 0, 30)))}  # fmt: skip
    made = build.add(session, Authority(
        name=f"Council {number:03}", education_code=f"{number % 1000:03}", team_phone="+441614960130",
        help_phone="+441614960100", region=chance.choice((*Region, None)), phase=chance.choice((1, 2, 3, None)),
        **(days if chance.random() < 0.8 else {}),
    ))  # fmt: skip
    council = build.organisation(session, made, OrganisationKind.COUNCIL_SERVICE, name=f"Council {number:03}",
                                 body_kind=BodyKind.AUTHORITY)  # fmt: skip
    role = Role.IMPLEMENTATION_MANAGER
    return made, build.person(session, council, "Ivy Hartley", f"ivy.{number}", role, **manager)


def organisations(session: Session, chance: Random, made: Authority, most: int) -> list[Organisation]:
    """Some that have closed, and some of the council's own; each as far on its way as chance has it."""
    found = [_organisation(session, chance, made) for _ in range(chance.randint(0, most))]
    for one in found:
        if chance.random() < 0.9:
            _on_its_way(session, chance, one)
        if chance.random() < 0.6:
            _files(session, chance, one)
    return found


def _organisation(session: Session, chance: Random, made: Authority) -> Organisation:
    today = clock.today()
    closed = chance.choice((None, None, None, None, today - timedelta(days=9), today, today + timedelta(days=9)))
    return build.organisation(
        session, made, chance.choice(tuple(OrganisationKind)), name="Weirside", valid_to=closed,
        body_kind=chance.choice((*[BodyKind.EDUCATION] * 6, BodyKind.AUTHORITY)),
        school_type=chance.choice((*SchoolType, None)), pupils=chance.choice((None, chance.randint(0, 60))),
        accreditation_ends_on=chance.choice((None, today, *[today + timedelta(days=200)] * 3)),
    )  # fmt: skip


def _on_its_way(session: Session, chance: Random, one: Organisation) -> None:
    """In the order of the steps, up to a random one; some that are everything long ago and no longer."""
    today = clock.today()
    began, far = today - timedelta(days=chance.randint(0, 200)), chance.choice((0, 1, 3, 5, 7, *[len(DONE)] * 5))
    done = {name: min(began + timedelta(days=9 * at), today) for at, name in enumerate(DONE[:far])}
    facts = {"next_on": today + timedelta(days=chance.randint(-5, 5))} if chance.random() < 0.5 else {}
    if far == len(DONE):
        live_on: dict[str, date] = {"live_on": today - timedelta(days=chance.randint(0, 60))}
        facts |= {"agreement_ends_on": today + timedelta(days=chance.choice((0, 300, 300)))}
        facts |= live_on if chance.random() < 0.6 else {}
    people = chance.choice((0, 1, 2, 3, 4, 7, 11)) if far == len(DONE) else 0
    means = chance.choice(tuple(Means)) if far else None
    steps.keep(session, one, means=means, people_named=people, people_trained=people, **done, **facts)


def _files(session: Session, chance: Random, one: Organisation) -> None:
    for _ in range(chance.randint(1, 3)):
        at = clock.now() - timedelta(days=chance.choice((0, 1, 3, 40, 150)), minutes=chance.randint(0, 600))
        state = chance.choice((SupplyState.CHECKED, SupplyState.SENT, SupplyState.SENT, SupplyState.UNDONE))
        build.add(session, SupplyFile(
            organisation_id=one.id, form=chance.choice((FileForm.CSV, FileForm.CTF, FileForm.HAND)), whole=True,
            state=state, fingerprint=1, received_at=at, sent_at=None if state is SupplyState.CHECKED else at,
            total=3, ready=3, facts={},
        ))  # fmt: skip
    standing.renew(session, one.id)


def rolls(session: Session, chance: Random, found: Sequence[Organisation], children: Sequence[Child]) -> None:
    """Who is with each of them: the organisation itself or somebody there, still or no longer, or by error."""
    today, rows = clock.today(), list[dict[str, object]]()
    for one in found:
        worker = build.practitioner(session, one).id
        for child in chance.sample(children, chance.randint(0, len(children))):
            rows.append({
                "child_id": child.id, "organisation_id": one.id, "started_on": today - timedelta(days=90),
                "recorded_at": clock.now(), "practitioner_id": chance.choice((None, None, None, worker)),
                "ended_on": chance.choice((None, None, None, today)), "in_error": chance.random() < 0.1,
            })  # fmt: skip
    if rows:
        session.execute(insert(Involvement), rows)
