"""Files that were made to harm, or that went wrong on the way: each gets its verdict, cheaply, and touches nothing."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.feeds.hostile import HOSTILE, LARGE
from tests.feeds.verdicts import Hostile
from tests.scale import FULL
from tools.steps import ROOT

SECONDS, MEGABYTES = 2, 48
"""The most that any small file may take of the processor, and add to the most memory that was used before."""
LARGE_SECONDS, LARGE_MEGABYTES = 30, 160
LARGE_ONES = LARGE if FULL else LARGE[:3]


def judge(*names: str) -> list[dict[str, Any]]:
    asked = [sys.executable, "-m", "tests.feeds.judge", *names]
    answered = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(answered.stdout)
    return found


@pytest.mark.asvs("1.5.1", "5.2.2", "5.3.2")
def test_every_hostile_file_gets_its_verdict_cheaply_and_touches_nothing(
    record_property: Callable[[str, object], None],
) -> None:
    found = judge()

    assert {one["name"]: one["verdict"] for one in found} == {one.name: one.verdict for one in HOSTILE}
    assert [one for one in found if one["seconds"] > SECONDS or one["grew"] > MEGABYTES] == []
    assert [one for one in found if one["touched"]] == []
    record_property("hostile files", len(found) + len(LARGE_ONES))
    record_property("seconds of the dearest small one", round(max(one["seconds"] for one in found), 2))


@pytest.mark.asvs("5.2.1")
@pytest.mark.parametrize("large", [pytest.param(one, id=one.name) for one in LARGE_ONES])
def test_a_file_as_large_as_may_be_stays_within_its_time_and_memory(large: Hostile) -> None:
    found = judge(large.name)

    assert [one["verdict"] for one in found] == [large.verdict]
    assert [one for one in found if one["seconds"] > LARGE_SECONDS or one["grew"] > LARGE_MEGABYTES] == []
    assert [one for one in found if one["touched"]] == []


def test_there_are_enough_of_them_and_no_two_have_the_same_name() -> None:
    names = [one.name for one in (*HOSTILE, *LARGE)]

    assert len(names) >= 120
    assert sorted(names) == sorted(set(names))


def test_the_watcher_sees_a_socket_and_a_file_that_is_written() -> None:
    program = (
        "import sys, socket; from tests.feeds import judge; sys.addaudithook(judge.watch);"
        "open(sys.argv[1], 'wb').close(); socket.socket(); print(judge.touched)"
    )

    answered = subprocess.run(
        [sys.executable, "-c", program, "/dev/zero"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert answered.stdout.strip() == "['open /dev/zero', 'socket.__new__']"
