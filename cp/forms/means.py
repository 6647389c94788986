"""What an implementation manager says of an organisation's means of supply, and of its test file."""

from cp.forms.fields import Asked, Choice, Tick
from cp.forms.suppliers import OFTEN
from cp.terms import AskedAgain, Means

MEANS = {
    Means.SYSTEM: "Its own system sends by itself",
    Means.FOLDER: "Its system puts a file into a folder that is watched",
    Means.TRANSFER_FILE: "Somebody uploads a Common Transfer File",
    Means.SPREADSHEET: "Somebody uploads a spreadsheet",
    Means.BY_HAND: "Somebody types each child",
}
MEANS_NOTES = {
    Means.SYSTEM: "Nothing to do once it is switched on. The maker of its system has to do that",
    Means.FOLDER: "Nothing to do once it is set up. Its system has to save an export by itself",
    Means.TRANSFER_FILE: "A few minutes each time. The systems of most schools export one",
    Means.SPREADSHEET: "A few minutes each time. Any list that it can save as CSV, XLSX or ODS",
    Means.BY_HAND: "A few minutes for each child. For a handful of children",
}
AGAIN = {
    AskedAgain.HELD: "Too many rows cannot be sent as they are",
    AskedAgain.FACTS: "Too many rows have no postcode, carer or number",
    AskedAgain.BIRTHS: "Dates of birth look wrong",
    AskedAgain.CHILDREN: "It has fewer or more children than there are",
    AskedAgain.FORM: "It did not come in the way that is agreed",
}
VERDICTS = {"accepted": "Yes, accept it", "another": "No, ask for another"}


class OfferForm(Asked):
    means = Choice("Which way of sending suits it best?", {one.value: words for one, words in MEANS.items()})

    def check(self) -> None:
        if self.means.data is None:
            self.means.errors.append("Choose the way of sending that suits it best")


class AgreeForm(Asked):
    often = Choice("How often did it agree to send?", {often.value: words for often, words in OFTEN.items()})

    def check(self) -> None:
        if self.often.data is None:
            self.often.errors.append("Choose how often it agreed to send")


class VerdictForm(Asked):
    """`said`, and of each reason whether it is one."""

    said = Choice("Is this test file good enough?", VERDICTS)
    held = Tick(AGAIN[AskedAgain.HELD])
    facts = Tick(AGAIN[AskedAgain.FACTS])
    births = Tick(AGAIN[AskedAgain.BIRTHS])
    children = Tick(AGAIN[AskedAgain.CHILDREN])
    form = Tick(AGAIN[AskedAgain.FORM])

    def check(self) -> None:
        if self.said.data is None:
            self.said.errors.append("Choose whether the test file is good enough")
        elif self.said.data == "another" and not self.reasons():
            self.held.errors.append("Choose at least one reason why another file is needed")

    def reasons(self) -> list[AskedAgain]:
        """Why another is asked for; none where it is accepted."""
        return [one for one in AskedAgain if self[one.value].data] if self.said.data == "another" else []
