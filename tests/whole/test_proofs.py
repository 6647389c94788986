"""What `make prove` writes down is what the proofs said of themselves."""

from tools import proofs

REPORT = """<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" tests="2">
<testcase classname="tests.whole.test_kills" name="test_no_acknowledged_write_is_lost" time="61.7"><properties>
<property name="kills" value="200" /><property name="lost" value="0" /></properties></testcase>
<testcase classname="tests.rules.test_number" name="test_every_swap_is_caught" time="0.4">
<failure message="assert 1 == 0">…</failure></testcase>
<testcase classname="tests.rules.test_number" name="test_an_example_that_proves_nothing" time="0.1" />
</testsuite></testsuites>"""


def test_a_proof_is_a_test_that_said_what_it_found_or_failed() -> None:
    assert proofs.results(REPORT) == {
        "no acknowledged write is lost": {"result": "holds", "seconds": "62", "kills": "200", "lost": "0"},
        "every swap is caught": {"result": "FAILS", "seconds": "0"},
    }


def test_a_proof_run_alone_leaves_the_lines_of_the_others() -> None:
    before = proofs.page({"b": "| b | holds |  | 1 | 0000000 | 2026-11-01 |", "a": "| a | FAILS |  | 1 | 0 | 2026 |"})

    lines = proofs.lines_of(before)

    assert list(lines) == ["a", "b"]
    assert proofs.page({**lines, "a": "| a | holds |"}).splitlines()[-2:] == ["| a | holds |", lines["b"]]
    assert proofs.lines_of("") == {}
