"""Which school, or where: to find out whom to call."""

from cp.forms.fields import Asked, Text
from cp.rules.postcodes import outward

SHORTEST = 3
TOO_OFTEN = "Too many have asked from here in the last hour. Wait an hour and try again"


class LocalContactForm(Asked):
    school = Text("Name of the school", longest=200)
    postcode = Text("Postcode")

    @property
    def district(self) -> str | None:
        """The first half of the postcode."""
        return outward(self.postcode.data) if self.postcode.data else None

    def check(self) -> None:
        if not self.school.data and not self.postcode.data:
            self.school.errors.append("Enter the name of a school, or a postcode")
        if self.school.data and len(self.school.data) < SHORTEST:
            self.school.errors.append(f"Enter at least {SHORTEST} letters of the name")
        if self.postcode.data and self.district is None:
            self.postcode.errors.append("Enter a postcode, like ZA1 5PH, or its first half")
