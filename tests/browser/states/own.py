"""A person's own side: a code again, which role today, joining, and what an account needs."""

from tests.browser.states.steps import sam, sees, state
from tests.browser.visitor import Visitor


@state
def code_again(visitor: Visitor) -> None:
    sam(visitor).go("/sign-in/again?to=/account/authenticator")
    sees(visitor, "What you are about to do needs a code from the last 5 minutes.")


@state
def code_again_wrong(visitor: Visitor) -> None:
    code_again(visitor)
    visitor.page.get_by_label("Security code").fill("000000")
    visitor.press("Continue")
    sees(visitor, "Enter the code your app shows now, or another printed code")


def halfway(visitor: Visitor) -> None:
    person = visitor.site.directory.people.both
    visitor.give_password(person)
    visitor.page.get_by_label("Security code").fill(visitor.site.code(person))
    visitor.press("Sign in")


@state
def role(visitor: Visitor) -> None:
    halfway(visitor)
    sees(visitor, "What are you working as today?", "Assistant to Nia Pritchard, Vale Community Health")


@state
def role_not_said(visitor: Visitor) -> None:
    halfway(visitor)
    visitor.press("Continue")
    sees(visitor, "Choose what you are working as today")
