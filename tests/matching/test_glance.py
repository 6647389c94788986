"""What a first look keeps of a whole birthday, whose names share no key with what was typed."""

import pytest

from cp.matching.facts import Facts, Where, asked
from cp.matching.glance import Glance

BOTH = asked("Katarzyna", "Wisniewska")
ZA4 = [Where("ZA4")]
NAMES = {
    ("katazryan", "wisnieska"), ("katazryan", "smith"), ("oliver", "wisnieska"), ("wisnieska", "katazryan"),
    ("wisnieska", "smith"), ("oliver", "smith"), ("kat", "wisniew"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("mine", "kept"),
    [
        pytest.param(
            BOTH, {("katazryan", "wisnieska"), ("wisnieska", "katazryan"), ("kat", "wisniew")}, id="both names close"
        ),
        pytest.param(
            asked("Katarzyna", "Wisniewska", places=ZA4), NAMES - {("wisnieska", "smith"), ("oliver", "smith")},
            id="one, where a place may speak for the child",
        ),
        pytest.param(
            asked("Katarzyna"),
            {("katazryan", "wisnieska"), ("katazryan", "smith"), ("wisnieska", "katazryan"), ("kat", "wisniew")},
            id="the one that was typed, in either place",
        ),
    ],
)  # fmt: skip
def test_a_pair_of_names_is_kept_that_may_be_meant(mine: Facts, kept: set[tuple[str, str]]) -> None:
    assert Glance(mine).close(NAMES) == kept
