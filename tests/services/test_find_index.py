"""The index is what the records make of it, after any change; what is wrong with it is found, and made right."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, literal, select, update
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.matching import keys
from cp.matching.facts import OtherName
from cp.models import Name, NameKey, SearchArea, SearchCarer, SearchKey, SearchPlace
from cp.models.carer import ChildCarer
from cp.models.child import Child, ChildLocation, ChildName
from cp.services import find
from cp.services.find import Entry, Home, areas
from cp.terms import Gender, NameKind, RecordState
from tests import build
from tests.build import World
from tests.scale import SEED, scaled
from tests.services.directory import Made, executed, in_bulk

TODAY = date(2026, 11, 23)
FORMER: dict[str, Any] = {"kind": NameKind.FORMER, "family_name": "Nowak"}


def indexed(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """All that the index holds, names by their letters: ids differ from one building to the next."""
    given, family = aliased(Name), aliased(Name)
    named = select(SearchKey.child_id, SearchKey.born, given.folded, family.folded)
    keys_of_names = select(Name.folded, Name.family, NameKey.key).join(
        NameKey, NameKey.name_id == Name.id, isouter=True
    )
    queries = {
        "keys": named.join(given, given.id == SearchKey.given_id).join(family, family.id == SearchKey.family_id),
        "places": select(*SearchPlace.__table__.columns),
        "areas": select(Name.folded, SearchArea.outward_key, SearchArea.child_id).join(
            SearchArea, SearchArea.name_id == Name.id
        ),
        "names": keys_of_names,
        "carers": select(*SearchCarer.__table__.columns),
    }
    return {what: sorted(map(tuple, session.execute(query))) for what, query in queries.items()}


def test_a_fresh_index_has_nothing_wrong(session: Session, made: Made) -> None:
    made(others=(FORMER,), postcodes=("ZA4 7QD", "ZA9 1AA"), carers=("Farah Siddiqui", "Mrs Anna Smith-Jones"))
    made(shielded=True, others=(FORMER,), postcodes=("ZA4 7QD",), carers=("Farah Siddiqui",))
    made(given_names="王", family_name="")

    assert list(find.check(session)) == []


NOWAK_TOO = Name.folded == "nowak"
NOWAK = select(Name.id).where(NOWAK_TOO)
CHANGES = {
    "a name": lambda child: update(Child).where(Child.id == child.id).values(given_names="Ameera"),
    "the birth date": lambda child: update(Child).where(Child.id == child.id).values(born_on=date(2016, 3, 15)),
    "a former name gone": lambda child: delete(ChildName).where(ChildName.child_id == child.id),
    "an address gone": lambda child: delete(ChildLocation).where(ChildLocation.child_id == child.id),
    "a shield": lambda child: update(Child).where(Child.id == child.id).values(shielded_at=clock.now()),
    "an archived record": lambda child: update(Child).where(Child.id == child.id).values(state=RecordState.ARCHIVED),
    "a row lost": lambda child: delete(SearchKey).where(SearchKey.family_id.in_(NOWAK)),
    "a place lost": lambda child: delete(SearchPlace).where(SearchPlace.child_id == child.id),
    "a name not beside its place": lambda child: delete(SearchArea).where(SearchArea.name_id.in_(NOWAK)),
    "a name beside another place": lambda child: insert(SearchArea).from_select(
        ["name_id", "outward_key", "child_id"], select(Name.id, literal(7), literal(child.id)).where(NOWAK_TOO)
    ),
    "a carer who cares no longer": lambda child: update(ChildCarer).values(ended_on=TODAY),
    "a carer lost": lambda child: delete(SearchCarer).where(SearchCarer.child_id == child.id),
    "a key lost": lambda child: delete(NameKey).where(NameKey.key == keys.own_key("siddiqui", family=True)),
    "a name that nobody bears": lambda child: insert(Name).values(folded="zuzanna", family=False),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_is_not_as_the_records_say_is_found_and_made_right(session: Session, made: Made, change: Any) -> None:
    made(given_names="Oliver", family_name="Smith")
    child = made(others=(FORMER,), postcodes=("ZA4 7QD",), carers=("Farah Siddiqui",))
    session.execute(change(child))
    session.expire_all()

    assert list(find.check(session)) != []
    for _ in find.rebuild(session):
        session.commit()

    assert list(find.check(session)) == []


def test_a_row_that_has_become_right_since_it_was_looked_at_stays(session: Session, made: Made) -> None:
    """Somebody gives the child that address while a rebuild goes through who bears which name where."""
    child = made()
    row = session.scalars(select(SearchKey.family_id)).one(), 7, child.id
    areas.add(session.connection(), [row])
    (strays,) = areas.strays(session)
    session.add(SearchPlace(child_id=child.id, place=0, outward_key=7, postcode_key=1, street_key=1))
    session.flush()

    areas.remove(session.connection(), strays)

    assert row in strays
    assert session.scalars(select(SearchArea.child_id).where(SearchArea.outward_key == 7)).all() == [child.id]


def test_a_rebuild_goes_on_where_it_was_stopped(session: Session, made: Made) -> None:
    first, second = made(), made(given_names="Ben")
    session.execute(delete(SearchKey))

    assert next(find.rebuild(session, after=first.id)) == second.id
    assert session.scalars(select(SearchKey.child_id)).all() == [second.id]


def test_searching_is_right_all_through_a_rebuild(
    session: Session, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Step by step: whoever could be found still is, and whoever could not is from its own step on."""
    monkeypatch.setattr("cp.services.find.checking.BATCH", 1)
    names = ("Amira", "Ben", "Chloë")
    children = {name: made(given_names=name, postcodes=("ZA4 7QD",)).id for name in names}
    session.execute(delete(SearchKey).where(SearchKey.child_id == children["Ben"]))

    def found() -> list[str]:
        asked = [find.Criteria(given_name=name, family_name="Siddiqui", postcode="ZA4") for name in names]
        first = [find.search(session, one, TODAY).matches[:1] for one in asked]
        right = zip(names, first, strict=True)
        return [name for name, matches in right if [match.child_id for match in matches] == [children[name]]]

    steps = [found() for _ in find.rebuild(session)]

    assert steps == [["Amira", "Chloë"], *[list(names)] * (len(steps) - 1)]
    assert len(steps) > len(names)


