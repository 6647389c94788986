"""One person's account as a manager sees and changes it."""

from cp import clock
from tests.browser.states.managing import team, una
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor


def sams(visitor: Visitor, path: str = "") -> None:
    una(visitor).go(f"/accounts/{visitor.site.directory.world.sam.account.uid}{path}")


@state
def account_of_somebody(visitor: Visitor) -> None:
    sams(visitor)
    sees(visitor, "Sam Okafor", "What would Sam Okafor see?")


@state
def account_of_somebody_with_a_lapsed_check(visitor: Visitor) -> None:
    una(visitor).go(f"/accounts/{visitor.site.directory.world.lou.account.uid}")
    sees(visitor, "Enhanced check not in date")


@state
def account_check(visitor: Visitor) -> None:
    sams(visitor, "/check")
    visitor.press("Record the check")
    sees(visitor, "There is a problem")


@state
def account_suspend(visitor: Visitor) -> None:
    sams(visitor, "/suspend")
    visitor.press("Suspend the account")
    sees(visitor, "Choose why this account is suspended")


@state
def account_suspended(visitor: Visitor) -> None:
    manager = team(visitor)
    visitor.become(manager).go("/accounts")
    visitor.press("Isaac Obi")
    visitor.press("Suspend")
    visitor.page.get_by_label("Long leave").check()
    visitor.press("Suspend the account")
    sees(visitor, "This account is suspended since", "Open this account again")


@state
def account_close(visitor: Visitor) -> None:
    sams(visitor, "/close")
    sees(visitor, "will have to be handed over")


@state
def account_closed(visitor: Visitor) -> None:
    visitor.become(team(visitor)).go("/accounts")
    visitor.press("Isaac Obi")
    visitor.press("Close, for somebody who leaves")
    visitor.fill_day(clock.today())
    visitor.press("Close the account")
    sees(visitor, "This account was closed on")


@state
def account_place(visitor: Visitor) -> None:
    sams(visitor, "/move")
    sees(visitor, "Where do they work now?")


@state
def account_move(visitor: Visitor) -> None:
    account_place(visitor)
    visitor.page.get_by_label("Where do they work now?").select_option("Vale Community Health")
    visitor.press("Continue")
    visitor.press("Move")
    sees(visitor, "Choose their post")


@state
def account_give_what(visitor: Visitor) -> None:
    sams(visitor, "/grant")
    sees(visitor, "What do you want to give?")


@state
def account_give(visitor: Visitor) -> None:
    account_give_what(visitor)
    visitor.page.get_by_label("Right to override a shield").check()
    visitor.press("Continue")
    sees(visitor, "A second manager has to agree before it counts.")


@state
def account_end(visitor: Visitor) -> None:
    sams(visitor, "/end")
    visitor.press("End it")
    sees(visitor, "Choose what should end")


@state
def account_link(visitor: Visitor) -> None:
    sams(visitor, "/link")
    visitor.press("Print the link")
    sees(visitor, "Choose what the link is for")


@state
def account_sees(visitor: Visitor) -> None:
    sams(visitor, "/sees")
    sees(visitor, "A child whose record is shielded", "1 Example Street")


@state
def account_sees_nothing(visitor: Visitor) -> None:
    una(visitor).go(f"/accounts/{visitor.site.directory.world.lou.account.uid}/sees")
    sees(visitor, "Nothing: enhanced check not in date.")
