"""The same for what protects children: overrides, sensitive entries, requests for contact, services, old identities."""

from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import OldIdentity, Organisation
from cp.models.child import Child
from cp.services import blinding
from cp.services.contact.facts import Passed, known_as
from tests import build, build_contact, build_disputes, build_identities, build_overriding, build_sensitive
from tests.build import Person, World
from tests.whole.kinds import Everybody

STATES = {
    "override_uid": ("open", "elsewhere", "none"),
    "entry_uid": ("open", "elsewhere", "none"),
    "organisation_uid": ("open", "bare", "elsewhere", "none"),
    "passed_uid": ("open", "mine", "none"),
    "dispute_uid": ("open", "elsewhere", "none"),
    "voice_uid": ("mine", "others", "none"),
    "identity_uid": ("open", "waiting", "others", "none"),
}
"""`bare`: an organisation without an account manager of its own. `mine`: passed on to Sam, not to a service. `waiting`:
to be agreed by the management team's walker, `others`: two others are named."""
Ids = dict[str, dict[str, UUID | str]]


def make(session: Session, world: World, everybody: Everybody, children: dict[str, Child]) -> Ids:
    people = everybody.people
    build_identities.shield(session, children["shielded"])
    minds = build_sensitive.Clinic.make(session, world, tag="walker").kit
    there = people["elsewhere"].account
    return {
        "override_uid": _overrides(session, everybody, children["shielded"]),
        "entry_uid": {
            "open": build_sensitive.entry(session, people["clinician"], children["open"]),
            "elsewhere": build_sensitive.entry(session, minds, children["open"]),
        },
        "organisation_uid": {
            "open": world.school.uid, "bare": world.practice.uid,
            "elsewhere": session.get_one(Organisation, there.organisation_id).uid,
        },
        "contact_requests.request_uid": {
            "open": build_contact.asked(session, world.sam, children["open"]).uid,
            "elsewhere": build_contact.asked(session, people["elsewhere"], children["elsewhere"]).uid,
            "none": UUID(int=0),
        },
        "passed_uid": _passed(session, world, people["clinician"], children["open"]),
        "identity_uid": _identities(session, world, people["team"]),
        **_disputes(session, world, people["elsewhere"], children),
    }  # fmt: skip


def _overrides(session: Session, everybody: Everybody, child: Child) -> dict[str, UUID | str]:
    """Both are asked for an answer; the one here by the reviewer named for it."""
    people = everybody.people
    here = {"reviewer_id": people["reviewer"].account.id, "asked_at": clock.now()}
    there = {"reviewer_id": people["reviewer_elsewhere"].account.id, "asked_at": clock.now()}
    return {
        "open": build_overriding.override(session, people["overrider"], child, **here).uid,
        "elsewhere": build_overriding.override(session, people["elsewhere"], child, **there).uid,
    }


def _disputes(session: Session, world: World, elsewhere: Person, children: dict[str, Child]) -> Ids:
    """Of the open record, by Sam and by Nia; of another authority's record."""
    here, mine = build_disputes.row(session, children["open"], world.sam)
    _, others = build_disputes.row(session, children["open"], world.nia, value=("2016-03-15",))
    there, _ = build_disputes.row(session, children["elsewhere"], elsewhere)
    return {"dispute_uid": {"open": here, "elsewhere": there}, "voice_uid": {"mine": mine, "others": others}}


def _passed(session: Session, world: World, clinician: Person, child: Child) -> dict[str, UUID | str]:
    assert world.sam.practitioner is not None
    service = Passed("service", build_contact.service_of(clinician, session),
                     build_sensitive.entry(session, clinician, child))  # fmt: skip
    sam = Passed("practitioner", str(world.sam.practitioner.uid))
    passed = {"open": service, "mine": sam}
    return {
        state: known_as(build_contact.asked(session, world.nia, child, *build_contact.PASSED, to=whom).uid, "passed")
        for state, whom in passed.items()
    }


def _identities(session: Session, world: World, team: Person) -> dict[str, UUID | str]:
    may, joe = (build_identities.may(session, world, name) for name in ("May Lindqvist", "Joe Carr"))
    named = {"open": (team, may), "waiting": (may, team), "others": (may, joe)}
    return {state: _identity(session, world, first, second, waits=state == "waiting")
            for state, (first, second) in named.items()}  # fmt: skip


def _identity(session: Session, world: World, first: Person, second: Person, *, waits: bool) -> UUID:
    """Sealed and opened just now; or still to be agreed."""
    now = clock.now()
    child = build.child(session, world, **({} if waits else {"state": "sealed"}))
    facts = {} if waits else {"sealed_at": now, "opening_asked_by_id": first.account.id, "opening_asked_at": now,
                              "opened_at": now}  # fmt: skip
    row = OldIdentity(reference=blinding.reference(), child_id=child.id, authority_id=child.authority_id,
                      first_id=first.account.id, second_id=second.account.id, asked_at=now, **facts)  # fmt: skip
    uid: UUID = build.add(session, row).uid
    return uid
