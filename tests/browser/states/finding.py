"""Find a child, and what comes back."""

from tests.browser.directory import aged
from tests.browser.states import identities
from tests.browser.states.signing_in import session_ended
from tests.browser.states.steps import sam, sees, state
from tests.browser.visitor import Visitor


@state
def find(visitor: Visitor) -> None:
    sam(visitor).go("/")
    sees(visitor, "Why do you need to find this child?")


@state
def find_with_errors(visitor: Visitor) -> None:
    sam(visitor).go("/")
    visitor.fill_in("Amira", "Sidiqi", reason="")
    for name, typed in (
        ("Day", "30"), ("Month", "2"), ("Year", "2016"), ("Age, if you do not know the date of birth", "99"),
        ("Postcode", "somewhere"), ("ContactPoint number", "CP123"),
    ):  # fmt: skip
        visitor.page.get_by_label(name, exact=True).fill(typed)
    visitor.press("Search")
    sees(visitor, "Date of birth must be a real date: February 2016 had 29 days", "Choose why")


@state
def find_with_more_needed(visitor: Visitor) -> None:
    sam(visitor).search("Amira", "Sidiqi")
    sees(visitor, "Add a date of birth, an age, or a postcode")


@state
def find_restored(visitor: Visitor) -> None:
    session_ended(visitor)
    person = visitor.site.directory.world.sam
    visitor.give_password(person)
    visitor.page.get_by_label("Security code").fill(visitor.site.code(person))
    visitor.press("Sign in")
    sees(visitor, "You are signed in again. What you typed is below, and nothing was sent.")


@state
def find_with_the_session_near_its_end(visitor: Visitor) -> None:
    visitor.page.clock.install()
    sam(visitor).go("/")
    visitor.page.clock.fast_forward("13:01")
    sees(visitor, "You will be signed out at", "Stay signed in (F2)")


@state
def results(visitor: Visitor) -> None:
    sam(visitor).search(family="Abernathie", born=aged(9, 100))
    sees(visitor, "10 children may match", "None of these is the child")


@state
def results_one(visitor: Visitor) -> None:
    sam(visitor).search("Amira", "Sidiqi", aged(10))
    sees(visitor, "1 child matches")


@state
def results_none(visitor: Visitor) -> None:
    sam(visitor).search("Wilhelmina", "Quartermaine", aged(10), "ZA4 7QD")
    sees(visitor, "No child found", "Search without the postcode")


@state
def results_too_many(visitor: Visitor) -> None:
    sam(visitor).search("Mohammed", "Khan", postcode="ZA5")
    sees(visitor, "Too many children match")


@state
def results_with_a_shielded_child(visitor: Visitor) -> None:
    sam(visitor).search("Leo", "Marcheti", aged(8))
    sees(visitor, "Leo Marchetti")


@state
def results_narrowed(visitor: Visitor) -> None:
    results_too_many(visitor)
    visitor.fill_day(aged(10, 3))
    visitor.press("Show fewer")
    sees(visitor, "Mohammed Khan")


@state
def results_narrowed_by_nothing(visitor: Visitor) -> None:
    results_too_many(visitor)
    visitor.press("Show fewer")
    sees(visitor, "Add one more fact, then press Show fewer")


@state
def find_with_the_warning_further_down(visitor: Visitor) -> None:
    visitor.page.clock.install()
    sam(visitor).go("/")
    visitor.page.get_by_label("ContactPoint number").focus()
    visitor.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    visitor.page.clock.fast_forward("13:01")
    sees(visitor, "You will be signed out at")


@state
def results_narrowed_wrongly(visitor: Visitor) -> None:
    results_too_many(visitor)
    visitor.page.get_by_label("Day", exact=True).fill("45")
    visitor.press("Show fewer")
    sees(visitor, "There is a problem")


def _by_family(visitor: Visitor, **typed: str) -> None:
    """The management team asks by a carer."""
    visitor.become(visitor.site.directory.world.max).go("/")
    visitor.press("Find a child by a carer or an address")
    for label, text in typed.items():
        visitor.page.get_by_label(label.replace("_", " ").replace("Carer ", "Carer’s ")).fill(text)


@state
def find_by_a_carer_or_an_address(visitor: Visitor) -> None:
    _by_family(visitor)
    sees(visitor, "Carer’s family name", "House number or name")


@state
def find_by_a_carer_with_errors(visitor: Visitor) -> None:
    _by_family(visitor, Carer_given_name="Farah", Street="18 -", Postcode="somewhere")
    visitor.press("Search")
    sees(visitor, "Street must have a letter in it", "Choose why")


@state
def results_by_a_carer(visitor: Visitor) -> None:
    _by_family(visitor, Carer_given_name="Farah", Carer_family_name="Siddiqui", Postcode="ZA4")
    visitor.page.get_by_label("I am working with this child").check()
    visitor.press("Search")
    sees(visitor, "A carer of the same name.")


@state
def first_page_of_whoever_is_asked(visitor: Visitor) -> None:
    identities.two_records_by_two(visitor)
    visitor.go("/")
    sees(visitor, "Colleagues wait for your answer:", "to join")
