"""The one decision against a model of it by somebody who had not read it; and what can only ever lessen it."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cp.rules.access import decide
from cp.rules.acts import ACTS_OF
from cp.rules.asking import Actor, Allowed, Holder, Principal, Refused, Subject
from cp.terms import Act, BodyKind, Part, Role
from tests.rules import cases, model_of_access
from tests.rules.model_of_access import Expected
from tests.rules.table_of_acts import LETTERS, ROWS
from tests.scale import SEED, scaled

About = Subject | Holder | None
Record = Callable[[str, object], None]
ACTS = [*Act, *[Act.OPEN_RECORD, Act.PRINT_RECORD] * 5]
"""Each in turn, and what shows most more often."""
SHOWN = 3
"""So many that are wrong are enough to see why."""


@pytest.mark.asvs("8.2.1", "8.2.3")
def test_decide_is_what_the_model_says(record_property: Record) -> None:
    chance, disagreements, seen = random.Random(SEED), [], Counter[tuple[Act, bool]]()
    how_many = scaled(25_000, 300_000)

    for number in range(how_many):
        act = ACTS[number % len(ACTS)]
        actor, subject, today = any_case(chance, act)
        said, wanted = decide(actor, act, subject, today), model_of_access.expected(actor, act, subject, today)
        seen[act, said.allowed] += 1
        if difference := differs(act, said, wanted):
            disagreements.append((difference, act, actor, subject, today))
        if len(disagreements) == SHOWN:
            break

    record_property("cases", how_many)
    record_property("seed", SEED)
    record_property("disagreements", len(disagreements))
    assert disagreements == []
    assert {act for act in Act if not seen[act, True]} == {
        Act.LOAD_DEMONSTRATION, Act.KEEP_REGISTER, Act.SET_UP, Act.SUPPLY, Act.OPEN_AUTHORITY,
        Act.ARCHIVE, Act.DESTROY,
    }  # fmt: skip
    assert {act for act in Act if not seen[act, False]} == {act for act, row in ROWS.items() if row.who == "all"}


def any_case(chance: random.Random, act: Act) -> tuple[Actor | None, About, date]:
    """Somebody, more often than not in a role that has the act, and mostly something that the act is about."""
    today, row = chance.choice(cases.DAYS), ROWS[act]
    fitting = [role for role, letter in LETTERS.items() if letter and letter in row.who]
    roles = fitting if fitting and chance.random() < 0.6 else list(Role)
    actor = cases.people(chance, today, roles) if chance.random() < 0.97 else None
    if row.about == "-" or chance.random() < 0.1:
        return actor, None, today
    if row.about == "account":
        return actor, cases.holders(chance, actor), today
    return actor, cases.records(chance, 0.8 if act in model_of_access.OLD_IDENTITIES else 0.15), today


def differs(act: Act, said: Allowed | Refused, wanted: Expected) -> str:
    """In a word, how the answer is not the one expected; nothing where it is."""
    if isinstance(said, Refused):
        if said.hidden and said.reason != "none":
            return f"{said} tells what is hidden"
        if wanted.either:
            return ""
        if wanted.allowed or wanted.hidden not in (None, said.hidden):
            return f"{said}"
        return f"{said} for {wanted.why}" if wanted.why is not None and said.reason != wanted.why else ""
    opened = act in model_of_access.OPENS
    right_parts = said.parts == wanted.parts if opened else said.parts <= wanted.parts
    right_duties = wanted.must <= said.duties and not wanted.must_not & said.duties
    return "" if wanted.allowed and right_parts and right_duties else f"{said}"


def test_the_model_has_a_row_for_every_act() -> None:
    assert set(ROWS) == set(Act)


LESS_OF_A_PERSON: dict[str, Callable[[date], dict[str, Any]]] = {
    "suspended": lambda _: {"active": False},
    "unused for 90 days": lambda today: {"unused_since": today - timedelta(days=90)},
    "never opened": lambda _: {"unused_since": None, "kept_on": None},
    "an old agreement": lambda _: {"agreement_version": 0},
    "a check of three years ago": lambda today: {"check_issued_on": date(today.year - 3, today.month, 1)},
    "no check": lambda _: {"check_issued_on": None},
    "untrained": lambda _: {"trained_on": None},
    "accreditation ended": lambda today: {"accreditation_ends_on": today},
    "no second factor": lambda _: {"second_factor": False},
    "not open": lambda _: {"opened_on": None},
    "its day put off": lambda today: {"access_from": today + timedelta(days=1)},
    "no day for shields": lambda _: {"shields_from": None, "access_from": None},
    "nobody kept it": lambda _: {"kept_on": None},
    "another authority": lambda _: {"authority_id": 9, "organisation_id": 90},
    "a role without children": lambda _: {"role": Role.IMPLEMENTATION_MANAGER},
    "no role": lambda _: {"role": None},
    "without the right to override": lambda _: {"may_override": False},
}
LESS_OF_A_PRINCIPAL: dict[str, Callable[[date], dict[str, Any]]] = {
    "ended": lambda today: {"ends_on": today},
    "without an end": lambda _: {"ends_on": None},
    "not begun": lambda today: {"starts_on": today + timedelta(days=1)},
    "suspended": lambda _: {"active": False},
    "without a check": lambda _: {"check_issued_on": None},
    "not open": lambda _: {"opened_on": None},
    "of a body that no number is shown to": lambda _: {"body_kind": BodyKind.VOLUNTARY},
}
LESS_OF_A_RECORD: dict[str, dict[str, Any]] = {
    "shielded": {"shielded": True}, "not live": {"live": False}, "elsewhere": {"authority_id": 8},
    "on nobody's list": {"on_own_list": False}, "not overridden": {"override_open": False},
    "an old identity": {"sealed": True, "live": False, "opened_together": False},
    "not opened together": {"opened_together": False},
}  # fmt: skip
OPENS_ANOTHER_WAY = {
    ("Subject shielded", Act.PREPARE_OVERRIDE), ("Subject shielded", Act.OVERRIDE),
    ("Subject not overridden", Act.PRINT_RECORD), ("Subject an old identity", Act.ASK_OLD_IDENTITY),
    ("Subject an old identity", Act.AGREE_OLD_IDENTITY),
    *(("a role without children", act) for act, row in ROWS.items() if LETTERS[Role.IMPLEMENTATION_MANAGER] in row.who),
}  # fmt: skip
OPENS_ANOTHER_WAY |= {("a role without children", act) for act in ACTS_OF[Role.IMPLEMENTATION_MANAGER]}
"""Only what is shielded is overridden, only what is sealed asked for; what is overridden is printed by nobody."""
"""Only what is shielded is overridden, only what is sealed asked for; what is overridden is printed by nobody. What an
implementation manager does is of no child."""
LESS_OF_AN_ACCOUNT: dict[str, dict[str, Any]] = {
    "elsewhere": {"authority_id": 8, "organisation_id": 80},
    "above them": {"roles": frozenset({Role.NATIONAL_ADMINISTRATOR, Role.PRACTITIONER})},
}


def test_taking_a_right_away_never_allows_more(record_property: Record) -> None:
    """Whatever is taken from the person, their principal, or the openness of what they ask about."""
    chance, more, lessened = random.Random(SEED + 1), [], Counter[str]()
    how_many = scaled(10_000, 100_000)

    for number in range(how_many):
        act = ACTS[number % len(ACTS)]
        actor, subject, today = any_case(chance, act)
        before = decide(actor, act, subject, today)
        for name, less, about in every_lessening(actor, subject, today):
            if (name, act) in OPENS_ANOTHER_WAY:
                continue
            after = decide(less, act, about, today)
            lessened[name] += after != before
            if allows_more(before, after):
                more.append((name, act, actor, subject, today))
        if len(more) >= SHOWN:
            break

    record_property("cases", how_many)
    record_property("comparisons", sum(lessened.values()))
    assert more == []
    assert {name for name in lessened if not lessened[name]} == set()


def every_lessening(actor: Actor | None, subject: About, today: date) -> list[tuple[str, Actor | None, About]]:
    found: list[tuple[str, Actor | None, About]] = [("a stranger", None, subject)]
    if actor is not None:
        found += [(name, replace(actor, **less(today)), subject) for name, less in LESS_OF_A_PERSON.items()]
        if actor.role is Role.ASSISTANT:
            found += [(f"principal {name}", replace(actor, principal=of), subject) for name, of in lesser(actor, today)]
    changes = LESS_OF_A_RECORD if isinstance(subject, Subject) else LESS_OF_AN_ACCOUNT
    if subject is not None:
        found += [(f"{type(subject).__name__} {name}", actor, replace(subject, **to)) for name, to in changes.items()]
    return found


def lesser(actor: Actor, today: date) -> list[tuple[str, Principal | None]]:
    held = actor.principal
    if held is None:
        return []
    return [("none", None), *((name, replace(held, **less(today))) for name, less in LESS_OF_A_PRINCIPAL.items())]


def allows_more(before: Allowed | Refused, after: Allowed | Refused) -> bool:
    if isinstance(after, Refused):
        return False
    return isinstance(before, Refused) or not after.parts <= shown_by(before) or not before.duties <= after.duties


def shown_by(said: Allowed) -> set[Part]:
    """What any sensitive service recorded is also what one's own did."""
    return {*said.parts, *({Part.OWN_SENSITIVE} if Part.SENSITIVE in said.parts else ())}


@pytest.mark.parametrize("role", [role for role, letter in LETTERS.items() if letter not in ("P", "A", "M")])
def test_whatever_is_asked_of_whatever_a_role_without_children_is_shown_no_part(role: Role) -> None:
    chance, shown = random.Random(SEED), set[Part]()

    for _ in range(200):
        actor = cases.people(chance, cases.TODAY, [role])
        for act in Act:
            decision = decide(actor, act, cases.records(chance), cases.TODAY)
            shown |= decision.parts if isinstance(decision, Allowed) else set()

    assert shown == set()
