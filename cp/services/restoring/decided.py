"""What people have decided of records since the backup, where a machine could act against it: decided again."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from cp.models import new_uid
from cp.services import audit, settings, telling_apart
from cp.services.merging import moving
from cp.services.retention import holds
from cp.terms import Act


def part(session: Session, merges: Iterable[UUID], apart: Iterable[tuple[UUID, str]]) -> tuple[int, int]:
    """How many were taken apart again, and how many decisions that two are two could not be kept.

    Where there is one of those no row joins a record by itself, until somebody says that it may.
    """
    parted = [uid for uid in merges if moving.part_again(session, uid)]
    for uid in parted:
        _note(session, audit.About(object_id=uid, reason="parted_after_restore"))
    lost = [telling_apart.again(session, subject_id, said) for subject_id, said in apart].count(False)
    if lost:
        settings.let_rows_join(session, on=False)
    return len(parted), lost


def hold(session: Session, said: Iterable[tuple[UUID, str]]) -> int:
    """How many records are held again from destruction."""
    held = {subject_id for subject_id, until in said if holds.again(session, subject_id, until)}
    for subject_id in sorted(held):
        _note(session, audit.About(subject_id, reason="held_after_restore"))
    return len(held)


def _note(session: Session, about: audit.About) -> None:
    audit.record(session, None, Act.SET_UP, about, request_id=new_uid())
