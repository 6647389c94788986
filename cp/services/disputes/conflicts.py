"""What sources say differently of a child, for whoever is shown where a record's facts come from."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from cp.rules.differing import differing
from cp.rules.findings import findings_of
from cp.services import deriving
from cp.services.disputes.shown import Conflicts
from cp.services.source_facts import said


def of(session: Session, child_id: int, names: Mapping[int | None, str]) -> Conflicts:
    """`names`: of the sources that may be named; of others nothing is said, and one alone differs from nobody."""
    if len(names) < 2:
        return {}
    words = deriving.newest(session, [child_id])
    what = [said(version, record.kind) for version, record in words] if len(words) > 1 else []
    found = findings_of(what)
    told = differing([one for one in what if one.source in names], found)
    return {fact: tuple((names[source], value) for source, value in says) for fact, says in told.items()}
