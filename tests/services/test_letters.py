"""Letters to many at once: who waits for which, what a run makes and notes, and what is kept of an email."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, Authority, Job, LetterRun, Organisation
from cp.services import mailing
from cp.services.audit import Refusal
from cp.services.implementation import steps
from cp.services.implementation.letters import making, runs, sheets, whom
from cp.services.implementation.letters.making import Asked
from cp.terms import Act, LetterKind, LetterWay, Need, OrganisationKind, SensitiveSubject
from tests import build
from tests.build import World
from tests.build_letters import IVY, alone, make, school, written
from tests.web import actor_of

YEAR_AGO = date(2025, 11, 23)
TOLD = {"contacted_on": YEAR_AGO, "duty_explained_on": YEAR_AGO}
LATE = TOLD | {"next_on": YEAR_AGO}


def waiting(session: Session, world: World, kind: LetterKind) -> list[str]:
    return [one.name for one, _ in session.execute(whom.waiting(world.authority.id, kind))]


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


def test_an_email_goes_to_each_that_has_an_address_sealed_and_the_rest_still_wait(
    session: Session, world: World
) -> None:
    alone(session, world, **TOLD)
    school(session, world, "Paper Prep", email=None)

    for paper in session.scalars(select(Organisation).where(Organisation.name == "Paper Prep")):
        steps.keep(session, paper, **TOLD)
    made = make(session, world, LetterKind.MEANS, LetterWay.EMAILED)

    assert made is not None
    assert written(session) == [(LetterKind.MEANS, LetterWay.EMAILED, "Ashgrove Prep")]
    assert waiting(session, world, LetterKind.MEANS) == ["Ashgrove Prep", "Paper Prep"]
    job = session.scalars(select(Job).where(Job.kind == mailing.KIND)).one()
    assert job.facts_sealed is not None
    assert b"https://form" not in job.facts_sealed
    taken = mailing.take(session)
    assert taken is not None
    message = taken.message("contactpoint@council.example")
    assert (message["To"], message["Subject"]) == (
        "office@weirside.example.test", "ContactPoint: how will your school send its facts?",
    )  # fmt: skip
    assert "https://form/" in message.get_content()
    mailing.finish(session, job.id)
    session.refresh(job)
    assert job.facts_sealed is None


def test_an_email_that_cannot_be_sent_for_a_week_is_not_sent_any_more(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    alone(session, world, **TOLD)
    make(session, world, LetterKind.MEANS, LetterWay.EMAILED)
    session.commit()

    clock.shift(timedelta(days=7))

    assert mailing.take(session) is None


def test_a_printed_run_can_be_printed_again_as_it_was_and_a_forms_address_is_shown_once(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    one = alone(session, world, **LATE)
    reminder, means = (make(session, world, kind) for kind in (LetterKind.REMINDER, LetterKind.MEANS))
    assert reminder is not None
    assert means is not None
    clock.shift(timedelta(days=3))
    steps.keep(session, one, answered_on=YEAR_AGO)
    actor = actor_of(session, world.ivy)

    again = runs.one(session, actor, reminder.run.uid, IVY.about)
    once = runs.one(session, actor, means.run.uid, IVY.about)

    assert [sheet.words.parts[:2] for sheet in again.sheets] == [sheet.words.parts[:2] for sheet in reminder.sheets]
    assert [(sheet.day, sheet.to[0]) for sheet in again.sheets] == [(date(2026, 11, 23), "Ruth Castle")]
    assert (once.sheets, once.to, once.by) == ((), ("Ashgrove Prep",), "Ivy Hartley")


def test_a_letter_is_addressed_from_what_is_kept_and_plainly_where_that_is_little(
    session: Session, world: World
) -> None:
    full, bare = school(session, world), world.practice

    one, other = (sheets.sheet(LetterKind.FIRST, to, Need.CONTACT, IVY, YEAR_AGO) for to in (full, bare))

    assert (one.to, one.dear, one.posted) == (
        ("Ruth Castle", "Ashgrove Prep", "24 Heath Lane", "Hollin Bank", "Northvale", "ZA1 5PH"), "Dear Ruth Castle",
        True,
    )  # fmt: skip
    assert (other.to, other.dear, other.posted) == (
        ("The Practice Manager", "Vale Road Surgery"), "Dear Practice Manager", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "subject", "sentence"),
    [
        (OrganisationKind.INDEPENDENT_SCHOOL, None, "It is the same duty that all other schools have."),
        (OrganisationKind.PRIMARY_SCHOOL, None, "The law asks your school to send some facts about its pupils"),
        (OrganisationKind.COLLEGE, None, "The law asks your college to send some facts about its students"),
        (OrganisationKind.CHARITY, None, "You are free to choose."),
        (OrganisationKind.HEALTH_SERVICE, SensitiveSubject.SEXUAL_HEALTH, "So you send no list."),
    ],
)
def test_the_duty_is_explained_as_it_is_for_each(
    session: Session, world: World, kind: OrganisationKind, subject: SensitiveSubject | None, sentence: str
) -> None:
    to = build.organisation(session, world.authority, kind, sensitive_subject=subject)

    one = sheets.sheet(LetterKind.FIRST, to, Need.CONTACT, IVY, YEAR_AGO)

    text = sheets.as_text(one).replace("\n", " ")
    assert sentence in text
    assert ("You send one file as a test." in text) is (subject is None)


def test_an_email_says_what_the_printed_letter_says_and_keeps_an_address_whole(session: Session, world: World) -> None:
    address = "https://contactpoint.example/" + "x" * 90
    one = sheets.sheet(LetterKind.MEANS, school(session, world), Need.ANSWER, IVY, YEAR_AGO, address)

    text = sheets.as_text(one)

    assert text.startswith("Dear Ruth Castle,\n\nWe would like to find the way")
    assert address in text.splitlines()
    assert "* which way of sending would suit you" in text.splitlines()
    assert text.endswith(
        "Yours sincerely,\nIvy Hartley\nLocal Implementation Manager\nNorthvale Council\n0161 496 0137\n"
    )
    assert [line for line in text.splitlines() if len(line) > 76] == [address]
