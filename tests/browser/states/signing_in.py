"""Getting in: the address and password, the code, the first time, and why somebody has to sign in again."""

from cp import clock
from cp.services import factors
from tests.browser.states.steps import sam, sees, state
from tests.browser.visitor import Visitor


@state
def sign_in(visitor: Visitor) -> None:
    visitor.go("/sign-in")
    sees(visitor, "I cannot sign in")


@state
def sign_in_with_nothing_typed(visitor: Visitor) -> None:
    visitor.go("/sign-in")
    visitor.press("Continue")
    sees(visitor, "Enter your email address", "Enter your password")


@state
def sign_in_wrong(visitor: Visitor) -> None:
    visitor.give_password(visitor.site.directory.world.sam, "a wrong guess")
    sees(visitor, "Email address or password is wrong")


@state
def signed_out(visitor: Visitor) -> None:
    sam(visitor).go("/")
    visitor.press("Sign out")
    sees(visitor, "You are signed out. Close the browser if others use this computer.")


@state
def session_ended(visitor: Visitor) -> None:
    sam(visitor).go("/")
    visitor.fill_in("Amira", "O’Hara")
    visitor.site.let_time_pass(visitor.site.directory.world.sam, 16)
    visitor.press("Search")
    sees(visitor, "You had not used ContactPoint for 15 minutes.", "What you typed is kept until", "Not you?")


@state
def ended_elsewhere(visitor: Visitor) -> None:
    sam(visitor).go("/")
    visitor.site.token(visitor.site.directory.world.sam)
    visitor.go("/involvements")
    sees(visitor, "You signed in on another computer at")


@state
def code(visitor: Visitor) -> None:
    visitor.give_password(visitor.site.directory.world.sam)
    visitor.page.locator("details summary").click()
    sees(visitor, "Ask your account manager, Una Kowalski, in person")


@state
def code_wrong(visitor: Visitor) -> None:
    visitor.give_password(visitor.site.directory.world.nia)
    visitor.page.get_by_label("Security code").fill("000000")
    visitor.press("Sign in")
    sees(visitor, "Enter the code your app shows now, or another printed code")


@state
def code_wrong_too_often(visitor: Visitor) -> None:
    visitor.give_password(visitor.site.directory.world.max)
    for _ in range(7):
        visitor.page.get_by_label("Security code").fill("000000")
        visitor.press("Sign in")
    sees(visitor, "and try again, or call your account manager")


@state
def enrol(visitor: Visitor) -> None:
    visitor.give_password(visitor.site.directory.people.unready)
    sees(visitor, "Or type this key into the app")


@state
def enrol_wrong(visitor: Visitor) -> None:
    enrol(visitor)
    visitor.page.get_by_label("Security code").fill("12")
    visitor.press("Continue")
    sees(visitor, "Enter the 6 numbers your app shows now")


@state
def enrolled(visitor: Visitor) -> None:
    visitor.give_password(visitor.site.directory.people.starter)
    key = visitor.page.locator(".cp-key").inner_text().replace(" ", "")
    visitor.page.get_by_label("Security code").fill(factors.code_at(key, factors.step_of(clock.now())))
    visitor.press("Continue")
    sees(visitor, "They are shown only now")


@state
def signed_in_elsewhere(visitor: Visitor) -> None:
    person = visitor.site.directory.world.sam
    visitor.site.token(person)
    visitor.give_password(person)
    visitor.page.get_by_label("Security code").fill(visitor.site.code(person))
    visitor.press("Sign in")
    sees(visitor, "You were still signed in on another computer. That one is signed out now.")
