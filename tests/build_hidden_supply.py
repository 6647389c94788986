"""A child whom a school has sent and who was hidden since, what suppliers say of her, and who could see any of it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Organisation
from cp.models.child import Child, ChildLocation
from cp.rules.searching import Family
from cp.services import children, find
from cp.services.find import Criteria
from cp.terms import AddressState, Reason
from tests import build
from tests.build import Person, World
from tests.build_identities import shield
from tests.build_supply import AMIRA, send
from tests.build_supply import children as records
from tests.web import actor_of

TODAY, BORN = date(2026, 11, 23), date(2016, 3, 14)
UPN = "Z999200001001"
KNOWN = AMIRA | {"UPN": UPN}
MOVED: dict[str, str] = AMIRA | {
    "Address Line 1": "9 Weir Close", "PostCode": "ZA9 9AA",
    "Parent 1 Name": "Jon Haddad", "Parent 1 Relationship": "Father", "Parent 1 Telephone": "0161 496 0164",
}  # fmt: skip
"""The same row a term later, with a new address and another carer."""
TOLD = ("Tanner’s Row", "ZA4 7QD", "Farah", "1614960163", "496 0163", "Weir Close", "ZA9 9AA", "Jon Haddad",
        "1614960164", "496 0164", UPN)  # fmt: skip
"""What of the two rows is hidden, as any text that held it would hold it."""
ASKED = (
    Criteria(given_name="Amira", family_name="Siddiqui", postcode="ZA9 9AA"),
    Criteria(given_name="Amira", family_name="Siddiqui", postcode="ZA4"),
)
FAMILIES = (
    (Criteria(postcode="ZA9 9AA"), Family(house="9", street="Weir Close")),
    (Criteria(postcode="ZA4 7QD"), Family(house="18", street="Tanner’s Row")),
    (Criteria(postcode="ZA9"), Family("Jon", "Haddad")),
    (Criteria(given_name="Amira", born=BORN), Family("Farah", "Siddiqui")),
)  # fmt: skip


def shielded(session: Session, world: World) -> Child:
    """Amira, as the first school's file had her, shielded since."""
    send(session, world.school, KNOWN)
    child = records(session)[0]
    shield(session, child)
    session.commit()
    return child


def ashgrove(session: Session, world: World) -> Organisation:
    """Another school, which has sent nothing yet."""
    school = build.organisation(session, world.authority, name="Ashgrove Prep")
    session.commit()
    return school


def found(session: Session) -> list[int]:
    """Whom anybody finds by where she lives, or by who cares for her: the children's ids."""
    alone = [find.search(session, asked, TODAY) for asked in ASKED]
    family = [find.search_by_family(session, asked, family, TODAY) for asked, family in FAMILIES]
    return [match.child_id for one in (*alone, *family) for match in one.matches]


def hidden(session: Session, who: Person, child: Child) -> list[object]:
    """Whatever somebody could tell of her from the index, from a search and from the record, and may not: nothing."""
    person = actor_of(session, who)
    children.give_reason(session, person, child.uid, Reason.WORKING_WITH)
    record = repr(children.open_record(session, person, child.uid))
    return [*find.check(session), *found(session), *(text for text in TOLD if text in record)]


def homes(session: Session, child: Child) -> list[str]:
    """The postcodes at which the record has the child now."""
    query = select(ChildLocation).where(ChildLocation.child_id == child.id)
    return [at.address["postcode"] for at in session.scalars(query) if at.state is AddressState.CURRENT]
