"""What is read ahead of a batch, while others write, and what of it is put right before anything is kept."""

import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.models import Organisation, SupplyFile, SupplyRow
from cp.services import audit, find
from cp.services.supply import ahead, confirming, senders, steering, suppliers, working
from cp.terms import Act, Part, Reason, RowState, SupplyState
from tests import build
from tests.build import World
from tests.build_hidden_supply import ashgrove
from tests.build_supply import AMIRA, IFEOMA, JACK, children, csv_of, receive, row_by_row, send, work
from tests.services.directory import executed
from tests.web import actor_of

ON_NOBODY = "ix_involvement_practitioner_id"
SMALL = ("CONSTANT ROW", "subquery", "VIRTUAL TABLE", "supply_file", "ix_match_waiting")
"""Lists that are no tables; files; what waits for a person."""
MOVED = AMIRA | {"PostCode": "ZA2 2AB"}
READS = ("SELECT", "UPDATE", "DELETE")


@pytest.fixture
def other(session: Session, world: World) -> Organisation:
    return ashgrove(session, world)


def states(session: Session, file: SupplyFile) -> list[RowState]:
    return list(session.scalars(select(SupplyRow.state).where(SupplyRow.file_id == file.id)))


def test_a_record_made_since_is_seen(session: Session, world: World, other: Organisation) -> None:
    file, others = (receive(session, school, csv_of(AMIRA)) for school in (world.school, other))
    looked = working.look(session)
    working.batch(session, senders.of_file(session, others), others)
    session.commit()

    working.step(session, looked)

    assert looked is not None
    assert (looked.file_id, states(session, file), len(children(session))) == (file.id, [RowState.SENT], 1)


def test_a_record_shielded_since_is_judged_by_what_is_open_of_it(
    session: Session, world: World, other: Organisation
) -> None:
    send(session, other, AMIRA)
    file = receive(session, world.school, csv_of(AMIRA))
    looked = working.look(session)
    (amira,) = children(session)
    amira.shielded_at = clock.now()
    find.reindex(session, amira.id)
    audit.record(session, None, Act.SUPPLY, audit.About(amira.subject_id, file.uid), request_id=file.uid)
    session.commit()

    working.step(session, looked)

    assert (states(session, file), len(children(session))) == ([RowState.WAITING], 1)


def test_a_file_that_was_stopped_since_is_left_alone(session: Session, world: World) -> None:
    file = receive(session, world.school, csv_of(AMIRA))
    looked = working.look(session)
    file.state = SupplyState.STOPPED
    session.commit()

    assert (working.step(session, looked), states(session, file)) == (False, [RowState.READY])


def test_what_was_read_of_another_file_is_nothing_to_this_one(
    session: Session, world: World, other: Organisation
) -> None:
    """Both suppliers call a pupil by one key, and mean two children."""
    send(session, world.school, JACK)
    read, file = (receive(session, school, csv_of(one | {"Adno": "1"}))
                  for school, one in ((world.school, AMIRA), (other, JACK)))  # fmt: skip
    looked = working.look(session)
    read.state = SupplyState.STOPPED
    session.commit()

    working.step(session, looked)

    assert (states(session, file), [child.given_names for child in children(session)]) == ([RowState.SENT], ["Jack"])


