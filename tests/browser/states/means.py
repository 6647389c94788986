"""How a school will send, as an implementation manager agrees it with the school, and what its test file was like."""

from uuid import uuid4

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation
from cp.terms import Role
from tests import build
from tests.browser.people import ago
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build_live import live
from tests.build_trials import tried


def school_of_mine(visitor: Visitor) -> Organisation:
    """A school that nobody else has; an implementation manager whom nobody has met is at the browser."""
    tag = uuid4().hex[:6]
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        school = build.organisation(session, world.authority, name=f"Weirside School {tag}")
        ivy = build.person(session, world.council, "Ivy Hartley", f"ivy.{tag}", Role.IMPLEMENTATION_MANAGER,
                           kept_on=clock.today(), last_used_on=clock.today(), check_issued_on=ago(400),
                           trained_on=ago(300))  # fmt: skip
    visitor.become(ivy)
    return school


def go(visitor: Visitor, school: Organisation, more: str) -> None:
    visitor.go(f"/implementation/schools/{school.uid}/{more}")


@state
def means_none(visitor: Visitor) -> None:
    go(visitor, school_of_mine(visitor), "means")
    sees(visitor, "None offered yet", "Offer a way of sending")


@state
def means_offering(visitor: Visitor) -> None:
    means_none(visitor)
    visitor.press("Offer a way of sending")
    sees(visitor, "The least work for it comes first")


@state
def means_offering_nothing(visitor: Visitor) -> None:
    means_offering(visitor)
    visitor.press("Save as offered")
    sees(visitor, "Choose the way of sending that suits it best")


@state
def means_offered(visitor: Visitor) -> None:
    means_offering(visitor)
    visitor.page.get_by_label("Its own system sends by itself").check()
    visitor.press("Save as offered")
    sees(visitor, "It is offered.", "Not yet")


@state
def means_agreeing(visitor: Visitor) -> None:
    means_offered(visitor)
    visitor.press("Record that it agreed")
    sees(visitor, "By this way: Its own system sends by itself")


@state
def means_agreed(visitor: Visitor) -> None:
    means_agreeing(visitor)
    visitor.press("Record that it agreed")
    sees(visitor, "It is agreed.", "An account manager makes the credential")


@state
def means_offering_another(visitor: Visitor) -> None:
    school = school_of_mine(visitor)
    with visitor.site.session() as session:
        live(session, session.merge(school))
    go(visitor, school, "means/offer")
    sees(visitor, "nothing more of it is kept until it agrees to that")


@state
def tried_file_none(visitor: Visitor) -> None:
    go(visitor, school_of_mine(visitor), "test-file")
    sees(visitor, "No test file has come yet")


@state
def tried_file_good(visitor: Visitor) -> None:
    school = school_of_mine(visitor)
    with Session(visitor.site.engine, expire_on_commit=False) as session:
        tried(session, session.merge(school))
    go(visitor, school, "test-file")
    sees(visitor, "9 of 10 rows are ready to be sent", "Is this test file good enough?")


@state
def tried_file_without_a_reason(visitor: Visitor) -> None:
    tried_file_good(visitor)
    visitor.page.get_by_label("No, ask for another").check()
    visitor.press("Save")
    sees(visitor, "Choose at least one reason why another file is needed")


@state
def tried_file_accepted(visitor: Visitor) -> None:
    tried_file_good(visitor)
    visitor.page.get_by_label("Yes, accept it").check()
    visitor.press("Save")
    sees(visitor, "The test file is accepted.")


@state
def tried_file_not_good_enough(visitor: Visitor) -> None:
    school = school_of_mine(visitor)
    with Session(visitor.site.engine, expire_on_commit=False) as session:
        tried(session, session.merge(school), 5)
    go(visitor, school, "test-file")
    sees(visitor, "It cannot be accepted: at least 90 of 100 rows must be ready to be sent.")


@state
def tried_file_as_its_supplier_sees_it(visitor: Visitor) -> None:
    tag = uuid4().hex[:6]
    with Session(visitor.site.engine, expire_on_commit=False) as session:
        school = build.organisation(session, visitor.site.directory.world.authority, name=f"Weirside School {tag}")
        file = tried(session, school, 5)
        sue = build.person(session, school, "Sue Lambert", f"sue.{tag}", Role.SUPPLIER, kept_on=clock.today(),
                           last_used_on=clock.today(), check_issued_on=ago(400), trained_on=ago(300))  # fmt: skip
        session.commit()
    visitor.become(sue)
    visitor.go(f"/supply/files/{file.uid}")
    sees(visitor, "This was a test, and nothing of it is kept in any record.", "Before you can send")
