"""Who gets in: a password, then a code; the same answer and the same work for whoever does not."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal
from uuid import UUID, uuid4

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Account, Attempt, AuditEvent, RoleGrant, SignedIn
from cp.services import refused_sign_ins, sessions, signing_in, who
from cp.services.signing_in import Answer, Where
from cp.terms import Act, Decision, Role
from tests import build
from tests.build import PASSWORD, World
from tests.web import code_now

HERE = Where("198.51.100.7", UUID(int=1), demonstration=True)
NOWHERE = "nobody@example.test"


class Counting(PasswordHasher):
    """The real hasher, which also counts how often it was asked."""

    asked = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.asked += 1
        return super().verify(hash, password)


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    monkeypatch.setattr(signing_in, "HASHER", counting)
    signing_in._nobody.cache_clear()
    return counting


def try_password(session: Session, email: str, password: str = PASSWORD, where: Where = HERE) -> Answer:
    answer = signing_in.give_password(session, email, password, where)
    session.commit()
    return answer


def entries(session: Session) -> list[tuple[Act, Decision, str | None]]:
    found = select(AuditEvent.act, AuditEvent.decision, AuditEvent.reason).order_by(AuditEvent.id)
    return [(act, decision, reason) for act, decision, reason in session.execute(found)]


RIGHT = (Act.SIGN_IN, Decision.ALLOWED, "password")
WRONG = (Act.SIGN_IN, Decision.REFUSED, "wrong")
WAIT = (Act.SIGN_IN, Decision.REFUSED, "wait")


@pytest.mark.parametrize("why", ["unknown", "wrong", "closed", "no password", "no role", "role over", "not here"])
@pytest.mark.asvs("6.3.8")
def test_whoever_may_not_in_is_answered_alike_after_the_same_work(
    session: Session, world: World, hasher: Counting, why: str
) -> None:
    email, password, where = world.sam.email, PASSWORD, HERE
    match why:
        case "unknown":
            email = NOWHERE
        case "wrong":
            password = "a wrong guess"
        case "closed":
            session.execute(update(Account).values(active=False))
        case "no password":
            session.execute(update(Account).values(password_hash=None))
        case "no role":
            session.execute(update(RoleGrant).values(starts_on=date(2026, 11, 24)))
        case "role over":
            session.execute(update(RoleGrant).values(ends_on=date(2026, 11, 23)))
        case "not here":
            where = replace(HERE, demonstration=False)
    session.commit()

    answer = try_password(session, email, password, where)

    assert (answer, hasher.asked) == (Answer(), 1)
    assert entries(session) == [WRONG]
    assert [(attempt.succeeded, attempt.code) for attempt in session.scalars(select(Attempt))] == [(False, False)]
    assert session.scalars(select(SignedIn)).all() == []


@pytest.mark.parametrize("listed", [1000, 1], ids=["listed", "counted"])
def test_a_wrong_password_asks_the_database_no_more_than_an_unknown_email(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch, listed: int
) -> None:
    """What one more look-up costs is enough to tell them apart over a few thousand guesses."""
    monkeypatch.setattr(refused_sign_ins, "LISTED", {"wrong": listed})
    try_password(session, NOWHERE, "a wrong guess")  # so that nothing is done for the first time
    sent: dict[str, list[str]] = {}
    for email in (f"another.{NOWHERE}", world.sam.email):
        note = partial(_note, sent.setdefault(email, []))
        event.listen(session.get_bind(), "before_cursor_execute", note)
        try_password(session, email, "a wrong guess")
        event.remove(session.get_bind(), "before_cursor_execute", note)

    unknown, known = sent.values()
    assert known == unknown
    assert len(known) > 3


def _note(sent: list[str], _connection: object, _cursor: object, statement: str, *_: object) -> None:
    sent.append(statement)


def test_the_right_password_waits_for_a_code_and_counts_as_no_guess(
    session: Session, world: World, hasher: Counting
) -> None:
    answer = try_password(session, f"  {world.sam.email.upper()} ")

    assert answer.token is not None
    assert hasher.asked == 1
    found = who.find(session, sessions.hashed(answer.token), uuid4())
    assert found is not None
    assert (found.pending, found.role) == (True, Role.PRACTITIONER)
    assert session.scalars(select(Attempt)).all() == []


def test_no_password_is_asked_while_somebody_has_to_wait(session: Session, world: World, hasher: Counting) -> None:
    for _ in range(3):
        try_password(session, world.sam.email, "a wrong guess")

    answer = try_password(session, world.sam.email)

    assert (answer, hasher.asked) == (Answer(wait=30), 3)
    assert entries(session) == [WRONG] * 3 + [WAIT]


@pytest.mark.asvs("6.2.8")
def test_a_password_is_read_to_its_limit_and_to_the_letter(session: Session, world: World) -> None:
    session.execute(update(Account).values(password_hash=signing_in.HASHER.hash(" Ünï\0code ")))
    session.commit()

    assert try_password(session, world.sam.email, "Ünï\0code") == Answer()
    assert try_password(session, world.sam.email, " Ünï\0code ").token is not None
    assert try_password(session, world.sam.email, "x" * 100_000) == Answer()


def test_the_oldest_role_in_force_is_acted_in(session: Session, world: World) -> None:
    both = build.person(session, world.council, "Bo Two", "bo.two", Role.REVIEWER)
    session.add(RoleGrant(account_id=both.account.id, role=Role.MANAGEMENT_TEAM, starts_on=date(2026, 2, 1)))
    session.commit()

    answer = try_password(session, both.email)

    assert answer.token is not None
    found = who.find(session, sessions.hashed(answer.token), uuid4())
    assert found is not None
    assert found.role is Role.REVIEWER


def waiting(session: Session, world: World) -> who.Found:
    answer = try_password(session, world.sam.email)
    assert answer.token is not None
    found = who.find(session, sessions.hashed(answer.token), uuid4())
    assert found is not None
    return found


def give_code(session: Session, found: who.Found, code: str) -> Answer:
    answer = signing_in.give_code(session, found, code, HERE)
    session.commit()
    return answer


def test_a_code_lets_in_and_the_account_was_used_today(session: Session, world: World) -> None:
    found = waiting(session, world)

    answer = give_code(session, found, code_now(world.sam))

    assert answer.token is not None
    account = session.get_one(Account, world.sam.account.id, populate_existing=True)
    assert account.last_used_on == date(2026, 11, 23)
    assert entries(session) == [RIGHT, (Act.GIVE_CODE, Decision.ALLOWED, "authenticator")]


def test_wrong_codes_have_to_wait_however_many_sessions_ask(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    answers = []
    for _ in range(6):
        answers.append(give_code(session, waiting(session, world), "000000"))

    assert answers == [Answer()] * 5 + [Answer(wait=300)]
    assert give_code(session, waiting(session, world), code_now(world.sam)) == Answer(wait=300)
    clock.shift(300)
    assert give_code(session, waiting(session, world), code_now(world.sam)).token is not None


def test_setting_up_the_first_authenticator_lets_in_with_ten_printed_codes(session: Session, world: World) -> None:
    found = waiting(session, world)

    enrolled = signing_in.enrolled(session, found, HERE)
    session.commit()

    assert len(enrolled.printed) == len(set(enrolled.printed)) == 10
    now = who.find(session, sessions.hashed(enrolled.token), uuid4())
    assert now is not None
    assert now.actor is not None
    assert entries(session) == [
        RIGHT, (Act.GIVE_CODE, Decision.ALLOWED, "authenticator"), (Act.ENROL_FACTOR, Decision.ALLOWED, None),
    ]  # fmt: skip


def test_every_address_and_email_is_kept_as_a_key_only(session: Session, world: World) -> None:
    try_password(session, NOWHERE, "a wrong guess")

    (attempt,) = session.scalars(select(Attempt))

    assert NOWHERE not in str(vars(attempt))
    assert HERE.address not in str(vars(attempt))
    assert attempt.account_key != attempt.address_key
    assert attempt.at == clocks.now()
