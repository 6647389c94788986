"""The record, and a practitioner's own involvement in it."""

from tests.browser.directory import aged
from tests.browser.states.finding import results_one
from tests.browser.states.steps import children, opened, sees, state
from tests.browser.visitor import Visitor


@state
def record(visitor: Visitor) -> None:
    results_one(visitor)
    visitor.press("Amira Siddiqui")
    sees(visitor, "Who is working with Amira", "Back to results")


@state
def record_with_the_ended_unfolded(visitor: Visitor) -> None:
    opened(visitor, children(visitor).amira)
    visitor.page.locator("details summary").click()
    sees(visitor, "Ruth Castellanos")


@state
def record_with_14_people(visitor: Visitor) -> None:
    opened(visitor, children(visitor).crowded)
    sees(visitor, "14 people and teams from")


@state
def record_with_nobody(visitor: Visitor) -> None:
    opened(visitor, children(visitor).nobody)
    sees(
        visitor, "Nobody has recorded an involvement with Cher.", "No school is recorded", "No GP practice is recorded"
    )


@state
def record_shielded(visitor: Visitor) -> None:
    opened(visitor, children(visitor).shielded)
    sees(visitor, "This record is shielded.")


@state
def record_through_the_shield(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.max).open(children(visitor).shielded)
    sees(visitor, "Nia Pritchard", "1 Hidden Lane")


@state
def record_of_one_who_died(visitor: Visitor) -> None:
    opened(visitor, children(visitor).gone)
    sees(visitor, "Left the area on", "Last known address, until", "No known address")


@state
def why(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.nia).go(f"/children/{children(visitor).nobody.uid}")
    sees(visitor, "Why do you need to open this record?")


@state
def why_not_said(visitor: Visitor) -> None:
    why(visitor)
    visitor.press("Open the record")
    sees(visitor, "Choose why you need to open this record")


@state
def printed(visitor: Visitor) -> None:
    opened(visitor, children(visitor).crowded)
    visitor.press("Print on one page")
    sees(visitor, "Shred it when you have used it.")


@state
def recording_in_place(visitor: Visitor) -> None:
    record(visitor)
    visitor.press("Record your involvement")
    sees(visitor, "Others will see:")


@state
def recording_in_place_wrongly(visitor: Visitor) -> None:
    recording_in_place(visitor)
    visitor.page.get_by_label("Month", exact=True).fill("13")
    visitor.press("Record involvement")
    sees(visitor, "There is a problem")


@state
def recorded_in_place(visitor: Visitor) -> None:
    opened(visitor, visitor.site.add("Hana", "Bakshi", aged(7), lead="Grace Oyelaran"))
    visitor.press("Record your involvement")
    visitor.press("Record involvement")
    sees(visitor, "Sam Okafor (you)")


@state
def ending_in_place(visitor: Visitor) -> None:
    recorded_in_place(visitor)
    visitor.press("End or correct your involvement")
    sees(visitor, "What should the record say?")


@state
def ending_in_place_wrongly(visitor: Visitor) -> None:
    ending_in_place(visitor)
    visitor.press("End involvement")
    sees(visitor, "Choose what the record should say")


@state
def ended_in_place(visitor: Visitor) -> None:
    ending_in_place(visitor)
    visitor.page.get_by_label("I recorded it by mistake").check()
    visitor.press("End involvement")
    sees(visitor, "Record your involvement")


@state
def recording(visitor: Visitor) -> None:
    opened(visitor, children(visitor).amira)
    visitor.go(f"/children/{children(visitor).amira.uid}/involvements/new")
    sees(visitor, "Others will see:")


@state
def recording_wrongly(visitor: Visitor) -> None:
    opened(visitor, visitor.site.add("Omar", "Bakshi", aged(7)))
    visitor.go(visitor.page.url.removeprefix(visitor.site.url) + "/involvements/new")
    visitor.page.get_by_label("Year").fill("2099")
    visitor.press("Record involvement")
    sees(visitor, "The day you started must be today or earlier")


@state
def taking_over(visitor: Visitor) -> None:
    recording_in_place(visitor)
    visitor.page.get_by_label("I am Amira’s lead professional").check()
    visitor.press("Record involvement")
    sees(visitor, "A child has one lead professional at a time.")


@state
def taking_over_when_somebody_was_faster(visitor: Visitor) -> None:
    child = visitor.site.add("Rupert", "Bakshi", aged(7), lead="Grace Oyelaran")
    opened(visitor, child)
    visitor.press("Record your involvement")
    visitor.page.get_by_label("I am Rupert’s lead professional").check()
    visitor.press("Record involvement")
    visitor.site.pass_lead(child, "Tomasz Zieliński")
    visitor.press("Take over as lead professional")
    sees(visitor, "Tomasz Zieliński has become lead professional meanwhile.")


@state
def ending(visitor: Visitor) -> None:
    opened(visitor, children(visitor).crowded)
    own = visitor.page.get_by_role("link", name="End or correct your involvement")
    visitor.go(own.get_attribute("href") or "")
    sees(visitor, "What should the record say?")
