"""Who asks about a record, how that was made sure of; what a second person says of a copy."""

from datetime import date

from cp import clock
from cp.forms.fields import Asked, Choice, Day, Text, Tick
from cp.rules.days import anniversary
from cp.services.families.asking import Wish
from cp.terms import Asking, CopyAnswer, IdentityChecked, PlaceSafe, Requester, ResponsibilityChecked

ADDRESS_LONGEST = 200
ABOUT = {Asking.LOOKS.value: "Who looked at the record", Asking.COPY.value: "A copy of what the record says"}
REQUESTERS = {
    Requester.CHILD.value: "They are the child, and understand what they ask for",
    Requester.PARENT.value: "They are a parent with parental responsibility",
    Requester.PARENT_WITHOUT.value: "They are a parent or carer without it",
    Requester.OTHER.value: "They are somebody else",
}
IDENTITIES = {
    IdentityChecked.PASSPORT.value: "I saw their passport",
    IdentityChecked.DRIVING_LICENCE.value: "I saw their driving licence",
    IdentityChecked.CITIZEN_CARD.value: "I saw a young person’s card with a photograph",
    IdentityChecked.KNOWN.value: "Somebody of their school or service, who knows them, told me in person",
    IdentityChecked.NOT_CHECKED.value: "I have not checked",
}
RESPONSIBILITIES = {
    ResponsibilityChecked.BIRTH_CERTIFICATE.value: "I saw the birth certificate that names them",
    ResponsibilityChecked.COURT_ORDER.value: "I saw a court order",
    ResponsibilityChecked.AGREEMENT.value: "I saw a parental responsibility agreement",
    ResponsibilityChecked.ADOPTION.value: "I saw the adoption certificate",
    ResponsibilityChecked.NOT_CHECKED.value: "I have not checked, or the child asks",
}
PLACES = {
    PlaceSafe.SAFE.value: "Yes: the child lives with them, or I have made sure",
    PlaceSafe.NOT_SAFE.value: "No: somebody must not be found by them",
    PlaceSafe.NOT_KNOWN.value: "I do not know",
}
COPY_ANSWERS = {
    CopyAnswer.RELEASE.value: "Release it: I have checked who asks, and what is in it",
    CopyAnswer.NOT_CHECKED.value: "Keep it back: it is not sure enough who asks",
    CopyAnswer.HARM.value: "Keep it back: it could harm somebody",
    CopyAnswer.WITHDRAWN.value: "Take it back: nobody wants it any longer",
}
COPY_KEPT_BACK = {
    CopyAnswer.NOT_CHECKED.value: ("kept it back", "it is not sure enough who asks"),
    CopyAnswer.HARM.value: ("kept it back", "it could harm somebody"),
    CopyAnswer.WITHDRAWN.value: ("took it back", "nobody wants it any longer"),
}
MISSING = {
    "about": "Choose what they ask for",
    "requester": "Choose how they stand to the child",
    "identity": "Choose how you checked who they are",
    "responsibility": "Choose how you checked parental responsibility",
    "safe": "Choose whether they may know where the child is",
}


class RequestForm(Asked):
    about = Choice("What do they ask for?", ABOUT)
    name = Text("Name of the person who asks")
    address = Text("Address for the envelope", longest=ADDRESS_LONGEST)
    requester = Choice("How do they stand to the child?", REQUESTERS)
    identity = Choice("How did you check who they are?", IDENTITIES)
    responsibility = Choice("How did you check parental responsibility?", RESPONSIBILITIES)
    safe = Choice("May they know where the child is?", PLACES)
    since = Day("First day of the list", called="First day of the list")
    until = Day("Last day of the list", called="Last day of the list")
    sensitive = Tick("Sensitive services")

    def check(self) -> None:
        for name, sentence in MISSING.items():
            if self._fields[name].data is None:
                self._fields[name].errors.append(sentence)
        if not any(map(str.isalpha, self.name.data)):
            self.name.errors.append("Enter the name of the person who asks")
        if self.sensitive.data and self.requester.data != Requester.CHILD:
            self.sensitive.errors.append("Only the young person can ask for that. Take the tick away")
        self._check_days()

    def _check_days(self) -> None:
        for field in (self.since, self.until):
            if sentence := field.missing():
                field.errors.append(sentence)
        if self.until.data and self.until.data > clock.today():
            self.until.errors.append("Last day of the list must be today or earlier")
        elif self.since.data and self.until.data and self.since.data > self.until.data:
            self.since.errors.append("First day of the list must not be after the last")

    def wish(self) -> Wish | None:
        """What was asked for; None while something is missing."""
        since, until = self.since.data, self.until.data
        if since is None or until is None or any(self._fields[name].data is None for name in MISSING):
            return None
        lines = (line.strip() for line in self.address.data.split(","))
        return Wish(
            Asking(str(self.about.data)), self.name.data, tuple(line for line in lines if line),
            Requester(str(self.requester.data)), IdentityChecked(str(self.identity.data)),
            ResponsibilityChecked(str(self.responsibility.data)), PlaceSafe(str(self.safe.data)), self.sensitive.data,
            since, until,
        )  # fmt: skip


def filled_in(today: date) -> dict[str, date]:
    """The last twelve months."""
    return {"since": anniversary(today, -1), "until": today}


def answer_form(mine: bool) -> type[Asked]:
    """Whoever prepared a copy may only take it back."""
    offered = {code: words for code, words in COPY_ANSWERS.items() if not mine or code == CopyAnswer.WITHDRAWN}

    class AnswerForm(Asked):
        answer = Choice("What do you say of this copy?", offered)

        def check(self) -> None:
            if self.answer.data is None:
                self.answer.errors.append("Choose what you say of this copy")

    return AnswerForm
