"""Builders of what families ask: looks of every kind in the audit, families, requests already kept."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, FamilyRequest, Organisation, Shield
from cp.models.child import Child
from cp.services import audit
from cp.services.families import copies, letters
from cp.terms import Act, Asking, BodyKind, CopyAnswer, Decision, OrganisationKind, Part, Reason, Role, ShieldGround
from tests import build, build_overriding, build_sensitive, build_shields
from tests.build import Person, World
from tests.web import actor_of

OPEN = (Part.IDENTITY, Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS)
FOUR = (Part.IDENTITY,)
SHIELDED_THEN = (datetime(2026, 2, 2, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))
THEN, NOW = datetime(2026, 2, 14, 9, 5, tzinfo=UTC), datetime(2026, 10, 5, 9, 5, tzinfo=UTC)
Entry = dict[str, Any]


@dataclass(frozen=True)
class Lookers:
    """Everybody who looks, of every kind."""

    world: World
    may: Person
    kit: Person
    ola: Person
    police: Person
    inquirer: Person
    refuge: Person
    early_help: Person

    @classmethod
    def make(cls, session: Session, world: World) -> Self:
        force = build.organisation(session, world.authority, OrganisationKind.POLICE_SERVICE, name="Northvale Police",
                                   body_kind=BodyKind.JUSTICE)  # fmt: skip
        refuge = build.organisation(session, world.authority, OrganisationKind.CHARITY, name="Eastmere House",
                                    body_kind=BodyKind.VOLUNTARY)  # fmt: skip
        return cls(
            world, build_shields.may(session, world), build_sensitive.Clinic.make(session, world).kit,
            build_overriding.holder(session, world.authority),
            build.person(session, force, "Pia Lund", "pia.police", role_title="Police constable"),
            build.person(session, world.council, "Ines Roy", "ines.roy", role_title="Social worker",
                         post="social_worker"),
            build.person(session, refuge, "Rosa Hale", "rosa.refuge", role_title="Family worker"),
            build.person(session, world.council, "Grace Oyelaran", "grace.help", role_title="Family support worker"),
        )  # fmt: skip

    def entries(self, session: Session, child: Child, kind: str, at: datetime | None = None) -> list[Entry]:
        """One look of this kind at this child, as the audit has it."""
        by, how = self._kinds()[kind]
        return [entry(session, by, child, **({"at": at} if at else {}) | how)]

    def _kinds(self) -> dict[str, tuple[Person, dict[str, Any]]]:
        world = self.world
        prints, asks = {"act": Act.PRINT_RECORD}, {"act": Act.ASK_CONTACT, "reason": "worried"}
        helps = {"role": Role.ASSISTANT, "principal": world.nia}
        return {
            "working with": (world.sam, {}),
            "may need help": (self.early_help, {"reason": Reason.MAY_NEED_HELP}),
            "joining or leaving": (world.sam, {"reason": Reason.JOINING_OR_LEAVING}),
            "correcting records": (world.nia, {"reason": Reason.CORRECTING_RECORDS}),
            "printing": (world.sam, prints),
            "override": (self.ola, {"parts": OPEN, "at": THEN}),
            "management team": (world.max, {"role": Role.MANAGEMENT_TEAM}),
            "sensitive service": (self.kit, {"parts": (*OPEN, Part.OWN_SENSITIVE)}),
            "police": (self.police, {"reason": Reason.MAY_NEED_HELP}),
            "safeguarding": (self.inquirer, {"reason": Reason.MAY_NEED_HELP}),
            "shielded record": (world.sam, {"parts": FOUR, "at": THEN}),
            "place-revealing team": (self.refuge, {}),
            "another's request": (self.may, {"act": Act.MAKE_FAMILY_REQUEST, "role": Role.MANAGEMENT_TEAM,
                                             "reason": "looks"}),
            "brokered contact": (world.nia, asks),
            "reviewer": (world.rex, {"act": Act.REVIEW_OVERRIDE, "role": Role.REVIEWER, "reason": "right"}),
            "assistant": (world.ash, helps),
        }  # fmt: skip


KINDS = (
    "working with", "may need help", "joining or leaving", "correcting records", "printing", "override",
    "management team", "sensitive service", "police", "safeguarding", "shielded record", "place-revealing team",
    "another's request", "brokered contact", "reviewer", "assistant",
)  # fmt: skip


def entry(session: Session, by: Person, child: Child, **how: Any) -> Entry:
    """A row of the audit, not yet written: an opening on 5 October by a practitioner who works with the child."""
    place = session.get_one(Organisation, by.account.organisation_id)
    principal: Person | None = how.pop("principal", None)
    facts: Entry = {
        "at": NOW, "act": Act.OPEN_RECORD, "decision": Decision.ALLOWED, "account_id": by.account.uid,
        "role": Role.PRACTITIONER, "organisation_id": place.uid, "authority_id": uuid4(),
        "principal_id": principal.account.uid if principal else None, "subject_id": child.subject_id,
        "object_id": None, "parts": OPEN, "reason": Reason.WORKING_WITH, "results": None, "request_id": uuid4(),
    } | how  # fmt: skip
    return audit.sealable(facts | {"parts": "+".join(sorted(facts["parts"]))})


def write(session: Session, entries: list[Entry]) -> None:
    if entries:
        session.execute(insert(AuditEvent), entries)


def child_of_14(session: Session, world: World, **given: Any) -> Child:
    """On whose record Sam's school, Nia's service and the council stand, and who was shielded once, for a month."""
    facts = {"born_on": date(2012, 3, 14), "phone": None} | given
    once = facts.pop("shielded_once", True)
    made = build_shields.child(session, world, **facts)
    for place in (world.school, world.health, world.council):
        build.involvement(session, made, place)
    since, until = SHIELDED_THEN
    if once:
        build.add(session, Shield(child_id=made.id, ground=ShieldGround.DOMESTIC_ABUSE, set_at=since, lifted_at=until,
                                  review_on=date(2026, 8, 2)))  # fmt: skip
    return made


def beside_a_shield(session: Session, world: World) -> Child:
    """The same, with a sister who is shielded."""
    made = child_of_14(session, world, given_names="Yusuf", phone="+441614960171", home="2 Mill Lane")
    build_shields.shielded(session, world, given_names="Sara", phone="+441614960171", home=None,
                           born_on=date(2018, 5, 1))  # fmt: skip
    return made


def shielded(session: Session, world: World) -> Child:
    made = child_of_14(session, world, given_names="Leo", home="1 Hidden Lane", postcode="ZA9 9ZZ")
    made.shielded_at = clock.now() - timedelta(days=100)
    return made


ASKED = {
    "name": "Farah Siddiqui", "address": ["18 Tanner’s Row", "Hollin Bank", "Northvale ZA4 7QD"],
    "requester": "parent_with_responsibility", "identity": "passport", "responsibility": "birth_certificate",
    "safe": "safe", "sensitive": False,
}  # fmt: skip
REQUESTERS: dict[str, dict[str, Any]] = {
    "child of 14": {"name": "Amira Siddiqui", "requester": "child_who_understands", "responsibility": "not_checked",
                    "safe": "not_known"},
    "parent with responsibility": {},
    "parent without responsibility": {"requester": "parent_without_responsibility", "responsibility": "not_checked"},
    "estranged parent": {"name": "Imran Siddiqui", "safe": "not_safe"},
    "shielded sibling's parent": {"name": "Jon Marchetti", "safe": "safe"},
}  # fmt: skip


def request(session: Session, by: Person, child: Child, about: Asking = Asking.LOOKS, **given: Any) -> FamilyRequest:
    """Asked today for the last year, by a parent whom it is safe to tell; `asked` changes who."""
    facts = {"asked_at": clock.now(), "from_on": date(2025, 11, 23), "until_on": clock.today()} | given
    asked = ASKED | facts.pop("asked", {})
    row = FamilyRequest(
        reference=facts.pop("reference", build.reference()), authority_id=child.authority_id, child_id=child.id,
        about=about, prepared_by_id=by.account.id, asked=asked, **facts,
    )  # fmt: skip
    return build.add(session, row)  # type: ignore[no-any-return]


def release(session: Session, one: FamilyRequest, by: Person) -> FamilyRequest:
    """As this person reads it now, for whom alone the transaction reads from then on."""
    actor = actor_of(session, by)
    copy = letters.read(session, actor, one.uid).copy
    assert copy is not None
    copies.answer(session, actor, one.uid, CopyAnswer.RELEASE, copy.says)
    return one


def requests(session: Session, world: World) -> dict[str, UUID]:
    """One letter for each kind of person who asks; and of whom they ask, under `REQUESTERS`."""
    open_child, hidden, beside = (
        make(session, world) for make in (child_of_14, shielded, beside_a_shield)
    )  # fmt: skip
    about = {"estranged parent": hidden, "shielded sibling's parent": beside}
    made = {who: request(session, world.max, about.get(who, open_child), asked=asked, reference=118_000 + number)
            for number, (who, asked) in enumerate(REQUESTERS.items())}  # fmt: skip
    return {who: row.uid for who, row in made.items()}
