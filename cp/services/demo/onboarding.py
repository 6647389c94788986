"""How far the demonstration's organisations are on their way: in the first authority every step has some waiting."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import Account, Authority, Involvement, Organisation
from cp.services.implementation import schools, steps
from cp.terms import BodyKind, Means, OrganisationKind, SchoolType, Step

NEW = (
    ("The Larches School", 148), ("St Oswin’s College", 412), ("Ashgrove Preparatory School", 236),
    ("Quarry Bank House", 64), ("Northvale Muslim School", 28), ("Weirside Hall", 187), ("The Linden Tutorial", 19),
    ("Fernlea Montessori School", 73),
)  # fmt: skip
"""Independent schools that nothing national supplies, so that nobody of theirs is in the directory yet; and how many
pupils each has."""
SHARES = (
    (Step.FIRST_CONTACT, 6), (Step.ANSWERS, 12), (Step.MEANS, 14), (Step.TEST_FILE, 10), (Step.AGREEMENT, 6),
    (Step.PEOPLE, 5), (Step.TRAINING, 8), (Step.ACCREDITATION, 5), (Step.LIVE, 34),
)  # fmt: skip
"""Of a hundred organisations, how many wait at which step."""
SPREAD = 37
"""So that neighbours wait for different things: takes each place once, unless their number is a multiple of it."""
BETWEEN = timedelta(days=12)
LATEST, WEEKS = 17, 11
"""The newest step was done within so many days; of those that are live, within so many weeks."""
RUN_BY = {
    OrganisationKind.PRIMARY_SCHOOL: SchoolType.MAINTAINED, OrganisationKind.SECONDARY_SCHOOL: SchoolType.MAINTAINED,
    OrganisationKind.SPECIAL_SCHOOL: SchoolType.MAINTAINED, OrganisationKind.NURSERY: SchoolType.MAINTAINED,
    OrganisationKind.INDEPENDENT_SCHOOL: SchoolType.INDEPENDENT, OrganisationKind.COLLEGE: SchoolType.COLLEGE,
}  # fmt: skip
NOTHING_DONE: dict[str, Any] = {
    **dict.fromkeys(("contacted_on", "duty_explained_on", "answered_on", "means", "means_offered_on",
                     "means_agreed_on", "test_accepted_on", "agreement_signed_on", "agreement_ends_on",
                     "accreditation_answered_on", "live_on"), None),
    **dict.fromkeys(("people_named", "people_invited", "places_booked", "people_trained"), 0),
}  # fmt: skip


def bring_in(session: Session, day: date) -> None:
    """Where each organisation of the first authority is on its way. Those in which somebody has an account are live."""
    authority_id = session.scalars(select(Authority.id).order_by(Authority.id).limit(1)).one()
    _add_new(session, authority_id)
    live = set(session.scalars(select(Account.organisation_id).distinct()))
    found = session.scalars(schools.ours(authority_id).order_by(Organisation.id)).all()
    held = _on_roll(session, [one.id for one in found])
    for place, one in enumerate(found):
        _as_in_the_register(one, place, held.get(one.id))
        reached = Step.LIVE if one.id in live else _step(place * SPREAD % len(found), len(found))
        _keep(session, one, reached, place, day)


def _on_roll(session: Session, organisations: Sequence[int]) -> dict[int, int]:
    """How many children each of these has, by its key."""
    running = select(Involvement.organisation_id, func.count()).where(
        Involvement.organisation_id.in_(organisations), Involvement.practitioner_id.is_(None),
        Involvement.ended_on.is_(None),
    )  # fmt: skip
    return dict(session.execute(running.group_by(Involvement.organisation_id)).all())


def _as_in_the_register(one: Organisation, place: int, held: int | None) -> None:
    """Who runs a school, and how many pupils it had at the census: a few more than are held."""
    run_by = RUN_BY.get(one.kind)
    if run_by is not None:
        one.school_type = SchoolType.ACADEMY if run_by is SchoolType.MAINTAINED and place % 3 == 0 else run_by
        one.pupils = one.pupils or (held and held + held // 40)


def _add_new(session: Session, authority_id: int) -> None:
    for number, (name, pupils) in enumerate(NEW, start=1):
        domain = "".join(filter(str.isalpha, name.lower().replace("’", "")))
        session.add(
            Organisation(
                authority_id=authority_id, kind=OrganisationKind.INDEPENDENT_SCHOOL, body_kind=BodyKind.EDUCATION,
                name=name, urn=f"9900{number:02d}", phone=f"+4416149607{number:02d}", for_everyone_of_age=True,
                email=f"office@{domain}.example.test", school_type=SchoolType.INDEPENDENT, pupils=pupils,
            )
        )  # fmt: skip
    session.flush()


def _step(place: int, of: int) -> Step:
    """By its place among so many."""
    share, upto = place * 100 // of, 0
    for step, width in SHARES:
        upto += width
        if share < upto:
            return step
    return Step.LIVE


def _keep(session: Session, one: Organisation, reached: Step, place: int, day: date) -> None:
    """Everything before the step that it waits at is done, the newest of it some days ago; nothing after it is."""
    if reached is not Step.LIVE:
        one.accreditation_ends_on = None
    number, newest = list(Step).index(reached), day - timedelta(days=place % LATEST)
    if reached is Step.LIVE:
        newest -= timedelta(days=7 * (place % WEEKS))
    facts: dict[str, Any] = NOTHING_DONE | {"began_on": newest - number * BETWEEN}
    for at, step in enumerate(list(Step)[:number]):
        facts |= _done(step, newest - (number - 1 - at) * BETWEEN, day)
    if reached is Step.LIVE:
        facts["live_on"] = newest
    steps.keep(session, one, **facts)


def _done(step: Step, on: date, day: date) -> dict[str, Any]:
    done: dict[Step, dict[str, Any]] = {
        Step.FIRST_CONTACT: {"contacted_on": on, "duty_explained_on": on},
        Step.ANSWERS: {"answered_on": on},
        Step.MEANS: {"means": Means.SPREADSHEET, "means_offered_on": on, "means_agreed_on": on},
        Step.TEST_FILE: {"test_accepted_on": on},
        Step.AGREEMENT: {"agreement_signed_on": on, "agreement_ends_on": day + timedelta(days=600)},
        Step.PEOPLE: {"people_named": 2},
        Step.TRAINING: {"people_invited": 2, "places_booked": 2, "people_trained": 2},
        Step.ACCREDITATION: {"accreditation_answered_on": on},
    }
    return done[step]
