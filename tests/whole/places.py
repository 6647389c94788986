"""One of everything that an address can name, and everybody who may go there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from cp import clock
from cp.models import Approval, JoinRequest, Opening, Search
from cp.models.child import Child
from cp.services import find, links
from cp.services.contact.facts import Passed, known_as
from cp.services.implementation import school_links
from cp.terms import LinkKind, Reason, RecordState, Role
from tests import (
    build,
    build_contact,
    build_disputes,
    build_identities,
    build_log,
    build_overriding,
    build_phases,
    build_sensitive,
    build_watched,
)
from tests.build import Person, World
from tests.pages.test_record import whole
from tests.web import Browser
from tests.whole import asked as of_families
from tests.whole import brought_in, governed, supplied, trained

SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Places:
    """A child with every part of a record, whom everybody has given a reason to open; Sam's involvement and search."""

    child: Child
    ids: dict[str, UUID | str]

    @classmethod
    def make(cls, session: Session, world: World) -> Self:
        child = whole(session, world)
        find.reindex(session, child.id)
        assert world.sam.practitioner is not None
        mine = build.involvement(session, child, world.sam.practitioner)
        for person in everybody(world).values():
            opening = Opening(account_id=person.account.id, child_id=child.id, reason=Reason.WORKING_WITH)
            opening.at = clock.now()
            session.add(opening)
        facts = {"given_name": "Amira", "family_name": "Siddiqui", "born": "2016-03-14"}
        asked = Search(account_id=world.sam.account.id, at=clock.now(), reason=Reason.WORKING_WITH, criteria=facts)
        build.add(session, asked)
        alert = build_watched.alert(session, world.sam)
        token = links.make(session, world.lou.account, LinkKind.PASSWORD, None)
        team = build.add(session, Approval(account_id=world.nia.account.id, role=Role.MANAGEMENT_TEAM,
                                           asked_by_id=world.amir.account.id, asked_at=clock.now()))  # fmt: skip
        joins = build.add(session, JoinRequest(name="Ola Grant", email="ola.grant@example.test", post="head",
                                               organisation_id=world.school.id, asked_at=clock.now()))  # fmt: skip
        session.commit()
        ids = {"child_uid": child.uid, "involvement_uid": mine.uid, "search_uid": asked.uid, "alert_uid": alert.uid,
               "account_uid": world.sam.account.uid, "approval_uid": team.uid, "request_uid": joins.uid}  # fmt: skip
        ids |= supplied.made(session, world) | {"log_uid": build_log.view(session, world.rex)}
        ids |= {"authority_uid": world.authority.uid, "partner_uid": build_phases.charity(session, world).uid}
        ids |= {"school_token": school_links.make(session, None, world.school), "number": "2"}
        ids |= governed.made(session, world) | trained.made(session, world) | brought_in.made(session, world)
        return cls(child, {**ids, **_of_protection(session, world, child), "token": token})

    def url(self, rule: Rule) -> str:
        return address(rule, self.ids)


def _of_protection(session: Session, world: World, child: Child) -> dict[str, UUID | str]:
    """An override, a sensitive entry, a request passed to Nia, an old identity, an organisation."""
    assert world.nia.practitioner is not None
    kit = build_sensitive.Clinic.make(session, world, tag="places").kit
    to = Passed("practitioner", str(world.nia.practitioner.uid))
    asked = build_contact.asked(session, world.sam, child, *build_contact.PASSED, to=to, owner=world.max)
    old = build.child(session, world, state=RecordState.SEALED)
    identity = build_identities.sealed(session, old, world.max, build_identities.may(session, world))
    ids: dict[str, UUID | str] = {
        "override_uid": build_overriding.override(session, world.sam, child).uid,
        "entry_uid": build_sensitive.entry(session, kit, child), "passed_uid": known_as(asked.uid, "passed"),
        "identity_uid": identity.uid, "organisation_uid": world.school.uid,
    }  # fmt: skip
    ids["dispute_uid"], ids["voice_uid"] = build_disputes.row(session, child, world.sam)
    ids |= of_families.made(session, world, child)
    session.commit()
    return ids


def address(rule: Rule, ids: Mapping[str, UUID | str]) -> str:
    built = rule.build({name: ids[name] for name in rule.arguments})
    assert built is not None
    return built[1]


def everybody(world: World) -> dict[str, Person]:
    return {"sam": world.sam, "nia": world.nia, "max": world.max, "una": world.una, "rex": world.rex, "lou": world.lou}


def rules(app: Flask, method: str) -> list[Rule]:
    return sorted(
        (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())), key=lambda rule: rule.endpoint
    )


def forms(app: Flask) -> list[Rule]:
    """Every address that takes a form; rows of another system come with a credential (tests/pages/machines)."""
    return [rule for rule in rules(app, "POST") if not rule.rule.startswith("/api/")]


def signed_in(app: Flask, session: Session, world: World) -> dict[str, Browser]:
    """A browser for each person, and one for a stranger."""
    browsers = {name: Browser(app) for name in everybody(world)}
    for name, person in everybody(world).items():
        browsers[name].sign_in(session, person)
    return browsers | {"stranger": Browser(app)}
