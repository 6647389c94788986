"""A search: written down with its reason, run afresh each time, showing as little as tells two children apart."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Search
from cp.models.child import Child
from cp.rules.access import Actor, Refused, Subject, decide
from cp.rules.phases import shieldable
from cp.rules.searching import Family, ResultRow, result_row, results_shown
from cp.services import audit, find, looking_up
from cp.services.records import full_name
from cp.terms import Act, Gender, Outcome, Reason, RecordState

SEEN_FOR = timedelta(hours=8)
OF_FAMILY = {
    "carer_given_name": "carer_given", "carer_family_name": "carer_family", "house": "house", "street": "street",
}  # fmt: skip
"""The facts that are about those around a child, and what the rule calls each."""
AMONG = "among"
"""Beside the facts of a search that narrows another: the subject ids it keeps to."""
ARCHIVE = "archive"  # beside the facts of a search of the archive, which has no page of results: for what


@dataclass(frozen=True, slots=True)
class Result:
    """One child in a list: the least that tells two apart, and why they may be the one."""

    uid: UUID
    name: str
    row: ResultRow
    born_on: date
    """For wording the gender only: never shown."""
    why: str


Row = tuple[Result, UUID, bool]
"""A result, the subject id of its child, and whether it matches as well as the first."""


@dataclass(frozen=True, slots=True)
class Results:
    """What a search came to. `rows` is empty unless the outcome is ROWS."""

    uid: UUID
    facts: dict[str, str]
    reason: Reason
    outcome: Outcome
    rows: tuple[Result, ...]
    equal: int
    """How many of the first rows match equally well; 1 when the first stands alone."""
    tried: tuple[str, ...]
    helps: str
    """The one fact that would help most; like `tried`, it follows from what was asked alone."""
    near: bool = False
    """None of those whom the earlier search showed is left: these are others."""

    @property
    def by_family(self) -> bool:
        return by_family(self.facts)


def by_family(facts: dict[str, str]) -> bool:
    """Whether this is asked by a carer or an address, which not everybody may who may search."""
    return bool(facts.keys() & OF_FAMILY)


def may_by_family(actor: Actor) -> bool:
    """Whether this person is shown the way there."""
    return decide(actor, Act.PREPARE_FAMILY_SEARCH, None, clock.today()).allowed


def start(session: Session, actor: Actor, facts: dict[str, str], reason: Reason, narrows: UUID | None = None) -> UUID:
    """Write down what is asked and why, before anything is looked for. Raises SearchedTooOften, Refusal.

    One that narrows an earlier search keeps to the children whom that one showed last, if it showed any.
    """
    act = _permitted(actor, facts, Act.SEARCH)
    looking_up.searches_within(session, actor, act)
    shown = _own(session, actor, narrows).shown() if narrows else ()
    asked = facts | {AMONG: " ".join(shown)} if shown else facts
    search = Search(account_id=actor.account_id, at=clock.now(), reason=reason, criteria=asked)
    session.add(search)
    session.flush()
    audit.record(session, actor, act, audit.About(object_id=search.uid, reason=reason))
    return search.uid


def _permitted(actor: Actor, facts: dict[str, str], act: Act) -> Act:
    """This act; SEARCH_FAMILY where the search is by a carer or an address, if this person may. Raises Refusal."""
    if not by_family(facts):
        return act
    decision = decide(actor, Act.SEARCH_FAMILY, None, clock.today())
    if isinstance(decision, Refused):
        raise audit.Refusal(decision.reason)
    return Act.SEARCH_FAMILY


def narrower(session: Session, actor: Actor, uid: UUID, added: dict[str, str]) -> tuple[dict[str, str], Reason]:
    """An earlier search's facts with others added; a fact given as empty is left out. Its reason carries over."""
    search = _own(session, actor, uid)
    facts = {**_facts(search), **added}
    if "born" in added or "born_year" in added:
        facts = {name: fact for name, fact in facts.items() if name not in {"born", "born_year"} - added.keys()}
    return {name: fact for name, fact in facts.items() if fact}, search.reason


def show(session: Session, actor: Actor, uid: UUID) -> Results:
    """Look now: a record shielded since the search was made is already not found by what is hidden.

    It is looked for before the database is held, and the children are looked at again once it is: what changed
    meanwhile is obeyed.
    """
    search = _own(session, actor, uid)
    facts = _facts(search)
    act = _permitted(actor, facts, Act.SEE_RESULTS)
    found = _found(session, facts)
    rows = _rows(session, actor, act, found)
    looking_up.hold(session, actor)
    if rows is None or rows != _rows(session, actor, act, found, held=True):
        found = _found(session, facts)
        rows = _rows(session, actor, act, found, held=True)
    rows, near = _still_among(search, rows or [])
    outcome = Outcome.TOO_MANY if found.too_many else results_shown(len(rows))
    _note(session, search, actor, outcome, [str(subject_id) for _, subject_id, _ in rows])
    about = audit.About(object_id=search.uid, reason=search.reason, results=len(rows))
    audit.record(session, actor, Act.SEE_RESULTS, about)
    equal = max(1, sum(as_good for *_, as_good in rows))
    return Results(uid, facts, search.reason, outcome, tuple(result for result, *_ in rows), equal,
                   found.tried, found.helps.value, near)  # fmt: skip


