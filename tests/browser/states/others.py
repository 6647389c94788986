"""A person's own pages, the pages of help, and those that say that something cannot be done."""

from pathlib import Path

from playwright.sync_api import expect

from cp import lodging
from tests.browser.states.steps import children, opened, sam, sees, state
from tests.browser.visitor import Visit, Visitor, locked


@state
def my_involvements(visitor: Visitor) -> None:
    dee = visitor.site.directory.people.dee
    visitor.site.forget_confirmations(dee)
    visitor.become(dee).go("/involvements")
    sees(
        visitor,
        "Nia Pritchard became lead professional for Hannah Price",
        "May have ended",
        "Are you still working with them?",
        "The other",
    )


@state
def my_involvements_confirmed(visitor: Visitor) -> None:
    my_involvements(visitor)
    yes = visitor.page.get_by_role("button", name="Yes")
    due = yes.count()
    yes.first.click()
    expect(yes).to_have_count(due - 1)


@state
def my_involvements_ending(visitor: Visitor) -> None:
    my_involvements(visitor)
    visitor.press("No, end it for Callum Ferris")
    sees(visitor, "Back to My involvements")


@state
def my_involvements_none(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.people.new).go("/involvements")
    sees(visitor, "You are not on any child’s record yet.")


@state
def account(visitor: Visitor) -> None:
    sam(visitor).go("/account")
    sees(visitor, "Your account", "What your account needs")


@state
def account_with_an_expired_check(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.lou).go("/account")
    sees(visitor, "Your check has expired", "Not in date")


@state
def account_with_two_things_to_renew(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.people.overdue).go("/account")
    sees(visitor, "Two things to renew")


@state
def another_authenticator(visitor: Visitor) -> None:
    sam(visitor).go("/account/authenticator")
    sees(visitor, "Or type this key into the app")


@state
def new_codes(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.people.new).go("/account/codes")
    sees(visitor, "A printed code lets you sign in once without your phone.")


@state
def printed_codes(visitor: Visitor) -> None:
    new_codes(visitor)
    visitor.press("Make 10 new codes")
    sees(visitor, "They are shown only now")


@state
def refused_by_role(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.una).go("/")
    sees(visitor, "Your role does not allow this")


@state
def refused_by_check(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.lou).go("/")
    sees(visitor, "See what your account needs")


@state
def refused_by_shield(visitor: Visitor) -> None:
    opened(visitor, children(visitor).shielded)
    visitor.go(f"/children/{children(visitor).shielded.uid}/print")
    sees(visitor, "It cannot be printed and nobody can be added to it here.")


@state
def not_found(visitor: Visitor) -> None:
    sam(visitor).go("/children/00000000-0000-0000-0000-000000000000")
    sees(visitor, "There is nothing here that you can open.")


@state
def not_found_by_a_stranger(visitor: Visitor) -> None:
    visitor.go("/nowhere")
    sees(visitor, "Page not found")


@state
def from_another_site(visitor: Visitor) -> None:
    form = f'<form method="post" action="{visitor.site.url}/searches"><button>Go</button></form>'
    visitor.page.route("http://127.0.0.1:9/", lambda route: route.fulfill(body=form, content_type="text/html"))
    sam(visitor).page.goto("http://127.0.0.1:9/")
    visitor.press("Go")
    sees(visitor, "The request came from another site, so nothing was done.")


@state
def form_of_nobody(visitor: Visitor) -> None:
    sam(visitor).go("/")
    visitor.page.evaluate("document.querySelectorAll('[name=csrf_token]').forEach(field => field.remove())")
    visitor.press("Search")
    sees(visitor, "It may have been open for a long time, or sent from another page.")


@state
def too_much_at_once(visitor: Visitor) -> None:
    sam(visitor).go("/")
    visitor.page.evaluate("document.getElementById('given_name').value = 'a'.repeat(300000)")
    visitor.press("Search")
    sees(visitor, "What you sent is longer than any form here needs.")


@state
def something_went_wrong(visitor: Visitor) -> None:
    opened(visitor, children(visitor).damaged)
    sees(visitor, "This page could not be shown.", "read out this reference")


@state
def not_available(visitor: Visitor) -> None:
    sam(visitor).go("/")
    visitor.fill_in("Amira", "Sidiqi")
    with locked(visitor.site):
        visitor.press("Search")
    sees(visitor, "We cannot save or show anything just now.")


def closed(name: str, heading: str) -> Visit:
    """What everybody reads while the directory is closed; it is open again afterwards."""

    def visit(visitor: Visitor) -> None:
        folder = Path(visitor.site.settings["CP_LODGE"])
        lodging.set_down(folder, name, {})
        try:
            sam(visitor).go("/")
            sees(visitor, heading)
        finally:
            lodging.take_away(folder, name)

    return state(visit)


switched_off = closed(lodging.SWITCHED_OFF, "ContactPoint is switched off")
being_restored = closed(lodging.RESTORING, "ContactPoint is being restored")


def reads(path: str, *, signed_in: bool) -> Visit:
    def visit(visitor: Visitor) -> None:
        if signed_in:
            sam(visitor)
        visitor.go(path)
        visitor.page.get_by_role("heading", level=1).wait_for()

    return state(visit)


help_page = reads("/help", signed_in=True)
what_contactpoint_holds = reads("/help/what-contactpoint-holds", signed_in=True)
how_searches_are_checked = reads("/help/how-searches-are-checked", signed_in=False)
if_you_cannot_sign_in = reads("/help/signing-in", signed_in=False)
privacy = reads("/privacy", signed_in=False)
accessibility = reads("/accessibility", signed_in=True)
