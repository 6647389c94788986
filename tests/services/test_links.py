"""Links that work once: only their hash is kept, they end in time, and two people never use the same one."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cp.models import Account, AuditEvent, Link
from cp.services import links
from cp.services.sessions import hashed
from cp.terms import Act, LinkKind
from tests.build import World
from tests.web import actor_of

SECOND = timedelta(seconds=1)


@pytest.fixture
def newcomer(session: Session, world: World) -> Account:
    """Invited, and not yet here."""
    account = world.sam.account
    account.opened_on = account.password_hash = None
    session.flush()
    return account


def test_only_the_hash_of_a_token_is_kept(session: Session, newcomer: Account) -> None:
    token = links.make(session, newcomer, LinkKind.JOIN, None)

    (kept,) = session.scalars(select(Link)).all()
    assert kept.token_hash == hashed(token)
    assert len(token) >= 43  # 256 bits
    assert token not in {str(value) for value in vars(kept).values()}


@pytest.mark.parametrize(
    ("kind", "lasts"),
    [(LinkKind.JOIN, timedelta(days=7)), (LinkKind.PASSWORD, timedelta(days=1)), (LinkKind.FACTOR, timedelta(days=1))],
)
@pytest.mark.asvs("6.4.1")
def test_a_link_ends_to_the_second(
    session: Session, newcomer: Account, clock: time_machine.Traveller, kind: LinkKind, lasts: timedelta
) -> None:
    token = links.make(session, newcomer, kind, None)

    clock.shift(lasts - SECOND)
    held = links.find(session, token)
    assert held is not None
    assert (held.kind, held.account) == (kind, newcomer)
    clock.shift(SECOND)
    assert links.find(session, token) is None
    assert not links.use(session, held)


@pytest.mark.asvs("6.4.1")
def test_a_link_works_once(session: Session, newcomer: Account) -> None:
    token = links.make(session, newcomer, LinkKind.JOIN, None)
    held = links.find(session, token)
    assert held is not None

    assert [links.use(session, held), links.use(session, held)] == [True, False]
    assert links.find(session, token) is None


def test_of_two_at_once_one_uses_it(engine: Engine, session: Session, newcomer: Account) -> None:
    token = links.make(session, newcomer, LinkKind.JOIN, None)
    session.commit()
    with Session(engine) as one, Session(engine) as other:
        first, second = links.find(one, token), links.find(other, token)
        assert first is not None
        assert second is not None
        one.rollback()
        other.rollback()

        assert links.use(one, first)
        one.commit()
        assert not links.use(other, second)


def test_a_newer_link_of_a_kind_ends_the_older_and_no_other(session: Session, world: World) -> None:
    account = world.sam.account
    first, factor = (links.make(session, account, kind, None) for kind in (LinkKind.PASSWORD, LinkKind.FACTOR))
    others = links.make(session, world.nia.account, LinkKind.PASSWORD, None)

    second = links.make(session, account, LinkKind.PASSWORD, None)

    assert [links.find(session, token) is not None for token in (first, second, factor, others)] == [
        False, True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("token", ["", "x" * 10_000, "é\0", "../account"])
def test_an_unknown_token_finds_nothing(session: Session, newcomer: Account, token: str) -> None:
    links.make(session, newcomer, LinkKind.JOIN, None)

    assert links.find(session, token) is None


def test_an_invitation_is_of_no_use_to_somebody_who_is_here_already(session: Session, newcomer: Account) -> None:
    token = links.make(session, newcomer, LinkKind.JOIN, None)

    newcomer.opened_on = date(2026, 11, 23)

    assert links.find(session, token) is None


def test_a_suspended_account_has_no_use_for_any_link(session: Session, world: World) -> None:
    token = links.make(session, world.sam.account, LinkKind.PASSWORD, None)

    world.sam.account.active = False

    assert links.find(session, token) is None


def test_who_made_it_stands_in_the_audit(session: Session, world: World) -> None:
    una = actor_of(session, world.una)

    links.make(session, world.sam.account, LinkKind.PASSWORD, una)
    links.make(session, world.sam.account, LinkKind.FACTOR, None)

    by_una, at_the_server = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert (by_una.act, by_una.account_id, by_una.object_id, by_una.reason) == (
        Act.PRINT_LINK, una.account_uid, world.sam.account.uid, "link_password",
    )  # fmt: skip
    assert (at_the_server.act, at_the_server.account_id, at_the_server.reason) == (Act.SET_UP, None, "link_factor")
    assert session.scalars(select(Link.made_by_id).order_by(Link.id)).all() == [world.una.account.id, None]
