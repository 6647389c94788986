"""The second half of a roll-out, chapter by chapter: what is signed, who is let in, the first files."""

import re
from datetime import date
from itertools import pairwise

from cp import clock
from cp.forms.accreditations import ANSWERS, ASKED, years_from_today
from cp.forms.agreements import VERSIONS
from cp.services import factors
from cp.services.practice import tasks
from tests.browser import roll_out
from tests.browser.people import ago
from tests.browser.roll_out import PREP, PUPILS
from tests.browser.states.supply import worked
from tests.browser.story_of_letters import Letters
from tests.build import Person
from tests.build_governance import EVERYTHING

LEARNERS = ("Eve Norton", "Cai Dunne")
READY = f"All {PUPILS} rows are ready"


class Story(Letters):
    def signs(self) -> None:
        walker = self.walker
        self.school(PREP, "A signed agreement", 1)
        walker.press("sign the agreement", "Partnership agreement")
        walker.press("Record a signed agreement", "Record a signed agreement")
        self.date("On which day was it signed?", clock.today())
        for of, name, post in ((PREP, "Bea Lindholm", "Bursar"), ("Northvale Council", "Rex Hale", "Director")):
            walker.write(f"Who signed for the {'organisation' if of == PREP else 'authority'}", name)
            walker.write("Their post", post, of=f"For {of}")
        walker.choose(VERSIONS["1"], of="Which version was signed?")
        walker.press("Record the agreement", "Partnership agreement")

    def names(self) -> None:
        walker = self.walker
        self.school(PREP, "Named people", 1)
        walker.press("name the people who will use it", "People and training")
        for name in LEARNERS:
            walker.press("Name somebody", "Whom does the school name?")
            walker.write("Name", name)
            walker.write("Work email address", f"{name.lower().replace(' ', '.')}@example.test")
            walker.choose("Find children and record an involvement")
            walker.choose("Head of year")
            walker.press("Save", "People and training")

    def invites(self, name: str) -> str:
        """Una; the address that she hands over."""
        walker = self.walker
        self.visitor.become(self.people.una)
        walker.go("/accounts", "Accounts")
        left = len(LEARNERS) - LEARNERS.index(name)
        walker.press(f"{left} {'people' if left > 1 else 'person'} named by schools to invite", "Whom schools name")
        walker.press(f"Invite {name}", "Whom do you invite?")
        walker.write("What do they do, as others will read it?", "Head of year")
        self.date("When was their enhanced check issued?", ago(30))
        walker.press("Invite", re.compile(f" for {name}$"))
        return self.page.locator(".cp-address").inner_text().removeprefix(self.visitor.site.url)

    def date(self, of: str, on: date) -> None:
        for part, number in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
            self.walker.write(part, str(number), of=of)

    def joins(self, link: str) -> None:
        """Whoever is invited: a password, an authenticator, the procedures, the agreement, the practice tasks."""
        walker = self.walker
        self.visitor.context.clear_cookies()
        walker.go(link, "Choose a password")
        walker.write("Password", "otters in four hats")
        walker.press("Continue", "Set up your authenticator app")
        key = self.page.locator(".cp-key").inner_text().replace(" ", "")
        walker.write("Security code", factors.code_at(key, factors.step_of(clock.now())))
        walker.press("Continue", "Your printed security codes")
        walker.press("I have kept them safe", "Three things to do first")
        walker.press("Read the operating procedures", "Operating procedures")
        walker.press("I have read the procedures", "Three things to do first")
        walker.press("sign the user agreement", "User agreement")
        walker.press("Sign the agreement", "Two things to do first")
        walker.press("practice tasks", "Practice tasks")
        walker.press(tasks.every()[0].name, tasks.every()[0].name)
        for task, following in pairwise([*tasks.every(), None]):
            assert task is not None
            walker.choose(task.right.words)
            walker.press("Answer", task.name)
            walker.hears("That is right. This task is done.")
            if following:
                walker.press(following.name, following.name)
        walker.press("See what your account needs", "Your organisation is not accredited now")

    def trains(self) -> None:
        walker = self.walker
        self.board("Training", 1)
        walker.go("/implementation/training", "Training")
        walker.press("Make a session", "Make a training session")
        walker.choose("Users: find children and record an involvement")
        self.date("Which day?", clock.today())
        walker.write("When does it start?", "9:00")
        walker.write("How many minutes does it take?", "90")
        walker.choose("In a place")
        walker.write("The address, or how to join online", "Town Hall, Northvale")
        walker.write("How many places are there?", "12")
        walker.press("Save", "Training for users")
        walker.press("Book people", "Whom do you book?")
        for name in LEARNERS:
            walker.choose(f"{name}, {PREP}")
        walker.press("Book", "Training for users")
        walker.hears("2 people have a place.")
        walker.press("Say who came", "Who came?")
        for name in LEARNERS:
            walker.choose(f"{name}, {PREP}")
        walker.press("Save who came", "Training for users")
        walker.hears("It is recorded who came.")

    def accredits(self) -> None:
        walker = self.walker
        self.school(PREP, "Accreditation", 1)
        walker.press("answer the accreditation questions", "Accreditation")
        walker.press("Enter its answers", "What does it answer?")
        for question, answer in EVERYTHING.items():
            walker.choose(ANSWERS[answer], of=ASKED[question])
        walker.press("Record the answers", "Accreditation")
        walker.choose(years_from_today()["2"], of="What do you decide?")
        walker.press("Decide", "Accreditation")
        walker.hears("It is accredited.")

    def uploads(self, supplier: Person) -> None:
        """The export of the preparatory school's system, as far as its rows are checked."""
        walker = self.walker
        self.visitor.become(supplier)
        walker.go("/supply", "Send pupil data")
        walker.give("Your file", "9999101_CTF.xml", roll_out.transfer_file())
        walker.choose("Yes, everyone")
        walker.press("Check this file", "Have we read your columns rightly?")
        walker.press("Check the rows", READY)

    def judges(self) -> None:
        walker = self.walker
        self.school(PREP, "A test file", 3)
        walker.press("look at their test file", f"{PUPILS} of {PUPILS} rows are ready to be sent")
        walker.choose("Yes, accept it")
        walker.press("Save", f"{PUPILS} of {PUPILS} rows are ready to be sent")
        walker.hears("The test file is accepted. The school sees it under Files sent.")

    def supplies(self, supplier: Person) -> None:
        walker, sent = self.walker, f"{PUPILS} rows were sent"
        self.uploads(supplier)
        walker.press(f"Send the {PUPILS} ready rows", "Sending your file")
        worked(self.visitor)
        if walker.scripts:
            walker.at(sent)
        else:
            walker.press("Update this page", sent)
