"""People, records and accounts at random: most of them in order, some with a fault or two, days near every edge."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from cp.rules.asking import Actor, Holder, Principal, Subject
from cp.rules.conditions import AGREEMENT_VERSION
from cp.terms import ArchivePurpose, BodyKind, Role

TODAY = date(2026, 11, 23)
DAYS = (TODAY, date(2027, 3, 1), date(2028, 2, 29), date(2026, 12, 1), date(2026, 11, 30), date(2028, 3, 31))
AUTHORITY_OF = {10: 1, 11: 1, 20: 2, 30: 3}
ACCOUNTS = (100, 101, 102, 103)
BODIES = (*BodyKind, *(BodyKind.EDUCATION, BodyKind.HEALTH) * 2)
"""More of those that read numbers, so that what is shown of them differs often enough."""
SERVICES = (None, None, "the clinic", "the clinic", "counselling")

Case = tuple[Actor | None, Subject | Holder | None, date]


def people(chance: random.Random, today: date, roles: Sequence[Role] = tuple(Role)) -> Actor:
    """A person in one of the roles; more than half with everything in date."""
    role = chance.choice(roles)
    account, organisation = chance.choice(ACCOUNTS), chance.choice(list(AUTHORITY_OF))
    person = Actor(
        account_id=account, account_uid=UUID(int=account), name="Ash Bello", role=role,
        organisation_id=organisation, organisation_uid=UUID(int=1), organisation_name="Vale Road Surgery",
        body_kind=chance.choice(BODIES), authority_id=AUTHORITY_OF[organisation], authority_uid=UUID(int=2),
        authority_name="Northvale Council", team_phone="", help_phone="",
        practitioner_id=chance.choice((None, 7, 7, 7)), request_id=UUID(int=3), active=True, kept_on=today,
        unused_since=today, agreement_version=AGREEMENT_VERSION, check_issued_on=today, trained_on=today,
        accreditation_ends_on=today + timedelta(days=1), second_factor=True, **openings(chance, today),
        practised_on=today,
        principal=principals(chance, today) if role is Role.ASSISTANT and chance.random() < 0.9 else None,
        may_override=chance.random() < 0.6, overridden_id=chance.choice((None, 1, 2)),
        sensitive_service=chance.choice(SERVICES),
    )  # fmt: skip
    if principal := person.principal:
        of_one_kind = replace(principal, body_kind=person.body_kind)  # as most are: only those read numbers
        person = replace(person, sensitive_service=principal.sensitive_service,  # whom they act for
                         principal=chance.choice((of_one_kind, of_one_kind, principal)))  # fmt: skip
    return replace(person, **faults(chance, today, chance.choice((0, 0, 0, 0, 1, 1, 2, 3))))


def principals(chance: random.Random, today: date) -> Principal:
    begins = chance.choice((today, today, today - timedelta(days=30), today + timedelta(days=1), None))
    ends = chance.choice(
        (today + timedelta(days=1), today + timedelta(days=300), today + timedelta(days=2), today, None)
    )
    person = Principal(
        account_uid=UUID(int=9), name="Nia Pritchard", organisation_name="Vale Community Health",
        body_kind=chance.choice(BODIES), practitioner_id=chance.choice((None, 7)), starts_on=begins,
        ends_on=ends, active=True, kept_on=today, unused_since=today, agreement_version=AGREEMENT_VERSION,
        check_issued_on=today, trained_on=today, practised_on=today,
        accreditation_ends_on=today + timedelta(days=1), sensitive_service=chance.choice(SERVICES),
        **openings(chance, today),
    )  # fmt: skip
    return replace(person, **faults(chance, today, chance.choice((0, 0, 0, 1))))


def openings(chance: random.Random, today: date) -> dict[str, Any]:
    """Of an authority that has opened, more often than not; else days about today, in whatever order, or none."""
    ago = [today - timedelta(days=days) for days in (90, 60, 60)]
    if chance.random() < 0.8:
        return dict(zip(("shields_from", "access_from", "opened_on"), ago, strict=True))
    near_by = [None, None, *ago, *(today + timedelta(days=step) for step in (-1, 0, 0, 1, 1))]
    return {name: chance.choice(near_by) for name in ("shields_from", "access_from", "opened_on")}


def faults(chance: random.Random, today: date, how_many: int) -> dict[str, Any]:
    """So many conditions set to a day near their edge, to nothing, or to plainly wrong."""
    every: dict[str, list[Any]] = {
        "active": [False],
        "unused_since": [None, *near(today, days=90)],
        "agreement_version": [None, AGREEMENT_VERSION - 1, AGREEMENT_VERSION + 1, 0],
        "check_issued_on": [None, *near(today, years=3)],
        "trained_on": [None, *near(today, years=2)],
        "practised_on": [None, today, today - timedelta(days=4000)],
        "accreditation_ends_on": [None, today, today - timedelta(days=1), today + timedelta(days=1)],
        "second_factor": [False],
        "kept_on": [None, *(today - timedelta(days=ago) for ago in range(40, 180))],
    }
    return {name: chance.choice(every[name]) for name in chance.sample(sorted(every), how_many)}


def near(today: date, years: int = 0, days: int = 0) -> list[Any]:
    """Three days either side of so long ago, today, and tomorrow."""
    ago = date(today.year - years, today.month, 1) + timedelta(days=today.day - 1 - days)
    return [*(ago + timedelta(days=step) for step in range(-3, 4)), today, today + timedelta(days=1)]


SINCE = (-1, 0, 1, 364, 365, 366, 2190, 2191, 2192, 2193, 4000)
"""Days for which an archived record is archived: about a year, about six years."""


def records(chance: random.Random, old: float = 0.15) -> Subject:
    """A record; `old` is how likely it is an old identity, which is live only by mistake."""
    sealed = chance.random() < old
    archived = chance.random() < 0.2
    return Subject(
        authority_id=chance.choice((1, 1, 2, 3)), shielded=chance.random() < 0.6,
        live=not archived and chance.random() < (0.2 if sealed else 0.85), on_own_list=chance.random() < 0.4,
        override_open=chance.random() < 0.5, sealed=sealed, opened_together=chance.random() < 0.6,
        shieldable=chance.random() < 0.9,
        archived=archived,
        archived_on=TODAY - timedelta(days=chance.choice(SINCE)) if archived else None,
        purpose=chance.choice((None, *ArchivePurpose)),
    )  # fmt: skip


def holders(chance: random.Random, actor: Actor | None) -> Holder:
    """Somebody's account; now and then the actor's own."""
    if actor is not None and chance.random() < 0.2:
        return Holder(actor.account_id, actor.organisation_id, actor.authority_id, frozenset({actor.role}))
    account = chance.choice([uid for uid in ACCOUNTS if actor is None or uid != actor.account_id])
    organisation = chance.choice(list(AUTHORITY_OF))
    return Holder(
        account, organisation, AUTHORITY_OF[organisation],
        frozenset(chance.sample(list(Role), chance.choice((0, 1, 1, 1, 2)))),
    )  # fmt: skip
