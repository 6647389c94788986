"""A school answers by its link: by keyboard, without a script, and whatever the connection does on the way."""

from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from cp.models import AuditEvent, SchoolAnswer
from cp.terms import Act, SchoolQuestion
from tests.browser.keyboard import Keyboard
from tests.browser.states.schools import Invited, invited, ivy
from tests.browser.visitor import Visitor

SAVE = "Save and continue"
BACK = ("Skip to main content", "ContactPoint")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
TIMES = ("Morning", "Afternoon", "After school, from 4pm")
NEEDS = ("No steps", "A hearing loop", "A British Sign Language interpreter", "Papers in large print",
         "Papers that a screen reader can read", "A session online, with captions")  # fmt: skip
POSTS = ("Head", "Deputy head", "Head of year", "Teacher with pastoral duties", "Teacher with child protection duties",
         "Special needs teacher", "Special needs co-ordinator", "Others who work with children’s welfare")  # fmt: skip
PHONE = 320
CONTACT = {"Name": "Bea Lindholm", "Post": "Bursar", "Telephone number": "020 7946 0123"}


def answer_by_keyboard(keys: Keyboard) -> None:
    keys.tab(*BACK, "Start")
    for name, typed in CONTACT.items():
        keys.tab_and_type(name, typed)
    keys.tab("Email address", SAVE)
    keys.press("Enter")
    keys.arrives("Which system holds your pupils?")
    keys.tab(*BACK, "Question 1", "Arbor")
    keys.press("ArrowDown", then="Bromcom")
    keys.press("ArrowDown", then="iSAMS")
    save(keys, "Which way of sending suits you?")
    keys.tab(*BACK, "Question 2", "Our system sends by itself")
    keys.press("ArrowUp", then="I do not know")
    save(keys, "How many pupils and staff do you have?")
    count_by_keyboard(keys)


def count_by_keyboard(keys: Keyboard) -> None:
    keys.tab(*BACK, "Question 3")
    keys.tab_and_type("Pupils", "210")
    keys.tab_and_type("Head", "1")
    keys.tab(*POSTS[1:])
    save(keys, "What training have your staff had?")
    keys.tab(*BACK, "Question 4", "Safeguarding")
    keys.press("Space")
    keys.tab("Data protection", "Sharing information", "None of these", "I do not know")
    save(keys, "When would a training session suit your staff?")
    keys.tab(*BACK, "Question 5", "Monday")
    keys.press("Space")
    keys.tab(*DAYS[1:], *TIMES)
    keys.press("Space")
    keys.tab(*NEEDS)
    save(keys, "Thank you, that is everything")


def save(keys: Keyboard, heading: str) -> None:
    keys.tab(SAVE)
    keys.press("Enter")
    keys.arrives(heading)


def test_a_school_answers_without_a_mouse_a_script_or_a_wide_screen(plain: Visitor) -> None:
    plain.page.set_viewport_size({"width": PHONE, "height": 640})
    keys = Keyboard(plain.page)
    plain.go(invited(plain).path)
    keys.tab(*BACK, "Start")
    keys.press("Enter")
    keys.arrives("Who is our contact at your school?")

    answer_by_keyboard(keys)

    expect(plain.page.get_by_text("Upload one file each term.")).to_be_visible()
    assert plain.page.locator("script").count() == 0
    assert plain.said == []


def test_a_slip_is_said_where_the_focus_is_without_a_script(plain: Visitor) -> None:
    keys = Keyboard(plain.page)
    plain.go(invited(plain).path + "/2")

    plain.press(SAVE)

    expect(plain.page.locator("#error-summary")).to_be_focused()
    keys.tab("Choose the system that holds your pupils, or I do not know")
    keys.press("Enter")
    keys.page.keyboard.press("Space")
    expect(plain.page.get_by_label("Arbor")).to_be_checked()


def kept(visitor: Visitor, one: Invited) -> tuple[int, int]:
    """How many answers this school has, and how often one was written down."""
    with visitor.site.session() as session:
        answers = select(func.count()).where(SchoolAnswer.organisation_id == one.school.id)
        acts = AuditEvent.act == Act.ANSWER_AS_SCHOOL, AuditEvent.object_id == one.school.uid
        return session.scalar(answers) or 0, session.scalar(select(func.count()).where(*acts)) or 0


def fill(page: Page) -> None:
    for name, typed in CONTACT.items():
        page.get_by_label(name, exact=True).fill(typed)


def test_an_answer_that_never_left_is_sent_by_a_reload(plain: Visitor) -> None:
    one, page = invited(plain), plain.page
    plain.go(one.path + "/1")
    fill(page)

    plain.context.set_offline(True)
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url("chrome-error://**")
    assert kept(plain, one) == (0, 0)
    plain.context.set_offline(False)
    page.reload()

    expect(page.get_by_role("status")).to_have_text("Answer 1 is saved.")
    assert kept(plain, one) == (1, 1)


def test_an_answer_whose_receipt_was_lost_is_kept_once(plain: Visitor) -> None:
    one, page = invited(plain), plain.page

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    plain.go(one.path + "/1")
    fill(page)
    page.route("**/1", lose)
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url("chrome-error://**")
    assert kept(plain, one) == (1, 1)
    page.unroute("**/1")
    page.reload()

    expect(page.get_by_role("status")).to_have_text("Answer 1 is saved.")
    assert kept(plain, one) == (1, 1)


def test_back_and_reload_double_nothing(plain: Visitor) -> None:
    one, page = invited(plain), plain.page
    plain.go(one.path + "/1")
    fill(page)
    plain.press(SAVE)

    page.reload()
    page.go_back()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Bea Lindholm")
    plain.press(SAVE)
    page.go_back()
    page.go_forward()

    expect(page.get_by_role("heading", level=1)).to_have_text("Which system holds your pupils?")
    assert kept(plain, one) == (1, 1)


def test_a_page_that_was_open_while_the_connection_was_gone_is_still_good(plain: Visitor) -> None:
    one, page = invited(plain, answered=True, but=SchoolQuestion.SESSION), plain.page
    plain.go(one.path + "/6")
    plain.context.set_offline(True)
    page.get_by_label("Monday").check()
    page.get_by_label("Morning").check()
    plain.context.set_offline(False)

    plain.press(SAVE)

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, that is everything")
    assert kept(plain, one) == (6, 7)


def test_a_manager_makes_a_link_without_a_mouse(visitor: Visitor) -> None:
    keys, one = Keyboard(visitor.page), invited(visitor)
    ivy(visitor, one, "link")
    keys.skip()
    keys.tab("Make a new link")
    keys.press("Enter")

    expect(visitor.page.get_by_text("It is shown only now.")).to_be_visible()
    visitor.go(visitor.page.locator("main .cp-address").inner_text().removeprefix(visitor.site.url))
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        "Tell us how ContactPoint can work for your school"
    )
