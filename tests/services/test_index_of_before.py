"""A directory of before: what its index held is carried over, and nobody has to build it again."""

from typing import Any

from sqlalchemy import Connection, insert, select, table
from sqlalchemy import column as named
from sqlalchemy.orm import Session

from cp.models import SearchCarer, SearchKey, SearchPlace
from cp.services import find
from cp.terms import NameKind
from tests.services.directory import Made
from tests.whole.tables import brought_up

FORMER: dict[str, Any] = {"kind": NameKind.FORMER, "family_name": "Nowak"}


def test_an_index_of_before_is_right_afterwards(url: str, session: Session, made: Made) -> None:
    made(others=(FORMER,), postcodes=("ZA4 7QD", "ZA9 1AA"), carers=("Farah Siddiqui", "Mrs Anna Smith-Jones"))
    made(given_names="Ben", postcodes=("ZA4 7QD",))
    made(given_names="王", family_name="", shielded=True)
    kept = [[row._asdict() for row in session.execute(select(*each.__table__.columns))]
            for each in (SearchKey, SearchPlace, SearchCarer)]  # fmt: skip

    brought_up(url, session, "0004", lambda before: _as_it_was(before, *kept))

    assert list(find.check(session)) == []
    assert all(kept)


def _as_it_was(connection: Connection, keyed: Any, placed: Any, cared_for: Any) -> None:
    """The rows in the tables of before: numbered, with the gender, and with the names beside each place."""
    keys = [{**row, "variant": variant, "gender": 1} for variant, row in enumerate(keyed)]
    places = [
        {**place, **{name: key[name] for name in ("variant", "family_id", "given_id")}}
        for place in placed
        for key in keys
        if key["child_id"] == place["child_id"]
    ]
    carers = [{**row, "ordinal": ordinal} for ordinal, row in enumerate(cared_for)]
    for name, rows in (("search_key", keys), ("search_place", places), ("search_carer", carers)):
        connection.execute(insert(table(name, *map(named, rows[0]))), rows)
