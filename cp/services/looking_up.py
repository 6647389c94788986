"""How much one account has looked at, counted from the audit while the account is held, and what follows from it.

Whoever opens a record comes through `within`, which counts after everybody before has committed and before anybody
after may count: two windows at once never get past a limit.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, case, distinct, func, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Allowance, AuditEvent
from cp.rules.access import Actor
from cp.rules.looking_up import DAY, HARD, SEARCHED_WITHIN, SEARCHES, SOFT, WEEK, Verdict, again_at, look_up
from cp.services import alerts, audit
from cp.services.involved import on_list
from cp.services.record_row import Row
from cp.services.records import Opened
from cp.services.settings import LOOK_UP_HARD, LOOK_UP_SOFT, newest
from cp.terms import Act, AlertKind, Decision

COUNTED = (
    Act.OPEN_RECORD, Act.PRINT_RECORD, Act.PREPARE_INVOLVEMENT, Act.RECORD_INVOLVEMENT, Act.TAKE_LEAD,
    Act.PREPARE_CONTACT, Act.ASK_CONTACT, Act.PREPARE_MERGE, Act.PREPARE_SEAL, Act.PREPARE_DISPUTE,
    Act.DISPUTE, Act.PREPARE_CHANGE, Act.TELL_CHANGE, Act.READ_ARCHIVED, Act.PRINT_ARCHIVED,
    Act.PREPARE_FAMILY_REQUEST, Act.SEE_FAMILY_REQUEST, Act.PREPARE_DISCLOSURE, Act.SEE_DISCLOSED, Act.PREPARE_STAY,
)  # fmt: skip
"""Acts that show something of a record; the forms that are about one name the child, too."""
NOBODY = UUID(int=0)


class Whose(NamedTuple):
    """Whose looking is counted; somebody signed in says as much of themselves."""

    account_uid: UUID
    account_id: int
    practitioner_id: int | None
    authority_id: int


@dataclass(frozen=True, slots=True)
class Used:
    """Distinct children, without the one in question, and how many there may be."""

    records: int
    """Of any kind, in the last 24 hours."""
    others: int
    """Off one's own list, in the last 7 x 24 hours."""
    soft: int
    hard: int
    allowed: int
    """What managers allowed in the last 24 hours besides."""


class Over(Exception):
    """This record is not opened, or not yet."""

    def __init__(self, row: Row, why: Opened, used: Used) -> None:
        super().__init__(f"{used.others} in a week, {used.records} in a day")
        self.row, self.why, self.used = row, why, used


class MoreNeeded(Over):
    """It may be opened once the person says why they need so many."""


class Stopped(Over):
    """It may be opened after a manager has answered, or at once where it cannot wait."""


def within(session: Session, actor: Actor, row: Row, why: Opened) -> None:
    """Hold the account, count, and let it pass, or raise Over. The entry that is counted next time comes after this."""
    hold(session, actor)
    judge(session, actor, row, why, count(session, actor, row.subject_id))


def judge(session: Session, actor: Actor, row: Row, why: Opened, used: Used) -> None:
    """Let it pass, or raise Over; reviewers are told of somebody who looks at many. The account is held."""
    raise_over(row, why, used)
    if not row.on_own_list and used.others + 1 >= used.soft:
        tell_many(session, actor, used.others + 1)


def raise_over(row: Row, why: Opened, used: Used) -> None:
    found = look_up(row.on_own_list, used.others, used.records, why.urgent,
                    soft=used.soft, hard=used.hard, allowed_besides=used.allowed)  # fmt: skip
    if found is Verdict.STOP:
        raise Stopped(row, why, used)
    if found is Verdict.SAY_MORE and why.more is None:
        raise MoreNeeded(row, why, used)


def hold(session: Session, actor: Actor) -> None:
    """Nobody else counts for this account until the transaction ends. On SQLite a page begins to write here."""
    session.connection().execute(_HOLD, {"row": actor.account_id})


_HOLD = update(Account).where(Account.id == bindparam("row")).values(active=Account.active)


def count(session: Session, actor: Actor | Whose, subject_id: UUID = NOBODY) -> Used:
    """What this account has looked at, without this child: one statement."""
    return used(*session.connection().execute(COUNTED_NOW, asked(actor, subject_id)).one())


def asked(actor: Actor | Whose, subject_id: UUID) -> dict[str, object]:
    """What `COUNTED_NOW` is to be told."""
    now = clock.now()
    return {
        "account_uid": actor.account_uid, "account_id": actor.account_id, "practitioner_id": actor.practitioner_id,
        "authority_id": actor.authority_id, "week": now - WEEK, "day": now - DAY, "subject_id": subject_id,
    }  # fmt: skip


def used(records: int, others: int, allowed: int | None, soft: str | None, hard: str | None) -> Used:
    """From the columns of `COUNTED_NOW`; what no authority has set is what the rule says."""
    return Used(records, others, int(soft or SOFT), int(hard or HARD), int(allowed or 0))


COUNTED_NOW = select(
    func.count(distinct(case((AuditEvent.at > bindparam("day"), AuditEvent.subject_id)))).label("records"),
    func.count(distinct(case((AuditEvent.subject_id.not_in(on_list()), AuditEvent.subject_id)))).label("others"),
    select(func.sum(Allowance.records))
    .where(Allowance.account_id == bindparam("account_id"), Allowance.at > bindparam("day"))
    .scalar_subquery()
    .label("allowed"),
    newest(LOOK_UP_SOFT).scalar_subquery().label("soft"),
    newest(LOOK_UP_HARD).scalar_subquery().label("hard"),
).where(
    AuditEvent.account_id == bindparam("account_uid"), AuditEvent.at > bindparam("week"),
    AuditEvent.act.in_(COUNTED), AuditEvent.decision == Decision.ALLOWED,
    AuditEvent.subject_id != bindparam("subject_id"),
)  # fmt: skip


def tell_many(session: Session, actor: Actor, others: int) -> None:
    alerts.tell_once(session, actor, AlertKind.MANY_LOOK_UPS, clock.now() - WEEK, count=others)


def tell_reached(session: Session, actor: Actor, records: int) -> None:
    alerts.tell_once(session, actor, AlertKind.LIMIT_REACHED, clock.now() - DAY, count=records)


class SearchedTooOften(Exception):
    """This person may search again then."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at.isoformat())
        self.again_at = again_at


def searches_within(session: Session, actor: Actor, act: Act) -> None:
    """Hold the account and count its searches of the last hour. Raises SearchedTooOften, whose entry is to be kept."""
    hold(session, actor)
    query = (
        select(AuditEvent.at)
        .where(AuditEvent.account_id == actor.account_uid, AuditEvent.at > clock.now() - SEARCHED_WITHIN,
               AuditEvent.act.in_((Act.SEARCH, Act.SEARCH_FAMILY, Act.FIND_ARCHIVED)),
               AuditEvent.decision == Decision.ALLOWED)
        .order_by(AuditEvent.at.desc())
        .limit(SEARCHES)
    )  # fmt: skip
    if free_at := again_at(list(session.scalars(query)), SEARCHES, SEARCHED_WITHIN):
        refused = audit.About(reason="too_many_searches")
        audit.record(session, actor, act, refused, decision=Decision.REFUSED)
        raise SearchedTooOften(free_at)
