"""A row that says what its source said before is confirmed unopened; whatever happened since, as if it were opened."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import sealing
from cp.models import AuditEvent, Involvement, SourceVersion, SupplyRow
from cp.services.supply import confirming, rows, working
from cp.terms import Act, RowState
from tests.build import World
from tests.build_confirmed import sent, versions
from tests.build_supply import AMIRA, IFEOMA, JACK, children, csv_of, receive, row_by_row, send, undo, work

MOVED = AMIRA | {"Address Line 1": "2 Elm Road"}


def there(session: Session) -> list[tuple[date | None, int]]:
    query = select(Involvement.confirmed_on, Involvement.version).order_by(Involvement.id)
    return [(on, version) for on, version in session.execute(query)]


def entries(session: Session) -> int:
    return len(session.scalars(select(AuditEvent.id).where(AuditEvent.act == Act.SUPPLY)).all())


def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the rows whose cells were opened from now on."""
    numbers: list[int] = []
    real = rows.read

    def read(*given: Any) -> Any:
        numbers.extend(row.number for row in given[2])
        return real(*given)

    monkeypatch.setattr(rows, "read", read)
    return numbers


def test_a_row_that_says_the_same_is_never_opened(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(session, world.school, AMIRA, JACK)
    file = receive(session, world.school, csv_of(AMIRA, JACK | {"PostCode": "ZA2 2AB"}, IFEOMA))
    numbers = opened(monkeypatch)

    work(session)

    assert numbers == [3, 4]
    assert sent(session, file) == [(RowState.SENT, True), (RowState.SENT, False), (RowState.SENT, False)]


def test_the_same_again_is_confirmed_and_a_changed_row_is_not(
    session: Session, world: World, between: Callable[[], date]
) -> None:
    first = clocks.today()
    send(session, world.school, AMIRA, JACK)
    stood, told = [child.version for child in children(session)], entries(session)
    on = between()

    file = send(session, world.school, MOVED, JACK)

    assert versions(session) == [("Amira", None), ("Jack", on), ("Amira", None)]
    assert sent(session, file) == [(RowState.SENT, False), (RowState.SENT, True)]
    assert there(session) == [(on, 2), (on, 2)]
    assert [child.version for child in children(session)] == [stood[0] + 1, stood[1]]
    assert (entries(session), file.done) == (told + 1, 2)
    undo(session, file)
    assert versions(session) == [("Amira", None), ("Jack", None), ("Amira", None)]
    assert [on for on, _ in there(session)] == [first, first]


def test_each_of_many_files_is_undone_to_the_day_before_it(
    session: Session, world: World, between: Callable[[], date]
) -> None:
    send(session, world.school, AMIRA)
    days = [between()]
    send(session, world.school, AMIRA)
    days.append(between())
    last = send(session, world.school, AMIRA)

    assert versions(session) == [("Amira", days[1])]
    undo(session, last)
    assert (versions(session), there(session)[0][0]) == ([("Amira", days[0])], days[0])


def test_what_was_confirmed_stays_the_later_files_word_where_the_first_is_undone(
    session: Session, world: World, between: Callable[[], date]
) -> None:
    first = send(session, world.school, AMIRA)
    on = between()
    later = send(session, world.school, AMIRA)

    undo(session, first)
    assert [(one.said_on, one.confirmed_on) for one in session.scalars(select(SourceVersion))] == [(on, None)]
    undo(session, later)

    assert children(session) == []


def test_words_that_were_taken_back_are_said_anew(session: Session, world: World, between: Callable[[], date]) -> None:
    send(session, world.school, AMIRA)
    changed = send(session, world.school, MOVED)
    undo(session, changed)
    on = between()

    send(session, world.school, AMIRA)
    send(session, world.school, MOVED)

    assert versions(session) == [("Amira", on), ("Amira", None), ("Amira", None)]


def test_a_key_that_has_changed_since_makes_no_difference(
    session: Session, world: World, ring: sealing.KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(session, world.school, AMIRA)
    sealing.use(sealing.KeyRing([*ring.keys.values(), sealing.Key.new(ring.current.next)], lasting=ring.lasting))
    try:
        file = receive(session, world.school, csv_of(AMIRA))
        numbers = opened(monkeypatch)
        work(session)
    finally:
        sealing.use(ring)

    assert (numbers, sent(session, file)) == ([], [(RowState.SENT, True)])


def test_what_had_to_be_opened_once_is_known_from_then_on(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(session, world.school, AMIRA)
    session.execute(update(SourceVersion).values(says_key=None))
    send(session, world.school, AMIRA)
    receive(session, world.school, csv_of(AMIRA))
    numbers = opened(monkeypatch)

    work(session)

    assert numbers == []


def test_a_row_with_something_to_look_at_has_no_hash(session: Session, world: World) -> None:
    """What it says may hang on the day on which it is sent."""
    file = receive(session, world.school, csv_of(AMIRA, JACK | {"UPN": "X1"}))

    known = session.scalars(select(SupplyRow.says_key).where(SupplyRow.file_id == file.id).order_by(SupplyRow.number))
    assert [key is not None for key in known] == [True, False]


@pytest.mark.parametrize("before", [None, date(2026, 11, 20)])
def test_a_row_confirmed_before_the_hash_came_is_undone_as_ever(
    session: Session, world: World, before: date | None
) -> None:
    send(session, world.school, AMIRA)
    file = send(session, world.school, AMIRA)
    session.execute(update(SourceVersion).values(said_on=date(2026, 11, 1)))
    row = session.scalars(select(SupplyRow).where(SupplyRow.file_id == file.id)).one()
    row.before_on, row.facts = None, row.facts | {"before": before and before.isoformat()}
    session.commit()

    undo(session, file)

    assert versions(session) == [("Amira", before)]


def test_a_batch_has_many_that_say_the_same_and_few_that_do_not_in_the_order_of_the_file(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How far a file has come says nothing of which rows were confirmed."""
    row_by_row(monkeypatch)
    monkeypatch.setattr(confirming, "SHARE", 3)
    names = ("Ashworth", "Barlow", "Clegg", "Dyson", "Entwistle", "Farrar", "Gorton")
    pupils = [JACK | {"Adno": name, "Legal Surname": name, "DOB": f"21/0{at}/2017", "PostCode": f"ZA{at} 2AA"}
              for at, name in enumerate(names, 1)]  # fmt: skip
    send(session, world.school, *pupils)
    changed = [pupils[0], pupils[1], MOVED, *pupils[2:]]
    file = receive(session, world.school, csv_of(*changed))
    done = []

    while file.done < len(changed):
        working.step(session, working.look(session))
        done.append((file.done, session.scalar(confirming.ready(file).with_only_columns(SupplyRow.number).limit(1))))
        session.commit()

    assert done == [(2, 4), (3, 5), (6, 8), (8, None)]
