"""What kind of service an organisation or one of its teams is; and whether every record has the neutral line."""

from collections.abc import Sequence

from cp.forms.fields import Asked, Choice, Select
from cp.terms import SensitiveSubject

WHOLE = "whole"
ORDINARY = "ordinary"
SUBJECTS: dict[SensitiveSubject | None, str] = {
    None: "Ordinary",
    SensitiveSubject.SEXUAL_HEALTH: "Sexual health",
    SensitiveSubject.MENTAL_HEALTH: "Mental health",
    SensitiveSubject.SUBSTANCE_MISUSE: "Substance misuse",
}


KINDS = {subject.value if subject else ORDINARY: words for subject, words in SUBJECTS.items()}


class ServiceForm(Asked):
    """Made for one organisation's teams: see `service_form`."""

    service: Select
    subject: Choice

    def check(self) -> None:
        if self.service.data is None:
            self.service.errors.append("Choose the whole organisation or a team")
        if self.subject.data is None:
            self.subject.errors.append("Choose what kind of service it is")

    @property
    def sensitive(self) -> SensitiveSubject | None:
        return None if self.subject.data == ORDINARY else SensitiveSubject(str(self.subject.data))

    @property
    def team(self) -> str | None:
        return None if self.service.data == WHOLE else str(self.service.data).removeprefix("team ")


def service_form(teams: Sequence[str]) -> type[ServiceForm]:
    class OfOneOrganisation(ServiceForm):
        service = Select(
            "Which service?", {WHOLE: "The whole organisation", **{f"team {name}": name for name in teams}}
        )
        subject = Choice("What is it?", KINDS)

    return OfOneOrganisation


class LineForm(Asked):
    line = Choice("Should every record say that there may be other services?", {"on": "Yes, on every record alike",
                                                                                "off": "No, on none"})  # fmt: skip

    def check(self) -> None:
        if self.line.data is None:
            self.line.errors.append("Choose whether every record says it")
