"""Every act that an entry may name has plain words, and words of its own."""

from collections import Counter

import pytest

from cp.forms.log import CRITERIA_REASONS, GROUPS
from cp.terms import Act, CriteriaReason, LogGroup
from cp.views.log_acts import ACTS

JARGON = ("act", "audit", "authenticate", "decision", "entity", "object", "subject", "_", "view")


def test_every_act_has_its_own_words_and_no_other_has_any() -> None:
    assert set(ACTS) == set(Act)
    assert [said for said, times in Counter(ACTS.values()).items() if times > 1] == []


@pytest.mark.parametrize("act", Act)
def test_an_act_is_said_in_plain_words(act: Act) -> None:
    said = ACTS[act]

    assert said[0].isupper()
    assert not said.endswith(".")
    assert len(said) <= 60
    assert [word for word in JARGON if word in said.lower().split()] == []
    assert "_" not in said


def test_every_group_and_every_review_has_its_words() -> None:
    assert list(GROUPS) == list(LogGroup)
    assert list(CRITERIA_REASONS) == list(CriteriaReason)
