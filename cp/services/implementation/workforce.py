"""How many of a school's staff hold which listed post, as the school says."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp.models import Organisation, Workforce
from cp.rules.eligibility import posts_at

AT_ONCE = 1_000


def counts(session: Session, organisation: Organisation) -> dict[str, int]:
    """By post; one that was never counted is not in it."""
    query = select(Workforce.post, Workforce.staff).where(Workforce.organisation_id == organisation.id)
    return dict(session.execute(query).all())


def set_counts(session: Session, organisation: Organisation, staff: Mapping[str, int]) -> None:
    """These in place of what was said before. A post that is not listed there is left out. The caller audits."""
    posts = posts_at(organisation.kind)
    session.execute(delete(Workforce).where(Workforce.organisation_id == organisation.id))
    session.add_all(
        Workforce(organisation_id=organisation.id, post=post, staff=count)
        for post, count in staff.items()
        if post in posts
    )
    session.flush()


def of_all(session: Session, organisations: Collection[int]) -> dict[int, dict[str, int]]:
    """The same of many, by organisation."""
    found: dict[int, dict[str, int]] = {one: {} for one in organisations}
    ids = list(found)
    for at in range(0, len(ids), AT_ONCE):
        some = select(Workforce).where(Workforce.organisation_id.in_(ids[at : at + AT_ONCE]))
        for row in session.scalars(some):
            found[row.organisation_id][row.post] = row.staff
    return found
