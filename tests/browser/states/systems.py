"""A manager lets another system send: the list, the form, the secret, and stopping it."""

from uuid import uuid4

from cp import clock
from cp.terms import Role
from tests import build, build_machines
from tests.browser.people import ago
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build import Person

LONG = "Management information system of the school, hosted"


def manager(visitor: Visitor, *, sends: bool = False) -> Person:
    """Runs the accounts of a school of its own, for which a system `sends` or not yet; at the list of its systems."""
    tag = uuid4().hex[:6]
    with visitor.site.session() as session:
        school = build.organisation(session, visitor.site.directory.world.authority, name=f"Weirside School {tag}")
        made = build.person(session, school, "Hana Head", f"hana.{tag}", Role.ACCOUNT_MANAGER, kept_on=clock.today(),
                            last_used_on=clock.today(), check_issued_on=ago(400), trained_on=ago(300))  # fmt: skip
        if sends:
            build_machines.made(session, school, "Old system", ago(10))
            build_machines.made(session, school, LONG, ago(-300))
            build_machines.newest(session).last_used_on = ago(1)
    visitor.become(made).go(f"/services/{school.uid}/systems")
    return made


@state
def systems_none(visitor: Visitor) -> None:
    manager(visitor)
    sees(visitor, "sends and reads nothing")


@state
def systems(visitor: Visitor) -> None:
    manager(visitor, sends=True)
    sees(visitor, LONG)


@state
def system_new(visitor: Visitor) -> None:
    manager(visitor)
    visitor.press("Add a system")
    sees(visitor, "How long may it send?")


@state
def system_new_wrong(visitor: Visitor) -> None:
    system_new(visitor)
    visitor.press("Make the secret")
    sees(visitor, "Enter the name of the system", "Choose how long it may send")


@state
def system_made(visitor: Visitor) -> None:
    system_new(visitor)
    visitor.page.get_by_label("Name of the system").fill(LONG)
    visitor.page.get_by_label("12 months").check()
    visitor.press("Make the secret")
    sees(visitor, "It is shown only now.")


@state
def system_revoking(visitor: Visitor) -> None:
    manager(visitor, sends=True)
    visitor.press(f"Revoke {LONG}")
    sees(visitor, "it cannot be made to work again")


@state
def system_revoked(visitor: Visitor) -> None:
    system_revoking(visitor)
    visitor.press("Revoke it")
    sees(visitor, "It is revoked. The system can send nothing any more.")