def _found(session: Session, facts: dict[str, str]) -> find.Found:
    if by_family(facts):
        return find.search_by_family(session, criteria(facts), family(facts), clock.today())
    return find.search(session, criteria(facts), clock.today())


def _facts(search: Search) -> dict[str, str]:
    return {name: fact for name, fact in search.criteria.items() if name != AMONG}


def _still_among(search: Search, rows: list[Row]) -> tuple[list[Row], bool]:
    """Those whom the search before showed, and whether nobody of them is left.

    A fact more never brings in other children beside them: only where nobody is left are the others shown.
    """
    among = search.criteria.get(AMONG, "").split()
    kept = [row for row in rows if str(row[1]) in among]
    return (kept, False) if kept else (rows, bool(among and rows))


def _note(session: Session, search: Search, actor: Actor, outcome: Outcome, shown: list[str]) -> None:
    """Add what was shown, where it differs from the last look; what was shown before stays written."""
    if search.returned and search.returned[-1]["children"] == shown and search.outcome == outcome:
        return
    session.refresh(search)  # another window of the same person may have added to it
    look = {"at": clock.now().isoformat(timespec="seconds"), "request": str(actor.request_id), "children": shown}
    search.returned, search.outcome = [*(search.returned or ()), look], outcome


def criteria(facts: dict[str, str]) -> find.Criteria:
    return find.Criteria(
        number=facts.get("number"),
        given_name=facts.get("given_name", ""),
        family_name=facts.get("family_name", ""),
        born=date.fromisoformat(facts["born"]) if "born" in facts else None,
        born_year=int(facts["born_year"]) if "born_year" in facts else None,
        age=int(facts["age"]) if "age" in facts else None,
        gender=Gender(facts["gender"]) if "gender" in facts else None,
        postcode=facts.get("postcode"),
    )


def family(facts: dict[str, str]) -> Family:
    return Family(**{asked: facts.get(name, "") for name, asked in OF_FAMILY.items()})


def prefilled(session: Session, actor: Actor, uid: UUID) -> tuple[dict[str, str], Reason]:
    """An earlier search, to be changed."""
    search = _own(session, actor, uid)
    return _facts(search), search.reason


def _own(session: Session, actor: Actor, uid: UUID) -> Search:
    """This person's own search of today; anybody else's, or an old one, is not there."""
    values = {"uid": uid, "account_id": actor.account_id, "since": clock.now() - SEEN_FOR}
    search = session.scalars(_OWN, values).one_or_none()
    if search is None or ARCHIVE in search.criteria:
        raise audit.Refusal("none", hidden=True)
    return search


_OWN = select(Search).where(
    Search.uid == bindparam("uid"), Search.account_id == bindparam("account_id"), Search.at > bindparam("since")
)


def _rows(session: Session, actor: Actor, act: Act, found: find.Found, *, held: bool = False) -> list[Row] | None:
    """The matches that this person may be shown, in their order; None where one was shielded since it was compared.

    `held` against a shield until the entry is written.
    """
    today = clock.today()
    ids = [match.child_id for match in found.matches]
    read = _HELD if held else _CHILDREN
    children = {row.id: row for row in session.connection().execute(read, {"ids": ids})} if ids else {}
    rows = []
    for at, match in enumerate(found.matches):
        child = children[match.child_id]
        subject = Subject(child.authority_id, child.shielded_at is not None, child.state is RecordState.LIVE,
                          shieldable=shieldable(child.shields_from, today))  # fmt: skip
        if subject.shielded is not match.shielded:
            return None
        if decide(actor, act, subject, today).allowed:
            row = result_row(child.born_on, child.gender, match.outward, subject.shielded, today)
            name = full_name(child.given_names, child.family_name)
            rows.append((Result(child.uid, name, row, child.born_on, match.why), child.subject_id, at < found.equal))
    return rows


_CHILDREN = select(
    Child.id, Child.uid, Child.subject_id, Child.authority_id, Child.given_names, Child.family_name, Child.born_on,
    Child.gender, Child.shielded_at, Child.state, Authority.shields_from,
).join(Authority, Authority.id == Child.authority_id).where(Child.id.in_(bindparam("ids", expanding=True)))  # fmt: skip
_HELD = _CHILDREN.with_for_update(of=Child, read=True)


def described(facts: dict[str, str]) -> list[str]:
    """What was asked for, fact by fact, for "You searched for"."""
    name = full_name(facts.get("given_name", ""), facts.get("family_name", ""))
    born = date.fromisoformat(facts["born"]) if "born" in facts else None
    carer = full_name(facts.get("carer_given_name", ""), facts.get("carer_family_name", ""))
    said = [
        f"a carer called {carer}" if carer else "",
        " ".join(filter(None, (facts.get("house"), facts.get("street")))),
        name,
        f"born {born.day} {born:%B %Y}" if born else "",
        f"born in {facts['born_year']}" if "born_year" in facts else "",
        f"{facts['age']} years old" if "age" in facts else "",
        {"female": "girl", "male": "boy"}[facts["gender"]] if "gender" in facts else "",
        f"postcode {facts['postcode']}" if "postcode" in facts else "",
        f"number {facts['number']}" if "number" in facts else "",
    ]
    return [fact for fact in said if fact]
