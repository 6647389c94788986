"""What protects a child, asked of everybody about everything: no act goes round it."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cp.rules.access import decide
from cp.rules.asking import Actor, Allowed, Refused, Subject
from cp.terms import Act, Part, Role
from tests.rules import cases
from tests.scale import SEED, scaled

CHILDREN = (Role.PRACTITIONER, Role.ASSISTANT, Role.MANAGEMENT_TEAM)
Asked = Callable[[Actor, Act, Subject, Allowed | Refused], bool]


def found(holds: Asked, **but: Any) -> tuple[list[tuple[Act, Actor, Subject]], Counter[bool]]:
    """Where it does not hold, for people in order who see children, of records with `but`; and how often allowed."""
    chance, broken, allowed = random.Random(SEED), list[tuple[Act, Actor, Subject]](), Counter[bool]()
    for _ in range(scaled(60, 1_500)):
        actor = cases.people(chance, cases.TODAY, CHILDREN)
        child = replace(cases.records(chance, old=0), live=True, **but)
        for act in Act:
            said = decide(actor, act, child, cases.TODAY)
            allowed[said.allowed] += 1
            if not holds(actor, act, child, said):
                broken.append((act, actor, child))
    assert allowed[True]
    return broken, allowed


def parts_of(said: Allowed | Refused) -> frozenset[Part]:
    return said.parts if isinstance(said, Allowed) else frozenset()


def team_at_home(actor: Actor, child: Subject) -> bool:
    return actor.role is Role.MANAGEMENT_TEAM and actor.authority_id == child.authority_id


def test_a_shield_that_nobody_overrode_shows_who_the_child_is_and_nothing_else() -> None:
    broken, _ = found(
        lambda actor, _, child, said: parts_of(said) <= {Part.IDENTITY} or team_at_home(actor, child),
        shielded=True, override_open=False,
    )  # fmt: skip

    assert broken == []


def test_an_override_opens_no_other_bodys_number_and_no_sensitive_service() -> None:
    withheld = {Part.EDUCATION_NUMBERS, Part.HEALTH_NUMBERS, Part.SENSITIVE}

    broken, _ = found(
        lambda actor, _, child, said: not parts_of(said) & withheld or team_at_home(actor, child),
        shielded=True, override_open=True,
    )  # fmt: skip

    assert broken == []


def test_what_a_sensitive_service_recorded_is_seen_by_itself_and_the_childs_own_team() -> None:
    def holds(actor: Actor, _: Act, child: Subject, said: Allowed | Refused) -> bool:
        shown = parts_of(said)
        of_a_service = actor.sensitive_service is not None
        return (Part.SENSITIVE not in shown or team_at_home(actor, child)) and (
            Part.OWN_SENSITIVE not in shown or of_a_service
        )

    broken, _ = found(holds)

    assert broken == []


def test_an_old_identity_answers_as_what_was_never_there() -> None:
    def holds(actor: Actor, act: Act, child: Subject, _: Allowed | Refused) -> bool:
        never = decide(actor, act, replace(child, live=False, sealed=False), cases.TODAY)
        return decide(actor, act, replace(child, live=False, sealed=True), cases.TODAY) == never

    broken, _ = found(holds)

    theirs = {(act, child.opened_together) for act, actor, child in broken if team_at_home(actor, child)}
    assert len([one for one in broken if not team_at_home(one[1], one[2])]) == 0
    assert {act for act, _ in theirs} == {Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY, Act.OPEN_OLD_IDENTITY}
    assert (Act.OPEN_OLD_IDENTITY, False) not in theirs


def test_asking_for_an_old_identity_shows_nothing_of_it() -> None:
    asking = {Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY}

    broken, _ = found(lambda _, act, child, said: act not in asking or not parts_of(said), sealed=True)

    assert broken == []
