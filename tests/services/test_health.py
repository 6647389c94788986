"""Fit means that an entry can be written and that what is written stays."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Setting
from cp.services import health
from tests.conftest import NOW
from tests.whole.tables import breaking_the_audit


def test_a_trial_entry_is_taken_back_and_one_row_is_kept(session: Session) -> None:
    assert [health.fit(session), health.fit(session)] == [True, True]

    assert session.scalars(select(AuditEvent)).all() == []
    assert [(row.name, row.set_at) for row in session.scalars(select(Setting))] == [("health", NOW)]
    assert "entries" not in session.info


def test_without_an_audit_nothing_is_fit_and_nothing_is_kept(session: Session, url: str) -> None:
    breaking_the_audit(url)

    assert health.fit(session) is False

    assert session.scalars(select(Setting)).all() == []
