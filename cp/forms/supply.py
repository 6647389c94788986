"""The questions of supply: a file, what its columns mean, what is sent."""

from collections.abc import Sequence

from wtforms.form import BaseForm

from cp.forms.fields import Asked, Choice, Select, Tick, Upload
from cp.services.supply.files import AColumn
from cp.terms import Column

WHOLE = {"yes": "Yes, everyone", "no": "No, only some"}
WHOLE_NOTES = {
    "yes": "A pupil who is not in the file is marked as having left",
    "no": "Other pupils stay as they are",
}
LEAVE_OUT = "leave_out"
OF_CARER = {
    "name": "name", "given_names": "given name", "family_name": "family name", "relationship": "relationship",
    "responsibility": "parental responsibility", "phone": "telephone", "email": "email",
}  # fmt: skip


def _of_carer(number: int, which: str) -> dict[str, str]:
    return {f"carer_{number}_{fact}": f"{which} carer: {words}" for fact, words in OF_CARER.items()}


GROUPS: dict[str, dict[str, str]] = {
    "Name": {
        Column.FAMILY_NAME: "Family name",
        Column.GIVEN_NAMES: "Given name",
        Column.MIDDLE_NAMES: "Middle names",
        Column.WHOLE_NAME: "Whole name",
        Column.PREFERRED_GIVEN_NAMES: "Known as",
        Column.PREFERRED_FAMILY_NAME: "Known as, family name",
        Column.FORMER_GIVEN_NAMES: "Former given name",
        Column.FORMER_FAMILY_NAME: "Former family name",
    },
    "Birth and gender": {Column.BORN_ON: "Date of birth", Column.GENDER: "Gender"},
    "Numbers": {
        Column.ROW_KEY: "Your own pupil key",
        Column.UPN: "Unique pupil number",
        Column.NHS: "NHS number",
    },
    "Address": {
        Column.ADDRESS: "Address",
        Column.ADDRESS_1: "Address, first line",
        Column.ADDRESS_2: "Address, second line",
        Column.ADDRESS_3: "Address, third line",
        Column.TOWN: "Town",
        Column.POSTCODE: "Postcode",
    },
    "At your school": {Column.STARTED_ON: "Start date", Column.LEFT_ON: "Leaving date"},
    "First carer": _of_carer(1, "First"),
    "Second carer": _of_carer(2, "Second"),
}
"""Everything that a column may mean, as the page offers it: under “Leave out”, by what it is about."""
MEANS: dict[str, str] = {LEAVE_OUT: "Leave out"} | {
    value: words for of in GROUPS.values() for value, words in of.items()
}
CHOOSE = "Choose a file"


class UploadForm(Asked):
    file = Upload("Your file")
    whole = Choice("Does it list every pupil at your school?", WHOLE)

    def check(self) -> None:
        if self.file.data is None:
            self.file.errors.append(CHOOSE)
        if not self.whole.data:
            self.whole.errors.append("Say whether the file lists every pupil at your school")


class ColumnsForm(Asked):
    """One question for each column that may be kept; `again` is the file once more, where a column was not kept."""

    again = Upload("The same file again")

    def means(self, columns: Sequence[AColumn]) -> list[Column | None]:
        """What each column of the file means, as it is answered; one that is not asked about is left out."""
        return [_meaning(self, column) for column in columns]

    def tell(self, sentence: str, columns: Sequence[AColumn]) -> None:
        """By the last of the columns that the sentence names; where it names none, by the first that is asked about."""
        asked = [one for one in columns if not one.never]
        meant = [one for one in asked if f"“{one.heading}”" in sentence][-1:] or asked[:1]
        field = self[named(meant[0].at)] if meant else self.again
        field.errors.append(sentence)


def _meaning(form: BaseForm, column: AColumn) -> Column | None:
    name = named(column.at)
    said = form[name].data if name in form else LEAVE_OUT
    return None if said in (None, LEAVE_OUT) else Column(said)


def named(at: int) -> str:
    return f"column_{at}"


def columns_form(columns: Sequence[AColumn]) -> type[ColumnsForm]:
    """The form of this file's columns."""
    fields = {
        named(one.at): Select(f"{one.heading or 'Column without a name'} means", MEANS)
        for one in columns
        if not one.never
    }
    return type("FileColumnsForm", (ColumnsForm,), fields)


def as_guessed(columns: Sequence[AColumn]) -> dict[str, str]:
    """What the form shows before anybody has answered it."""
    return {named(one.at): one.means or LEAVE_OUT for one in columns}


class SendForm(Asked):
    too = Tick("")
