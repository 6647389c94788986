"""A file is checked: each row is ready, or held with what has to be put right. Nothing of any child is changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.feeds.supplied import Checked, LastTime, Problem
from cp.models import Organisation, SupplyFile, SupplyRow
from cp.services.implementation import steps
from cp.services.supply import figures, live, rows, words
from cp.services.supply.senders import Sender
from cp.terms import FileForm, RowState, SupplyState

AT_ONCE = 1_000
GIVEN = (RowState.SENT, RowState.WAITING, RowState.LEFT_OUT)


def check(session: Session, sender: Sender, file: SupplyFile) -> None:
    """Look at every row, by what the columns are confirmed to mean. What another system sends is looked at by itself:
    its receipt is of what it sent, and of nothing else."""
    held = session.scalars(select(SupplyRow).where(SupplyRow.file_id == file.id).order_by(SupplyRow.number)).all()
    last = None if file.form is FileForm.MACHINE else last_time(session, sender, file)
    found, of_file = rows.checked_whole(sender, file, held, last)
    file.facts = file.facts | {"problems": [as_kept(one) for one in of_file], "found": figures.found(found, of_file)}
    figures.note(file, found)
    file.ready, file.state = sum(is_ready(one) for one in found), SupplyState.CHECKED
    _note(session, sender, file, held, {one.number: one for one in found})
    _bring_to_the_manager(session, file)


def _bring_to_the_manager(session: Session, file: SupplyFile) -> None:
    """A test file is the implementation manager's to look at, until something is said of it."""
    missing = live.missing(session, file.organisation_id)
    if missing and missing.is_test:
        organisation = session.get_one(Organisation, file.organisation_id)
        steps.hold(session, organisation)
        steps.keep(session, organisation, test_came_on=clock.today())


def is_ready(one: Checked) -> bool:
    return one.said is not None and not one.problems


def as_kept(one: Problem) -> list[Any]:
    return [one.fault, one.heading, one.sentence, one.do, one.saw]


def _note(
    session: Session, sender: Sender, file: SupplyFile, held: Sequence[SupplyRow], found: dict[int, Checked]
) -> None:  # fmt: skip
    """Seal each row's problems beside its cells. `sendable`: it may be sent as it is, without what is not right."""
    ring, table = sealing.ring(), SupplyRow.__tablename__
    changed: list[dict[str, Any]] = []
    for row in held:
        one = found[row.number]
        problems = [as_kept(problem) for problem in one.problems]
        facts = row.facts | {"problems": problems, "sendable": one.said is not None}
        changed.append({"row_id": row.id, "now": RowState.READY if is_ready(one) else RowState.HELD,
                        "key": figures.again_key(rows.key_of(one)), "says": _says(sender, file, one),
                        "sealed": ring.seal(facts, table, "facts", row.uid)})  # fmt: skip
    session.flush()
    for row in held:
        session.expire(row)
    note = (
        update(SupplyRow.__table__)  # type: ignore[arg-type]
        .where(SupplyRow.__table__.c.id == bindparam("row_id"))
        .values(
            state=bindparam("now"),
            facts_sealed=bindparam("sealed"),
            again_key=bindparam("key"),
            says_key=bindparam("says"),
        )
    )
    for at in range(0, len(changed), AT_ONCE):
        session.connection().execute(note, changed[at : at + AT_ONCE])


def _says(sender: Sender, file: SupplyFile, one: Checked) -> int | None:
    """Of a row with which nothing is the matter: whatever day it is sent on, it says the same."""
    key = rows.key_of(one)
    if not key or one.said is None or not is_ready(one):
        return None
    return words.digest(key, rows.said(sender, one.said, rows.day_of(file)))


def last_time(session: Session, sender: Sender, file: SupplyFile) -> LastTime | None:
    """What this supplier's newest whole list was: how many rows, and the birth dates that it gave by its own keys.

    By its rows themselves, whatever came of them: a row that waits beside a shielded record was sent like any other.
    """
    whole = select(SupplyFile).where(
        SupplyFile.organisation_id == file.organisation_id, SupplyFile.state == SupplyState.SENT, SupplyFile.whole,
        SupplyFile.id < file.id,
    )  # fmt: skip
    before = session.scalars(whole.order_by(SupplyFile.id.desc()).limit(1)).first()
    if before is None:
        return None
    sent = SupplyRow.file_id == before.id, SupplyRow.state.in_(GIVEN)
    said = rows.checked(sender, before, session.scalars(select(SupplyRow).where(*sent)))
    return LastTime(
        before.total, {one.key: one.said.born_on for one in said if one.key and one.said and one.said.born_on}
    )
