"""Somebody guesses: thousands of passwords and codes get in not once, and no answer tells who has an account."""

import random
from collections.abc import Callable
from datetime import timedelta
from time import perf_counter

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from tests.build import PASSWORD, World
from tests.scale import FULL, SEED, scaled
from tests.web import Browser, code_now

GUESSES = scaled(400, 5000)
PAIRS = scaled(20, 2000)
ADDRESSES = 25
MOST_AUC = 0.55

Property = Callable[[str, object], None]


class Guesser:
    """Sends forms as fast as the clock lets them, from many addresses; `evaluated` counts those that did not wait."""

    def __init__(self, app: Flask, clock: time_machine.Traveller) -> None:
        self.browser, self.clock = Browser(app), clock
        self.evaluated = 0

    def post(self, path: str, address: str, **fields: str) -> TestResponse:
        fields["csrf_token"] = self.token(path)
        return self.browser.client.post(path, data=fields, environ_base={"REMOTE_ADDR": address})

    def token(self, path: str) -> str:
        field = self.browser.get(path).html.select_one("input[name=csrf_token]")
        assert field is not None
        return str(field["value"])


@pytest.mark.asvs("6.3.1")
def test_thousands_of_passwords_get_in_not_once(
    app: Flask, world: World, clock: time_machine.Traveller, record_property: Property
) -> None:
    """The right one is the last: an attacker who is let try a few hundred never reaches it."""
    guesser, inside, tried = Guesser(app, clock), 0, 0
    chance = random.Random(SEED)
    for number in range(GUESSES):
        password = PASSWORD if number == GUESSES - 1 else f"password {number}"
        address = f"203.0.113.{chance.randrange(ADDRESSES)}"
        answer = guesser.post("/sign-in", address, email=world.sam.email, password=password)
        inside += answer.status_code == 303
        tried += answer.status_code == 422
        clock.shift(timedelta(seconds=1))

    for name, figure in {"guesses": GUESSES, "got in": inside, "evaluated": tried, "seed": SEED}.items():
        record_property(name, figure)
    assert inside == 0
    assert tried <= 10 * (GUESSES // 300 + 1)


def test_thousands_of_codes_get_in_not_once(
    app: Flask, world: World, clock: time_machine.Traveller, record_property: Property
) -> None:
    """Whoever has the right password still has to know the code; six digits are not guessed in time."""
    guesser, inside, tried = Guesser(app, clock), 0, 0
    chance = random.Random(SEED)
    for number in range(GUESSES):
        if number % 500 == 0:  # the ten minutes for a code are over
            guesser.post("/sign-in", "203.0.113.9", email=world.sam.email, password=PASSWORD)
        right, code = code_now(world.sam), f"{chance.randrange(1_000_000):06d}"
        if code != right:
            answer = guesser.post("/sign-in/code", "203.0.113.9", code=code)
            inside += answer.status_code == 303 and not answer.headers["Location"].startswith("/sign-in")
            tried += answer.status_code == 422
        clock.shift(timedelta(seconds=1))

    for name, figure in {"guesses": GUESSES, "got in": inside, "evaluated": tried, "seed": SEED}.items():
        record_property(name, figure)
    assert inside == 0
    assert tried <= 5 * (GUESSES // 300 + 1)


@pytest.mark.alone
@pytest.mark.asvs("6.3.8")
def test_no_answer_and_no_time_tells_who_has_an_account(
    app: Flask, world: World, clock: time_machine.Traveller, record_property: Property
) -> None:
    """Known and unknown emails by turns, in either order. The time is only judged at full scale, on many pairs."""
    guesser, chance = Guesser(app, clock), random.Random(SEED)
    took: dict[bool, list[float]] = {True: [], False: []}
    answers: dict[bool, set[tuple[int, str]]] = {True: set(), False: set()}
    for number in range(PAIRS):
        clock.shift(timedelta(minutes=6))
        for known in chance.sample((True, False), 2):
            address = f"198.18.{number // 250}.{number % 250}"
            email = world.sam.email if known else f"nobody{number:05d}.elsewhere@example.test"
            token = guesser.token("/sign-in")
            began = perf_counter()
            answer = guesser.browser.client.post(
                "/sign-in", data={"csrf_token": token, "email": email, "password": "a wrong guess"},
                environ_base={"REMOTE_ADDR": address},
            )  # fmt: skip
            took[known].append(perf_counter() - began)
            page = guesser.browser._page(answer)
            answers[known].add((page.status, "|".join(page.errors)))

    either = auc(took[True], took[False])
    for name, figure in {"pairs": PAIRS, "max(AUC, 1-AUC)": round(max(either, 1 - either), 3), "seed": SEED}.items():
        record_property(name, figure)
    assert answers[True] == answers[False] == {(422, "Email address or password is wrong")}
    if FULL:
        assert max(either, 1 - either) <= MOST_AUC


def auc(these: list[float], those: list[float]) -> float:
    """How likely one of these took longer than one of those; 0.5 where nothing can be told."""
    ranked = sorted([(value, True) for value in these] + [(value, False) for value in those])
    places = sum(place for place, (_, mine) in enumerate(ranked, 1) if mine)
    return (places - len(these) * (len(these) + 1) / 2) / (len(these) * len(those))


@pytest.mark.parametrize(("these", "those", "expected"), [([1, 2], [3, 4], 0.0), ([3, 4], [1, 2], 1.0)])
def test_the_measure_itself_tells_what_differs(these: list[float], those: list[float], expected: float) -> None:
    assert auc(these, those) == expected
