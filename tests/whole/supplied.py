"""Files of suppliers in every state, and pairs that wait for a person: what an address of supply can name."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import LetterRun, Organisation, Pair
from cp.models.child import Child
from cp.services import numbering
from cp.terms import Column, Gender, LetterKind, LetterWay, SupplyState
from tests import build, build_machines, build_supply
from tests.build import World
from tests.build_supply import IFEOMA, JACK
from tests.build_telling import AMIRA, change, told

NOBODY = AMIRA | {Column.GIVEN_NAMES: "Zebedee", Column.FAMILY_NAME: "Quillfeather", Column.BORN_ON: "2013-10-02"}
STATES = {
    "file_uid": ("columns", "checked", "sending", "stopped", "sent", "undone", "elsewhere", "none"),
    "pair_uid": ("open", "elsewhere", "none"), "credential_uid": ("open", "elsewhere", "none"),
    "row_uid": ("open", "elsewhere", "none"),
    "change_uid": ("open", "elsewhere", "none"),
    "run_uid": ("open", "elsewhere", "none"),
}  # fmt: skip
"""`elsewhere`: of another organisation, of a record of another authority, of an organisation of another authority."""


def make(session: Session, world: World, there: Organisation) -> dict[str, dict[str, UUID | str]]:
    """The files are the council's, whose supplier the walker is; `there` is an organisation of another authority."""
    told: dict[str, UUID | str] = {"open": _told(session, world.school), "elsewhere": _told(session, there)}
    pairs: dict[str, UUID | str] = {
        "open": _pair(session, world.school, IFEOMA), "elsewhere": _pair(session, there, JACK),
    }  # fmt: skip
    files: dict[str, UUID | str] = {
        state.value: build_supply.at(session, world.council, state).uid
        for state in (SupplyState.COLUMNS, SupplyState.CHECKED, SupplyState.SENDING, SupplyState.STOPPED)
    }
    for state in ("sent", "undone", "elsewhere"):
        whose = world.school if state == "elsewhere" else world.council
        file = build_supply.at(session, whose, SupplyState.SENT if state == "elsewhere" else SupplyState(state))
        files[state] = file.uid
    credentials: dict[str, UUID | str] = {
        "open": _credential(session, world.school), "elsewhere": _credential(session, there),
    }  # fmt: skip
    changes: dict[str, UUID | str] = {"open": _change(session, world.school), "elsewhere": _change(session, there)}
    runs: dict[str, UUID | str] = {"open": _run(session, world.school), "elsewhere": _run(session, there)}
    return {"file_uid": files, "pair_uid": pairs, "credential_uid": credentials, "row_uid": told, "change_uid": changes,
            "run_uid": runs}  # fmt: skip


def made(session: Session, world: World) -> dict[str, UUID | str]:
    """One of each."""
    pair = _pair(session, world.school, IFEOMA)
    file = build_supply.at(session, world.school, SupplyState.CHECKED)
    return {"file_uid": file.uid, "pair_uid": pair, "credential_uid": _credential(session, world.school),
            "row_uid": _told(session, world.school), "change_uid": _change(session, world.school),
            "run_uid": _run(session, world.school)}  # fmt: skip


def _run(session: Session, where: Organisation) -> UUID:
    """Of letters, made by somebody of this organisation's authority."""
    writer = build.person(session, where, "Wyn Bright", f"wyn.{where.id}")
    run = LetterRun(
        authority_id=where.authority_id, kind=LetterKind.FIRST, way=LetterWay.PRINTED, made_on=clock.today(),
        made_at=clock.now(), made_by_id=writer.account.id, letters=0,
    )  # fmt: skip
    return build.add(session, run).uid  # type: ignore[no-any-return]


def _change(session: Session, where: Organisation) -> UUID:
    """Told of a child of this organisation's area."""
    teller = build.person(session, where, "Tess Bright", f"tess.{where.id}")
    child = build.add(session, Child(
        number=numbering.some_unused(session, 1)[0], given_names="Zara", family_name="Quillfeather",
        born_on=date(2013, 10, 3), gender=Gender.FEMALE, authority_id=where.authority_id,
    ))  # fmt: skip
    return build.add(session, change(child, teller)).uid  # type: ignore[no-any-return]


def _credential(session: Session, school: Organisation) -> UUID:
    build_machines.credential(session, school)
    return build_machines.newest(session).uid


def _told(session: Session, where: Organisation) -> UUID:
    """Of a child like nobody who is recorded, by somebody who has not signed in elsewhere."""
    teller = build.person(session, where, "Tilly Bright", f"tilly.{where.id}")
    return told(session, teller, NOBODY).uid


def _pair(session: Session, school: Organisation, pupil: dict[str, str]) -> UUID:
    """A row of another school with the name and the birth date of a child whom this one has sent."""
    build_supply.send(session, school, pupil)
    other = build.add(session, Organisation(
        authority_id=school.authority_id, kind=school.kind, body_kind=school.body_kind, name="Ashgrove Prep",
    ))  # fmt: skip
    bare = {name: pupil[name] for name in ("Legal Surname", "Forename", "DOB", "Sex")}
    build_supply.send(session, other, bare | {"Adno": "9"})
    return session.scalars(select(Pair.uid).order_by(Pair.id.desc())).first() or UUID(int=0)
