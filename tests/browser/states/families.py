"""The management team: what a child or a parent asks, the letter, the copy; what is given out, and its register."""

from datetime import datetime, timedelta

from cp import clock
from cp.models.child import Child
from cp.terms import Asking, Reason
from tests import build, build_disclosures, build_families
from tests.browser.directory import aged
from tests.browser.states.shields import may
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build import Person


def max_(visitor: Visitor) -> Person:
    return visitor.site.directory.world.max


def child(visitor: Visitor, given: str = "Amira") -> Child:
    """Somebody of the family asks about this child: of fourteen, whom a school, a nurse and the council know."""
    world = visitor.site.directory.world
    with visitor.site.session() as session:
        made = build_families.child_of_14(session, world, given_names=given, born_on=aged(14), home="9 Quill Lane",
                                          postcode="ZA7 7ZZ", shielded_once=False)  # fmt: skip
        build.carer(session, made, phone="+447700900987")
        assert world.nia.practitioner is not None
        build.involvement(session, made, world.nia.practitioner)
        return made


def looked_at(visitor: Visitor, made: Child, looks: int = 10) -> None:
    """By a teacher and a nurse, on so many days of the last year."""
    world = visitor.site.directory.world
    sam, nia = world.sam, world.nia
    kinds = [(sam, Reason.WORKING_WITH), (nia, Reason.MAY_NEED_HELP), (sam, Reason.JOINING_OR_LEAVING),
             (nia, Reason.CORRECTING_RECORDS)]  # fmt: skip
    with visitor.site.session() as session:
        rows = [
            build_families.entry(session, by, made, at=_ago(27 * number + 1), reason=reason)
            for number, (by, reason) in ((number, kinds[number % 4]) for number in range(looks))
        ]
        build_families.write(session, rows)


def _ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def asked(
    visitor: Visitor, made: Child, about: Asking = Asking.LOOKS, by: Person | None = None, **given: object
) -> str:
    """The page of a request about this child, kept already."""
    facts = {"from_on": clock.today() - timedelta(days=365)} | given
    with visitor.site.session() as session:
        row = build_families.request(session, by or max_(visitor), made, about, **facts)
        return f"/requests/{row.uid}"


@state
def asking(visitor: Visitor) -> None:
    visitor.become(max_(visitor)).open(child(visitor))
    visitor.page.get_by_role("link", name="A child or parent asks about this record").click()
    sees(visitor, "First make sure who asks")


@state
def asking_wrong(visitor: Visitor) -> None:
    asking(visitor)
    visitor.page.get_by_role("button", name="Continue").click()
    sees(visitor, "Enter the name of the person who asks")


@state
def requests(visitor: Visitor) -> None:
    made = child(visitor)
    asked(visitor, made)
    asked(visitor, made, Asking.COPY, by=may(visitor))
    visitor.become(max_(visitor)).go("/requests")
    sees(visitor, "Copy: waits for you or a colleague", "Letter: who looked")


@state
def letter(visitor: Visitor) -> None:
    made = child(visitor)
    looked_at(visitor, made)
    visitor.become(max_(visitor)).go(asked(visitor, made))
    sees(visitor, "Who looked at Amira’s record", "If something looks wrong")


@state
def letter_put_together(visitor: Visitor) -> None:
    made = child(visitor, "Ines")
    looked_at(visitor, made, 13)
    visitor.become(max_(visitor)).go(asked(visitor, made))
    sees(visitor, "Who looked at Ines’s record", "on 4 days")


@state
def letter_to_the_child(visitor: Visitor) -> None:
    made = child(visitor)
    looked_at(visitor, made, 3)
    who = build_families.REQUESTERS["child of 14"]
    visitor.become(max_(visitor)).go(asked(visitor, made, asked=who))
    sees(visitor, "Who looked at your record")


@state
def letter_of_nobody(visitor: Visitor) -> None:
    visitor.become(max_(visitor)).go(asked(visitor, child(visitor)))
    sees(visitor, "We have nobody to list for these days.")


@state
def letter_for_nobody(visitor: Visitor) -> None:
    who = {"requester": "parent_without_responsibility"}
    visitor.become(max_(visitor)).go(asked(visitor, child(visitor), asked=who))
    sees(visitor, "There is no letter for Farah Siddiqui.")