def test_an_index_that_is_right_is_not_written_to(session: Session, made: Made) -> None:
    child = made(others=(FORMER,), postcodes=("ZA4 7QD",))
    sent = executed(session, lambda: find.reindex(session, child.id))
    written = [statement for statement, _ in sent if not statement.startswith("SELECT")]

    assert written == []


def entries() -> Iterator[Entry]:
    homes = (Home("ZA4 7QD", "18 Tanner’s Row"), Home("", "Calle Mayor 3"))
    former = OtherName(NameKind.FORMER, "", "Nowak")
    carers = ("Farah Siddiqui", "Mrs Anna Maria Smith-Jones", "Zuzanna")
    yield Entry(1, ("Amira", "Siddiqui"), date(2016, 3, 14), Gender.FEMALE, False, (former,), homes, carers)
    yield Entry(2, ("Ben", "Smith-Jones"), date(2016, 3, 14), Gender.MALE, True, (former,), homes, carers)
    yield Entry(3, ("Ying", ""), date(2009, 1, 1), Gender.NOT_SPECIFIED, False)


def test_an_index_made_in_bulk_is_the_index_made_one_by_one(session: Session, world: World, url: str) -> None:
    for entry in entries():
        facts = {"given_names": entry.names[0], "family_name": entry.names[1], "born_on": entry.born_on}
        child = build.child(session, world, id=entry.child_id, gender=entry.gender, shielded=entry.shielded, **facts)
        for other in entry.others:
            build.other_name(session, child, other.kind, other.given_names, other.family_name)
        for home in entry.homes:
            build.address(session, child, home.postcode, home.street)
        for name in entry.carers:
            build.carer(session, child, name)
    session.commit()
    assert in_bulk(url, entries()) == 3
    made_in_bulk = indexed(session)
    assert list(find.check(session)) == []

    for table in (SearchArea, SearchCarer, SearchPlace, SearchKey, NameKey, Name):
        session.execute(delete(table))
    for entry in entries():
        find.reindex(session, entry.child_id)

    assert indexed(session) == made_in_bulk


def test_after_any_changes_the_index_is_what_a_rebuild_makes(session: Session, made: Made) -> None:
    draw = random.Random(SEED)
    children = [made(given_names=name) for name in ("Amira", "Ben", "Chloë", "Dafydd", "Mary-Jane", "Muhammad Ali")]
    for _ in range(scaled(80, 1000)):
        child = draw.choice(children)
        _change(session, draw, child)
        find.reindex(session, child.id)
    kept = indexed(session)

    assert list(find.check(session)) == []
    for table in (SearchArea, SearchCarer, SearchPlace, SearchKey, NameKey, Name):
        session.execute(delete(table))
    for _ in find.rebuild(session):
        session.commit()

    assert indexed(session) == kept


def _change(session: Session, draw: random.Random, child: Child) -> None:
    """One change of a record, of any kind."""
    names = ["Nowak", "Smith-Jones", "van der Berg", "O’Brien", "Kaur", "Nguyễn", ""]
    match draw.randrange(8):
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
            name = f"{draw.choice(['Farah', 'Jon'])} {draw.choice(names)}"
            build.carer(session, child, name, ended_on=draw.choice([None, TODAY]))
        case 6:
            child.shielded_at = None if child.shielded_at else clock.now()
        case _:
            child.state = draw.choice([RecordState.LIVE, RecordState.LIVE, RecordState.ARCHIVED])


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
