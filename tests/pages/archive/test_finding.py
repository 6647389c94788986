"""In the archive a record is found by its number, or by exactly its name and date of birth, and none that is near."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from cp.terms import RecordState
from tests import build, build_identities
from tests.build import World
from tests.pages.archive.conftest import Archive, Sit
from tests.pages.archive.steps import by_name, find, found

LAST_MONTH = date(2026, 10, 30)
NO_NAME = "No record in your authority’s archive has exactly this name and date of birth. Try its ContactPoint number"
NO_NUMBER = "No record in your authority’s archive has this number"


@pytest.mark.parametrize(
    ("given", "family"),
    [("Amira Jane", "Siddiqui"), ("amira", "SIDDIQUI"), ("Ámira-Jane", "Sid diqui"), ("AmiraJane", "siddíqui")],
)
def test_case_accents_and_hyphens_do_not_matter(
    world: World, archive: Archive, sit: Sit, given: str, family: str
) -> None:
    archive(LAST_MONTH, given_names="Amira Jane")

    assert by_name(sit(world.max), given, family).h1 == "Amira Jane Siddiqui"


@pytest.mark.parametrize(
    ("given", "family", "born"),
    [
        ("Amirah", "Siddiqui", {}),
        ("Amira", "Sidiqi", {}),
        ("Jane", "Siddiqui", {}),
        ("Siddiqui", "Amira", {}),
        ("Amira", "", {}),
        ("Amira", "Siddiqui", {"born-day": "15"}),
        ("Amira", "Siddiqui", {"born-day": "3", "born-month": "14"[:1]}),
        ("Amira", "Siddiqui", {"born-year": "2007"}),
    ],
)
def test_nothing_near_is_found(
    session: Session, world: World, archive: Archive, sit: Sit, given: str, family: str, born: dict[str, str]
) -> None:
    archive(LAST_MONTH, given_names="Amira Jane")

    page = by_name(sit(world.max), given, family, **born)

    assert (page.status, page.errors) == (422, [NO_NAME])
    assert page.form("Find the record").fields["given"] == given
    assert [(one.subject_id, one.results) for one in found(session)] == [(None, 0)]


def test_only_what_is_in_the_archive_of_their_own_authority_is_found(
    session: Session, world: World, archive: Archive, sit: Sit
) -> None:
    there, theirs = build_identities.elsewhere(session)
    elsewhere, live = archive(LAST_MONTH, authority_id=there.id), build.child(session, world, born_on=date(2008, 3, 14))
    sealed, joined = archive(LAST_MONTH), archive(LAST_MONTH)
    sealed.state, joined.state = RecordState.SEALED, RecordState.MERGED
    session.commit()
    browser = sit(world.max)

    answers = [find(browser, number=one.number).errors for one in (elsewhere, live, sealed, joined)]

    assert answers == [[NO_NUMBER]] * 4
    assert by_name(browser).errors == [NO_NAME]
    assert by_name(sit(theirs)).h1 == "Amira Siddiqui"
    assert {one.subject_id for one in found(session)} == {None, elsewhere.subject_id}


def test_of_several_of_one_name_each_is_listed_by_its_number(world: World, archive: Archive, sit: Sit) -> None:
    twins = [archive(on) for on in (LAST_MONTH, date(2025, 1, 7))]

    page = by_name(sit(world.max))

    assert page.status_line == "More than one record has that name and date of birth. They are listed below."
    rows = page.texts("tbody tr")
    assert len(rows) == 2
    assert all(one.number[-4:] in "".join(rows) for one in twins)
    assert "Siddiqui" not in page.html.get_text()
    assert "Open the record" in rows[1]
    assert "Ask a colleague to read it with you" in rows[0]


def test_found_twice_for_the_same_it_is_one_and_for_something_else_another(
    session: Session, world: World, archive: Archive, sit: Sit
) -> None:
    child, browser = archive(LAST_MONTH), sit(world.max)

    pages = [find(browser, number=child.number, why=why).url for why in ("section_47", "section_47", "child_death")]

    assert pages[0] == pages[1] != pages[2]
