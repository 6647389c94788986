"""Letters to many at once: who waits for which, what a run makes and notes, and what is kept of an email."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, Authority, LetterRun
from cp.services.audit import Refusal
from cp.services.implementation import steps
from cp.services.implementation.letters import making, runs
from cp.services.implementation.letters.making import Asked
from cp.terms import Act, LetterKind, LetterWay, Need, SensitiveSubject
from tests import build
from tests.build import World
from tests.build_letters import alone, make, school, waiting, written
from tests.web import actor_of

YEAR_AGO = date(2025, 11, 23)
TOLD = {"contacted_on": YEAR_AGO, "duty_explained_on": YEAR_AGO}
LATE = TOLD | {"next_on": YEAR_AGO}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, [LetterKind.FIRST]),
        ({"contacted_on": YEAR_AGO}, [LetterKind.FIRST]),
        (LATE, [LetterKind.REMINDER, LetterKind.MEANS]),
        (TOLD | {"next_on": date(2026, 11, 23)}, [LetterKind.MEANS]),
        (LATE | {"answered_on": YEAR_AGO}, []),
        (LATE | {"answered_on": YEAR_AGO, "means_offered_on": YEAR_AGO}, [LetterKind.REMINDER]),
        (TOLD | dict.fromkeys(("answered_on", "means_offered_on", "means_agreed_on", "test_accepted_on",
                               "agreement_signed_on"), YEAR_AGO) | {"people_named": 2, "people_invited": 2},
         [LetterKind.TRAINING]),
    ],
)  # fmt: skip
def test_who_waits_for_which_letter_follows_from_what_is_needed(
    session: Session, world: World, facts: dict[str, object], expected: list[LetterKind]
) -> None:
    one = alone(session, world, **facts)

    assert [kind for kind in LetterKind if one.name in waiting(session, world, kind)] == expected


def test_the_council_itself_the_closed_and_other_authorities_wait_for_nothing(session: Session, world: World) -> None:
    school(session, world, "Closed Prep", valid_to=clock.today())
    school(session, world, "Opening Prep", valid_from=clock.today() + timedelta(days=1))
    there = build.add(session, Authority(name="Southvale Council", education_code="998",
                                         team_phone="+441614960150", help_phone="+441614960151"))  # fmt: skip
    build.organisation(session, there, name="Far Prep")

    assert waiting(session, world, LetterKind.FIRST) == [
        "Hollin Bank Primary School", "Vale Community Health", "Vale Road Surgery",
    ]  # fmt: skip


def test_a_sensitive_service_is_told_of_contactpoint_and_not_asked_how_it_will_send(
    session: Session, world: World
) -> None:
    one = alone(session, world, **TOLD)
    clinic = school(session, world, "Vale Clinic", sensitive_subject=SensitiveSubject.SEXUAL_HEALTH)

    assert waiting(session, world, LetterKind.FIRST) == ["Vale Clinic"]
    steps.keep(session, clinic, **TOLD)
    assert waiting(session, world, LetterKind.MEANS) == [one.name]


def test_the_first_letter_notes_that_the_school_was_contacted_and_told_its_duty(session: Session, world: World) -> None:
    one = alone(session, world)

    made = make(session, world)

    assert made is not None
    assert written(session) == [(LetterKind.FIRST, LetterWay.PRINTED, "Ashgrove Prep")]
    row = steps.held(session, one)
    assert (row.contacted_on, row.duty_explained_on, row.need) == (clock.today(), clock.today(), Need.ANSWER)
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.MAKE_LETTERS)).one()
    assert (entry.object_id, entry.reason, entry.results) == (made.run.uid, "first", 1)


def test_an_earlier_contact_keeps_its_day(session: Session, world: World) -> None:
    one = alone(session, world, contacted_on=YEAR_AGO)

    make(session, world)

    row = steps.held(session, one)
    assert (row.contacted_on, row.duty_explained_on) == (YEAR_AGO, clock.today())


@pytest.mark.parametrize("kind", [LetterKind.REMINDER, LetterKind.MEANS, LetterKind.TRAINING])
def test_no_other_letter_changes_what_a_school_waits_for(session: Session, world: World, kind: LetterKind) -> None:
    one = alone(session, world, **TOLD)
    before = steps.held(session, one).version

    assert make(session, world, kind, chosen=[one]) is not None

    assert steps.held(session, one).version == before


def test_the_same_letter_again_on_a_day_is_shown_and_made_only_when_asked_for(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    one = alone(session, world, **TOLD)
    make(session, world, LetterKind.MEANS)
    asked = Asked(LetterKind.MEANS, None)

    planned = making.plan(session, actor_of(session, world.ivy), asked)
    assert (planned.to, [had.name for had in planned.had]) == ((), ["Ashgrove Prep"])
    assert make(session, world, LetterKind.MEANS) is None
    assert make(session, world, LetterKind.MEANS, again=True) is not None
    clock.shift(timedelta(days=1))
    assert make(session, world, LetterKind.MEANS, chosen=[one]) is not None

    assert written(session) == [(LetterKind.MEANS, LetterWay.PRINTED, "Ashgrove Prep")] * 3


def test_a_run_is_bounded_and_the_next_one_makes_the_rest(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cp.services.implementation.letters.making.A_RUN", 2)

    planned = making.plan(session, actor_of(session, world.ivy), Asked(LetterKind.FIRST, None))
    assert ([one.name for one, _ in planned.to], planned.later) == (
        ["Hollin Bank Primary School", "Vale Community Health"], 1,
    )  # fmt: skip
    make(session, world)
    make(session, world)

    assert [name for _, _, name in written(session)] == [
        "Hollin Bank Primary School", "Vale Community Health", "Vale Road Surgery",
    ]  # fmt: skip
    assert make(session, world) is None


def test_nobody_is_reminded_of_what_they_do_not_owe(session: Session, world: World) -> None:
    ours = alone(session, world)
    owes = school(session, world, "Owing Prep")
    steps.keep(session, owes, **TOLD)
    asked = Asked(LetterKind.REMINDER, (ours.uid, owes.uid))

    planned = making.plan(session, actor_of(session, world.ivy), asked)

    assert ([one.name for one, _ in planned.to], [one.name for one in planned.nothing_owed]) == (
        ["Owing Prep"], ["Ashgrove Prep"],
    )  # fmt: skip


def test_a_school_of_another_authority_is_not_there(session: Session, world: World) -> None:
    there = build.add(session, Authority(name="Southvale Council", education_code="998",
                                         team_phone="+441614960150", help_phone="+441614960151"))  # fmt: skip
    far = build.organisation(session, there, name="Far Prep")
    actor = actor_of(session, world.ivy)
    run = build.add(session, LetterRun(
        authority_id=there.id, kind=LetterKind.FIRST, way=LetterWay.PRINTED, made_on=clock.today(),
        made_at=clock.now(), made_by_id=world.ivy.account.id, letters=0,
    ))  # fmt: skip

    assert make(session, world, chosen=[far]) is None
    for look in (
        lambda: runs.preview(session, actor, far.uid, LetterKind.FIRST, "", ""),
        lambda: runs.one(session, actor, run.uid, ""),
    ):
        with pytest.raises(Refusal) as refused:
            look()
        assert refused.value.hidden
