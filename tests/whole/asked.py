"""The same for what families ask about records, for what is given out of the system, and for reading the archive."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models.child import Child
from cp.terms import Asking
from tests import build, build_disclosures, build_families, build_identities, build_retention
from tests.build import Person, World
from tests.whole.kinds import Everybody

STATES = {
    "family_uid": ("open", "waiting", "shielded", "elsewhere", "sealed", "none"),
    "disclosure_uid": ("open", "given", "elsewhere", "none"),
    "hold_uid": ("open", "waiting", "others", "ending", "elsewhere", "none"),
    "reading_uid": ("open", "asking", "waiting", "agreed", "others", "elsewhere", "none"),
}
"""`waiting`: a copy that the walker's team has prepared. `open`, of the register: that team is asked to approve it;
`given`: it was approved, and that team asked for it. Of holds, `open`: it holds; `waiting`: that team is asked to
agree; `others`: two others of the team are to agree between them; `ending`: one of them asks that it end today. `open`,
of the archive: in its first year that team found it; later, `asking`: they are to ask a colleague, `waiting`: they are
asked, `agreed`: two read it."""
FIRST_YEAR, LATER = date(2026, 5, 1), date(2025, 5, 1)
Ids = dict[str, dict[str, UUID | str]]


def make(session: Session, world: World, everybody: Everybody, children: dict[str, Child]) -> Ids:
    team, there = everybody.people["team"], everybody.people["team_elsewhere"]
    second = build_identities.may(session, world, "Mia Asked")
    families: dict[str, UUID | str] = {
        state: build_families.request(session, team, children[state]).uid for state in ("open", "shielded", "sealed")
    }
    families["elsewhere"] = build_families.request(session, there, children["elsewhere"]).uid
    families["waiting"] = build_families.request(session, team, children["open"], Asking.COPY).uid
    return {
        "family_uid": families,
        "disclosure_uid": {
            "open": build_disclosures.disclosure(session, children["open"], second, team).uid,
            "given": build_disclosures.answered(session, children["open"], team, second).uid,
            "elsewhere": build_disclosures.disclosure(session, children["elsewhere"], there, there).uid,
        },
        "hold_uid": _holds(session, world, children, (team, second, there)),
        "reading_uid": _readings(session, world, everybody, second),
    }


def _holds(
    session: Session, world: World, children: dict[str, Child], people: tuple[Person, Person, Person]
) -> dict[str, UUID | str]:
    team, second, there = people
    third = build_identities.may(session, world, "Mo Asked")
    here = {"open": (second, team, clock.now()), "waiting": (second, team, None), "others": (second, third, None)}
    found: dict[str, UUID | str] = {}
    for state, (first, other, at) in here.items():
        found[state] = build_retention.held(session, children["gone"], first, other, agreed_at=at).uid
    ending = {"agreed_at": clock.now(), "end_asked_by_id": second.account.id}
    found["ending"] = build_retention.held(session, children["gone"], second, third, **ending).uid
    found["elsewhere"] = build_retention.held(session, children["elsewhere"], there, there, agreed_at=None).uid
    return found


def made(session: Session, world: World, child: Child) -> dict[str, UUID | str]:
    """One of each: a hold, a letter, and what was approved."""
    second: Person = build_identities.may(session, world, "Mia Asked")
    return {
        "hold_uid": build_retention.held(session, child, second, world.max, agreed_at=None).uid,
        "family_uid": build_families.request(session, world.max, child).uid,
        "disclosure_uid": build_disclosures.answered(session, child, world.max, second).uid,
        "reading_uid": build_retention.reading(session, archived(session, world, FIRST_YEAR), world.max).uid,
    }


def archived(session: Session, world: World, on: date, **given: object) -> Child:
    return build_retention.archived(session, build.child(session, world, **given), on)


def _readings(session: Session, world: World, everybody: Everybody, second: Person) -> dict[str, UUID | str]:
    team, there = everybody.people["team"], everybody.people["team_elsewhere"]
    third = build_identities.may(session, world, "Tom Asked")
    elsewhere = archived(session, world, FIRST_YEAR, authority_id=everybody.there.id)

    def of(*who: Person, on: date = LATER, **given: Any) -> UUID:
        return build_retention.reading(session, archived(session, world, on), *who, **given).uid

    return {
        "open": of(team, on=FIRST_YEAR), "asking": of(team, purpose=None), "waiting": of(second, team),
        "agreed": of(team, second, agreed=True), "others": of(second, third, agreed=True),
        "elsewhere": build_retention.reading(session, elsewhere, there).uid,
    }  # fmt: skip
