"""Mistakes of the kind that people make, each of a few lines, each telling something of what is hidden."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from flask import Response, current_app, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import Involvement
from cp.models.child import Child, ChildLocation
from cp.models.sensitive import SensitiveInvolvement
from cp.rules.access import Allowed, Refused, decide
from cp.services import audit, blinding, children, find, involved, involvements, record_parts, searches
from cp.services.audit import About
from cp.services.involvements import Recorded
from cp.terms import Act, Part
from tests.hidden.copies import read
from tests.hidden.pairs import Pair

Patching = pytest.MonkeyPatch


class Known(NamedTuple):
    """What the directory knows of a child, whoever asks."""

    there: bool
    people: int
    entries: int
    postcode: str

    @property
    def any(self) -> bool:
        return bool(self.entries or self.postcode)


@cache
def known(url: str, child_uid: UUID) -> Known:
    with read(url) as session:
        child = session.scalars(select(Child).where(Child.uid == child_uid)).one_or_none()
        if child is None:
            return Known(False, 0, 0, "")
        count = select(func.count()).select_from(Involvement).where(Involvement.child_id == child.id)
        keys = SensitiveInvolvement.child_key.in_(blinding.of_child(child_uid))
        places = session.scalars(select(ChildLocation).where(ChildLocation.child_id == child.id)).all()
        return Known(
            True, session.scalar(count) or 0,
            session.scalar(select(func.count()).select_from(SensitiveInvolvement).where(keys)) or 0,
            places[0].address["postcode"] if places else "",
        )  # fmt: skip


def here(child_uid: UUID | None = None) -> Known:
    """What is known of the child whom the request is about; nothing of none."""
    asked = child_uid or (request.view_args or {}).get("child_uid")
    return known(current_app.extensions["config"].database_url, asked) if asked else Known(False, 0, 0, "")


Spoiling = Callable[[Response, Known], None]


def answered(pair: Pair, patch: Patching, spoil: Spoiling) -> None:
    """Spoil every answer about a child."""

    def after(response: Response) -> Response:
        if (request.view_args or {}).get("child_uid"):
            spoil(response, here())
        return response

    for side in pair.sides:
        functions = side.app.after_request_funcs
        patch.setitem(functions, None, [after, *functions.get(None, [])])


def said(response: Response, words: str) -> None:
    if response.mimetype == "text/html":
        response.set_data(response.get_data().replace(b"</main>", words.encode() + b"</main>"))


def counted(response: Response, of: Known) -> None:
    said(response, f"<p>{of.people + of.entries} services</p>")


def padded(response: Response, of: Known) -> None:
    if response.mimetype == "text/html":
        said(response, "<!--" + "-" * (of.people + of.entries) + "-->")


def explained(response: Response, of: Known) -> None:
    if response.status_code == 403 and of.any:
        said(response, "<p>Ask the services who work with this child.</p>")


def tagged(response: Response, of: Known) -> None:
    response.set_etag(str(hash(of)))


def headed(response: Response, of: Known) -> None:
    response.headers["X-Parts"] = str(of.people + of.entries)


def dated(response: Response, of: Known) -> None:
    response.headers["Last-Modified"] = f"Mon, {23 if of.entries else 2:02} Nov 2026 10:42:00 GMT"


def remembered(response: Response, of: Known) -> None:
    if of.any:
        response.set_cookie("opened", "1")


def missing(response: Response, of: Known) -> None:
    if response.status_code == 404 and of.there:
        response.status_code = 410


def already_recorded(pair: Pair, patch: Patching) -> None:
    real = involvements.record

    def record(session: Session, actor: Any, child_uid: UUID, wish: Any) -> Recorded:
        done = real(session, actor, child_uid, wish)
        return replace(done, already=True) if here().entries else done

    patch.setattr(involvements, "record", record)


def refused_openly(pair: Pair, patch: Patching) -> None:
    def openly(*asked: Any) -> Allowed | Refused:
        decision = decide(*asked)
        return Refused(decision.reason) if isinstance(decision, Refused) else decision

    patch.setattr(children, "decide", openly)


def other_order(pair: Pair, patch: Patching) -> None:
    real = record_parts._involvements

    def shown(connection: Any, actor: Any, row: Any) -> Any:
        found = real(connection, actor, row)
        return {part: people[::-1] if here(row.uid).entries else people for part, people in found.items()}

    patch.setattr(record_parts, "_involvements", shown)


def with_postcode(pair: Pair, patch: Patching) -> None:
    real = searches._rows

    def rows(*asked: Any, held: bool = False) -> Any:
        shown = real(*asked, held=held)
        return shown and [
            (replace(one, row=replace(one.row, outward=here(one.uid).postcode or None)), *of)
            if one.uid == pair.child_uid else (one, *of) for one, *of in shown
        ]  # fmt: skip

    patch.setattr(searches, "_rows", rows)


def still_listed(pair: Pair, patch: Patching) -> None:
    patch.setattr(involved, "decide", lambda *_: Allowed(frozenset(Part)))


def shield_forgotten(pair: Pair, patch: Patching) -> None:
    patch.setattr("cp.rules.access.parts_shown", lambda *_: "record")


def parts_written(pair: Pair, patch: Patching) -> None:
    real = audit.record

    def record(session: Session, actor: Any, act: Any, about: About = audit.NOTHING, **given: Any) -> None:
        more = (Part.SENSITIVE,) if (request.view_args or {}).get("child_uid") and here().entries else ()
        real(session, actor, act, replace(about, parts=(*about.parts, *more)), **given)

    patch.setattr(audit, "record", record)


def found_by_hidden_names(pair: Pair, patch: Patching) -> None:
    """The shield was set, and the index was left as it was."""

    def shield_only(session: Session) -> None:
        child = session.scalars(select(Child).where(Child.uid == pair.child_uid)).one()
        since, child.shielded_at = child.shielded_at, None
        find.reindex(session, child.id)
        child.shielded_at = since

    for side in pair.sides:
        patch.setattr(side, "before", shield_only)


def read_and_thrown_away(pair: Pair, patch: Patching) -> None:
    """The page is right, and took longer."""
    real = record_parts.assemble

    def assemble(session: Session, *asked: Any) -> Any:
        if here().entries:
            session.execute(select(Involvement.id)).all()
        return real(session, *asked)

    patch.setattr(record_parts, "assemble", assemble)


def lead_named(pair: Pair, patch: Patching) -> None:
    """Whoever takes back their own involvement reads who led before, shield or not."""
    real = involvements.ending

    def ending(session: Session, actor: Any, uid: UUID) -> Any:
        about = real(session, actor, uid)
        return replace(about, vacant=about.leads and not here(about.child_uid).postcode)

    patch.setattr(involvements, "ending", ending)


@dataclass(frozen=True)
class Leak:
    """`kind` is the pair that it tells apart, `at` where somebody comes across it, `who` the one who does."""

    plant: Callable[[Pair, Patching], None]
    kind: str
    at: Act
    who: str = "practitioner"


def _spoilt(spoil: Spoiling) -> Callable[[Pair, Patching], None]:
    return lambda pair, patch: answered(pair, patch, spoil)


SHIELDED, SENSITIVE, OLD = "shielded", "sensitive", "old identity"
LEAKS = {
    "a count of services that includes the hidden": Leak(_spoilt(counted), SENSITIVE, Act.OPEN_RECORD),
    "a page longer by what is hidden": Leak(_spoilt(padded), SHIELDED, Act.SEE_REASON),
    "a longer sentence in a refusal": Leak(_spoilt(explained), SHIELDED, Act.PRINT_RECORD),
    "an ETag of the whole record": Leak(_spoilt(tagged), SHIELDED, Act.OPEN_RECORD),
    "a header with a count": Leak(_spoilt(headed), SENSITIVE, Act.PRINT_RECORD),
    "a later last change": Leak(_spoilt(dated), SENSITIVE, Act.OPEN_RECORD),
    "a cookie": Leak(_spoilt(remembered), SHIELDED, Act.OPEN_RECORD, "stranger"),
    "gone instead of not found": Leak(_spoilt(missing), OLD, Act.OPEN_RECORD, "team"),
    "already recorded by a sensitive service": Leak(already_recorded, SENSITIVE, Act.RECORD_INVOLVEMENT),
    "refused instead of not found": Leak(refused_openly, OLD, Act.OPEN_RECORD),
    "another order of people": Leak(other_order, SENSITIVE, Act.OPEN_RECORD),
    "a result with the first half of the postcode": Leak(with_postcode, SHIELDED, Act.SEARCH),
    "an old identity still on a list": Leak(still_listed, OLD, Act.SEE_OWN_INVOLVEMENTS),
    "the shield forgotten by the decision": Leak(shield_forgotten, SHIELDED, Act.OPEN_RECORD),
    "the parts in the audit": Leak(parts_written, SENSITIVE, Act.OPEN_RECORD),
    "a statement more": Leak(read_and_thrown_away, SENSITIVE, Act.OPEN_RECORD),
    "found by hidden names": Leak(found_by_hidden_names, SHIELDED, Act.SEARCH),
    "found by a hidden carer or address": Leak(found_by_hidden_names, SHIELDED, Act.SEARCH_FAMILY, "holder"),
    "whether somebody led before": Leak(lead_named, SHIELDED, Act.SEE_OWN_INVOLVEMENTS, "colleague"),
}
