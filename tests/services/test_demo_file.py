"""The file that the demonstration's school would send is about the children that the directory holds."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import engines, sealing
from cp.models import Involvement, SourceRecord
from cp.services import demo
from cp.services.demo.people import SCHOOL
from cp.services.demo.school_file import pupils
from tests.services.demonstrated import silent

ASKED = demo.Asked(120, 1, date(2026, 11, 23))


def test_it_has_the_keys_that_the_directory_knows(url: str, ring: sealing.KeyRing, session: Session) -> None:
    owner = engines.make_engine(url, owner=True)
    demo.load(owner, ring, ASKED, silent)
    owner.dispose()
    query = (
        select(SourceRecord.row_key)
        .join(Involvement, Involvement.child_id == SourceRecord.child_id)
        .where(SourceRecord.organisation_id == SCHOOL, Involvement.organisation_id == SCHOOL,
               Involvement.ended_on.is_(None), Involvement.practitioner_id.is_(None))
    )  # fmt: skip

    keys = sorted(one.row_key for child in pupils(ASKED) for one in child.said if one.organisation == SCHOOL)

    assert keys == sorted(key or "" for key in session.scalars(query))
    assert keys
