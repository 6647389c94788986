"""What nobody wrote stands in a column: the same in another writing, which no query finds, or nothing that can be read.

Every check has a sentence for it, and ends.
"""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from cp.config import Config
from tests.conftest import ENGINE
from tests.seals.conftest import Flow, Verify
from tests.whole.tables import owning, without_its_triggers

WRONG = "Entry 3 does not have the hash of what it says."
NOTHING = "Entry 3 says what no entry can say."
ID = "substr(object_id,1,8)||'-'||substr(object_id,9,4)||'-'||substr(object_id,13,4)||'-'||substr(object_id,17,4)"
ODD = {
    "an act of nobody": ("act = 'nothing'", WRONG),
    **({
        "dashes": (f"object_id = {ID}||'-'||substr(object_id,21)", NOTHING),
        "capitals": ("object_id = upper(object_id)", NOTHING),
        "no id": ("object_id = 'zz'", NOTHING),
        "a moment in another writing": ("at = replace(at, ' ', 'T')", NOTHING),
        "a moment with less": ("at = substr(at, 1, 19)", NOTHING),
        "no moment": ("at = 'x'", NOTHING),
        "bytes": ("reason = X'00'", NOTHING),
        "a salt of letters": ("salt = 'text'", WRONG),
    } if ENGINE == "sqlite" else {"another id": ("object_id = request_id", WRONG)}),
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_there_is_found_from_inside_and_outside(
    key: str, session: Session, url: str, config: Config, flask: Flow, verify: Verify, tmp_path: Path, odd: str
) -> None:
    statement, sentence = ODD[odd]
    session.close()
    with owning(url) as owner:
        without_its_triggers(owner)
        owner.exec_driver_sql(f"UPDATE audit_event SET {statement} WHERE id = 3")

    status, said = flask("verify")
    outside = verify().problems
    exported = flask("export", str(tmp_path / "log"))
    proven = flask("prove", "3")

    assert (status, said.splitlines()[0]) == (1, WRONG)
    assert outside == [sentence]
    assert (exported[0], proven[0]) == (0, 0)
    assert verify(log=tmp_path / "log").problems == outside
