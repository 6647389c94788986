"""Which archived record, and for what; which colleague is to read it too; and their answer."""

from collections.abc import Mapping, Sequence

from cp import clock
from cp.forms.fields import Asked, Choice, Day, Problem, Text
from cp.rules import number
from cp.services.archive.finding import MOST, Wanted
from cp.terms import ArchivePurpose, Reason

PURPOSES = {
    ArchivePurpose.SECTION_47.value: "A child protection enquiry under section 47",
    ArchivePurpose.SERIOUS_CASE_REVIEW.value: "A serious case review",
    ArchivePurpose.CHILD_DEATH.value: "An investigation of a child’s death",
}
OURS = Reason.CORRECTING_RECORDS.value
WHY = PURPOSES | {OURS: "Putting our own records right, or answering what somebody asks of them"}
TOO_MANY = f"More than {MOST} records have this name and date of birth. Enter the ContactPoint number"
NO_NUMBER = "No record in your authority’s archive has this number"
NO_NAME = "No record in your authority’s archive has exactly this name and date of birth. Try its ContactPoint number"


class FindForm(Asked):
    number = Text("ContactPoint number")
    given = Text("Given name")
    family = Text("Family name")
    born = Day("Date of birth", called="The date of birth")
    why = Choice("Why do you need to read it?", WHY)
    wait = ""
    """Until when nothing more can be looked for."""

    @property
    def problems(self) -> Sequence[Problem]:
        return [*super().problems, *([("find", self.wait)] if self.wait else [])]

    def check(self) -> None:
        named = self.given.data or self.family.data or any(self.born.parts.values())
        if self.number.data:
            if not number.number_ok(self.number.data):
                self.number.errors.append("That is not a ContactPoint number. It is CP and 10 numbers")
        elif named:
            self._name()
        else:
            self.number.errors.append("Enter a ContactPoint number, or a name and date of birth")
        if self.why.data is None:
            self.why.errors.append("Choose why you need to read it")

    def _name(self) -> None:
        if not any(map(str.isalpha, self.given.data)):
            self.given.errors.append("Enter the given name too, or the ContactPoint number alone")
        if sentence := self.born.missing():
            self.born.errors.append(sentence)
        elif self.born.data and self.born.data > clock.today():
            self.born.errors.append("The date of birth must be in the past")

    def wanted(self) -> Wanted:
        purpose = ArchivePurpose(str(self.why.data)) if self.why.data in PURPOSES else None
        return Wanted(number.normalise(self.number.data), self.given.data, self.family.data, self.born.data, purpose)

    def found(self, count: int) -> None:
        """Why there is nothing to show for it."""
        if count:
            self.number.errors.append(TOO_MANY)
        else:
            field = self.number if self.number.data else self.given
            field.errors.append(NO_NUMBER if self.number.data else NO_NAME)


class SecondForm(Asked):
    """`second_form` adds whom of the team to ask."""

    purpose = Choice("What do you need it for?", PURPOSES)

    def check(self) -> None:
        if self.purpose.data is None:
            self.purpose.errors.append("Choose what you need it for")
        if self._fields["second"].data is None:
            self._fields["second"].errors.append("Choose who the second person is")


def second_form(colleagues: Mapping[str, str]) -> type[SecondForm]:
    return type("Seconding", (SecondForm,), {"second": Choice("Who is the second person?", colleagues)})


class AnswerForm(Asked):
    """Agree or decline, as buttons; the sentence of what keeps it from being agreed to stands by them."""

    answer = Choice("", {"agree": "Agree", "decline": "Decline"})

    def check(self) -> None:
        if self.answer.data is None:
            self.answer.errors.append("Agree or decline")

    def refuse(self) -> None:
        self.answer.errors.append("Whoever asked is no longer in the management team. Choose Decline")
