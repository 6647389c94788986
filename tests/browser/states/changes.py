"""What has changed in a child's life: told on the record, looked into by the management team."""

from cp.terms import ChangeKind
from tests.browser.states.disputes import child
from tests.browser.states.identities import team
from tests.browser.states.steps import opened, sees, state
from tests.browser.visitor import Visitor
from tests.build_telling import change


@state
def telling_a_change_wrongly(visitor: Visitor) -> None:
    opened(visitor, child(visitor))
    visitor.press("Tell us what has changed")
    sees(visitor, "What has changed?", "Where has the child moved to?")
    visitor.press("Tell the management team")
    sees(visitor, "Choose what has changed")


@state
def told_of_a_death_and_not_answered(visitor: Visitor) -> None:
    one = child(visitor)
    with visitor.site.session() as session:
        told = change(one, visitor.site.directory.world.sam, ChangeKind.DIED)
        session.add(told)
        session.flush()
        uid = told.uid
    team(visitor)
    visitor.go("/changes")
    sees(visitor, f"{one.given_names} {one.family_name}")
    visitor.go(f"/changes/{uid}")
    visitor.press("Save")
    sees(visitor, "Choose what you have found")
