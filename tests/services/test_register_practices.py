"""GP practices kept as their list states them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.feeds import registers as files
from cp.models import AuditEvent, Organisation
from cp.services import registers
from cp.services.registers import Changes
from cp.terms import Act, BodyKind, OrganisationKind
from tests.build import World
from tests.build_registers import extract, practice


def keep(session: Session, *rows: dict[str, str]) -> Changes:
    read = files.practices(extract(*rows), registers.authorities(session))
    return registers.keep_practices(session, read, date(2026, 11, 23))


def test_a_practice_is_made_changed_and_closed(session: Session, world: World) -> None:
    world.practice.practice_code = "Z00902"
    session.flush()

    made = keep(session, practice(), practice("Z00902", name="Vale Road Surgery", phone=""))
    again = keep(session, practice(), practice("Z00902", name="Vale Road Surgery", phone=""))
    after = keep(session, practice(closed="31-03-2026"), practice("Z00902", name="Vale Road Practice"))

    assert (made, again, after) == (Changes(made=1, changed=1), Changes(), Changes(changed=1, closed=1))
    query = select(Organisation).where(Organisation.practice_code.is_not(None)).order_by(Organisation.id)
    assert [
        (one.practice_code, one.name, one.kind, one.body_kind, one.phone, one.valid_from, one.valid_to)
        for one in session.scalars(query)
    ] == [
        ("Z00902", "Vale Road Practice", OrganisationKind.GP_PRACTICE, BodyKind.HEALTH, "+441614960121",
         date(1998, 4, 1), None),
        ("Z00901", "Alder Lane Surgery", OrganisationKind.GP_PRACTICE, BodyKind.HEALTH, "+441614960121",
         date(1998, 4, 1), date(2026, 4, 1)),
    ]  # fmt: skip


def test_each_run_is_one_entry_of_the_audit(session: Session, world: World) -> None:
    keep(session, practice(), practice("Z00902"))

    (entry,) = session.scalars(select(AuditEvent)).all()
    assert (entry.act, entry.reason, entry.results, entry.account_id) == (Act.KEEP_REGISTER, "practices", 2, None)
