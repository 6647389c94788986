"""A person's own side: a code again, which role today, joining, and what an account needs."""

from datetime import date

from cp.terms import LinkKind
from tests import build
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


@state
def first_password(visitor: Visitor) -> None:
    visitor.go(visitor.site.link(visitor.site.directory.people.invited, LinkKind.JOIN))
    sees(visitor, "Choose a password", "You set up the app next.")


@state
def first_password_too_easy(visitor: Visitor) -> None:
    first_password(visitor)
    visitor.page.get_by_label("Password", exact=True).fill("contactpoint1")
    visitor.press("Continue")
    sees(visitor, "Choose another password: this one is made of your name")


@state
def new_password(visitor: Visitor) -> None:
    visitor.go(visitor.site.link(visitor.site.directory.people.new, LinkKind.PASSWORD))
    sees(visitor, "Choose a new password")


@state
def link_not_ready(visitor: Visitor) -> None:
    visitor.go(visitor.site.link(visitor.site.directory.people.awaited, LinkKind.JOIN))
    sees(visitor, "Your account is not ready yet")


@state
def link_used_up(visitor: Visitor) -> None:
    visitor.go("/join/no-such-link")
    sees(visitor, "This link does not work")


@state
def lost_authenticator(visitor: Visitor) -> None:
    visitor.go(visitor.site.link(visitor.site.directory.people.new, LinkKind.FACTOR))
    sees(visitor, "Enter your password")


@state
def lost_authenticator_and_wrong_password(visitor: Visitor) -> None:
    lost_authenticator(visitor)
    visitor.page.get_by_label("Password", exact=True).fill("a wrong guess")
    visitor.press("Continue")
    sees(visitor, "The password is wrong")


@state
def new_authenticator(visitor: Visitor) -> None:
    lost_authenticator(visitor)
    visitor.page.get_by_label("Password", exact=True).fill(build.PASSWORD)
    visitor.press("Continue")
    sees(visitor, "Or type this key into the app")


def newcomer(visitor: Visitor) -> Visitor:
    """Somebody who has everything to do."""
    return visitor.become(visitor.site.directory.people.fresh)


@state
def account_of_a_newcomer(visitor: Visitor) -> None:
    newcomer(visitor).go("/account")
    sees(visitor, "Two things to do first", "To sign", "To read")


@state
def account_of_an_assistant(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.ash).go("/account")
    sees(visitor, "Whom you assist")


@state
def procedures(visitor: Visitor) -> None:
    newcomer(visitor).go("/account/procedures")
    sees(visitor, "I have read the procedures")


@state
def agreement_before_the_procedures(visitor: Visitor) -> None:
    newcomer(visitor).go("/account/agreement")
    sees(visitor, "Before you sign it, read the operating procedures.")


@state
def agreement(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.people.reader).go("/account/agreement")
    sees(visitor, "Sign the agreement")


@state
def agreement_signed(visitor: Visitor) -> None:
    sam(visitor).go("/account/agreement")
    sees(visitor, "You signed version 1 on")


@state
def training(visitor: Visitor) -> None:
    newcomer(visitor).go("/account/training")
    sees(visitor, "When did you complete your training?")


@state
def training_in_the_future(visitor: Visitor) -> None:
    training(visitor)
    visitor.fill_day(date(2099, 1, 1))
    visitor.press("Record training")
    sees(visitor, "The day must be today or earlier")


@state
def change_password(visitor: Visitor) -> None:
    sam(visitor).go("/account/password")
    sees(visitor, "You need not change it from time to time.")


@state
def change_password_with_errors(visitor: Visitor) -> None:
    change_password(visitor)
    visitor.press("Change password")
    sees(visitor, "Enter the password you have now")


@state
def find_with_something_that_ends_soon(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.people.soon).go("/")
    sees(visitor, "Your check expires on")


@state
def ask_to_join(visitor: Visitor) -> None:
    visitor.go("/join")
    sees(visitor, "An account manager reads what you send")


@state
def ask_to_join_with_nothing_typed(visitor: Visitor) -> None:
    ask_to_join(visitor)
    visitor.press("Continue")
    sees(visitor, "Enter your name", "Enter where you work: its name, URN or practice code")


@state
def ask_in_which_post(visitor: Visitor) -> None:
    ask_to_join(visitor)
    visitor.page.get_by_label("Your name").fill("Tess Arkwright")
    visitor.page.get_by_label("Work email address").fill("tess.arkwright@example.test")
    visitor.page.get_by_label("Organisation").fill("Hollin Bank Primary School")
    visitor.press("Continue")
    sees(visitor, "Which of these is your post?")


@state
def asked_to_join(visitor: Visitor) -> None:
    visitor.go("/join/asked")
    sees(visitor, "We have passed it on")


@state
def not_listed(visitor: Visitor) -> None:
    ask_in_which_post(visitor)
    visitor.page.get_by_label("None of these").check()
    visitor.press("Ask for an account")
    sees(visitor, "You cannot have an account")
