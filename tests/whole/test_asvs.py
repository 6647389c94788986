"""Each requirement on the list is bound to a test, or says why not yet; and the page about it is up to date."""

import re

import pytest

from tools import asvs
from tools.steps import ROOT

SECURITY = (ROOT / "docs/security.md").read_text()


def test_each_requirement_has_its_test_or_its_reason() -> None:
    wanted, later = asvs.listed()
    proved = asvs.bound().keys()

    assert len(wanted) == 80
    assert wanted.keys() - proved - later.keys() == set()
    assert proved & later.keys() == set(), "proved, and said not to be there yet"
    assert (proved | later.keys()) - wanted.keys() == set(), "not on the list"


def test_the_page_is_what_the_marks_say() -> None:
    assert asvs.PAGE.read_text() == asvs.page(), "run `python -m tools.asvs`"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("Limits on guessing are kept in the database, per email, per network address", id="6.1.1"),
        pytest.param("They never lock an account", id="6.1.1 nobody locked out"),
        pytest.param("`decide()` is asked before every request", id="8.1.1"),
    ],
)
@pytest.mark.asvs("6.1.1", "8.1.1")
def test_what_must_be_written_down_is(said: str) -> None:
    assert said in re.sub(r"\s+", " ", SECURITY)
