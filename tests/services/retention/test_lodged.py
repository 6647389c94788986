"""What was destroyed is kept outside the database too, after the commit, and a crash in between loses nothing of it."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Certificate
from cp.models.child import Child
from cp.services.retention import destroying, lodged
from tests import build
from tests.build import World

NOW = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)


def test_what_was_destroyed_is_lodged_after_the_commit_and_nothing_twice(
    session: Session, world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "lodged" / lodged.FOLDER
    uids = [build.child(session, world, given_names=name).uid for name in ("Ann", "Beth", "Cleo")]
    assert lodged.destroyed(folder) == []
    for uid in uids:
        destroying.destroy(session, [uid], NOW)
    session.commit()

    assert lodged.lodge(session, folder) == 3
    session.rollback()  # a crash between the writing and the note
    assert set(lodged.destroyed(folder)) == set(uids)
    assert lodged.lodge(session, folder) == 3
    session.commit()

    assert (lodged.lodge(session, folder), len(lodged.destroyed(folder))) == (0, 3)
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} <= {0o600, 0o640, 0o644}
    assert folder.stat().st_mode & 0o777 == 0o700
    certificate = session.scalars(select(Certificate).order_by(Certificate.id)).first()
    assert certificate is not None
    line = f"{uids[0]} 2026-11-23T02:15:00.000000+00:00 {certificate.uid}\n"
    assert (folder / f"{certificate.uid}.txt").read_text() == line


def test_a_destruction_that_is_rolled_back_is_never_lodged(session: Session, world: World, tmp_path: Path) -> None:
    uid = build.child(session, world).uid
    session.commit()
    destroying.destroy(session, [uid], NOW)
    session.rollback()

    assert lodged.lodge(session, tmp_path / "lodged") == 0
    assert lodged.destroyed(tmp_path / "lodged") == []
    assert session.scalars(select(Child.uid)).all() == [uid]


def test_a_line_that_nobody_wrote_here_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "somebody.txt").write_text(f"{UUID(int=1)}\n")

    with pytest.raises(ValueError, match="does not say what was destroyed"):
        lodged.destroyed(tmp_path)


def test_the_first_destroyed_is_the_first_in_the_list_and_each_is_there_once(tmp_path: Path) -> None:
    later, sooner, both = (UUID(int=at) for at in (1, 2, 3))
    (tmp_path / "a.txt").write_text(f"{later} 2026-11-24T02:15:00.000000+00:00 {both}\n"
                                    f"{both} 2026-11-24T02:15:00.000000+00:00 {both}\n")  # fmt: skip
    (tmp_path / "b.txt").write_text(f"{both} 2026-11-22T02:15:00.000000+00:00 {later}\n"
                                    f"{sooner} 2026-11-23T02:15:00.000000+00:00 {later}\n")  # fmt: skip

    assert lodged.destroyed(tmp_path) == [both, sooner, later]
