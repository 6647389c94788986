"""The public pages and every letter can be read by somebody of eleven (tests/reading.py says by which formula)."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from cp.services.implementation.letters.words import OWED, Facts, said
from cp.terms import Asking, LetterKind, Need, OrganisationKind
from tests import build_families, build_identities, reading
from tests.build import World
from tests.build_letters import IVY
from tests.web import Browser

OLDEST = 11
PAGES = (
    "/about", "/about/schools", "/about/easy-read", "/local-contact", "/help/what-contactpoint-holds",
    "/help/how-searches-are-checked", "/privacy", "/accessibility",
)  # fmt: skip
FORM = "https://contactpoint.example/school/a-token"
LAW = (
    "Persons and bodies specified in Schedule 4 must disclose such of the information specified in Schedule 1 as is "
    "available to them for inclusion in the database, at such times as the Secretary of State may from time to time "
    "specify. Where information so disclosed has subsequently been superseded, the person or body responsible must "
    "thereupon disclose the superseding information."
)


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_can_be_read_at_eleven(
    browser: Browser, world: World, path: str, record_property: Callable[[str, object], None]
) -> None:
    texts = reading.sentences(reading.shown(browser.get(path).response.text, "main"))

    found = reading.age(texts)

    record_property("reading age", round(found, 2))
    assert found <= OLDEST, sorted(texts, key=lambda text: -reading.age([text]))[:3]


@pytest.mark.parametrize("kind", OrganisationKind)
def test_every_letter_can_be_read_at_eleven(kind: OrganisationKind) -> None:
    every = {
        (letter, need, form, sensitive): said(letter, Facts(kind, need, form, sensitive), IVY)
        for letter in LetterKind for need in (*OWED, Need.CONTACT) for form in ("", FORM) for sensitive in (False, True)
    }  # fmt: skip

    ages = {
        which: reading.age(reading.sentences(
            text for part in words.parts for text in (*part.lines, *part.points) if text != FORM
        ))
        for which, words in every.items()
    }  # fmt: skip

    assert {which: age for which, age in ages.items() if age > OLDEST} == {}


@pytest.mark.parametrize("about", Asking)
@pytest.mark.parametrize("who", ["parent with responsibility", "child of 14"])
def test_what_a_family_is_told_can_be_read_at_eleven(
    browser: Browser, session: Session, world: World, who: str, about: Asking
) -> None:
    child, asked = build_families.child_of_14(session, world), build_families.REQUESTERS[who]
    one = build_families.request(session, world.max, child, about, asked=asked)
    if about is Asking.COPY:
        build_families.release(session, one, build_identities.may(session, world))
    browser.become(session, world.max)

    texts = reading.sentences(reading.shown(browser.get(f"/requests/{one.uid}").response.text, ".cp-letter"))

    assert "The law lets us leave out some" in " ".join(texts)
    assert reading.age(texts) <= OLDEST, sorted(texts, key=lambda text: -reading.age([text]))[:3]


def test_a_hard_text_is_found_hard() -> None:
    assert reading.age(reading.sentences([LAW])) > OLDEST + 5


def test_the_formula_is_the_published_one() -> None:
    """Three words of four letters in one sentence."""
    assert reading.age(["Cats like fish"]) == pytest.approx(4.71 * 4 + 0.5 * 3 - 21.43 + 5)


def test_a_name_counts_as_a_plain_word_and_a_link_alone_as_nothing() -> None:
    page = '<main><p>ContactPoint is a list.</p><p><a href="/">Unconscionably multitudinous</a></p></main>'

    assert reading.shown(page, "main") == ["ContactPoint is a list."]
    assert reading.age(["ContactPoint is a list"]) == reading.age(["place is a list"])
