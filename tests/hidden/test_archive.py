"""Whoever is asked to read an archived record cannot tell what it holds before they agree; nobody else, that it is."""

import pytest

from tests.hidden.filling import Way
from tests.hidden.pairs import Pair

PAGES = {"": 200, "/{}/answer": 200, "/{}": 404, "/{}/print": 404, "/{}/ask": 404}


@pytest.mark.parametrize("pair", ["archived, asked for"], indirect=True)
@pytest.mark.parametrize("who", ["team", "asked"])
def test_the_two_see_the_same_whatever_the_record_holds(pair: Pair, who: str) -> None:
    [one] = pair.ids["archive_reading"]
    with pair.held(who):
        found = {path: pair.ask([Way("GET", f"/archive{path}".format(one))] * 2) for path in PAGES}

    assert {path: {answer.status_code for answer in answers} for path, answers in found.items()} == {
        path: {status} for path, status in PAGES.items()
    }
    assert all(pair.number[-4:] in answer.text for path in ("", "/{}/answer") for answer in found[path])


@pytest.mark.parametrize("pair", ["archived, asked for"], indirect=True)
@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("colleague of the team", (200, 404)),
        ("team_elsewhere", (200, 404)),
        ("practitioner", (403, 403)),
        ("reviewer", (403, 403)),
    ],
)
def test_to_anybody_else_it_is_as_if_it_were_not(pair: Pair, who: str, statuses: tuple[int, int]) -> None:
    [one] = pair.ids["archive_reading"]
    with pair.held(who):
        answers = [pair.ask([Way("GET", f"/archive{path}".format(one))] * 2) for path in PAGES]

    assert [first.status_code for first, _ in answers] == [statuses[0], *(statuses[1],) * 4]
    assert not any(pair.number[-4:] in answer.text for both in answers for answer in both)
