"""The implementation manager's schools: what each waits for, who acts, by when; the same as a spreadsheet."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cp import clock
from cp.terms import Means, OrganisationKind
from tests import build_schools
from tests.build import World
from tests.build_schools import ago, answered, school
from tests.pages.supply.steps import rows
from tests.web import Browser, Page


def known(name: str) -> dict[str, Any]:
    """Of a school that nobody has contacted, or was told long ago, or whose people are named, or invited besides."""
    trained_by_nobody = build_schools.everything() | {"people_trained": 0}
    return {
        "new": {}, "told": {"began_on": ago(60), "contacted_on": ago(50), "duty_explained_on": ago(50)},
        "named": trained_by_nobody, "invited": trained_by_nobody | {"people_invited": 2},
    }[name]  # fmt: skip


@pytest.fixture(autouse=True)
def _ivy(browser: Browser, session: Session, world: World) -> None:
    """Five of Northvale: one not contacted, three that wait for a way to send data, one live; and one that closed."""
    build_schools.opened(session, world)
    school(session, world, "Ashgrove Preparatory", kind=OrganisationKind.INDEPENDENT_SCHOOL)
    school(session, world, "The Larches School", answered(), kind=OrganisationKind.INDEPENDENT_SCHOOL)
    offered = {"means": Means.SPREADSHEET, "means_offered_on": ago(3)}
    school(session, world, "St Oswin’s College", answered() | offered, kind=OrganisationKind.COLLEGE)
    school(session, world, "Hollin Bank Infants", answered(3))
    school(session, world, "Weirside Academy", build_schools.everything())
    school(session, world, "Gone Lane School", answered(), valid_to=clock.today())
    browser.become(session, world.ivy)


def waiting(page: Page) -> list[str]:
    return page.texts("#waiting li")


def test_the_first_step_at_which_somebody_waits_is_shown_and_each_is_counted(browser: Browser) -> None:
    page = browser.get("/implementation")

    assert page.h1 == "Schools in Northvale"
    assert page.texts(".cp-head p") == ["1 of 5 is live. 1 next step is overdue."]
    assert waiting(page) == [
        "First contact 1", "Their answers 0", "A way to send data 3", "A test file 0", "A signed agreement 0",
        "Named people 0", "Training 0", "Accreditation 0", "Nothing: live 1", "All schools 5",
    ]  # fmt: skip
    assert page.texts("#schools-heading") == ["1 school waits for first contact"]
    assert rows(page) == [["Ashgrove Preparatory", "Contact them for the first time", "You", "7 Dec"]]


def test_each_step_is_an_address_with_what_is_late_first(browser: Browser) -> None:
    page = browser.get(browser.get("/implementation").link("A way to send data"))

    assert page.texts("#schools-heading") == ["3 schools wait for a way to send data"]
    assert page.texts("#waiting [aria-current]") == ["A way to send data"]
    assert rows(page) == [
        ["The Larches School", "Offer them a way to send data", "You", "13 days late"],
        ["Hollin Bank Infants", "Offer them a way to send data", "You", "27 Nov"],
        ["St Oswin’s College", "Say yes to a spreadsheet each term", "The school", "4 Dec"],
    ]  # fmt: skip
    assert page.texts("#schools .cp-actions a") == ["Download as a spreadsheet"]


@pytest.mark.parametrize(
    ("step", "facts", "many", "words", "letter"),
    [
        ("first_contact", ["new"], 5, "Print letters for these 2 and 3 more", "first"),
        ("answers", ["told"], 1, "Print a letter for this one", "means"),
        ("answers", ["told", "told"], 2, "Print letters for these 2", "means"),
        ("training", ["named", "named", "invited", "invited"], 2, "Print letters for 2 of these 4", "training"),
        ("training", ["named", "invited"], 1, "Print a letter for one of these", "training"),
        ("late", ["told"], 1, "Print a reminder for one of these", "reminder"),
        ("late", ["told", "told"], 2, "Print reminders for 2 of these 3", "reminder"),
    ],
)  # fmt: skip
def test_a_button_promises_no_more_letters_than_there_are(
    browser: Browser, session: Session, world: World, step: str, facts: list[str], many: int, words: str, letter: str
) -> None:
    for number, name in enumerate(facts):
        school(session, world, f"School {number}", known(name))
    session.commit()

    page = browser.get(f"/implementation?step={step}")

    assert page.link(words) == f"/implementation/letters/new?letter={letter}"
    assert browser.get(page.link(words)).texts("main p")[0].startswith(f"{many} school")


def test_very_many_are_not_counted_for_the_words_of_a_button(
    browser: Browser, session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cp.views.schools.MOST_COUNTED", 1)
    for number in (1, 2):
        school(session, world, f"School {number}", known("told"))
    session.commit()

    page = browser.get("/implementation?step=answers")

    assert page.link("Print letters") == "/implementation/letters/new?letter=means"


def test_a_step_that_no_letter_moves_on_offers_none(browser: Browser) -> None:
    for step in ("means", "test_file", "live"):
        texts = browser.get(f"/implementation?step={step}").texts("main a")
        assert not [words for words in texts if words.startswith("Print")]


def test_what_is_overdue_is_a_list_of_its_own(browser: Browser) -> None:
    page = browser.get(browser.get("/implementation").link("1 next step is overdue"))

    assert page.texts("#schools-heading") == ["1 school is late"]
    assert [line[0] for line in rows(page)] == ["The Larches School"]


def test_a_step_swaps_the_table_alone_and_the_status_stays_silent(browser: Browser) -> None:
    page = browser.get("/implementation?step=live", headers={"HX-Request": "true"})

    assert page.html.select("h1, main") == []
    assert page.texts("#schools-heading[data-focus]") == ["1 school is live"]
    assert rows(page, "tbody tr") == [["Weirside Academy", "Nothing", "–", "–"]]
    assert page.texts("#waiting[data-hx-swap-oob] [aria-current]") == ["Nothing: live"]
    assert page.texts("#status") == [""]


@pytest.mark.parametrize(
    ("narrowed", "said", "at", "found"),
    [
        ("kind=independent_school", "Only independent schools. Show all", "All schools 2",
         ["The Larches School", "Ashgrove Preparatory"]),
        ("who=school", "Only those where the school acts. Show all", "All schools 1", ["St Oswin’s College"]),
        ("name=OLL", "Only those, with “OLL” in the name. Show all", "All schools 2",
         ["Hollin Bank Infants", "St Oswin’s College"]),
        ("name=%25&kind=college", "Only colleges, with “%” in the name. Show all", "All schools 0", []),
        ("sort=name", None, "All schools 5", [
            "Ashgrove Preparatory", "Hollin Bank Infants", "St Oswin’s College", "The Larches School",
            "Weirside Academy"]),
        ("kind=castle&who=me&sort=up&page=0&step=nowhere", None, "All schools 5", ["Ashgrove Preparatory"]),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_and_sorted_by_its_address(
    browser: Browser, narrowed: str, said: str | None, at: str, found: list[str]
) -> None:
    page = browser.get(f"/implementation?{'' if 'step' in narrowed else 'step=all&'}{narrowed}")

    assert page.texts("#schools > p.govuk-body")[:1] == ([said] if said else [])
    assert waiting(page)[-1] == at
    assert [line[0] for line in rows(page)] == found


def test_the_form_that_narrows_keeps_the_step_and_works_without_scripts(browser: Browser) -> None:
    page = browser.get("/implementation?step=means&kind=college&sort=name")
    form = page.form("Show")

    assert form.fields == {"step": "means", "kind": "college", "who": "", "name": "", "sort": "name"}
    assert page.link("Named people") == "/implementation?step=people&kind=college&sort=name"
    assert page.texts("#waiting option:first-child") == ["All kinds", "Anybody"]


def test_a_long_list_goes_on_by_what_is_left(browser: Browser, session: Session, world: World) -> None:
    for number in range(52):
        school(session, world, f"School {number:02}")
    session.commit()

    page = browser.get("/implementation?sort=name")
    assert len(rows(page)) == 50
    page = browser.get(page.link("Next 3"))

    assert [line[0] for line in rows(page)] == ["School 49", "School 50", "School 51"]
    assert page.texts("caption") == ["53 schools wait for first contact, 51 to 53"]
    assert rows(browser.get(page.link("Those before")))[0][0] == "Ashgrove Preparatory"
    assert browser.get("/implementation?page=9").texts("#schools > p") == ["This page of the list is empty."]


def test_the_same_as_a_spreadsheet_safe_to_open(browser: Browser, session: Session, world: World) -> None:
    school(session, world, "=1+1 School", answered())
    session.commit()

    answer = browser.client.get("/implementation.csv?step=means&kind=primary_school")

    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="schools-2026-11-23.csv"'
    assert answer.text.splitlines() == [
        "\ufeffname,URN,kind,waits for,what is needed,who acts,by,days late,contacted,duty explained,answered,"
        "way to send data,way offered,way agreed,test file accepted,agreement signed,people named,people trained,"
        "accredited before,live since",
        "'=1+1 School,,Primary schools,A way to send data,Offer them a way to send data,You,2026-11-10,13,2026-10-25,"
        "2026-10-25,2026-11-03,,,,,,0,0,2027-09-01,",
        "Hollin Bank Infants,,Primary schools,A way to send data,Offer them a way to send data,You,2026-11-27,,"
        "2026-11-11,2026-11-11,2026-11-20,,,,,,0,0,2027-09-01,",
    ]


def test_an_authority_without_any_school_says_so(browser: Browser, session: Session, world: World) -> None:
    for one in build_schools.every(session):
        one.valid_to = clock.today()
    session.commit()

    page = browser.get("/implementation")

    assert page.texts(".cp-head p, #schools p") == ["No school, practice or service is kept here yet."]


def test_what_closes_tomorrow_is_counted_today(browser: Browser, session: Session, world: World) -> None:
    school(session, world, "Last Day School", valid_to=clock.today() + timedelta(days=1))
    session.commit()

    assert waiting(browser.get("/implementation"))[0] == "First contact 2"


def test_another_authoritys_schools_are_nowhere(browser: Browser, session: Session, world: World) -> None:
    other = build_schools.elsewhere(session, "Eastvale School")
    session.commit()

    assert "Eastvale School" not in browser.get("/implementation?step=all").response.text
    assert browser.get(f"/implementation/schools/{other.uid}").status == 404