def test_nothing_is_placed_again_where_nothing_has_changed(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor because somebody has opened a record, which is most of what others do."""
    ifeoma = build.child(session, world, given_names="Ifeoma", family_name="Abara")
    file = receive(session, world.school, csv_of(AMIRA, JACK))
    looked = working.look(session)
    opened = audit.About(ifeoma.subject_id, parts=(Part.IDENTITY,), reason=Reason.WORKING_WITH)
    audit.record(session, actor_of(session, world.sam), Act.OPEN_RECORD, opened, request_id=file.uid)
    session.commit()
    monkeypatch.delattr(find, "Alike")

    working.step(session, looked)

    assert (states(session, file), len(children(session))) == ([RowState.SENT] * 2, 3)


def test_nothing_is_asked_of_a_record_that_is_made_just_now(session: Session, world: World) -> None:
    """No row can stand there yet of what is derived, of the index or of the day on which it ends."""
    receive(session, world.school, csv_of(AMIRA, JACK))
    looked = working.look(session)

    sent = [statement for statement, _ in executed(session, lambda: working.step(session, looked))]

    assert len(children(session)) == 2
    assert [one for one in sent if one.startswith("DELETE")] == []
    assert [
        one for one in sent if one.startswith("SELECT") and re.search(r"FROM (involvement|search_|child_)", one)
    ] == []
    assert len([one for one in sent if one.startswith("UPDATE child ")]) == 1


def test_nothing_of_a_new_record_is_opened_while_the_database_is_held(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(session, world.school, csv_of(AMIRA, JACK))
    looked, real, opened = working.look(session), sealing.KeyRing.unseal, set[str]()

    def unseal(ring: sealing.KeyRing, sealed: bytes, table: str, *place: Any) -> Any:
        opened.add(table)
        return real(ring, sealed, table, *place)

    monkeypatch.setattr(sealing.KeyRing, "unseal", unseal)
    working.step(session, looked)
    monkeypatch.undo()

    assert (opened - {"supply_file"}, len(children(session)), list(find.check(session))) == (set(), 2, [])


def test_what_a_supplier_is_trusted_with_since_holds(session: Session, world: World, other: Organisation) -> None:
    send(session, other, AMIRA)
    file = receive(session, world.school, csv_of(AMIRA))
    looked = working.look(session)
    suppliers.held(session, world.school.id).join_at = 90.0
    session.commit()

    working.step(session, looked)

    assert states(session, file) == [RowState.WAITING]


def test_a_tie_made_since_holds(session: Session, world: World, other: Organisation) -> None:
    """Another worker has sent the file before this one, which was looked at meanwhile."""
    first, second = (receive(session, world.school, csv_of(one)) for one in (AMIRA, MOVED))
    looked = ahead.look(session, senders.of_file(session, second), second, confirming.following(session, second, 35))
    work_on(session, first)

    working.batch(session, senders.of_file(session, second), second, looked)

    assert (states(session, second), len(children(session))) == ([RowState.SENT], 1)


def test_two_workers_that_looked_at_the_same_rows_leave_none_out(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row_by_row(monkeypatch)
    file = receive(session, world.school, csv_of(AMIRA, JACK), whole=True)
    both = working.look(session), working.look(session)

    for looked in both:
        working.step(session, looked)

    assert (file.state, file.done, states(session, file)) == (SupplyState.SENDING, 2, [RowState.SENT] * 2)


def work_on(session: Session, file: SupplyFile) -> None:
    working.batch(session, senders.of_file(session, file), file)
    session.commit()


def test_sending_and_undoing_read_no_table_from_end_to_end(session: Session, world: World) -> None:
    """Nor everything that is nobody's: half of all involvements are."""
    files = list[SupplyFile]()

    def a_term() -> None:
        files.append(send(session, world.school, AMIRA, JACK, whole=True))
        files.append(send(session, world.school, AMIRA | {"PostCode": "ZA2 2AB"}, IFEOMA, whole=True))
        steering.take_back(files[-1])
        work(session)

    sent = executed(session, a_term)

    reads = {statement: given for statement, given in sent if statement.lstrip().startswith(READS)}
    assert len(reads) > 40
    assert {line for statement, given in reads.items() for line in read_whole(session, statement, given)} == set()


def read_whole(session: Session, statement: str, parameters: Any) -> list[str]:
    """Lines of the engine's plan that grow with the directory. Of one sent with many parameters, with the first."""
    connection = session.connection()
    if isinstance(parameters, list):
        parameters = parameters[0]
    if connection.dialect.name == "sqlite":
        plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    else:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # these tables are so small that a scan is cheaper
        plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
    return [line for line in plan if ("SCAN " in line or "Seq Scan" in line or ON_NOBODY in line)
            and not any(small in line for small in SMALL)]  # fmt: skip
