"""What a supplier does, in both of a pair alike: a file sent as it is found, worked through, looked at, undone; and
how the supplier stands by it, before and after.
"""

from pathlib import Path
from random import Random

from sqlalchemy import select
from werkzeug.test import TestResponse

from cp.models import Pair as Doubtful
from cp.models import SourceRecord, SupplyRow
from cp.terms import RowState
from tests.hidden.directory import SCHOOL
from tests.hidden.filling import Way, form_token, pressed
from tests.hidden.pairs import Pair, Side
from tests.hidden.rows import csv_at_random
from tests.scale import SEED

LOOKING = ("practitioner", "colleague", "assistant", "elsewhere", "team", "team_elsewhere", "holder", "reviewer")
"""Who looks, of those who may not know, at what came of a file."""
SEARCHES = (
    (("given_name", "Amira"), ("family_name", "Siddiqui")), (("given_name", "Zuzanna"), ("family_name", "Nowak")),
    (("given_name", "Zara"), ("family_name", "Siddiqui")), (("given_name", "Jack"), ("family_name", "Ashworth")),
    (("carer_given_name", "Farah"), ("carer_family_name", "Haddad"), ("postcode", "ZA4 7QD")),
    (("house", "18"), ("street", "Tanner’s Row"), ("postcode", "ZA4 7QD")),
)  # fmt: skip
BORN = (("born-day", "14"), ("born-month", "3"), ("born-year", "2016"), ("reason", "working_with"))
ONE_KNOWS_NO_SUCH_CHILD = frozenset({"old identity", "never there"})
"""There a record may follow from a row in the one directory alone, until the file is undone."""


