"""Every state of what an address can name: there for whoever asks, hidden, elsewhere, gone, never there."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Approval, JoinRequest, Opening, Organisation, Practitioner, Search
from cp.models.child import Child
from cp.services import links
from cp.services.implementation import school_links
from cp.terms import AlertKind, LinkKind, Reason, RecordState, Right
from tests import build, build_log, build_phases, build_watched
from tests.build import World
from tests.pages.test_record import whole
from tests.whole import asked, brought_in, governed, protected, supplied, trained
from tests.whole.kinds import Everybody

OF_RECORDS = ("open", "shielded", "elsewhere", "gone", "sealed", "none")
STATES = {
    "child_uid": OF_RECORDS, "involvement_uid": OF_RECORDS,
    "account_uid": ("open", "manager", "elsewhere", "self", "none"),
    "alert_uid": ("open", "self", "elsewhere", "none"), "approval_uid": ("open", "self", "elsewhere", "none"),
    "request_uid": ("open", "elsewhere", "none"), "search_uid": ("open", "none"), "token": ("open", "none"),
    "authority_uid": ("open", "none"), "partner_uid": ("open", "none"), "school_token": ("open", "none"),
    "number": ("open", "none"), "log_uid": ("open", "none"),
    **protected.STATES, **supplied.STATES, **governed.STATES, **trained.STATES, **brought_in.STATES,
    **asked.STATES,
}  # fmt: skip
"""`self`: their own account, an alert about the reviewer, what the manager asked for. `manager`: a manager's."""
Ids = dict[str, dict[str, UUID | str]]


def make(session: Session, world: World, everybody: Everybody) -> Ids:
    """By the name in the address and the state, the id. Everybody has given a reason for every record."""
    assert world.sam.practitioner is not None
    children = _children(session, world, everybody)
    left = everybody.people["closed"].practitioner
    assert left is not None
    ids: Ids = {
        "child_uid": {state: child.uid for state, child in children.items()},
        "involvement_uid": _involvements(session, children, world.sam.practitioner),
        "handovers.involvement_uid": _involvements(session, children, left),
        "account_uid": {
            "open": world.sam.account.uid, "manager": world.amir.account.uid,
            "elsewhere": everybody.people["elsewhere"].account.uid,
        },
        "search_uid": {"open": _search(session, world)},
        "log_uid": {"open": build_log.view(session, world.rex)},
        "token": {"open": links.make(session, world.lou.account, LinkKind.PASSWORD, None), "none": "x" * 43},
        "school_token": {"open": school_links.make(session, None, world.school), "none": "x" * 43},
        "number": {"open": "2", "none": "99"},
    }  # fmt: skip
    ids |= _to_answer(session, world, everybody)
    for name, of in protected.make(session, world, everybody, children).items():
        ids[name] = ids.get(name, {}) | of
    there = session.get_one(Organisation, everybody.people["elsewhere"].account.organisation_id)
    ids |= supplied.make(session, world, there)
    ids |= {"authority_uid": {"open": world.authority.uid},
            "partner_uid": {"open": build_phases.charity(session, world).uid}}  # fmt: skip
    ids |= governed.make(session, world, there)
    ids |= trained.make(session, world, ids["organisation_uid"], there)
    ids |= brought_in.make(session, world, there) | asked.make(session, world, everybody, children)
    for of in ids.values():
        of.setdefault("none", UUID(int=0))
    session.commit()
    return ids


def _children(session: Session, world: World, everybody: Everybody) -> dict[str, Child]:
    facts: dict[str, dict[str, object]] = {
        "open": {}, "shielded": {"shielded": True}, "elsewhere": {"authority_id": everybody.there.id},
        "gone": {"state": RecordState.ARCHIVED}, "sealed": {"state": RecordState.SEALED},
    }  # fmt: skip
    children = {state: whole(session, world, **given) for state, given in facts.items()}
    for child in children.values():
        for person in everybody.people.values():
            opening = Opening(account_id=person.account.id, child_id=child.id, reason=Reason.WORKING_WITH)
            opening.at = clock.now()
            session.add(opening)
    return children


def _involvements(session: Session, children: dict[str, Child], who: Practitioner) -> dict[str, UUID | str]:
    return {state: build.involvement(session, child, who).uid for state, child in children.items()}


def _search(session: Session, world: World) -> UUID:
    facts = {"given_name": "Amira", "family_name": "Siddiqui", "born": "2016-03-14"}
    asked = Search(account_id=world.sam.account.id, at=clock.now(), reason=Reason.WORKING_WITH, criteria=facts)
    return build.add(session, asked).uid  # type: ignore[no-any-return]


def _to_answer(session: Session, world: World, everybody: Everybody) -> Ids:
    """Alerts, approvals and requests: of this authority, of the one who answers, of another authority."""
    there = everybody.people
    about = {"open": world.sam, "self": world.rex, "elsewhere": there["elsewhere"]}
    asked_by = {"open": world.amir, "self": world.una, "elsewhere": there["manager_elsewhere"]}
    whom = {"open": world.nia, "self": world.nia, "elsewhere": there["elsewhere"]}
    at = {"open": world.school.id, "elsewhere": there["elsewhere"].account.organisation_id}
    return {
        "alert_uid": {
            state: build_watched.alert(session, who, AlertKind.MANY_LOOK_UPS).uid for state, who in about.items()
        },
        "approval_uid": {
            state: build.add(session, Approval(account_id=whom[state].account.id, right=Right.OVERRIDE,
                                               ends_on=date(2027, 6, 1), asked_by_id=by.account.id,
                                               asked_at=clock.now())).uid
            for state, by in asked_by.items()
        },
        "request_uid": {
            state: build.add(session, JoinRequest(name="Jo Newcomer", email=f"jo.{state}@example.test",
                                                  organisation_id=place, post="head", asked_at=clock.now())).uid
            for state, place in at.items()
        },
    }  # fmt: skip
