"""Every rule says where it comes from, and stands in docs/regulations.md with a test that exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES, TESTS = ROOT / "cp" / "rules", ROOT / "tests" / "rules"
SOURCE = re.compile(
    r"(Reg\. |Regs |Sch\. |Policy: |Children Act |Lords Hansard |Commons Hansard |Shielding fact sheet)[^\n]*\.$"
)
ROW = re.compile(
    r"\| (?P<rule>[^|]+) \| (?P<source>[^|]+) \| `(?P<function>[\w.]+)` \| (?P<tests>`[\w.]+`(, `[\w.]+`)*) \|"
)


def test_every_rule_names_its_source() -> None:
    unsourced = [name for name, function in _public(RULES).items() if not _names_its_source(function)]

    assert unsourced == []


@pytest.mark.asvs("8.1.1")
def test_every_rule_has_one_row_and_every_row_a_rule() -> None:
    assert sorted(row["function"] for row in _rows()) == sorted(_public(RULES))


def test_every_test_named_exists() -> None:
    tests = _public(TESTS)

    assert [test for row in _rows() for test in _tests(row) if test not in tests] == []


def test_the_first_test_named_asks_the_rule() -> None:
    tests = _public(TESTS)

    assert [row["function"] for row in _rows() if not _asks(tests[_tests(row)[0]], row["function"])] == []


def test_a_rule_without_a_source_is_noticed() -> None:
    assert not _names_its_source(_function('def rule() -> None:\n    """Says nothing of its source."""'))
    assert not _names_its_source(_function("def rule() -> None: ..."))
    assert _names_its_source(_function('def rule() -> None:\n    """Says.\n\n    Reg. 6(3)(c).\n    """'))


def _public(folder: Path) -> dict[str, ast.FunctionDef]:
    """Every public function at the top of a module, as `module.function`."""
    return {
        f"{file.stem}.{node.name}": node
        for file in sorted(folder.glob("*.py"))
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def _names_its_source(function: ast.FunctionDef) -> bool:
    """Whether its docstring ends, after a blank line, with a paragraph that is a source."""
    _, blank, last = (ast.get_docstring(function) or "").rpartition("\n\n")
    return bool(blank) and SOURCE.fullmatch(last.replace("\n", " ")) is not None


def _tests(row: dict[str, str]) -> list[str]:
    return re.findall(r"`([\w.]+)`", row["tests"])


def _asks(test: ast.FunctionDef, rule: str) -> bool:
    called = {node.func.id for node in ast.walk(test) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return rule.split(".")[1] in called


def _rows() -> list[dict[str, str]]:
    lines = (ROOT / "docs" / "regulations.md").read_text("utf-8").splitlines()
    table = [line for line in lines if line.startswith("|")][2:]
    found = [ROW.fullmatch(line) for line in table]
    assert None not in found, "a row of docs/regulations.md is not rule | source | `function` | `test`, ..."
    return [row.groupdict() for row in found if row]


def _function(text: str) -> ast.FunctionDef:
    (node,) = ast.parse(text).body
    assert isinstance(node, ast.FunctionDef)
    return node
