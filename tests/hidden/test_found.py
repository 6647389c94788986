"""What the comparison has found so far, each held by the very requests that showed it."""

from uuid import UUID

import pytest
from sqlalchemy import select

from cp.models import Involvement
from tests.hidden.filling import Way, form_token
from tests.hidden.pairs import Pair


def own(pair: Pair, who: str) -> UUID:
    """This person's involvement with the child, which is in both."""
    practitioner = pair.made.people[who].practitioner
    assert practitioner is not None
    query = select(Involvement.uid).where(Involvement.practitioner_id == practitioner.id)
    return pair.sides[0].connection.scalars(query).all()[-1]


@pytest.mark.parametrize("pair", ["shielded"], indirect=True)
def test_whoever_takes_back_that_they_lead_is_not_told_whether_somebody_led_before(pair: Pair) -> None:
    with pair.held("colleague"):
        token = ("csrf_token", form_token(pair.sides[0].token))
        taken_back = Way("POST", f"/involvements/{own(pair, 'colleague')}/end", (token, ("how", "mistake")))

        answers = pair.ask([taken_back] * 2)
        pages = pair.ask([Way("GET", answer.headers["Location"].partition("#")[0]) for answer in answers])

        assert [answer.status_code for answer in answers + pages] == [303, 303, 200, 200]


@pytest.mark.parametrize("pair", ["shielded", "old identity"], indirect=True)
def test_whoever_closes_an_account_is_not_told_how_many_involvements_others_have(pair: Pair) -> None:
    """An account of somebody who is no practitioner had every organisation's involvements counted as its own."""
    with pair.held("manager"):
        for who in ("team", "reviewer", "practitioner"):
            answers = pair.ask([Way("GET", f"/accounts/{pair.made.people[who].account.uid}/close")] * 2)

            assert [answer.status_code for answer in answers] == [200, 200]


FARAH = (("carer_given_name", "Farah"), ("carer_family_name", "Haddad"))
HOUSE = (("house", "18"), ("street", "Tanner's Row"))


@pytest.mark.parametrize("asked", [FARAH, HOUSE, FARAH + HOUSE], ids=["carer", "address", "both"])
@pytest.mark.parametrize("pair", ["shielded", "shielded, known otherwise", "old identity"], indirect=True)
def test_by_a_hidden_carer_or_address_nobody_finds_anything(pair: Pair, asked: tuple[tuple[str, str], ...]) -> None:
    """The same pages, entries and statements, for each of those who may ask at all."""
    child = (("postcode", "ZA4 7QD"), ("given_name", "Amira"), ("reason", "working_with"))
    for who in {"holder", "team", "team_elsewhere"} & pair.actors.keys():
        with pair.held(who):
            token = (("csrf_token", form_token(pair.sides[0].token)),)
            sent = pair.ask([Way("POST", "/searches/family", token + asked + child)] * 2)
            pages = pair.ask([Way("GET", answer.headers["Location"].partition("#")[0]) for answer in sent])

            assert [page.status_code for page in pages] == [200, 200]
            assert [str(pair.child_uid) in page.text for page in pages] == [False, False]


@pytest.mark.parametrize("pair", ["old identity"], indirect=True)
def test_the_number_of_an_old_identity_is_looked_up_no_further_than_that_of_nobody(pair: Pair) -> None:
    """The same statements, whichever of the two directories is asked."""
    with pair.held("practitioner"):
        token = ("csrf_token", form_token(pair.sides[0].token))
        asked = Way("POST", "/searches", (token, ("number", pair.number), ("reason", "working_with")))
        answers = pair.ask([asked] * 2)
        for side, answer in zip(pair.sides, answers, strict=True):
            side.ask(Way("GET", answer.headers["Location"].partition("#")[0]), {})

    assert pair.sides[0].sent == pair.sides[1].sent


@pytest.mark.parametrize("pair", ["the same"], indirect=True)
def test_the_number_of_a_new_record_is_drawn_by_chance_and_tells_nothing(pair: Pair) -> None:
    with pair.held("team_elsewhere"):
        token = ("csrf_token", form_token(pair.sides[0].token))
        facts = (("given_names", "Robin"), ("family_name", "Vale"), ("born-day", "1"), ("born-month", "2"),
                 ("born-year", "2016"), ("gender", "female"), ("ground", "adoption"), ("review-day", "1"),
                 ("review-month", "3"), ("review-year", "2027"))  # fmt: skip
        answers = pair.ask([Way("POST", "/children/new-identity", (token, *facts))] * 2)
        shown = pair.ask([Way("GET", answer.headers["Location"].partition("#")[0]) for answer in answers])

    assert [answer.status_code for answer in answers + shown] == [303, 303, 200, 200]


@pytest.mark.parametrize("pair", ["old identity"], indirect=True)
def test_a_sensitive_service_is_answered_of_an_old_identity_as_of_nobody(pair: Pair) -> None:
    with pair.held("clinic"):
        answers = pair.ask([Way("GET", f"/children/{pair.child_uid}/involvements/sensitive")] * 2)

    assert [answer.status_code for answer in answers] == [404, 404]
