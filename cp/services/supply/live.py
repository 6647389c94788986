"""Whether an organisation's rows may be applied to records: the one place that every way of supply asks."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Onboarding, Organisation, SupplyFile
from cp.rules.live_supply import Facts, lacking
from cp.services import audit
from cp.services.supply.senders import Sender
from cp.terms import Act, BodyKind, FileForm, Lack, SupplyState

TRIED = "This was a test, and nothing of it is kept in any record."


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps this organisation's rows from being applied, in the order in which it is got."""

    lacks: tuple[Lack, ...]
    authority: str
    opens_on: date | None
    ended_on: date | None

    @property
    def is_test(self) -> bool:
        """Whether what it sends now is a test file."""
        return Lack.TEST in self.lacks

    @property
    def sentences(self) -> tuple[str, ...]:
        """Of each, what is missing and who acts."""
        return tuple(self._said(lack) for lack in self.lacks)

    def _said(self, lack: Lack) -> str:
        match lack:
            case Lack.OPENING if self.opens_on:
                return f"{self.authority} takes in data from {_day(self.opens_on)}. Nobody has to do anything for that."
            case Lack.OPENING:
                return f"{self.authority} takes in no data yet. It says from which day it does."
            case Lack.MEANS:
                return f"How you send is not agreed yet. {self.authority}’s implementation manager agrees it with you."
            case Lack.TEST:
                return (
                    "No test file of yours is accepted yet. You send one, and "
                    f"{self.authority}’s implementation manager looks at how good it is."
                )
            case Lack.SIGNATURE:
                return f"The agreement is not signed. Whoever signs for you signs it with {self.authority}."
        ended = _day(self.ended_on) if self.ended_on else ""
        return f"The agreement ended on {ended}. Whoever signs for you signs a new one with {self.authority}."


class NotLive(Exception):
    """Nothing of this organisation may be applied now. Nothing has changed."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(", ".join(missing.lacks))
        self.missing = missing


def missing(session: Session, organisation_id: int) -> Missing | None:
    """None where it supplies live today."""
    query = (
        select(Organisation.body_kind, Authority.name, Authority.data_from, Onboarding)
        .join(Authority, Authority.id == Organisation.authority_id)
        .outerjoin(Onboarding, Onboarding.organisation_id == Organisation.id)
        .where(Organisation.id == organisation_id)
        .execution_options(populate_existing=True)
    )
    body, authority, data_from, row = session.execute(query).one()
    said = row or Onboarding()
    facts = Facts(
        body is BodyKind.AUTHORITY, data_from, said.means_agreed_on, said.test_accepted_on, said.agreement_signed_on,
        said.agreement_ends_on,
    )  # fmt: skip
    found = lacking(facts, clock.today())
    return Missing(found, authority, data_from, said.agreement_ends_on) if found else None


def missing_for(session: Session, file: SupplyFile) -> Missing | None:
    """None where the rows of this file may be applied now.

    What a practitioner told is nobody's supply. A file that was sent to its end was sent while it might be: rows of it
    that a person had to look at come to their place whenever that is.
    """
    if file.form is FileForm.TOLD or file.ended_at is not None:
        return None
    return missing(session, file.organisation_id)


def must_be(session: Session, file: SupplyFile) -> None:
    """Raises NotLive unless its rows may be applied now."""
    if found := missing_for(session, file):
        raise NotLive(found)


def halted(session: Session, sender: Sender, file: SupplyFile) -> bool:
    """Whether the file stops here, because its rows may be applied no longer: what was applied of it stays."""
    if missing_for(session, file) is None:
        return False
    file.state = SupplyState.STOPPED
    about = audit.About(object_id=file.uid, reason="not_live")
    audit.record(session, sender.actor, Act.STOP_FILE, about, request_id=sender.request_id)
    session.flush()
    return True


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
