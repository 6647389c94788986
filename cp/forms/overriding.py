"""Why a shield must be looked through, what a reviewer found of it, what the person answers."""

from collections.abc import Mapping

from cp.forms.fields import Asked, Choice, Text
from cp.terms import OverrideAnswer, OverrideFinding, OverrideReason

OVERRIDE_REASONS = {
    OverrideReason.IMMEDIATE_DANGER.value: "A child is in immediate danger",
    OverrideReason.SECTION_47.value: "A child protection enquiry under section 47",
    OverrideReason.COURT_OR_POLICE.value: "A court or police protection order",
}
OVERRIDE_ANSWERS = {
    OverrideAnswer.ON_DUTY.value: "I was on duty and had to act for this child",
    OverrideAnswer.NAMED_IN_ORDER.value: "The enquiry or the order names me",
    OverrideAnswer.NOBODY_REACHED.value: "I could not reach the management team in time",
    OverrideAnswer.BY_MISTAKE.value: "I looked by mistake",
}
OVERRIDE_FOUND = {
    OverrideFinding.RIGHT: "It was right",
    OverrideFinding.NOT_RIGHT: "It was not right",
}
WAITS = "You have an override waiting for a finding ({reference}). Close that first: call {phone}"


class OverrideForm(Asked):
    """For somebody who gave a security code just now."""

    why = Choice("Why do you need it now?", OVERRIDE_REASONS)

    def check(self) -> None:
        if self.why.data is None:
            self.why.errors.append("Choose why you need it now")


class OverrideWithCodeForm(OverrideForm):
    code = Text("Security code", longest=60)

    def check(self) -> None:
        super().check()
        if not self.code.data:
            self.code.errors.append("Enter a new security code")


class AnswerForm(Asked):
    said = Choice("Why could it not wait?", OVERRIDE_ANSWERS)

    def check(self) -> None:
        if self.said.data is None:
            self.said.errors.append("Choose why it could not wait")


def finding_form(findings: Mapping[str, str]) -> type[Asked]:
    """The question with these findings; any other counts as none."""

    class FindingForm(Asked):
        finding = Choice("Your finding", findings)

        def check(self) -> None:
            if self.finding.data is None:
                self.finding.errors.append("Choose your finding")

    return FindingForm
