"""A supplier's side: a file chosen, its columns, its faults, on its way, done, undone; and pairs to review."""

from itertools import count
from secrets import choice
from string import ascii_lowercase
from uuid import uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Pair
from cp.services.supply import working
from cp.terms import PairState, Role
from tests import build
from tests.browser.people import ago
from tests.browser.states import identities
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build import Person
from tests.build_live import live
from tests.build_supply import AMIRA, HEADINGS, IFEOMA, JACK, csv_of, send, work

MORE = (*HEADINGS, "Ethnicity", "At home", "=SUM(A1)")
MIXED = csv_of(
    AMIRA | {"Adno": "1", "Forename": "Oluwaseun-Alexandra Featherstonehaugh", "Ethnicity": "X", "At home": "Mimi"},
    JACK, JACK, IFEOMA | {"PostCode": "nowhere"},
    *(IFEOMA | {"Adno": f"7{at}", "DOB": "31/02/2015"} for at in range(6)),
    headings=MORE,
)  # fmt: skip


def supplier(visitor: Visitor) -> Person:
    """Somebody of a school that has sent nothing yet, at the browser."""
    tag = uuid4().hex[:6]
    with visitor.site.session() as session:
        school = build.organisation(session, visitor.site.directory.world.authority, name=f"Weirside School {tag}")
        live(session, school)
        made = build.person(session, school, "Ada Frost", f"ada.{tag}", Role.SUPPLIER, kept_on=clock.today(),
                            last_used_on=clock.today(), check_issued_on=ago(400), trained_on=ago(300))  # fmt: skip
    visitor.become(made)
    return made


