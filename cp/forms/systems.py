"""A credential for another system that sends: what the system is called, and how long it may."""

from cp.forms.fields import Asked, Choice, Text

LONGEST_NAME = 60


class SystemForm(Asked):
    name = Text("Name of the system", longest=LONGEST_NAME)
    months = Choice("How long may it send?", {"3": "3 months", "6": "6 months", "12": "12 months"})

    def check(self) -> None:
        if not self.name.data:
            self.name.errors.append("Enter the name of the system")
        if self.months.data is None:
            self.months.errors.append("Choose how long it may send")
