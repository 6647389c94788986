"""What becomes of letters: in line to be sent, printed again, and what they say to whom."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Job
from cp.services import mailing
from cp.services.implementation import steps
from cp.services.implementation.letters import runs, sheets, words
from cp.terms import LetterKind, LetterWay, Need, OrganisationKind, SensitiveSubject
from tests import build
from tests.build import World
from tests.build_letters import IVY, alone, make, school, waiting, written
from tests.web import actor_of

YEAR_AGO = date(2025, 11, 23)
TOLD = {"contacted_on": YEAR_AGO, "duty_explained_on": YEAR_AGO}
LATE = TOLD | {"next_on": YEAR_AGO}


def test_an_email_goes_to_each_that_has_an_address_sealed_and_the_rest_still_wait(
    session: Session, world: World
) -> None:
    alone(session, world, **TOLD)
    steps.keep(session, school(session, world, "Paper Prep", email=None), **TOLD)

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
    assert message["Reply-To"] == "ivy.implementer@example.test"
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

    assert text.startswith("Dear Ruth Castle,\n\nNorthvale Council runs ContactPoint here.")
    assert address in text.splitlines()
    assert "* which way of sending would suit you" in text.splitlines()
    assert text.endswith(
        "Yours sincerely,\nIvy Hartley\nLocal Implementation Manager\nNorthvale Council\n0161 496 0137\n"
    )
    assert [line for line in text.splitlines() if len(line) > 76] == [address]


@pytest.mark.parametrize("need", words.OWED)
def test_a_reminder_says_how_what_is_owed_is_done(session: Session, world: World, need: Need) -> None:
    text = sheets.as_text(sheets.sheet(LetterKind.REMINDER, school(session, world), need, IVY, YEAR_AGO))

    said = " ".join(text.split())
    assert f"* {words.OWED[need]} What to do now {words.DONE_BY[need]}" in said
    assert said.index("What to do now") < said.index("Whom to call")
