"""Accounts of before there were practice tasks: whoever was trained goes on working, whoever was not does them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Account
from tests.build import World
from tests.whole.tables import brought_up


def test_nobody_who_was_trained_is_locked_out(url: str, session: Session, world: World) -> None:
    world.lou.account.trained_on = None
    world.nia.account.trained_on = date(2026, 3, 2)

    brought_up(url, session, "0012")

    query = select(Account.email, Account.practised_on).where(Account.organisation_id.in_([1, 2])).order_by(Account.id)
    assert [tuple(row) for row in session.execute(query)] == [
        ("nia.nurse@example.test", date(2026, 3, 2)), ("sam.practitioner@example.test", date(2025, 4, 18)),
        ("lou.lapsed@example.test", None), ("ash.assistant@example.test", date(2025, 4, 18)),
    ]  # fmt: skip
