"""Why a child was found, in plain words, from the same agreements that were weighed.

A sentence never says a fact that the results do not show: not the other date, not a hidden name.
"""

from collections.abc import Iterator

from cp.matching.births import Born
from cp.matching.compare import Agreement, Comparison, Fact
from cp.matching.facts import Facts
from cp.matching.family import Home, Kin
from cp.matching.likeness import Likeness
from cp.matching.names import Form, Use
from cp.matching.nicknames import tie
from cp.matching.weights import Place

IN_FULL = {
    Fact.GIVEN: "given name",
    Fact.FAMILY: "family name",
    Born.SAME: "date of birth",
    Born.AGE: "age",
    Born.YEAR: "year of birth",
    Place.POSTCODE: "postcode",
    Place.OUTWARD: "first half of the postcode",
    Place.SAME_OUTWARD: "first half of the postcode",
}
BIRTHS = {
    Born.EXCHANGED: "Day and month are exchanged.",
    Born.DIGIT: "One digit of the date of birth is different.",
    Born.DIGITS: "Two digits of the date of birth are exchanged.",
    Born.YOUNGER: "A year younger.",
    Born.OLDER: "A year older.",
    Born.SAME_YEAR: "Same year of birth, another day and month.",
    Born.AGE_YOUNGER: "A year younger.",
    Born.AGE_OLDER: "A year older.",
    Born.OTHER: "Another date of birth.",
}
AROUND = {
    Kin.SAME: "A carer of the same name.",
    Kin.FORM: "A carer’s name is another form of the one asked for.",
    Kin.CLOSE: "A carer’s name is close in spelling.",
    Kin.CROSSED: "A carer’s names are in the other order.",
    Kin.OTHER: "No carer of that name.",
    Home.HOUSE: "Same street and house.",
    Home.STREET: "Same street.",
    Home.OTHER_HOUSE: "Same street, another house.",
    Home.OTHER: "Another street.",
}
"""What is said of carers and homes: how they agree, and never what they are."""
USES = {
    Use.PREFERRED: "Known as {}.",
    Use.ALSO: "Also known as {}.",
    Use.FORMER: "Formerly {}.",
    Use.HALF: "{} is part of the name.",
    Use.SECOND: "{} is a later given name.",
}
OTHER_NAMES = frozenset({Use.PREFERRED, Use.ALSO, Use.FORMER})
BY_LETTERS = frozenset({Likeness.SPELT, Likeness.SOUND, Likeness.CLOSE})


def reasons(found: Comparison, *, other_names_shown: bool = True) -> list[str]:
    """The sentences, what is the same first. Without `other_names_shown` no former or preferred name is said."""
    sentences = [same] if (same := _same(found)) else []
    if found.crossed:
        sentences.append("The names are in the other order.")
    sentences.extend(_names(found, other_names_shown))
    born, place = found.of(Fact.BORN), found.of(Fact.PLACE)
    if born and born.how in BIRTHS:
        sentences.append(BIRTHS[born.how])
    if place and place.how is Place.OTHER:
        sentences.append("Another postcode.")
    return sentences + [AROUND[agreement.how] for agreement in found.agreements if agreement.how in AROUND]


def _same(found: Comparison) -> str:
    """One sentence of all that is the same: "Same given name and date of birth." """
    words = [IN_FULL[a.fact] for a in found.agreements if _is_name(a) and a.in_full and not found.crossed]
    if len(words) == 2:
        words = ["names"]
    words += [IN_FULL[a.how] for a in found.agreements if a.how in IN_FULL]
    return f"Same {listed(words)}." if words else ""


def listed(words: list[str], last: str = "and") -> str:
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def _names(found: Comparison, other_names_shown: bool) -> Iterator[str]:
    near = [a for a in found.agreements if _is_name(a) and not (a.in_full or (found.crossed and a.how is SAME))]
    near = [a for a in near if other_names_shown or (a.theirs and a.theirs.use not in OTHER_NAMES)]
    if len(near) == 2 and all(a.how in BY_LETTERS and a.theirs and a.theirs.use < Use.SECOND for a in near):
        alike = all(a.how is Likeness.SOUND for a in near)
        yield "Both names sound alike." if alike else "Both names are close in spelling."
        return
    for agreement in near:
        yield from _name(agreement)


SAME = Likeness.SAME


def _is_name(agreement: Agreement) -> bool:
    return agreement.fact in (Fact.GIVEN, Fact.FAMILY)


def _name(agreement: Agreement) -> Iterator[str]:
    mine, theirs = agreement.mine, agreement.theirs
    if mine is None or theirs is None:
        return
    if agreement.how is Likeness.OTHER:
        yield f"Another {IN_FULL[agreement.fact]}."
        return
    if theirs.use in USES:
        yield USES[theirs.use].format(shown(theirs))
    elif mine.use in USES:
        yield f"{shown(theirs)} is part of what was asked."
    elif agreement.how is Likeness.SAME:
        yield "The later given names are different."
    if isinstance(agreement.how, Likeness) and agreement.how is not Likeness.SAME:
        yield _likeness(agreement.how, mine, theirs)


def _likeness(how: Likeness, mine: Form, theirs: Form) -> str:
    asked, found = shown(mine), shown(theirs)
    tied = tie(mine.folded, theirs.folded)
    short, full = (asked, found) if tied and tied.name == mine.folded else (found, asked)
    return {
        Likeness.SPELLING: f"{found} is another spelling of {asked}.",
        Likeness.SHORT: f"{short} is short for {full}.",
        Likeness.FORM: f"{short} is a form of {full}.",
        Likeness.ONE_NAME: f"{found} and {asked} are forms of one name.",
        Likeness.SPELT: f"{found} is spelt like {asked}.",
        Likeness.SOUND: f"{found} sounds like {asked}.",
        Likeness.CLOSE: f"{found} is close to {asked} in spelling.",
    }[how]


def shown(form: Form) -> str:
    """As written; with capitals where it was typed all in one case."""
    return form.text.title() if form.text.islower() or form.text.isupper() else form.text


def tried(mine: Facts) -> list[str]:
    """What a search for these facts looks at besides what was typed: the same whatever the directory holds."""
    looked = ["other spellings", "short, former and preferred names"] if mine.given or mine.family else []
    if mine.given and mine.family:
        looked.append("names in the other order")
    if mine.born:
        looked.append("the day and month exchanged" if mine.born.known else "a year younger and a year older")
    if mine.born and mine.born.known and mine.given and mine.family:
        looked.append("one digit of the date of birth different")
    return looked