@state
def names_on_request(visitor: Visitor) -> None:
    letter(visitor)
    visitor.page.get_by_role("link", name="who it was").click()
    sees(visitor, "Where they worked", "Sam Okafor")


@state
def copy_to_release(visitor: Visitor) -> None:
    visitor.become(max_(visitor)).go(asked(visitor, child(visitor), Asking.COPY, by=may(visitor)))
    sees(visitor, "Not released yet.", "Release it: I have checked")


@state
def copy_answer_missing(visitor: Visitor) -> None:
    copy_to_release(visitor)
    visitor.page.get_by_role("button", name="Keep my answer").click()
    sees(visitor, "There is a problem")


@state
def copy_released(visitor: Visitor) -> None:
    who = build_families.REQUESTERS["child of 14"]
    made = child(visitor)
    visitor.become(max_(visitor)).go(_released(visitor, made, asked=who))
    sees(visitor, "What your record says", "Released by May Fielding")


@state
def copy_changed(visitor: Visitor) -> None:
    made = child(visitor)
    path = _released(visitor, made)
    with visitor.site.session() as session:
        session.get_one(Child, made.id).family_name = "Another"
    visitor.become(max_(visitor)).go(path)
    sees(visitor, "The record has changed since", "begin again")


def _released(visitor: Visitor, made: Child, **given: object) -> str:
    colleague = may(visitor)
    with visitor.site.session() as session:
        row = build_families.request(session, max_(visitor), made, Asking.COPY, **given)
        return f"/requests/{build_families.release(session, row, colleague).uid}"


@state
def copy_kept_back(visitor: Visitor) -> None:
    path = asked(visitor, child(visitor), Asking.COPY, answered_by_id=may(visitor).account.id,
                 answered_at=clock.now(), answer={"answer": "harm"})  # fmt: skip
    visitor.become(max_(visitor)).go(path)
    sees(visitor, "There is no copy for ")


@state
def giving_out(visitor: Visitor) -> None:
    may(visitor)
    visitor.become(max_(visitor)).open(child(visitor))
    visitor.page.get_by_role("link", name="Give something of this record out").click()
    sees(visitor, "Only on one of these grounds")


@state
def giving_out_wrong(visitor: Visitor) -> None:
    giving_out(visitor)
    visitor.page.get_by_role("button", name="Ask for approval").click()
    sees(visitor, "Choose on what ground it is given out")


@state
def register(visitor: Visitor) -> None:
    made, other = child(visitor), may(visitor)
    with visitor.site.session() as session:
        build_disclosures.disclosure(session, made, other, max_(visitor))
        build_disclosures.answered(session, made, max_(visitor), other)
    visitor.become(max_(visitor)).go("/disclosures")
    sees(visitor, "Waits for Max Adeyemi", "Approved by May Fielding")


@state
def register_of_a_reviewer(visitor: Visitor) -> None:
    register(visitor)
    visitor.become(visitor.site.directory.world.rex).go("/disclosures")
    sees(visitor, "Rex Hale", "Waits for Max Adeyemi")


@state
def to_approve(visitor: Visitor) -> None:
    made, other = child(visitor), may(visitor)
    with visitor.site.session() as session:
        one = build_disclosures.disclosure(session, made, other, max_(visitor))
    visitor.become(max_(visitor)).go(f"/disclosures/{one.uid}")
    sees(visitor, "Is this to be given out?")


def _approved(visitor: Visitor, more: str) -> None:
    made, other = child(visitor), may(visitor)
    with visitor.site.session() as session:
        one = build_disclosures.answered(session, made, max_(visitor), other, parts="carers+identity+involvements+"
                                         "location")  # fmt: skip
    visitor.become(max_(visitor)).go(f"/disclosures/{one.uid}{more}")


@state
def approved(visitor: Visitor) -> None:
    _approved(visitor, "")
    sees(visitor, "Show and print what is given out")


@state
def given_out(visitor: Visitor) -> None:
    _approved(visitor, "/given")
    sees(visitor, "Give out this sheet and nothing else")
