"""A record's day has come: nobody finds it, nobody is involved, and whoever is not of its time is as they were."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement, Merge, Name, OldIdentity, Opening, SearchKey, SourceRecord, new_uid
from cp.models.child import Child
from cp.models.sensitive import SensitiveInvolvement
from cp.rules import derive
from cp.rules.acts import ACTS_OF
from cp.services import audit, children, deriving, find, involved
from cp.services.find import Criteria
from cp.services.retention import archiving, due
from cp.terms import Act, LeaveKind, RecordState
from tests import build, build_identities, build_retention, build_sealed
from tests.build import Person, World
from tests.build_retention import FAMILY, NAMED, entries, plain
from tests.web import actor_of

TODAY = date(2026, 11, 23)
GROWN, NEARLY = date(2008, 11, 23), date(2008, 11, 24)


def archive(session: Session, today: date = TODAY) -> int:
    count = archiving.archive(session, today, 100)
    session.commit()
    return count


def states(session: Session) -> list[tuple[str, RecordState, date | None, date | None]]:
    session.expire_all()
    return [(one.given_names, one.state, one.archived_on, one.destroy_on)
            for one in session.scalars(select(Child).order_by(Child.given_names))]  # fmt: skip


def test_who_is_18_today_is_archived_and_who_is_tomorrow_is_not(session: Session, world: World) -> None:
    for name, born in (("Ann", GROWN), ("Beth", NEARLY)):
        plain(session, world, given_names=name, born_on=born)

    assert (archive(session), archive(session)) == (1, 0)

    assert states(session) == [
        ("Ann", RecordState.ARCHIVED, TODAY, date(2032, 11, 23)), ("Beth", RecordState.LIVE, None, None),
    ]  # fmt: skip
    assert list(find.check(session)) == []


def test_nobody_finds_it_by_name_or_number_or_in_a_list(session: Session, world: World) -> None:
    child = plain(session, world, given_names=NAMED, family_name=FAMILY, born_on=GROWN)
    actor = actor_of(session, world.sam)
    criteria = Criteria(given_name=NAMED, family_name=FAMILY, born=GROWN)
    assert len(find.search(session, criteria, TODAY).matches) == 1

    archive(session)

    assert (
        find.search(session, criteria, TODAY).matches
        == find.search(session, Criteria(family_name="Nobody", born=GROWN), TODAY).matches
    )
    assert find.search(session, Criteria(number=child.number), TODAY).matches == ()
    assert session.scalars(select(SearchKey.child_id)).all() == []
    assert session.scalars(select(Name.folded)).all() == []
    assert involved.mine(session, actor) == involved.mine(session, actor_of(session, world.nia))


@pytest.mark.parametrize("who", ["sam", "nia", "max"])
@pytest.mark.parametrize("act", [Act.OPEN_RECORD, Act.PRINT_RECORD, Act.RECORD_INVOLVEMENT, Act.SHIELD, Act.MERGE])
def test_it_is_answered_as_one_that_was_never_there(session: Session, world: World, who: str, act: Act) -> None:
    child = plain(session, world, born_on=GROWN)
    person: Person = getattr(world, who)
    archive(session)

    said = []
    for uid in (child.uid, new_uid()):
        with pytest.raises(audit.Refusal) as refused:
            children.find(session, actor_of(session, person), uid, act)
        said.append((refused.value.hidden, refused.value.reason))

    does = act in ACTS_OF[actor_of(session, person).role]
    assert said == [(does, "none" if does else "role"), (True, "none")]


def test_involvements_end_on_that_day_and_after_their_start(session: Session, world: World) -> None:
    child = plain(session, world, born_on=GROWN)
    ended = build.involvement(session, child, world.health, ended_on=date(2026, 10, 1))
    today = build.involvement(session, child, world.practice, started_on=TODAY)

    archive(session)

    found = dict(session.execute(select(Involvement.id, Involvement.ended_on)).all())
    assert (found.pop(ended.id), found.pop(today.id)) == (date(2026, 10, 1), TODAY + timedelta(days=1))
    assert list(found.values()) == [TODAY, TODAY]


def test_what_waits_for_somebody_waits_no_longer_and_sensitive_entries_are_gone(session: Session, world: World) -> None:
    child = build_retention.full(session, world, born_on=GROWN)
    kept = build.child(session, world)
    other = build_sealed.sensitive(session, world, kept)
    build_identities.asked_to_join(session, child, kept, world.max)

    archive(session)

    assert session.scalars(select(Opening)).all() == []
    assert session.scalars(select(SensitiveInvolvement.id)).all() == [other.id]
    assert session.scalars(select(Merge.merged_at)).all() == [clock.now()]
    assert session.scalars(select(OldIdentity)).all() == []


def test_what_was_joined_into_it_goes_along_and_does_not_go_by_itself(session: Session, world: World) -> None:
    child = plain(session, world, given_names="Ann", born_on=NEARLY)
    facts = {"state": RecordState.MERGED, "born_on": GROWN, "archive_on": TODAY}
    first = build.child(session, world, given_names="Beth", merged_into_id=child.id, **facts)
    build.child(session, world, given_names="Cleo", merged_into_id=first.id, **facts)
    assert archive(session) == 0

    archive(session, TODAY + timedelta(days=1))

    day = date(2026, 11, 24)
    assert states(session) == [
        ("Ann", RecordState.ARCHIVED, day, date(2032, 11, 24)), ("Beth", RecordState.MERGED, day, None),
        ("Cleo", RecordState.MERGED, day, None),
    ]  # fmt: skip


def test_an_old_identity_stays_sealed_and_has_its_day_of_destruction(session: Session, world: World) -> None:
    child = plain(session, world, given_names="Ann", born_on=GROWN)
    build_identities.sealed(session, child, world.max, build_identities.may(session, world))

    archive(session)

    assert states(session) == [("Ann", RecordState.SEALED, TODAY, date(2032, 11, 23))]


def test_each_has_an_entry_that_says_by_which_rule(session: Session, world: World) -> None:
    made = [
        plain(session, world, born_on=GROWN),
        plain(session, world, died_on=date(2025, 11, 22)),
        build.child(session, world),
    ]
    build_retention.left(session, made[2], from_on=date(2025, 11, 20), leave_kind=LeaveKind.NOT_RETURNING)
    consented = plain(session, world, born_on=date(2005, 11, 1))
    build_retention.stay(session, world, consented, 21)

    archive(session)

    said = {entry.subject_id: (entry.reason, entry.account_id) for entry in entries(session, Act.ARCHIVE)}
    reasons = ("grown_up", "died", "left", "stay_over")
    assert said == {child.subject_id: (reason, None) for child, reason in zip([*made, consented], reasons, strict=True)}


def test_a_day_that_was_not_kept_right_is_put_right_and_nobody_is_archived(session: Session, world: World) -> None:
    child = plain(session, world)
    child.archive_on = TODAY

    assert (archive(session), archive(session)) == (1, 0)

    assert states(session) == [("Amira", RecordState.LIVE, None, None)]
    assert child.archive_on == date(2034, 3, 14)


def test_a_key_of_whoever_left_is_free_and_of_whoever_grew_up_is_not(session: Session, world: World) -> None:
    away, grown = build.child(session, world), build.child(session, world, born_on=GROWN)
    for child in (away, grown):
        build.source(session, child, world.school)
    build_retention.left(session, away, from_on=date(2023, 11, 23))
    due.keep(session, [grown.id])

    archive(session)

    keys = session.execute(select(SourceRecord.child_id, SourceRecord.row_key).order_by(SourceRecord.child_id)).all()
    assert [tuple(key) for key in keys] == [(away.id, None), (grown.id, str(grown.id))]


def test_an_archived_record_is_derived_no_more(session: Session, world: World) -> None:
    child = build_identities.derived(session, world, "ZA4 7QD", born_on=GROWN)
    archive(session)

    stay = derive.Stay(date(2025, 9, 1))
    build_identities.says(session, child, world.practice, given_names="Amirah", stay=stay, said_on=TODAY)
    deriving.derive(session, child.id)

    assert [name for name, *_ in states(session)] == ["Amira"]
    assert session.scalars(select(Involvement.id).where(Involvement.ended_on.is_(None))).all() == []
