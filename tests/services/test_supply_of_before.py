"""A directory of before, brought up to date: whoever supplied goes on supplying, and nobody else begins to."""

from datetime import UTC, date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp.models import Authority, Onboarding, Organisation
from cp.models import SupplyFile as File
from cp.services.implementation import steps
from cp.services.supply import live
from cp.terms import FileForm, Means, Need, SupplyState
from tests import build, build_supply
from tests.build import World
from tests.whole.tables import brought_up

FIRST = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
FIRST_DAY = date(2026, 7, 1)


def _file(session: Session, organisation: Organisation, form: FileForm, sent_at: datetime | None) -> None:
    session.add(File(
        organisation_id=organisation.id, form=form, whole=False, state=SupplyState.SENT, fingerprint=1,
        received_at=FIRST, sent_at=sent_at, total=1, facts={},
    ))  # fmt: skip
    session.flush()


def _no_day(session: Session, authority: Authority) -> None:
    authority.data_from = authority.shields_from = authority.access_from = authority.opened_on = None
    session.flush()


def test_who_has_sent_a_file_is_agreed_accepted_and_signed_since_then(url: str, session: Session, world: World) -> None:
    _no_day(session, world.authority)
    begun = build.organisation(session, world.authority, name="Ashgrove Prep")
    tried = build.organisation(session, world.authority, name="Weirside School")
    steps.keep(session, begun, means=Means.BY_HAND, means_agreed_on=date(2026, 5, 1))
    _file(session, world.school, FileForm.CSV, FIRST)
    _file(session, world.school, FileForm.CTF, datetime(2026, 9, 1, 9, tzinfo=UTC))
    _file(session, begun, FileForm.MACHINE, datetime(2026, 8, 1, 9, tzinfo=UTC))
    _file(session, world.practice, FileForm.CSV, datetime(2026, 8, 1, 9, tzinfo=UTC))
    _file(session, world.council, FileForm.CSV, datetime(2026, 8, 1, 9, tzinfo=UTC))
    _file(session, world.health, FileForm.TOLD, FIRST)
    _file(session, tried, FileForm.CSV, None)

    brought_up(url, session, "0012")

    rows = {one.organisation_id: one for one in session.scalars(select(Onboarding))}
    assert {
        key: (row.means, row.means_agreed_on, row.test_accepted_on, row.agreement_signed_on)
        for key, row in rows.items()
        if row.means is not None
    } == {
        world.school.id: (Means.TRANSFER_FILE, FIRST_DAY, FIRST_DAY, FIRST_DAY),
        begun.id: (Means.BY_HAND, date(2026, 5, 1), date(2026, 8, 1), date(2026, 8, 1)),
        world.practice.id: (Means.FOLDER, date(2026, 8, 1), date(2026, 8, 1), date(2026, 8, 1)),
    }
    assert session.scalar(select(Authority.data_from).where(Authority.id == world.authority.id)) == FIRST_DAY
    everybody = (world.school, begun, world.practice, world.council, tried)
    assert [live.missing(session, one.id) is None for one in everybody] == [True, True, True, True, False]
    assert steps.renew(session, world.school).need is Need.NAME_PEOPLE
    assert rows[world.school.id].need is Need.NAME_PEOPLE


def test_the_day_that_an_authority_has_set_stays(url: str, session: Session, world: World) -> None:
    build_supply.send(session, world.school, build_supply.AMIRA)
    set_on = date(2026, 3, 1)
    _no_day(session, world.authority)
    session.execute(update(Authority).values(data_from=set_on))
    session.execute(delete(Onboarding))

    brought_up(url, session, "0012")

    assert session.scalar(select(Authority.data_from).where(Authority.id == world.authority.id)) == set_on
    assert live.missing(session, world.school.id) is None
