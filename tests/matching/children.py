"""Facts for the tests of matching, each of which a test can set, and ways to make any."""

from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st

from cp.matching import births
from cp.matching.facts import Facts, OtherName, Where, asked, recorded
from cp.terms import Gender, NameKind

BORN = date(2016, 3, 14)
TODAY = date(2026, 11, 23)

GIVEN = [
    "Amira", "Ameera", "Samira", "Amina", "Catherine", "Kathryn", "Kate", "Katie", "Mohammed", "Muhammad",
    "Muhammad Yusuf", "Mary-Jane", "Mary Jane", "Dafydd", "David", "Małgorzata", "Gosia", "Zoë", "Li", "Lee", "Jo",
    "Abdul Rahman", "Simran Kaur", "Ali", "Ellie", "Amira Noor", "Amira Jane", "Siân", "李", "",
]  # fmt: skip
FAMILY = [
    "Siddiqui", "Sidiqi", "Sadiq", "Siddique", "Nowak", "Novak", "O'Brien", "OBrien", "Smith-Jones", "Jones", "Smith",
    "van der Berg", "Berg", "Al-Hassan", "Alhassan", "Kaur", "Khan", "Cahn", "Macdonald", "McDonald", "St John",
    "Amira", "Ali", "Nguyễn", "Öztürk", "王", "",
]  # fmt: skip

given_names = st.sampled_from(GIVEN)
family_names = st.sampled_from(FAMILY)
birth_dates = st.dates(date(2000, 1, 1), date(2026, 11, 23)) | st.sampled_from(
    [BORN, date(2016, 3, 15), date(2016, 4, 3), date(2016, 3, 4), date(2017, 3, 14), date(2006, 3, 14)]
)
genders = st.sampled_from(Gender)
outwards = st.sampled_from(["ZA1", "ZA4", "ZA11"])
wholes = st.builds(lambda outward, inward: Where(outward, f"{outward} {inward}"), outwards,
                   st.sampled_from(["7QD", "1AA"]))  # fmt: skip
others = st.builds(OtherName, st.sampled_from(NameKind), given_names, family_names)
records = st.builds(
    recorded, st.tuples(given_names, family_names), birth_dates, genders, st.lists(others, max_size=2),
    st.lists(wholes, max_size=2),
)  # fmt: skip


def record(
    given_names: str = "Amira",
    family_name: str = "Siddiqui",
    born_on: date = BORN,
    gender: Gender = Gender.FEMALE,
    *,
    others: Iterable[OtherName] = (),
    places: Iterable[Where] = (),
) -> Facts:
    """A girl of ten."""
    return recorded((given_names, family_name), born_on, gender, others, places)


def ask(
    given_name: str = "Amira",
    family_name: str = "Siddiqui",
    born: date | None = BORN,
    *,
    gender: Gender | None = None,
    place: Where | None = None,
) -> Facts:
    """A search by both names and the birth date."""
    return asked(given_name, family_name, births.day(born) if born else None, gender, [place] if place else ())


def former(family_name: str = "", given_names: str = "") -> OtherName:
    return OtherName(NameKind.FORMER, given_names, family_name)


def preferred(given_names: str) -> OtherName:
    return OtherName(NameKind.PREFERRED, given_names, "")


def home(postcode: str = "ZA4 7QD") -> Where:
    return Where(postcode.split()[0], postcode if " " in postcode else None)
