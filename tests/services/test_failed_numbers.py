"""A telephone number that did not work: told from the record that shows it, taken off once the team has tried it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Change, Practitioner
from cp.models.child import Child
from cp.services import children
from cp.services.changes import deciding, telling
from cp.services.changes.deciding import Found
from cp.services.changes.numbers import Number
from cp.services.changes.telling import Said
from cp.terms import Act, ChangeAnswer, ChangeKind
from tests import build
from tests.build import Person, World
from tests.build_identities import shield
from tests.build_supply import AMIRA, send
from tests.build_supply import children as records
from tests.build_telling import give_reason
from tests.web import actor_of

NIAS, FARAHS, RIGHT = "+441614960178", "+441614960163", "+447700900999"


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    """Whom her school has sent with her mother, with whom Nia works, and whose record Sam has a reason to open."""
    send(session, world.school, AMIRA)
    (child,) = records(session)
    assert world.nia.practitioner
    world.nia.practitioner.phone = NIAS
    build.involvement(session, child, world.nia.practitioner)
    give_reason(session, child, world.sam)
    return child


def offered(session: Session, who: Person, child: Child) -> dict[str, Number]:
    form = telling.form(session, actor_of(session, who), child.uid)
    session.commit()
    return {one.phone: one for one in form.numbers}


def tell(session: Session, who: Person, child: Child, phone: str) -> bool:
    said = Said(ChangeKind.NUMBER_FAILED, number=offered(session, who, child)[phone])
    fresh = telling.tell(session, actor_of(session, who), child.uid, said)
    session.commit()
    return fresh


def find(session: Session, world: World, found: ChangeAnswer, right: str | None = None) -> None:
    person = actor_of(session, world.max)
    (one,) = deciding.listed(session, person).rows
    deciding.answer(session, person, one.uid, Found(found, right=right))
    session.commit()


def phones(session: Session, who: Person, child: Child) -> list[str | None]:
    record = children.open_record(session, actor_of(session, who), child.uid)
    session.commit()
    return [*(one.phone for one in record.people), *(phone for one in record.carers for phone in one.phones)]


def test_every_number_that_is_shown_may_be_told_and_says_whose_it_is(
    session: Session, world: World, amira: Child
) -> None:
    found = offered(session, world.sam, amira)

    assert (found[NIAS].whose, found[FARAHS].whose) == ("Nia Pritchard, School nurse", "Farah Siddiqui")


def test_of_a_shielded_record_no_number_is_offered(session: Session, world: World, amira: Child) -> None:
    shield(session, amira)
    session.commit()

    assert offered(session, world.sam, amira) == {}


@pytest.mark.parametrize(("phone", "right", "after"), [
    pytest.param(NIAS, None, ["+441614960110", FARAHS], id="the practitioner's, and the service's is shown instead"),
    pytest.param(NIAS, RIGHT, [RIGHT, FARAHS], id="the practitioner's, and the right one is known"),
    pytest.param(FARAHS, None, [NIAS], id="a carer's"),
    pytest.param(FARAHS, RIGHT, [NIAS, RIGHT], id="a carer's, and the right one is known"),
])  # fmt: skip
def test_a_number_that_does_not_work_is_taken_off_once_the_team_says_so(
    session: Session, world: World, amira: Child, phone: str, right: str | None, after: list[str]
) -> None:
    tell(session, world.sam, amira, phone)
    before = phones(session, world.sam, amira)

    find(session, world, ChangeAnswer.TRUE, right)

    assert (before, phones(session, world.sam, amira)) == ([NIAS, FARAHS], after)


def test_a_number_that_works_stays(session: Session, world: World, amira: Child) -> None:
    tell(session, world.sam, amira, NIAS)

    find(session, world, ChangeAnswer.NOT_TRUE)

    assert phones(session, world.sam, amira) == [NIAS, FARAHS]


def test_one_that_was_put_right_meanwhile_stays(session: Session, world: World, amira: Child) -> None:
    tell(session, world.sam, amira, NIAS)
    nia = session.scalars(select(Practitioner).where(Practitioner.phone == NIAS)).one()
    nia.phone = RIGHT
    session.commit()

    find(session, world, ChangeAnswer.TRUE)

    assert phones(session, world.sam, amira) == [RIGHT, FARAHS]


def test_a_file_that_says_the_wrong_number_again_does_not_bring_it_back(
    session: Session, world: World, amira: Child
) -> None:
    tell(session, world.sam, amira, FARAHS)
    find(session, world, ChangeAnswer.TRUE)

    send(session, world.school, AMIRA | {"PostCode": "ZA4 7QE"})

    assert phones(session, world.sam, amira) == [NIAS]


def test_each_number_is_told_once_and_another_besides(session: Session, world: World, amira: Child) -> None:
    told = [tell(session, world.sam, amira, phone) for phone in (NIAS, NIAS, FARAHS)]

    assert told == [True, False, True]
    assert len(session.scalars(select(Change)).all()) == 2


def test_the_audit_says_whose_numbers_were_shown(session: Session, world: World, amira: Child) -> None:
    tell(session, world.sam, amira, FARAHS)
    deciding.listed(session, actor_of(session, world.max))
    (uid,) = session.scalars(select(Change.uid)).all()
    deciding.show(session, actor_of(session, world.max), uid)

    entries = select(AuditEvent.act, AuditEvent.parts).where(AuditEvent.act.in_((Act.PREPARE_CHANGE, Act.SEE_CHANGES)))
    assert [tuple(one) for one in session.execute(entries.order_by(AuditEvent.id))] == [
        (Act.PREPARE_CHANGE, "carers+identity+involvements"), (Act.SEE_CHANGES, "identity"),
        (Act.SEE_CHANGES, "carers+identity"),
    ]  # fmt: skip
