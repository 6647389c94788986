"""What is known of a child's carer or address, and of the child besides."""

from collections.abc import Iterator

from wtforms import Field

from cp.forms.fields import Text
from cp.forms.search import NO_SIGNS, Searching, TooLittle, birth_age_and_postcode, name_problem
from cp.rules import streets
from cp.rules.searching import WILDCARDS, Family, family_search_problem

IN_ORDER = ("carer_given_name", "carer_family_name", "house", "street", "postcode", "given_name", "family_name",
            "born", "age", "gender", "reason")  # fmt: skip
"""As the fields stand on the page."""


class FamilySearchForm(Searching):
    carer_given_name = Text("Carer’s given name")
    carer_family_name = Text("Carer’s family name")
    house = Text("House number or name")
    street = Text("Street")
    given_name = Text("Child’s given name")
    family_name = Text("Child’s family name")

    def __iter__(self) -> Iterator[Field]:
        return (self[name] for name in IN_ORDER)

    def check(self) -> None:
        self._take_house()
        for field in (self.carer_given_name, self.carer_family_name, self.street):
            if sentence := name_problem(field):
                field.errors.append(sentence)
        super().check()

    def facts(self) -> dict[str, str]:
        beside = {name: self[name].data for name in IN_ORDER[:4]}
        return {name: fact for name, fact in beside.items() if fact} | super().facts()

    def lacks(self) -> TooLittle | None:
        return family_too_little(self.facts())

    def _take_house(self) -> None:
        """A number typed before the street is taken as the house."""
        if not self.house.data and (house := streets.house_in(self.street.data)):
            rest = self.street.data[len(house) :].strip(" ,")
            self.house.data = self.house.typed = self.street.data[: len(house)]
            self.street.data = self.street.typed = rest


def family_too_little(facts: dict[str, str]) -> TooLittle | None:
    """The field to add to and the sentence, where these facts are less than this search may ask."""
    family = Family(*(facts.get(name, "") for name in IN_ORDER[:4]))
    known = birth_age_and_postcode(facts)
    code = family_search_problem(family, facts.get("given_name"), facts.get("family_name"), *known)
    if code is None:
        return None
    if code == "wildcard":
        return next(name for name in IN_ORDER if WILDCARDS & set(facts.get(name, ""))), NO_SIGNS
    if code == "add_other_carer_name":
        missing, there = ("given", "family") if family.carer_family else ("family", "given")
        return f"carer_{missing}_name", f"Add the carer’s {missing} name. A {there} name alone matches too many people"
    return {
        "nothing": ("carer_given_name", "Enter a carer’s given and family name, or a street and a postcode"),
        "add_of_the_child": ("postcode", "Add a postcode, or the child’s given name, date of birth or age"),
        "add_street": ("street", "Add the street, or a carer’s given and family name"),
        "add_postcode": ("postcode", "Add a postcode, or its first half"),
        "add_to_street": ("house", "Add a house number or name, a carer’s family name, or a name of the child"),
    }[code]
