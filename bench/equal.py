"""Whether names of every origin are found alike: the same kinds of query for each family of names.

A family of names: family names that only its own communities of `bench/data/communities.csv` have.
"""

from collections import defaultdict
from collections.abc import Iterator
from math import sqrt

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bench.communities import communities
from bench.draw import Draw
from bench.known import sought
from bench.lines import Line
from bench.queries import NOBODY, Sought, mixed
from bench.shares import first_ten
from cp import clock
from cp.matching.names import fold
from cp.models.child import Child
from cp.terms import RecordState

QUERIES = 10_000
"""Of each family of names."""
BEARERS = 3000
"""Children of each, among whom those searched for are drawn."""
FEWEST = 20
SEED = 20_271
GAP = 0.01
"""The most that the best served may be ahead of the worst, at the upper end of the 95% interval."""
NORMAL_95 = 1.96

FAMILIES = {
    "English": ("english",),
    "Welsh and Irish": ("welsh", "irish"),
    "Pakistani, Bangladeshi and Afghan": ("pakistani", "bangladeshi", "afghan"),
    "Indian and Nepali": ("indian", "nepali"),
    "Tamil": ("tamil",),
    "Arab and Turkish": ("arab", "turkish"),
    "Somali": ("somali",),
    "Nigerian and Ghanaian": ("nigerian", "ghanaian"),
    "Chinese and Vietnamese": ("chinese", "vietnamese"),
    "Polish, Slovak and Lithuanian": ("polish", "slovak", "lithuanian"),
    "Hungarian and Romanian": ("hungarian", "romanian"),
    "French, Italian, Portuguese and Spanish": ("french", "italian", "portuguese", "spanish"),
}


def run(engine: Engine, children: int, queries: int = QUERIES) -> Iterator[Line]:
    """The lines of this benchmark: each family's share, then the gap between the best and the worst served."""
    today, shares = clock.today(), {}
    with Session(engine) as session:
        for family, known in bearers(session).items():
            asked = [query for query in mixed(known, queries, SEED, today) if query.kind != NOBODY]
            shares[family] = first_ten(session, asked, today)
            yield Line(f"first ten: {family} names", shares[family], "share", 0.98, least=True)
    best, worst = max(shares.values()), min(shares.values())
    yield Line("first ten: best served less worst, 95% upper end", upper_end(best, worst, queries), "share", GAP)


def upper_end(best: float, worst: float, queries: int) -> float:
    """The upper end of the 95% interval of the difference between two shares of so many queries each."""
    return best - worst + NORMAL_95 * sqrt((best * (1 - best) + worst * (1 - worst)) / queries)


def bearers(session: Session) -> dict[str, list[Sought]]:
    """Children of each family of names that has enough of them here."""
    of = _families()
    found: dict[str, list[int]] = defaultdict(list)
    open_ones = select(Child.id, Child.family_name).where(Child.shielded_at.is_(None), Child.state == RecordState.LIVE)
    for child_id, name in session.execute(open_ones.order_by(Child.id)):
        if family := of.get(fold(name)):
            found[family].append(child_id)
    draw = Draw(SEED, "bearers")
    return {
        family: sought(session, sorted(draw.shuffled(found[family])[:BEARERS]))
        for family in FAMILIES
        if len(found[family]) >= FEWEST
    }


def _families() -> dict[str, str]:
    """The family of names by folded family name, of those that one family alone has."""
    named: dict[str, set[str]] = defaultdict(set)
    group = {community: family for family, each in FAMILIES.items() for community in each}
    for community in communities():
        for name in community.family.things:
            named[fold(name)].add(group.get(community.name, ""))
    return {name: families.pop() for name, families in named.items() if len(families) == 1}
