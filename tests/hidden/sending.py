"""What another system does, in both of a pair alike: rows sent, sent again, placed, changed, named as gone, undone."""

import csv
import io
import json
import re
from datetime import date
from random import Random
from uuid import UUID

from sqlalchemy import select
from werkzeug.test import TestResponse

from cp import clock
from cp.feeds.headings import meaning_of
from cp.feeds.sent_schema import ROW_KEY
from cp.models import MachineCredential, Organisation
from cp.services.supply import credentials
from cp.terms import Column
from tests.build_machines import ROWS
from tests.hidden.directory import SCHOOL
from tests.hidden.filling import Way
from tests.hidden.rows import csv_at_random
from tests.hidden.supplying import Supplying
from tests.scale import SEED

SECRET = "cp_of the sender's own system"
CHANGES: tuple[dict[str, str], ...] = (
    {"born_on": "2016-03-15"},
    {"town": "Southvale"},
    {"given_names": "Zuzanna"},
    {"nhs": "1"},
    {},
)
Row = dict[str, str]


class Sending(Supplying):
    """Two requests of each round, the second about the children of the first."""

    def round(self, number: int) -> None:
        """Raises Different. `plain` as it is for files."""
        chance = Random(f"{SEED} sending {self.pair.kind} {number}")
        plain = chance.random() < 0.4
        keys = [key for key in self.keys if re.fullmatch(ROW_KEY, key)]
        with self.pair.held("sender"):
            self._credentials()
            rows = _rows(csv_at_random(chance, () if plain else keys, old=self.pair.kind == "old identity"))
            self._placed(chance, rows, "first", plain=plain)
            first = self.files
            self._looked_at(chance, undone=False)
            self._placed(chance, _later(chance, rows, () if plain else keys), "second", plain=plain)
            self._undone(plain=plain)
            self.files = first
            self._undone(plain=plain)
            self._looked_at(chance, undone=True)

    def _placed(self, chance: Random, rows: list[Row], key: str, *, plain: bool) -> None:
        """Sent twice under one key, which is one; worked through, so that what came of it may show afterwards."""
        body = json.dumps({"rows": rows, "send_unusual": chance.random() < 0.5}).encode()
        answers = [self._send(body, key) for _ in range(2)]
        assert [one.data for one in answers[0]] == [one.data for one in answers[1]]
        assert answers[0][0].status_code == 202, answers[0][0].text
        self.sent += 1
        self.files = [f"/supply/files/{(one.json or {})['receipt']}" for one in answers[0]]
        if all((one.json or {})["accepted"] for one in answers[0]):
            self._steps(plain=plain)
        self._get("/supply/files", "/supply/files")

    def _send(self, body: bytes, key: str) -> list[TestResponse]:
        """Whatever the directory holds, it is asked the same for the same rows."""
        headers = {"Authorization": f"Bearer {SECRET}", "Idempotency-Key": key}
        answers = self.pair.ask([Way("POST", ROWS, json=body)] * 2, headers)
        self.pair.same(["\n".join(side.sent) for side in self.pair.sides])
        return answers

    def _credentials(self) -> None:
        for side in self.pair.sides:
            with side.session() as session, session.begin():
                school = session.scalars(select(Organisation.id).where(Organisation.dfe_number == SCHOOL)).one()
                session.add(MachineCredential(
                    uid=UUID(int=30), organisation_id=school, name="SIMS", secret_hash=credentials.hashed(SECRET),
                    issued_at=clock.now(), ends_on=date(2027, 11, 23),
                ))  # fmt: skip


def _rows(data: bytes) -> list[Row]:
    """The rows of a file, as a system would send them: each under a key of its own, and nothing that is not taken."""
    found: dict[str, Row] = {}
    for line in csv.DictReader(io.StringIO(data.decode())):
        meant = {heading: meaning_of(heading) for heading in line}
        row = {means.column.value: line[heading] for heading, means in meant.items() if means}
        found[row[Column.ROW_KEY]] = row
    return list(found.values())


def _later(chance: Random, rows: list[Row], keys: list[str] | tuple[str, ...]) -> list[Row]:
    """Of those children, some changed and some gone; and some gone whose keys others have, or nobody."""
    gone = {key: {"row_key": key, "left_on": "2026-11-20"} for key in (*keys, "7000", "000418")}
    for row in rows:
        key = row["row_key"]
        gone[key] = {"row_key": key, "left_on": "2026-11-20"} if chance.random() < 0.4 else row | chance.choice(CHANGES)
    return chance.sample(list(gone.values()), chance.randint(1, len(gone)))