class Supplying:
    """Files one after the other, each from the choice of the file to its undoing. `sent`, `undone`: how many were."""

    def __init__(self, pair: Pair) -> None:
        self.pair, self.sent, self.undone = pair, 0, 0
        keys = select(SourceRecord.row_key).where(SourceRecord.row_key.is_not(None))
        self.keys = sorted({key for side in pair.sides for key in _read(side, keys)})

    def file(self, number: int) -> None:
        """Raises Different. Four of ten are `plain`: nothing in them ties a row to what is hidden, and of those the
        worker's own steps are compared, too."""
        chance = Random(f"{SEED} supply {self.pair.kind} {number}")
        plain = chance.random() < 0.4
        with self.pair.held("sender"):
            data = csv_at_random(chance, () if plain else self.keys, old=self.pair.kind == "old identity")
            if pages := self._checked(chance, data):
                self.sent += 1
                self._worked(chance, pages, plain=plain)
                self._looked_at(chance, undone=False)
                self._undone(plain=plain)
                self._looked_at(chance, undone=True)

    def command(self, number: int, folder: Path) -> str:
        """The same at the server: what the command prints. Raises Different."""
        chance = Random(f"{SEED} command {self.pair.kind} {number}")
        path = folder / "autumn-roll.csv"
        path.write_bytes(csv_at_random(chance, self.keys, old=self.pair.kind == "old identity"))
        with self.pair.held("sender"):
            printed = ""
            for apply in ((), ("--apply",)):
                some = chance.choice(((), ("--some",)))
                words = ("supply", "file", str(path), "--organisation", SCHOOL, *some, *apply)
                printed, other = (side.command(*words) for side in self.pair.sides)
                self.pair.steps.append(" ".join(words))
                self.pair.same([printed, other])
            return printed

    def _checked(self, chance: Random, data: bytes) -> list[str] | None:
        """Chosen, its columns confirmed: the two pages of its faults; None where nothing in it can be sent."""
        whole = ("whole", chance.choice(("yes", "no")))
        choosing = self._get("/supply", "/supply")
        ways = [pressed(page.text, "/supply", "/supply", whole) for page in choosing]
        answers = self.pair.ask([Way("POST", way.path, way.fields, ("autumn-roll.csv", data)) for way in ways if way])
        columns = self._get(*self._led_to(self._get(*self._led_to(answers))))
        faults = self._get(*self._led_to(self._press(columns, "/columns")))
        self.files = self.paths
        self._corrected(faults)
        return [page.text for page in faults] if all(">Send the " in page.text for page in faults) else None

    def _worked(self, chance: Random, faults: list[str], *, plain: bool) -> None:
        """Sent, now and then stopped on the way; each page that says how far it is, and the report."""
        too = (("too", "yes"),) if chance.random() < 0.5 else ()
        ways = [pressed(text, self.files[0], "/send", *too) for text in faults]
        pages = self._get(*self._led_to(self.pair.ask([way for way in ways if way])))
        if chance.random() < 0.2:
            for _ in range(2):
                pages = self._get(*self._led_to(self._press(pages, "/stop")))
        self._steps(plain=plain)
        if plain and self.pair.kind != "never there":
            self.pair.same([_judged(side) for side in self.pair.sides])
        self._get("/supply/files", "/supply/files")
        self._corrected(self._get(*self.files))

    def _steps(self, *, plain: bool) -> None:
        going = [True]
        while any(going):
            going = [side.step() for side in self.pair.sides]
            self.pair.steps.append("the worker's step")
            if plain and self.pair.kind != "never there":
                self.pair.same(["\n".join(side.sent) for side in self.pair.sides])
            self._get(*self.files)

    def _undone(self, *, plain: bool) -> None:
        """What was sent; of what was not there is nothing to undo."""
        pages = self._get(*(f"{path}/undo" for path in self.files))
        if all(page.status_code == 303 for page in pages):
            return
        self.undone += 1
        self._press(pages, "/undo")
        self._steps(plain=plain)
        self._get("/supply/files", "/supply/files")

    def _looked_at(self, chance: Random, *, undone: bool) -> None:
        """By others. Of what only one of the two makes a record, or lets wait, nobody is asked who is shown it: so a
        row with an old identity's number waits beside no record of any authority, for one of those may be the new one.
        """
        apart = self.pair.kind in ONE_KNOWS_NO_SUCH_CHILD and not undone
        teams = ("team", "team_elsewhere") if self.pair.kind == "old identity" else ("team",)
        people = [who for who in LOOKING if who in self.pair.actors and not (apart and who in teams)]
        for who in chance.sample(people, 2):
            self.pair.turn(who)
            self._get("/review", "/review")
            self._get("/suppliers", "/suppliers")
            if self.pair.kind == "never there" or apart:
                continue
            typed = chance.choice(SEARCHES)
            path = "/searches" if typed[0][0] == "given_name" else "/searches/family"
            token = ("csrf_token", form_token(self.pair.sides[0].token))
            found = self.pair.ask([Way("POST", path, (token, *typed, *BORN))] * 2)
            if all(answer.status_code == 303 for answer in found):
                self._get(*self._led_to(found))
        self.pair.turn("sender")

    def _get(self, *paths: str) -> list[TestResponse]:
        self.paths = list(paths)
        return self.pair.ask([Way("GET", path) for path in paths])

    def _led_to(self, answers: list[TestResponse]) -> list[str]:
        return [str(answer.headers["Location"]).partition("#")[0] for answer in answers]

    def _press(self, pages: list[TestResponse], ending: str) -> list[TestResponse]:
        ways = [pressed(page.text, path, ending) for page, path in zip(pages, self.paths, strict=True)]
        return self.pair.ask([way for way in ways if way])

    def _corrected(self, pages: list[TestResponse]) -> None:
        """The rows to correct, where the page offers them."""
        if all("to-correct.csv" in page.text for page in pages):
            self._get(*(f"{path}/to-correct.csv" for path in self.files))


def _read(side: Side, query: object) -> list[str]:
    with side.session() as session:
        return list(session.scalars(query))  # type: ignore[call-overload]


def _judged(side: Side) -> str:
    """What became of each row, and the reasons kept for whoever has to look."""
    with side.session() as session:
        states = session.execute(select(SupplyRow.number, SupplyRow.state).order_by(SupplyRow.number)).all()
        waiting = session.execute(
            select(SupplyRow.number, Doubtful).join(SupplyRow, SupplyRow.id == Doubtful.row_id).order_by(Doubtful.id)
        )
        why = [f"{number} {pair.why}" for number, pair in waiting]
    return "\n".join([*(f"{number} {RowState(state)}" for number, state in states), *why])
