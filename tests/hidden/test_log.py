"""Nobody learns from the log what is hidden: neither a reviewer of what others did, nor a user of what they did."""

from collections.abc import Sequence

import pytest
from sqlalchemy import false

from cp.rules.number import shown
from cp.services.log import entries
from tests.hidden.filling import Way, form_token
from tests.hidden.pairing import PLANS
from tests.hidden.pairs import Different, Pair

LOOKED = ("/children/{0}", "/children/{0}/print", "/children/{0}/involvements/new", "/children/{0}/disputes/new",
          "/children/{0}/contact/new", "/children/{0}/override")  # fmt: skip
"""What people ask for of the child; some of it is refused, or not there."""
ASKERS = ("practitioner", "colleague", "clinic", "holder", "elsewhere", "assistant")
READERS = {"reviewer": "practitioner", "reviewer_elsewhere": "elsewhere"}
"""Each with somebody of their own authority."""


def both(pair: Pair, method: str, path: str, fields: Sequence[tuple[str, str]] = ()) -> list[str]:
    """Asked of both, with the form's token of each; where they lead, if they lead on."""
    ways = [Way(method, path, (("csrf_token", form_token(side.token)), *fields) if fields else ())
            for side in pair.sides]  # fmt: skip
    answers = pair.ask(ways)
    return [answer.headers.get("Location", "") for answer in answers]


def read(pair: Pair, **typed: str) -> None:
    """The log of what is typed: both are led to an address, and read what is there."""
    where = both(pair, "POST", "/log", [*typed.items(), ("what", typed.get("what", ""))])
    assert all(to.startswith("/log/") for to in where), where
    pair.ask([Way("GET", to) for to in where])
    pair.ask([Way("GET", f"{to}/print") for to in where])


def everything(pair: Pair, reader: str) -> None:
    """Everybody looks for the child, and reads what they did; then somebody reviews them. Raises Different."""
    askers = [who for who in ASKERS if who in pair.actors]
    with pair.held(askers[0]):
        for who in askers:
            pair.turn(who)
            for path in LOOKED:
                both(pair, "GET", path.format(pair.child_uid))
            both(pair, "GET", "/account/log")
        pair.turn(reader)
        both(pair, "GET", "/log")
        read(pair, number=shown(pair.number))
        read(pair, what="first")
        read(pair, person=pair.made.people[READERS[reader]].email, number=pair.number)
        both(pair, "GET", f"/log/people/{pair.made.people['clinic'].account.uid}")


@pytest.mark.parametrize("pair", PLANS, indirect=True)
@pytest.mark.parametrize("reader", READERS)
def test_a_reviewer_reads_the_same_of_two_directories(pair: Pair, reader: str) -> None:
    begun = pair.asked

    everything(pair, reader)

    assert pair.asked - begun > 20


@pytest.mark.parametrize("pair", ["old identity"], indirect=True)
def test_a_number_beside_what_is_not_there_would_be_noticed(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "child_told", lambda *_: True)

    with pytest.raises(Different):
        everything(pair, "reviewer")


@pytest.mark.parametrize("pair", ["shielded, known otherwise"], indirect=True)
def test_whose_a_shielded_child_is_would_be_noticed(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "PROTECTED", false())

    with pytest.raises(Different):
        everything(pair, "reviewer_elsewhere")
