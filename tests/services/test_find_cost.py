"""What a search may cost at most, whatever is asked."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.services import find
from cp.services.find import Criteria, Entry, Home
from cp.services.find.probes import MOST_READ, Probes, Row
from cp.terms import Gender, NameKind
from tests.build import World
from tests.scale import scaled
from tests.services.directory import Made, executed, in_bulk

TODAY = date(2026, 11, 23)
FORMER: dict[str, Any] = {"kind": NameKind.FORMER, "family_name": "Nowak"}


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


def test_not_every_given_name_is_tried_with_every_family_name(session: Session, made: Made) -> None:
    """Both may be one of many: the birth date and the family name lead to few children, whose given names are seen."""
    made()
    asked = Criteria(given_name="Amria", family_name="Sidiqi", born=date(2016, 3, 14))
    (first, *_) = (one for one in executed(session, partial(search, session, asked)) if "search_key" in one[0])
    explain = "EXPLAIN QUERY PLAN" if session.connection().dialect.name == "sqlite" else "EXPLAIN"

    plan = " ".join(str(row) for row in session.connection().exec_driver_sql(f"{explain} {first[0]}", first[1]))

    assert "ix_search_key_born" in plan


@pytest.mark.parametrize(("given", "whole"), [("Amira", False), ("Zbigniew", True)])
def test_a_whole_birthday_is_read_only_where_the_names_found_nobody(
    session: Session, made: Made, monkeypatch: pytest.MonkeyPatch, given: str, whole: bool
) -> None:
    """A digit of the birth date is wrong; by both names and nearly the birth date the child is found without it."""
    made()
    asked: list[Any] = []
    by_birth = Probes.by_birth

    def noted(probes: Probes, days: Any, among: Any) -> list[Row]:
        asked.append(days)
        return by_birth(probes, days, among)

    monkeypatch.setattr(Probes, "by_birth", noted)
    search(session, Criteria(given_name=given, family_name="Siddiqui", born=date(2016, 3, 15)))

    assert bool(asked) is whole


def search(session: Session, criteria: Criteria) -> None:
    find.search(session, criteria, TODAY)


def scans(session: Session, statement: str, parameters: Any) -> bool:
    """Whether the engine would read a table from end to end for this, though it need not. A list is no table."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return any(row.detail.startswith("SCAN") and "VIRTUAL TABLE" not in row.detail for row in plan)
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # these tables are so small that a scan is cheaper
    return any("Seq Scan" in row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))
