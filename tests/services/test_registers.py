"""Organisations kept as registers state them: what is made, changed, closed and opened again."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from cp.feeds import registers as files
from cp.models import AuditEvent, Organisation
from cp.services import registers
from cp.services.registers import Changes
from cp.terms import Act, BodyKind, OrganisationKind, SchoolType, SensitiveSubject
from tests import build
from tests.build import World
from tests.build_registers import CLOSED, CLOSING, PROPOSED, closed, extract, school

TODAY = date(2026, 11, 23)


def keep(session: Session, *rows: dict[str, str], today: date = TODAY) -> Changes:
    return registers.keep(session, files.schools(extract(*rows), registers.authorities(session)), (), today)


def facts(one: Organisation, *names: str) -> list[Any]:
    return [getattr(one, name) for name in names]


def by_urn(session: Session, urn: str = "900101") -> Organisation:
    session.flush()
    session.expire_all()
    return session.scalars(select(Organisation).where(Organisation.urn == urn)).one()


def period(session: Session, urn: str = "900101") -> tuple[date | None, date | None]:
    one = by_urn(session, urn)
    return one.valid_from, one.valid_to


def test_a_school_that_is_not_there_is_made(session: Session, world: World) -> None:
    changes = keep(session, school())

    assert changes == Changes(made=1)
    made = {
        name: value for name, value in vars(by_urn(session)).items() if name not in ("_sa_instance_state", "id", "uid")
    }
    assert made == {
        "authority_id": world.authority.id, "kind": OrganisationKind.PRIMARY_SCHOOL, "body_kind": BodyKind.EDUCATION,
        "name": "Alder Lane Primary School", "urn": "900101", "dfe_number": "9992101", "practice_code": None,
        "phone": "+441614960120", "email": None, "for_everyone_of_age": True, "sensitive_subject": None,
        "accreditation_ends_on": None, "valid_from": date(1998, 9, 1), "valid_to": None, "successor_id": None,
        "school_type": SchoolType.MAINTAINED, "boards": False, "pupils": 211, "head_name": "Mrs Greta Holm",
        "address": "Alder Lane\nHollin Bank\nNorthvale", "postcode": "ZA4 7QD", "national_phase": None,
        "access_from": None, "opened_on": None,
    }  # fmt: skip


def test_a_second_time_nothing_changes(session: Session, world: World) -> None:
    rows = (
        school(), closed("900102", "31-08-2020"), closed("900103", ""), school("900104", status=PROPOSED, opened=""),
        school("900105", status=CLOSING, closed="31-08-2027"), school("900106", number=""),
        school("900107", status=PROPOSED, opened="01-09-2027"),
    )  # fmt: skip

    first, second, later = keep(session, *rows), keep(session, *rows), keep(session, *rows, today=date(2026, 12, 24))

    assert first == Changes(made=6, left_out=1)
    assert second == later == Changes(left_out=1)


def test_what_the_register_does_not_state_stays(session: Session, world: World) -> None:
    keep(session, school())
    one = by_urn(session)
    one.email, one.sensitive_subject, one.accreditation_ends_on, one.for_everyone_of_age = (
        "office@alder.example.test", SensitiveSubject.MENTAL_HEALTH, date(2027, 9, 1), None,
    )  # fmt: skip

    changes = keep(session, school(phone="", opened="", number="", type_of="27", group="", phase="", lowest=""))

    assert changes == Changes(problems=changes.problems)
    assert facts(by_urn(session), "phone", "valid_from", "dfe_number", "kind", "email", "sensitive_subject",
                 "accreditation_ends_on", "for_everyone_of_age") == [
        "+441614960120", date(1998, 9, 1), "9992101", OrganisationKind.PRIMARY_SCHOOL, "office@alder.example.test",
        SensitiveSubject.MENTAL_HEALTH, date(2027, 9, 1), None,
    ]  # fmt: skip


def test_a_school_of_unknown_kind_is_told_and_not_made(session: Session, world: World) -> None:
    changes = keep(session, school(type_of="27", group="9", phase="", lowest=""))

    assert asdict(changes) | {"problems": len(changes.problems)} == asdict(Changes()) | {"problems": 1}
    assert session.scalars(select(Organisation).where(Organisation.urn.is_not(None))).all() == []


def test_what_changed_is_taken_over(session: Session, world: World) -> None:
    there = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                         help_phone="+441614960131"))  # fmt: skip
    keep(session, school())
    made = by_urn(session).id

    changes = keep(session, school(name="Alder Academy", phone="0161 496 0199", authority="998", number="4001",
                                   phase="4", opened="01-09-1999"))  # fmt: skip

    assert changes == Changes(changed=1)
    assert facts(by_urn(session), "id", "name", "phone", "authority_id", "dfe_number", "kind", "valid_from") == [
        made, "Alder Academy", "+441614960199", there.id, "9984001", OrganisationKind.SECONDARY_SCHOOL,
        date(1999, 9, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(school(), (date(1998, 9, 1), None), id="open"),
        pytest.param(school(opened=""), (None, None), id="open since nobody knows when"),
        pytest.param(closed("900101", "31-08-2020"), (date(1998, 9, 1), date(2020, 9, 1)), id="its last day counts"),
        pytest.param(closed("900101", ""), (date(1998, 9, 1), TODAY), id="closed, and not said when"),
        pytest.param(school(status=CLOSING, closed="31-08-2027"), (date(1998, 9, 1), date(2027, 9, 1)), id="closing"),
        pytest.param(school(status=CLOSING), (date(1998, 9, 1), None), id="closing, and not said when"),
        pytest.param(school(closed="31-08-2020"), (date(1998, 9, 1), None), id="open, so its closing was put off"),
        pytest.param(school(closed="22-11-2026"), (date(1998, 9, 1), None), id="open the day after its last"),
        pytest.param(school(closed="23-11-2026"), (date(1998, 9, 1), date(2026, 11, 24)), id="open on its last day"),
        pytest.param(school(status=PROPOSED, opened="24-11-2026"), (date(2026, 11, 24), None), id="opens tomorrow"),
    ],
)
def test_status_and_days_say_from_when_until_when(
    session: Session, world: World, row: dict[str, str], expected: tuple[date | None, date | None]
) -> None:
    keep(session, row)

    assert period(session) == expected


@pytest.mark.parametrize("opened", ["", "23-11-2026", "01-09-2026"])
def test_what_is_proposed_without_a_day_to_come_is_left_as_it_is(session: Session, world: World, opened: str) -> None:
    row = school(status=PROPOSED, opened=opened)

    assert keep(session, row) == Changes(left_out=1)
    keep(session, school())
    assert keep(session, row) == Changes(left_out=1)
    assert period(session) == (date(1998, 9, 1), None)


def test_a_school_closes_and_opens_again(session: Session, world: World) -> None:
    keep(session, school())

    shut, put_right, again = (
        keep(session, school(status=CLOSED)), keep(session, closed("900101", "31-08-2026")), keep(session, school()),
    )  # fmt: skip

    assert (shut, put_right, again) == (Changes(closed=1), Changes(changed=1), Changes(reopened=1))
    assert period(session) == (date(1998, 9, 1), None)


def test_one_without_its_reference_number_takes_that_of_the_open_school(session: Session, world: World) -> None:
    world.school.dfe_number = "9992101"
    session.flush()
    rows = (
        school("900103", number="2101", status=PROPOSED, opened="01-09-2027"),
        closed("900104", "31-08-2020", number="2101"),
        school("900101", number="2101", opened="01-09-2020", name="Hollin Bank Academy"),
    )  # fmt: skip

    first, second = keep(session, *rows), keep(session, *rows)

    assert (first, second) == (Changes(made=2, changed=1), Changes())
    assert by_urn(session).id == world.school.id
    assert facts(world.school, "name", "valid_to") == ["Hollin Bank Academy", None]


def test_before_one_that_is_proposed_it_takes_that_of_the_closed_school(session: Session, world: World) -> None:
    world.school.dfe_number = "9992101"
    session.flush()

    keep(session, school("900103", number="2101", status=PROPOSED, opened="01-09-2027"),
         closed("900101", "31-08-2026", number="2101"))  # fmt: skip

    assert by_urn(session).id == world.school.id


def test_one_without_its_number_gets_none_that_another_has(session: Session, world: World) -> None:
    world.school.dfe_number = world.health.dfe_number = "9992101"
    world.health.urn = "900101"
    session.flush()

    keep(session, school(number="2101"))

    assert facts(world.school, "urn", "name") == [None, "Hollin Bank Primary School"]
    assert by_urn(session).id == world.health.id


def test_one_that_has_its_number_keeps_it(session: Session, world: World) -> None:
    world.school.dfe_number, world.school.urn = "9992101", "900101"
    session.flush()

    keep(session, school("900102", number="2101"))

    assert facts(by_urn(session), "id", "name") == [world.school.id, "Hollin Bank Primary School"]
    assert facts(by_urn(session, "900102"), "dfe_number") == ["9992101"]


def test_schools_that_the_register_no_longer_has_stay(session: Session, world: World) -> None:
    keep(session, school(), school("900102"))

    assert keep(session, school("900102")) == Changes()
    assert period(session) == (date(1998, 9, 1), None)


def test_each_run_is_one_entry_of_the_audit(session: Session, world: World) -> None:
    keep(session, school(), school("900102"))
    keep(session, school(), school("900102"))

    entries = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(entry.act, entry.reason, entry.results, entry.account_id) for entry in entries] == [
        (Act.KEEP_REGISTER, "schools", 2, None), (Act.KEEP_REGISTER, "schools", 0, None),
    ]  # fmt: skip


def test_many_schools_take_no_more_questions_than_few(session: Session, world: World) -> None:
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda _c, _cur, statement, *_: asked.append(statement))
    counts = []

    for many in (3, 300):
        asked.clear()
        rows = [school(str(900_101 + number), number=str(1000 + number)) for number in range(many)]
        keep(session, *rows)
        counts.append(sum(statement.startswith("SELECT") for statement in asked))

    assert counts[0] == counts[1] > 0
