"""How many people need training: for one school, a cluster, an authority, a region."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, ClusterSchool, NamedPerson, Organisation
from cp.rules.access import Actor
from cp.rules.eligibility import POSTS, posts_at
from cp.rules.figures import rounded
from cp.rules.training import still_to_train
from cp.services import audit
from cp.services.implementation import clusters, counting_people, workforce
from cp.services.implementation.schools import one_of_ours, ours
from cp.services.managing.export import cell
from cp.terms import Act, BodyKind, Region, Training

WITHOUT_POST = {Training.MANAGERS: "Account managers of schools", Training.SUPPLIERS: "Suppliers"}
ORDER = [*dict.fromkeys(post.words for post in POSTS), *WITHOUT_POST.values()]
FACTS = ("staff", "named", "trained", "booked", "to_train")
AT_ONCE = 300
"""Schools whose people are read at once."""
COLUMNS = ("post", "staff", "named", "trained", "booked", "still to train")


@dataclass(frozen=True, slots=True)
class Row:
    """One post: its people as the school counts them, named, trained, booked, and still to be trained."""

    words: str
    staff: int
    named: int
    trained: int
    booked: int
    to_train: int


@dataclass(frozen=True, slots=True)
class Needs:
    """Of one school exactly; of more, each number by itself to the nearest 5. `counted` schools gave their staff."""

    name: str
    rows: tuple[Row, ...]
    total: Row
    schools: int
    counted: int
    exact: bool


def of(session: Session, actor: Actor, school: UUID | None, cluster: UUID | None) -> Needs:
    """For one school or one cluster of the manager's authority, else for all of it. Raises Refusal."""
    about = audit.About(object_id=school or cluster)
    if school:
        one = one_of_ours(session, actor, school)
        found = _needs(session, one.name, [one], exact=True)
    elif cluster:
        held = clusters.one(session, actor, cluster).cluster
        inside = select(ClusterSchool.organisation_id).where(ClusterSchool.cluster_id == held.id)
        query = ours(actor.authority_id).where(Organisation.id.in_(inside))
        found = _needs(session, held.name, session.scalars(query).all())
    else:
        found = _needs(session, actor.authority_name, session.scalars(_open(ours(actor.authority_id))).all())
    audit.record(session, actor, Act.SEE_TRAINING_NEEDS, about)
    return found


def of_region(session: Session, actor: Actor) -> Needs | None:
    """Of every authority of the co-ordinator's region, which is their own authority's; None where none is set."""
    region = session.get_one(Authority, actor.authority_id).region
    audit.record(session, actor, Act.SEE_REGION_TRAINING)
    return _needs(session, region, session.scalars(_open(_within(region))).all()) if region else None


def table(found: Needs) -> str:
    """As CSV, safe to open in a spreadsheet."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows(
        [cell(value) for value in (row.words, *(getattr(row, fact) for fact in FACTS))]
        for row in (*found.rows, found.total)
    )
    return written.getvalue()


def _within(region: Region) -> Select[Organisation]:
    joined = select(Organisation).join(Authority, Authority.id == Organisation.authority_id)
    return joined.where(Authority.region == region, Organisation.body_kind != BodyKind.AUTHORITY)


def _open(query: Select[Organisation]) -> Select[Organisation]:
    return query.where(Organisation.valid_to.is_(None) | (Organisation.valid_to > clock.today()))


def _needs(session: Session, name: str, schools: Sequence[Organisation], *, exact: bool = False) -> Needs:
    staff = workforce.of_all(session, [one.id for one in schools])
    people = _people(session, schools)
    sums: dict[str, Counter[str]] = {}
    for one in schools:
        for words, facts in _of_school(one, staff[one.id], people.get(one.id, [])).items():
            sums.setdefault(words, Counter()).update(facts)
    rows = [_row(words, sums[words], exact) for words in ORDER if words in sums]
    total = _row("All", sum(sums.values(), Counter()), exact)
    return Needs(name, tuple(rows), total, len(schools), sum(bool(held) for held in staff.values()), exact)


@dataclass(frozen=True, slots=True)
class _Person:
    person: NamedPerson
    trained: bool
    booked: bool


def _people(session: Session, schools: Sequence[Organisation]) -> dict[int, list[_Person]]:
    """By school, those of whom it names that may be let in."""
    found: dict[int, list[_Person]] = {}
    for at in range(0, len(schools), AT_ONCE):
        _add_people(session, {one.id: one for one in schools[at : at + AT_ONCE]}, found)
    return found


def _add_people(session: Session, by_id: dict[int, Organisation], found: dict[int, list[_Person]]) -> None:
    every = session.scalars(select(NamedPerson).where(NamedPerson.organisation_id.in_(by_id))).all()
    trained, booked = (
        counting_people.trained_on(session, every),
        counting_people.bookings(session, {one.id for one in every}),
    )
    for one in every:
        if counting_people.eligible(by_id[one.organisation_id], [one]):
            placed = one.id in booked and booked[one.id].placed and one.id not in trained
            found.setdefault(one.organisation_id, []).append(_Person(one, one.id in trained, placed))


def _of_school(school: Organisation, staff: dict[str, int], people: Iterable[_Person]) -> dict[str, Counter[str]]:
    """By the words of a post, its numbers at this school."""
    posts = posts_at(school.kind)
    found = {posts[code]: Counter({"staff": count}) for code, count in staff.items() if code in posts}
    for one in people:
        words = WITHOUT_POST.get(one.person.need) or posts[one.person.post or ""]
        added = Counter(named=1, trained=int(one.trained), booked=int(one.booked))
        found.setdefault(words, Counter()).update(added)
    for facts in found.values():
        facts["to_train"] = still_to_train(*(facts[fact] for fact in FACTS[:4]))
    return found


def _row(words: str, facts: Counter[str], exact: bool) -> Row:
    return Row(words, *(facts[fact] if exact else rounded(facts[fact]) for fact in FACTS))
