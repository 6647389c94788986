"""Builders for the end of a record: a child of whom there is a row in every table, and all that a directory holds."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import (
    Alert,
    ArchiveReading,
    AuditEvent,
    Base,
    Dispute,
    DisputedWord,
    Draft,
    LegalHold,
    Merge,
    OldIdentity,
    Once,
    Opening,
    Pair,
    Shield,
    SourceRecord,
    StayConsent,
    SupplyFile,
    SupplyRow,
    ToldApart,
    new_uid,
)  # fmt: skip
from cp.models.child import Child
from cp.services import audit, deriving, find
from cp.services.retention import due
from cp.terms import (
    Act,
    AddressState,
    AlertKind,
    ArchivePurpose,
    ContactAbout,
    FileForm,
    HoldReason,
    Reason,
    RecordState,
    RowState,
    ShieldGround,
    StayGround,
    SupplyState,
)  # fmt: skip
from tests import (
    build,
    build_disputes,
    build_families,
    build_identities,
    build_overriding,
    build_sealed,
    build_telling,
)
from tests.build import Person, World

Rows = dict[str, Counter[tuple[Any, ...]]]
MARKED = "Zyxquillian"
"""A name that nobody else bears."""
NAMED, FAMILY, CARER, STREET = f"{MARKED}da", f"{MARKED}ski", f"Farah {MARKED}va", f"4 {MARKED} Row"


def plain(session: Session, world: World, **given: Any) -> Child:
    """A child as a school and a practitioner know them, indexed, with the day on which the record ends."""
    child = build.child(session, world, **given)
    build.address(session, child)
    build.carer(session, child)
    build.involvement(session, child, world.school)
    assert world.sam.practitioner is not None
    build.involvement(session, child, world.sam.practitioner)
    due.keep(session, [child.id])
    find.reindex(session, child.id)
    return child


def full(session: Session, world: World, **given: Any) -> Child:
    """Of whom there is something everywhere. The name stands nowhere else."""
    names = {"given_names": NAMED, "family_name": FAMILY} | given
    child = build.child(session, world, **names)
    words = build_identities.says(
        session, child, world.school, addresses=(build_identities.home("ZA97 9ZX", STREET),),
    )  # fmt: skip
    deriving.derive(session, child.id)
    build.carer(session, child, CARER)
    build.other_name(session, child, family_name=f"{MARKED}son")
    build.outside_number(session, child, value=f"H99{child.id:010d}")
    build.involvement(session, child, world.school)
    _protected(session, world, child)
    _asked(session, world, child, words)
    _supplied(session, world, child, words)
    _looked_at(session, world, child)
    find.reindex(session, child.id)
    return child


def _protected(session: Session, world: World, child: Child) -> None:
    now, team = clock.now(), world.max.account.id
    other = build.child(session, world, given_names="Ben", family_name="Other", state=RecordState.MERGED)
    build.add(session, Shield(child_id=child.id, ground=ShieldGround.ADOPTION, set_at=now, lifted_at=now,
                              review_on=date(2027, 5, 1)))  # fmt: skip
    build_overriding.override(session, world.sam, child, closed_at=now)
    build.add(session, OldIdentity(reference=100_000 + child.id, child_id=child.id, authority_id=child.authority_id,
                                   first_id=team, second_id=world.rex.account.id, asked_at=now))  # fmt: skip
    other.merged_into_id = child.id
    build.add(session, Merge(kept_id=child.id, gone_id=other.id, asked_by_id=team, asked_at=now, merged_at=now,
                             moved={"child_name": [], "before": {"who": {"given_names": NAMED}}}))  # fmt: skip
    build_sealed.sensitive(session, world, child)
    hold(session, world, child, date(2026, 11, 1))
    reading(session, child, world.max, world.rex)
    stay(session, world, child, 18)


def _asked(session: Session, world: World, child: Child, words: SourceRecord) -> None:
    build_sealed.contact(session, world, child, ContactAbout.FAMILY, None)
    uid, _ = build_disputes.row(session, child, world.sam, f"It is {MARKED}")
    disputed = session.scalars(select(Dispute.id).where(Dispute.uid == uid)).one()
    build.add(session, DisputedWord(dispute_id=disputed, record_id=words.id))
    build.add(session, build_telling.change(child, world.sam))
    build_families.request(session, world.max, child)


def _supplied(session: Session, world: World, child: Child, words: SourceRecord) -> None:
    """A row that came to the record, one that waits beside it, and one that was told apart from it."""
    now, account_id = clock.now(), world.max.account.id
    file = session.scalars(select(SupplyFile)).first() or build.add(session, SupplyFile(
        organisation_id=world.school.id, form=FileForm.CSV, whole=True, state=SupplyState.SENT, fingerprint=1,
        received_at=now, total=1, facts={"name": "roll.csv", "headings": []},
    ))  # fmt: skip
    for state, record_id in ((RowState.SENT, words.id), (RowState.WAITING, None)):
        row = build.add(session, SupplyRow(file_id=file.id, number=10 * child.id + len(state), state=state,
                                           record_id=record_id, facts={"cells": {"0": NAMED}}))  # fmt: skip
        build.add(session, Pair(authority_id=child.authority_id, row_id=row.id, child_id=child.id, made_at=now,
                                why=[f"Same given name {NAMED}"]))  # fmt: skip
    build.add(session, ToldApart(child_id=child.id, organisation_id=world.school.id, row_key=f"not {child.id}",
                                 account_id=account_id, at=now))  # fmt: skip


def _looked_at(session: Session, world: World, child: Child) -> None:
    now, account_id = clock.now(), world.sam.account.id
    searched = build.search(session, world.sam, child, criteria={"given_name": NAMED})
    why = audit.About(child.subject_id, searched.uid, reason=Reason.WORKING_WITH, parts=())
    build.add(session, Opening(account_id=account_id, child_id=child.id, reason=Reason.WORKING_WITH, at=now,
                               search_uid=searched.uid))  # fmt: skip
    audit.record(session, None, Act.SHIELD, why, request_id=new_uid())
    session.add_all((
        Alert(kind=AlertKind.URGENT_LOOK_UP, authority_id=child.authority_id, account_id=account_id, at=now,
              due_on=date(2026, 12, 1), subject_id=child.subject_id),
        Draft(account_id=account_id, path=f"/children/{child.uid}/involvements", fields={"words": [MARKED]},
              kept_until=now + timedelta(minutes=30)),
        Once(account_id=account_id, key=str(child.uid), result=f"/children/{child.uid}", at=now),
    ))  # fmt: skip
    session.flush()


def hold(session: Session, world: World, child: Child, ends_on: date, **given: Any) -> LegalHold:
    """Placed by two people a minute ago, whatever its end."""
    return held(session, child, world.max, world.rex, ends_on=ends_on, **given)


def held(session: Session, child: Child, first: Person, second: Person, **given: Any) -> LegalHold:
    """Agreed, unless `agreed_at` is said to be none."""
    facts = {"agreed_at": clock.now(), "reason": {"reason": HoldReason.INQUIRY, "reference": f"{MARKED} 7"},
             "ends_on": date(2027, 5, 1)} | given  # fmt: skip
    made = build.add(session, LegalHold(child_id=child.id, first_id=first.account.id, second_id=second.account.id,
                                        asked_at=clock.now(), **facts))  # fmt: skip
    due.keep(session, [child.id])
    return made  # type: ignore[no-any-return]


def stay(session: Session, world: World, child: Child, to_age: int, **given: Any) -> StayConsent:
    facts = {"given_on": clock.today(), "ground": StayGround.CARE_LEAVER} | given
    made = build.add(session, StayConsent(child_id=child.id, to_age=to_age, recorded_by_id=world.max.account.id,
                                          **facts))  # fmt: skip
    due.keep(session, [child.id])
    return made  # type: ignore[no-any-return]


def left(session: Session, child: Child, **given: Any) -> None:
    build.address(session, child, state=AddressState.LEFT_AREA, **given)
    due.keep(session, [child.id])


def archived(session: Session, child: Child, on: date) -> Child:
    """As the archive holds it since that day."""
    child.state, child.archived_on = RecordState.ARCHIVED, on
    due.keep(session, [child.id])
    find.reindex(session, child.id)
    return child


def reading(session: Session, child: Child, by: Person, second: Person | None = None, **given: Any) -> ArchiveReading:
    """Found just now; with `second`, that one is asked. `agreed=True`: and agreed just now."""
    purpose = ArchivePurpose.SERIOUS_CASE_REVIEW if second else None
    facts = {"asked_at": clock.now(), "purpose": purpose, "second_id": second.account.id if second else None} | given
    answered = {"answered_at": clock.now()} if "agreed" in given else {}
    row = ArchiveReading(child_id=child.id, asked_by_id=by.account.id, **answered | facts)
    return build.add(session, row)  # type: ignore[no-any-return]


def rows(session: Session) -> Rows:
    """Every row of every table, so often as it is there."""
    session.flush()
    session.expire_all()
    return {
        table.name: Counter(map(tuple, session.execute(select(table)).all())) for table in Base.metadata.sorted_tables
    }


def entries(session: Session, *acts: Act) -> list[AuditEvent]:
    return list(session.scalars(select(AuditEvent).where(AuditEvent.act.in_(acts)).order_by(AuditEvent.id)))
