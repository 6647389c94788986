"""The index is what the records make of it, after any change; what is wrong with it is found, and made right."""

import random
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, delete, event, insert, select, update
from sqlalchemy.orm import Session, aliased

from cp import clock, engines
from cp.matching import keys
from cp.matching.facts import OtherName
from cp.models import Name, NameKey, SearchKey, SearchPlace
from cp.models.child import Child, ChildLocation, ChildName
from cp.services import find
from cp.services.find import Criteria, Entry, Home
from cp.services.find.probes import MOST_READ
from cp.terms import Gender, NameKind, RecordState
from tests import build
from tests.build import World
from tests.scale import SEED, scaled
from tests.services.directory import Made

TODAY = date(2026, 11, 23)
FORMER: dict[str, Any] = {"kind": NameKind.FORMER, "family_name": "Nowak"}


def indexed(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """All that the index holds, names by their letters: ids differ from one building to the next."""
    given, family = aliased(Name), aliased(Name)

    def named(table: Any, *columns: Any) -> Any:
        joined = select(*columns, given.folded, family.folded).join(given, given.id == table.given_id)
        return joined.join(family, family.id == table.family_id)

    key, place = SearchKey, SearchPlace
    keys_of_names = select(Name.folded, Name.family, NameKey.key).join(NameKey, isouter=True)
    queries = {
        "keys": named(key, key.child_id, key.variant, key.born, key.gender),
        "places": named(
            place, place.child_id, place.place, place.variant, place.outward_key, place.postcode_key, place.street_key
        ),
        "names": keys_of_names,
    }
    return {what: sorted(map(tuple, session.execute(query))) for what, query in queries.items()}


def test_a_fresh_index_has_nothing_wrong(session: Session, made: Made) -> None:
    made(others=(FORMER,), postcodes=("ZA4 7QD", "ZA9 1AA"))
    made(shielded=True, others=(FORMER,), postcodes=("ZA4 7QD",))
    made(given_names="王", family_name="")

    assert list(find.check(session)) == []


CHANGES = {
    "a name": lambda child: update(Child).where(Child.id == child.id).values(given_names="Ameera"),
    "the birth date": lambda child: update(Child).where(Child.id == child.id).values(born_on=date(2016, 3, 15)),
    "the gender": lambda child: update(Child).where(Child.id == child.id).values(gender=Gender.MALE),
    "a former name gone": lambda child: delete(ChildName).where(ChildName.child_id == child.id),
    "an address gone": lambda child: delete(ChildLocation).where(ChildLocation.child_id == child.id),
    "a shield": lambda child: update(Child).where(Child.id == child.id).values(shielded_at=clock.now()),
    "an archived record": lambda child: update(Child).where(Child.id == child.id).values(state=RecordState.ARCHIVED),
    "a row lost": lambda child: delete(SearchKey).where(SearchKey.child_id == child.id, SearchKey.variant == 1),
    "a place lost": lambda child: delete(SearchPlace).where(SearchPlace.child_id == child.id),
    "a key lost": lambda child: delete(NameKey).where(NameKey.key == keys.own_key("siddiqui", family=True)),
    "a name that nobody bears": lambda child: insert(Name).values(folded="zuzanna", family=False),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_is_not_as_the_records_say_is_found_and_made_right(session: Session, made: Made, change: Any) -> None:
    made(given_names="Oliver", family_name="Smith")
    child = made(others=(FORMER,), postcodes=("ZA4 7QD",))
    session.execute(change(child))
    session.expire_all()

    assert list(find.check(session)) != []
    for _ in find.rebuild(session):
        session.commit()

    assert list(find.check(session)) == []


def test_a_rebuild_goes_on_where_it_was_stopped(session: Session, made: Made) -> None:
    first, second = made(), made(given_names="Ben")
    session.execute(delete(SearchKey))

    assert next(find.rebuild(session, after=first.id)) == second.id
    assert session.scalars(select(SearchKey.child_id)).all() == [second.id]


def test_an_index_that_is_right_is_not_written_to(session: Session, made: Made) -> None:
    child = made(others=(FORMER,), postcodes=("ZA4 7QD",))
    sent = executed(session, lambda: find.reindex(session, child.id))
    written = [statement for statement, _ in sent if not statement.startswith("SELECT")]

    assert written == []


def executed(session: Session, work: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements that some work sends, with their parameters."""
    sent: list[tuple[str, Any]] = []
    connection = session.connection()

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    work()
    event.remove(connection, "before_cursor_execute", note)
    return sent


def entries() -> Iterator[Entry]:
    homes = (Home("ZA4 7QD", "18 Tanner’s Row"), Home("", "Calle Mayor 3"))
    former = OtherName(NameKind.FORMER, "", "Nowak")
    yield Entry(1, ("Amira", "Siddiqui"), date(2016, 3, 14), Gender.FEMALE, False, (former,), homes)
    yield Entry(2, ("Ben", "Smith-Jones"), date(2016, 3, 14), Gender.MALE, True, (former,), homes)
    yield Entry(3, ("Ying", ""), date(2009, 1, 1), Gender.NOT_SPECIFIED, False)


def test_an_index_made_in_bulk_is_the_index_made_one_by_one(session: Session, world: World, url: str) -> None:
    for entry in entries():
        facts = {"given_names": entry.names[0], "family_name": entry.names[1], "born_on": entry.born_on}
        child = build.child(session, world, id=entry.child_id, gender=entry.gender, shielded=entry.shielded, **facts)
        for other in entry.others:
            build.other_name(session, child, other.kind, other.given_names, other.family_name)
        for home in entry.homes:
            build.address(session, child, home.postcode, home.street)

    session.commit()
    assert in_bulk(url, entries()) == 3
    made_in_bulk = indexed(session)
    assert list(find.check(session)) == []

    for table in (SearchPlace, SearchKey, NameKey, Name):
        session.execute(delete(table))
    for entry in entries():
        find.reindex(session, entry.child_id)

    assert indexed(session) == made_in_bulk


def in_bulk(url: str, entries: Iterable[Entry]) -> int:
    """Index as a loader does, who owns the tables."""
    owner = engines.make_engine(url, owner=True)
    with Session(owner) as session, session.begin():
        count = find.bulk_index(session, entries)
    owner.dispose()
    return count


def test_after_any_changes_the_index_is_what_a_rebuild_makes(session: Session, made: Made) -> None:
    draw = random.Random(SEED)
    children = [made(given_names=name) for name in ("Amira", "Ben", "Chloë", "Dafydd", "Mary-Jane", "Muhammad Ali")]
    for _ in range(scaled(80, 1000)):
        child = draw.choice(children)
        _change(session, draw, child)
        find.reindex(session, child.id)
    kept = indexed(session)

    assert list(find.check(session)) == []
    for table in (SearchPlace, SearchKey, NameKey, Name):
        session.execute(delete(table))
    for _ in find.rebuild(session):
        session.commit()

    assert indexed(session) == kept


def _change(session: Session, draw: random.Random, child: Child) -> None:
    """One change of a record, of any kind."""
    names = ["Nowak", "Smith-Jones", "van der Berg", "O’Brien", "Kaur", "Nguyễn", ""]
    match draw.randrange(7):
        case 0:
            child.family_name = draw.choice(names)
        case 1:
            build.other_name(session, child, draw.choice(list(NameKind)), family_name=draw.choice(names))
        case 2:
            session.execute(delete(ChildName).where(ChildName.child_id == child.id))
        case 3:
            build.address(session, child, draw.choice(["ZA4 7QD", "ZA9 1AA", ""]), f"{draw.randrange(9)} Mill Lane")
        case 4:
            session.execute(delete(ChildLocation).where(ChildLocation.child_id == child.id))
        case 5:
            child.shielded_at = None if child.shielded_at else clock.now()
        case _:
            child.state = draw.choice([RecordState.LIVE, RecordState.LIVE, RecordState.ARCHIVED])


def test_no_search_reads_more_of_the_index_than_it_may(session: Session, world: World, url: str) -> None:
    births = [date(2016, 3, 1 + number % 28) for number in range(scaled(1500, 6000))]
    rows = [
        {"number": f"CP{at:010d}", "authority_id": world.authority.id, "given_names": "Mohammed", "family_name": "Khan",
         "born_on": born, "gender": Gender.MALE, "id": at}
        for at, born in enumerate(births, 1)
    ]  # fmt: skip
    session.execute(insert(Child), rows)
    session.commit()
    names, homes = ("Mohammed", "Khan"), (Home("ZA4 7QD", "1 Mill Lane"),)
    in_bulk(url, (Entry(at, names, born, Gender.MALE, False, (), homes) for at, born in enumerate(births, 1)))
    facts: list[dict[str, Any]] = [
        {"born": date(2016, 3, 14)}, {"born": date(2016, 3, 30)}, {"age": 10}, {"postcode": "ZA4"},
        {"postcode": "ZA4 7QD"}, {"born": date(2016, 4, 1), "postcode": "ZA4 7QD"}, {"born_year": 2016},
    ]  # fmt: skip
    asked = [Criteria(given_name=given, family_name="Kahn", **fact) for given in ("Muhammad", "Jo") for fact in facts]

    read = {criteria: rows_read(session, criteria) for criteria in asked}

    assert {criteria: count for criteria, count in read.items() if count > MOST_READ} == {}
    assert max(read.values()) > 1000
    assert find.search(session, asked[0], TODAY).too_many


def rows_read(session: Session, criteria: Criteria) -> int:
    """The rows that a search gets from the index: its statements are run again and their rows counted."""
    connection = session.connection()
    sent = executed(session, lambda: find.search(session, criteria, TODAY))
    of_index = [sent_ for sent_ in sent if "name_key" in sent_[0] or "search_" in sent_[0]]
    return sum(len(connection.exec_driver_sql(*statement).all()) for statement in of_index)


def test_every_probe_is_answered_by_an_index(session: Session, made: Made) -> None:
    """No table is read from end to end, whatever is asked."""
    made(others=(FORMER,), postcodes=("ZA4 7QD",))
    asked = [
        Criteria(given_name="Amria", family_name="Sidiqi", postcode="ZA9 9ZZ", **fact)
        for fact in ({"born": date(2009, 8, 2)}, {"age": 3}, {"born_year": 2016})
    ]  # fmt: skip
    sent = [statement for criteria in asked for statement in executed(session, partial(search, session, criteria))]

    assert len(sent) > 10
    assert [statement for statement in sent if scans(session, *statement)] == []


def search(session: Session, criteria: Criteria) -> None:
    find.search(session, criteria, TODAY)


def scans(session: Session, statement: str, parameters: Any) -> bool:
    """Whether the engine would read a table from end to end for this, though it need not."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return any(row.detail.startswith("SCAN") for row in plan)
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # these tables are so small that a scan is cheaper
    return any("Seq Scan" in row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))


def test_changes_at_once_leave_the_index_right(session: Session, made: Made, engine: Engine) -> None:
    """Names taken up by one while another lets go of them are there at the end, each with its keys."""
    children = [made(given_names=f"Amira{letter}").id for letter in "abcd"]
    session.commit()

    with ThreadPoolExecutor(len(children)) as pool:
        list(pool.map(partial(_rename_often, engine), children))

    session.expire_all()
    wrong = list(find.check(session))
    assert [problem for problem in wrong if "no child in the index bears it" not in problem] == []


def _rename_often(engine: Engine, child_id: int) -> None:
    draw = random.Random(child_id)
    for _ in range(scaled(8, 100)):
        with Session(engine) as session, session.begin():
            name = f"Nowak{draw.choice('abc')}"
            session.execute(update(Child).where(Child.id == child_id).values(family_name=name))
            find.reindex(session, child_id)
