"""Why a record is opened."""

from cp.forms.fields import Asked, Choice
from cp.terms import Reason

REASONS = {
    Reason.WORKING_WITH.value: "I am working with this child",
    Reason.MAY_NEED_HELP.value: "This child may need help from others",
    Reason.JOINING_OR_LEAVING.value: "This child is joining or leaving us",
    Reason.CORRECTING_RECORDS.value: "I am correcting our own records",
}
BECAUSE = {
    Reason.WORKING_WITH: "you are working with this child",
    Reason.MAY_NEED_HELP: "this child may need help from others",
    Reason.JOINING_OR_LEAVING: "this child is joining or leaving you",
    Reason.CORRECTING_RECORDS: "you are correcting your own records",
}


class ReasonForm(Asked):
    reason = Choice("Why do you need to open this record?", REASONS)

    def check(self) -> None:
        if self.reason.data is None:
            self.reason.errors.append("Choose why you need to open this record")