def choose(visitor: Visitor, data: bytes = MIXED, name: str = "autumn-roll-2026-as-exported.csv") -> None:
    visitor.go("/supply")
    visitor.page.get_by_label("Your file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    visitor.page.get_by_label("No, only some").check()
    visitor.press("Check this file")


def worked(visitor: Visitor) -> None:
    """The worker has done what was due."""
    with Session(visitor.site.engine, expire_on_commit=False) as session:
        work(session)


def one_step(visitor: Visitor) -> None:
    with visitor.site.session() as session:
        working.step(session)


@state
def supply_upload(visitor: Visitor) -> None:
    supplier(visitor)
    visitor.go("/supply")
    sees(visitor, "Choose the export you already have")


@state
def supply_upload_wrong(visitor: Visitor) -> None:
    supply_upload(visitor)
    visitor.press("Check this file")
    sees(visitor, "Say whether the file lists every pupil at your school")


@state
def supply_columns(visitor: Visitor) -> None:
    supplier(visitor)
    choose(visitor)
    sees(visitor, "Have we read your columns rightly?", "must not hold it")


@state
def supply_columns_not_kept(visitor: Visitor) -> None:
    supply_columns(visitor)
    visitor.page.get_by_label("DOB means").select_option("Town")
    visitor.press("Check the rows")
    sees(visitor, "Say which column holds the date of birth", "both mean the town. Choose one")
    visitor.page.get_by_label("DOB means").select_option("Date of birth")
    visitor.page.get_by_label("At home means").select_option("Known as")
    visitor.press("Check the rows")
    sees(visitor, "Choose the same file again")


@state
def supply_problems(visitor: Visitor) -> None:
    supply_columns(visitor)
    visitor.press("Check the rows")
    sees(visitor, "6 things are wrong", "is there twice", "looks unusual")


@state
def supply_all_problems(visitor: Visitor) -> None:
    supply_problems(visitor)
    visitor.press("Show all 6 : 6 things are wrong")
    sees(visitor, "Row 11")


@state
def supply_progress(visitor: Visitor) -> None:
    supply_problems(visitor)
    visitor.press("Send the 2 ready rows")
    sees(visitor, "0 of 2 rows (0%)")


@state
def supply_stopped(visitor: Visitor) -> None:
    supply_progress(visitor)
    visitor.press("Stop")
    sees(visitor, "Stopped after 0 of 2 rows", "Rows already sent stay.")


@state
def supply_report(visitor: Visitor) -> None:
    supply_progress(visitor)
    worked(visitor)
    visitor.press("Update this page")
    sees(visitor, "2 rows were sent", "Download the 8 to correct", "Sent the wrong file?")


@state
def supply_undo(visitor: Visitor) -> None:
    supply_report(visitor)
    visitor.press("Undo this file")
    sees(visitor, "Undo this file?", "What others have said since stays.")


@state
def supply_undoing(visitor: Visitor) -> None:
    supply_undo(visitor)
    visitor.press("Undo 2 rows")
    sees(visitor, "What this file changed is being taken back.")


@state
def supply_undone(visitor: Visitor) -> None:
    supply_undoing(visitor)
    worked(visitor)
    visitor.press("Update this page")
    sees(visitor, "The file is undone")


@state
def supply_files_none(visitor: Visitor) -> None:
    supplier(visitor)
    visitor.go("/supply/files")
    sees(visitor, "Your school has sent no file yet.")


@state
def supply_files(visitor: Visitor) -> None:
    supply_report(visitor)
    choose(visitor)
    visitor.go("/supply/files")
    sees(visitor, "2 sent", "Its columns are to be confirmed")


WHO = ("Petra", "Ottoline", "Winifred")
BARE = ("Adno", "Legal Surname", "Forename", "DOB", "Sex")
CALLS = count()


def surname() -> str:
    """Like nobody else’s."""
    return "".join(choice(ascii_lowercase) for _ in range(9)).title()


def pairs(visitor: Visitor, many: int = 1) -> list[str]:
    """So many rows of a school, each of which may be of a child whom another has sent; the children's names.

    No two calls of a run share a birthday or a postcode: two children of one given name and one of these may be one.
    """
    tag, at_call = uuid4().hex[:6], next(CALLS)
    born = f"{1 + at_call % 28:02d}/{1 + at_call // 28 % 12:02d}/201"
    postcode = f"ZA{1 + at_call % 9} {1 + at_call // 9 % 9}{'ABDEFGHJ'[at_call // 81 % 8]}B"
    rows = [IFEOMA | {"Adno": str(at), "Forename": given, "Legal Surname": surname(), "DOB": f"{born}{at}",
                      "Address Line 1": f"{tag} House", "PostCode": postcode}
            for at, given in enumerate(WHO[:many])]  # fmt: skip
    with Session(visitor.site.engine, expire_on_commit=False) as session:
        work(session)  # what others have left is sent before, so that no pair comes of it later
        session.execute(update(Pair).values(state=PairState.OVER, decided_at=clock.now()))
        first, other = (build.organisation(session, visitor.site.directory.world.authority, name=f"{name} {tag}")
                        for name in ("Hollin Bank Primary", "Ashgrove Prep"))  # fmt: skip
        send(session, first, *rows)
        send(session, other, *({name: row[name] for name in BARE} for row in rows))
        assert session.scalar(select(func.count()).where(Pair.state == PairState.WAITING)) == many
    return [f"{row['Forename']} {row['Legal Surname']}" for row in rows]


@state
def review_pair(visitor: Visitor) -> None:
    identities.team(visitor)
    pairs(visitor)
    visitor.go("/review")
    sees(visitor, "Are these the same child?", "Not compared")


@state
def review_pair_not_answered(visitor: Visitor) -> None:
    review_pair(visitor)
    visitor.press("Save and show the next pair")
    sees(visitor, "Choose same, different or not sure yet")


@state
def review_no_pairs(visitor: Visitor) -> None:
    review_pair(visitor)
    visitor.page.get_by_label("Same child").check()
    visitor.press("Save and show the next pair")
    sees(visitor, "No pairs to review", "Joined. What the school said is on the record now.")
