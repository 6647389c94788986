"""Children of the population as rows of the directory's tables, sealed where they must be, with what may find them."""

from collections import defaultdict
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Table

from bench import shapes
from cp import sealing
from cp.matching.facts import OtherName
from cp.models import Involvement, SourceRecord, SourceVersion, new_uid
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.rules import derive, number
from cp.services.demo.facts import said, stays
from cp.services.find import Entry, Home
from cp.services.retention import due
from cp.services.source_facts import facts
from cp.terms import AddressState, RecordState, Relationship

NOON = time(12, tzinfo=UTC)


def table(model: type) -> Table:
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


CHILD, CHILD_NAME, LOCATION, OUTSIDE_NUMBER = map(table, (Child, ChildName, ChildLocation, OutsideNumber))
CARER, CHILD_CARER, INVOLVEMENT = map(table, (Carer, ChildCarer, Involvement))
RECORD, VERSION = map(table, (SourceRecord, SourceVersion))
IN_ORDER = (CHILD, RECORD, VERSION, CARER, CHILD_NAME, LOCATION, OUTSIDE_NUMBER, CHILD_CARER, INVOLVEMENT)
"""A row comes after those that it points to."""
NUMBERED = (CHILD, RECORD, VERSION, CARER)
"""Their ids are given here, because other rows name them."""


class Batch:
    """Rows of some children, by table."""

    def __init__(self, ring: sealing.KeyRing, ids: dict[Table, int], now: datetime) -> None:
        self.ring, self.ids, self.now = ring, ids, now
        self.rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        self.entries: list[Entry] = []

    def add(self, child: shapes.Child) -> None:
        sources = self._sources(child)
        record = derive.derive(sources)
        self._child(child, record)
        self._names(child.key, record)
        homes = self._locations(child.key, record)
        carers = self._carers(child.key, record)
        self._numbers(child.key, record)
        self._involvements(
            child, {one.organisation: what.source for one, what in zip(child.said, sources, strict=True)}
        )
        others = tuple(OtherName(name.kind, name.given_names, name.family_name) for name, _ in record.names)
        self.entries.append(
            Entry(
                child.key, (record.given_names, record.family_name), record.born_on, record.gender,
                child.shield_ground is not None, others, homes, carers,
            )
        )  # fmt: skip

    def _id(self, of: Table) -> int:
        given = self.ids[of]
        self.ids[of] = given + 1
        return given

    def _sources(self, child: shapes.Child) -> list[derive.Said]:
        """The source records with one version each, and what they say."""
        stated, at = [], stays(child)
        for one in child.said:
            record, version, uid = self._id(RECORD), self._id(VERSION), new_uid()
            what = said(version, one, at.get(one.organisation))
            stated.append(what)
            self.rows[RECORD].append({
                "id": record, "child_id": child.key, "kind": one.kind, "organisation_id": one.organisation,
                "row_key": one.row_key,
            })  # fmt: skip
            self.rows[VERSION].append({
                "id": version, "uid": uid, "record_id": record, "said_on": one.said_on,
                "given_names": one.given_names, "family_name": one.family_name, "born_on": one.born_on,
                "gender": one.gender, "facts_sealed": self._sealed(facts(what), VERSION, "facts", uid),
            })  # fmt: skip
        return stated

    def _child(self, child: shapes.Child, record: derive.Derived) -> None:
        shielded = child.shield_ground is not None
        self.rows[CHILD].append({
            "id": child.key, "uid": new_uid(), "subject_id": new_uid(), "number": number.make(f"{child.serial:09d}"),
            "authority_id": child.authority, "state": RecordState.LIVE, "version": 1,
            "given_names": record.given_names, "family_name": record.family_name, "born_on": record.born_on,
            "gender": record.gender, "died_on": child.died_on, "name_source_id": record.name_source,
            "born_source_id": record.born_source, "shielded_at": self.now if shielded else None,
            "shield_ground": child.shield_ground,
            "archive_on": due.first(record.born_on, child.died_on, (at for at, _ in record.addresses)),
        })  # fmt: skip

    def _names(self, child_id: int, record: derive.Derived) -> None:
        self.rows[CHILD_NAME] += [
            {"child_id": child_id, "kind": name.kind, "given_names": name.given_names, "family_name": name.family_name,
             "source_id": source}
            for name, source in record.names
        ]  # fmt: skip

    def _locations(self, child_id: int, record: derive.Derived) -> tuple[Home, ...]:
        """Writes them all; answers those that the child can be found by."""
        homes = []
        for at, source in record.addresses:
            uid, known = new_uid(), bool(at.lines)
            address = {"lines": at.lines, "town": at.town, "postcode": at.postcode}
            self.rows[LOCATION].append({
                "uid": uid, "child_id": child_id, "state": at.state,
                "address_sealed": self._sealed(address, LOCATION, "address", uid) if known else None,
                "from_on": at.from_on, "until_on": at.until_on, "leave_kind": at.leave_kind, "source_id": source,
            })  # fmt: skip
            if at.state is AddressState.CURRENT and at.postcode:
                homes.append(Home(at.postcode, at.lines[0]))
        return tuple(homes)

    def _carers(self, child_id: int, record: derive.Derived) -> tuple[str, ...]:
        """One row for each child, also of brothers and sisters: records of children are not tied to each other.

        Answers the names that the child can be found by.
        """
        for carer, source in record.carers:
            carer_id, uid = self._id(CARER), new_uid()
            details = {"name": carer.name, "phones": carer.phones, "email": carer.email, "best_time": carer.best_time}
            self.rows[CARER].append({
                "id": carer_id, "uid": uid, "details_sealed": self._sealed(details, CARER, "details", uid),
                "phone_key": self.ring.look_up("phone", carer.phones[0]) if carer.phones else None,
            })  # fmt: skip
            self.rows[CHILD_CARER].append({
                "child_id": child_id, "carer_id": carer_id, "relationship": carer.relationship,
                "responsibility": carer.responsibility, "care": carer.care, "source_id": source,
            })  # fmt: skip
        found_by = (carer for carer, _ in record.carers if carer.relationship is not Relationship.LOCAL_AUTHORITY)
        return tuple(carer.name for carer in found_by)

    def _numbers(self, child_id: int, record: derive.Derived) -> None:
        for kind, value, source in record.numbers:
            uid = new_uid()
            self.rows[OUTSIDE_NUMBER].append({
                "uid": uid, "child_id": child_id, "kind": kind,
                "value_sealed": self._sealed(value, OUTSIDE_NUMBER, "value", uid),
                "value_key": self.ring.look_up(kind.value, value), "source_id": source,
            })  # fmt: skip

    def _involvements(self, child: shapes.Child, sources: dict[int, int]) -> None:
        """`sources`: by organisation what it said; nobody has to record that a child is on its roll."""
        self.rows[INVOLVEMENT] += [
            {"uid": new_uid(), "child_id": child.key, "organisation_id": one.organisation,
             "practitioner_id": one.practitioner, "started_on": one.started_on, "ended_on": one.ended_on,
             "confirmed_on": one.confirmed_on, "lead": one.lead, "assessment": one.assessment, "in_error": False,
             "recorded_at": min(self.now, datetime.combine(one.started_on, NOON)), "version": 1,
             "source_id": None if one.practitioner or one.ended_on else sources.get(one.organisation)}
            for one in child.involvements
        ]  # fmt: skip

    def _sealed(self, value: object, of: Table, column: str, uid: UUID) -> bytes:
        return self.ring.seal(value, of.name, column, uid)
