"""What the learnt weights must keep to, whatever they were learnt from."""

import pytest

from cp.matching import weights
from cp.matching.compare import compare
from cp.matching.names import fold
from tests.matching.children import ask, record


def test_the_file_says_what_it_was_learnt_from() -> None:
    head = weights.FILE.read_text("utf-8").partition("[")[0]

    assert "bench.learn" in head
    assert "seed 3" in head


def test_common_names_are_folded_and_weigh_less_but_something() -> None:
    for common, table in ((weights.COMMON_GIVEN, weights.GIVEN), (weights.COMMON_FAMILY, weights.FAMILY)):
        assert len(common) > 10
        assert all(fold(name) == name for name in common)
        assert all(0 < less < max(table.values()) for less in common.values())


def test_a_common_name_weighs_less_than_a_rare_one_and_its_near_names_no_more() -> None:
    rare = compare(ask("Zebedee", "Siddiqui"), record("Zebedee")).score
    common = compare(ask("Oliver", "Siddiqui"), record("Oliver")).score
    near = compare(ask("Oliver", "Siddiqui"), record("Olivier")).score

    assert rare - common == pytest.approx(weights.COMMON_GIVEN["oliver"])
    assert near < common
    assert near == compare(ask("Olivier", "Siddiqui"), record("Oliver")).score
