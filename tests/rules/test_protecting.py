"""Who may do what to protect a child, and what somebody who may not is told: a table beside that of the other acts."""

from collections.abc import Callable
from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from cp.rules.access import decide
from cp.rules.asking import Actor, Allowed, Refused, Subject
from cp.rules.conditions import AGREEMENT_VERSION
from cp.terms import Act, BodyKind, Part, Role

TODAY = date(2026, 11, 23)
OLA = Actor(
    account_id=1, account_uid=UUID(int=1), name="Ola Brandt", role=Role.PRACTITIONER, organisation_id=1,
    organisation_uid=UUID(int=2), organisation_name="Northvale Council", body_kind=BodyKind.SOCIAL_CARE,
    authority_id=1, authority_uid=UUID(int=3), authority_name="Northvale Council", team_phone="", help_phone="",
    practitioner_id=1, request_id=UUID(int=4), active=True, kept_on=TODAY, unused_since=TODAY,
    agreement_version=AGREEMENT_VERSION, check_issued_on=TODAY, trained_on=TODAY, practised_on=TODAY,
    accreditation_ends_on=date(2027, 9, 1), second_factor=True, may_override=True,
    shields_from=TODAY, access_from=TODAY, opened_on=TODAY,
)  # fmt: skip
WHO: dict[str, dict[str, Any]] = {
    "holder": {}, "practitioner": {"may_override": False},
    "clinic": {"sensitive_service": "the clinic", "may_override": False},
    "team": {"role": Role.MANAGEMENT_TEAM, "may_override": False},
    "reviewer": {"role": Role.REVIEWER, "may_override": False},
}  # fmt: skip
OPEN = Subject(authority_id=1, shielded=False)
SHIELDED = replace(OPEN, shielded=True)
OVERRIDDEN = replace(SHIELDED, override_open=True)
OLD = replace(OPEN, live=False, sealed=True)
OPENED = replace(OLD, opened_together=True)
AWAY = replace(SHIELDED, authority_id=2)
WHOLE = {Part.IDENTITY, Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS}
FOUR = {Part.IDENTITY}
TEAMS = WHOLE | {Part.EDUCATION_NUMBERS, Part.HEALTH_NUMBERS, Part.SENSITIVE}


@pytest.mark.parametrize(
    ("who", "act", "child", "expected"),
    [
        ("holder", Act.OVERRIDE, SHIELDED, FOUR),
        ("holder", Act.OVERRIDE, OPEN, "not_shielded"),
        ("holder", Act.PREPARE_OVERRIDE, OPEN, "not_shielded"),
        ("practitioner", Act.OVERRIDE, SHIELDED, "role"),
        ("team", Act.OVERRIDE, SHIELDED, "role"),
        ("holder", Act.PREPARE_FAMILY_SEARCH, None, set()),
        ("holder", Act.SEARCH_FAMILY, None, set()),
        ("holder", Act.SEARCH_FAMILY, replace(OPEN, live=False), "none"),
        ("team", Act.SEARCH_FAMILY, None, set()),
        ("practitioner", Act.PREPARE_FAMILY_SEARCH, None, "role"),
        ("practitioner", Act.SEARCH_FAMILY, None, "role"),
        ("reviewer", Act.SEARCH_FAMILY, None, "role"),
        ("holder", Act.OPEN_RECORD, SHIELDED, FOUR),
        ("holder", Act.OPEN_RECORD, OVERRIDDEN, WHOLE),
        ("holder", Act.RECORD_INVOLVEMENT, OVERRIDDEN, WHOLE),
        ("holder", Act.RECORD_INVOLVEMENT, SHIELDED, "shielded"),
        ("holder", Act.PRINT_RECORD, OVERRIDDEN, "shielded"),
        ("holder", Act.OPEN_OLD_IDENTITY, OPENED, "role"),
        ("reviewer", Act.OPEN_RECORD, OVERRIDDEN, "role"),
        ("reviewer", Act.REVIEW_OVERRIDE, None, set()),
        ("team", Act.REVIEW_OVERRIDE, None, "role"),
        ("team", Act.LIFT_SHIELD, SHIELDED, TEAMS),
        ("team", Act.LIFT_SHIELD, AWAY, "role"),
        ("team", Act.LIFT_SHIELD, replace(AWAY, live=False), "none"),
        ("team", Act.OPEN_RECORD, OLD, "none"),
        ("team", Act.OPEN_OLD_IDENTITY, OLD, "none"),
        ("team", Act.OPEN_OLD_IDENTITY, OPENED, WHOLE),
        ("team", Act.OPEN_OLD_IDENTITY, replace(OPENED, authority_id=2), "none"),
        ("team", Act.OPEN_OLD_IDENTITY, OPEN, "none"),
        ("team", Act.ASK_OLD_IDENTITY, OLD, set()),
        ("clinic", Act.RECORD_SENSITIVE, OPEN, WHOLE | {Part.OWN_SENSITIVE}),
        ("clinic", Act.RECORD_SENSITIVE, SHIELDED, "shielded"),
        ("clinic", Act.WITHDRAW_SENSITIVE, SHIELDED, FOUR),
        ("clinic", Act.RECORD_INVOLVEMENT, OPEN, "sensitive_service"),
        ("clinic", Act.TAKE_LEAD, OPEN, "sensitive_service"),
        ("practitioner", Act.RECORD_SENSITIVE, OPEN, "role"),
        ("practitioner", Act.ASK_CONTACT, SHIELDED, FOUR),
    ],
)  # fmt: skip
def test_who_may_do_what_to_protect_a_child(
    who: str, act: Act, child: Subject | None, expected: set[Part] | str
) -> None:
    decision = decide(replace(OLA, **WHO[who]), act, child, TODAY)

    assert (decision.parts if isinstance(decision, Allowed) else decision.reason) == expected


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (Actor, {"factor_at": None, "principal": None, "may_override": False, "overridden_id": None,
                 "sensitive_service": None, "shields_from": None, "access_from": None, "opened_on": None}),
        (Subject, {"live": True, "on_own_list": False, "override_open": False, "sealed": False,
                   "opened_together": False, "shieldable": True, "archived": False,
                   "archived_on": None, "purpose": None}),
        (Refused, {"hidden": False, "allowed": False}),
    ],
)  # fmt: skip
def test_what_nobody_said_opens_nothing(of: type, expected: dict[str, object]) -> None:
    assert {one.name: one.default for one in fields(of) if one.default is not MISSING} == expected


@pytest.mark.parametrize("made", [lambda: Allowed(allowed=False), lambda: Refused("none", allowed=True)])  # type: ignore[call-arg]
def test_an_answer_is_what_it_is_called(made: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        made()
