"""What was protected or destroyed since a backup was made, again, before anybody may ask the restored database.

One transaction: killed, it has done nothing and is run again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from cp import database, engines, lodging
from cp.lodging import Kind, Line
from cp.models import new_uid
from cp.rules import number
from cp.rules.days import london_day
from cp.services import audit, reading, shielding
from cp.services.restoring import decided, ended, protected
from cp.services.retention import archiving, believing, destroying, lodged, staying
from cp.terms import Act


class Missing(Exception):
    """So many records were shielded since the backup and are not in it: sent again by a school, they would be open."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass(slots=True)
class Finished:
    """What was done again, for whoever restored to read. Of children only counts."""

    destroyed: int = 0
    archived: int = 0
    stay: list[str] = field(default_factory=list)
    """Numbers of records for which a consent to stay was recorded since."""
    shielded: int = 0
    sealed: int = 0
    """Records that were sealed because of a new identity since: shielded, until two people seal them again."""
    missing: int = 0
    suspended: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    services_missing: int = 0
    held: int = 0
    parted: int = 0
    apart: int = 0
    """Decisions that somebody is not another child which could not be kept."""
    credentials: int = 0
    consents: int = 0
    stopped: ended.Ended = field(default_factory=ended.Ended)


def finish(
    owner: Engine, lodge: Path, now: datetime, even_so: int | None = None, today: date | None = None
) -> Finished | None:
    """None where nothing was waiting. Raises Missing unless `even_so` is the number of records that it would say, and
    Unbelieved unless the day can be believed or `today` says it: whoever was archived since is archived again.

    The mark goes in the same transaction, so that what may be served is what was protected.
    """
    engines.protect(owner)
    with Session(owner) as session, session.begin():
        made_at = database.unfinished(session.connection())
        if made_at is None:
            return None
        reading.by(session, reading.SYSTEM, sensitive=True)
        done = _again(session, lodge, made_at, now)
        if done.missing and done.missing != even_so:
            raise Missing(done.missing)
        if today is not None:
            believing.state(lodge, session, today)
        since = {line.uid for line in lodging.lines(lodge, made_at) if line.kind is Kind.STAYS}
        stay = staying.numbers(session, since)
        done.stay = [number.shown(one) for one in stay.values()]
        done.archived = archiving.archive_all(session, london_day(believing.now(lodge, session)), list(stay))
        audit.record(session, None, Act.SET_UP, audit.About(reason="restored"), request_id=new_uid())
        session.flush()
        session.execute(text(f"DROP TABLE {database.UNFINISHED}"))
    with Session(owner) as session, session.begin():
        lodged.lodge(session, lodge / lodged.FOLDER)
    _wipe(owner)
    return done


def _again(session: Session, lodge: Path, made_at: datetime, now: datetime) -> Finished:
    """Shields before destructions: whoever was shielded and then destroyed is nobody who is missing. What is two
    records again comes first, so that each has its own shield and hold."""
    done, since = Finished(), _Since(tuple(lodging.lines(lodge, made_at)))
    done.parted, done.apart = decided.part(session, since.uids(Kind.PARTED), since.said(Kind.APART))
    done.held = decided.hold(session, since.said(Kind.HOLD))
    for kind in (Kind.SHIELD, Kind.SEAL):
        found = [shielding.shield_again(session, uid) for uid in since.uids(kind)]
        done.missing += found.count(None)
        if kind is Kind.SHIELD:
            done.shielded = found.count(True)
        else:
            done.sealed = len(found) - found.count(None)
    gone = destroying.replay(session, lodged.destroyed(lodge / lodged.FOLDER), now)
    done.destroyed = sum(one.children for one in gone)
    done.suspended = protected.suspend(session, since.uids(Kind.ACCOUNT), now)
    done.secrets = protected.without_password(session, since.uids(Kind.SECRET))
    done.organisations = protected.without_accreditation(session, since.uids(Kind.ORGANISATION))
    done.credentials = protected.revoke(session, since.uids(Kind.CREDENTIAL))
    done.consents = protected.withdraw(session, since.uids(Kind.CONSENT))
    done.consents += protected.withdraw_stays(session, since.uids(Kind.STAY))
    services = protected.declare(session, since.said(Kind.SERVICE))
    done.services = sorted({name for name in services if name})
    done.services_missing = services.count(None)
    done.stopped = ended.end(session, now)
    return done


@dataclass(frozen=True, slots=True)
class _Since:
    """What was noted since the backup, each once, in the order in which it was noted."""

    lines: tuple[Line, ...]

    def uids(self, kind: Kind) -> list[UUID]:
        return list(dict.fromkeys(line.uid for line in self.lines if line.kind is kind))

    def said(self, kind: Kind) -> list[tuple[UUID, str]]:
        """With what the lines say besides. A line that was cut short there was never committed."""
        return list(dict.fromkeys((line.uid, line.more) for line in self.lines if line.kind is kind))


def _wipe(owner: Engine) -> None:
    """What was destroyed again leaves the files: SQLite's log is emptied, PostgreSQL writes its tables anew."""
    engines.forget(owner)
    if owner.dialect.name == "postgresql":
        with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM FULL")


def sentences(done: Finished) -> Iterable[str]:
    """What the operator has to know, and do."""
    counts = (
        (done.destroyed, "children destroyed since the backup were destroyed again."),
        (done.archived, "records whose day has come are in the archive."),
        (done.shielded, "records shielded since were shielded again: the management team finds them under Shields."),
        (done.sealed, "old identities sealed since are shielded: two people must seal them again."),
        (done.held, "records held back from destruction since are held again: the management team says for what."),
        (done.parted, "pairs of records taken apart since were taken apart again."),
        (
            done.apart,
            "decisions since that a row or record is not a child’s were lost: no row joins a record by itself "
            "until the management teams have looked and you run flask --app app supply join-again.",
        ),
        (done.missing, "shielded records are not in the backup: see that no school sends them before they are made."),
        (
            done.services_missing,
            "services declared sensitive since are not in the backup: their managers declare them "
            "again before anybody records there.",
        ),
        (done.credentials, "credentials of other systems revoked since were revoked again."),
        (done.consents, "consents withdrawn since were withdrawn again."),
        (done.stopped.sessions, "sessions were ended."),
        (done.stopped.links, "links were ended: print new ones."),
        (done.stopped.codes, "printed codes were ended: people print new ones on their account page."),
        (done.stopped.waiting, "requests that waited for a second person were dropped: they are asked again."),
        (done.stopped.letters, "letters that waited were not sent."),
    )
    yield from (f"{count} {words}" for count, words in counts if count)
    lists = (
        (done.stay, "Consent to stay was recorded since, and goes again onto these records before tonight’s sweep"),
        (done.suspended, "Suspended until a manager opens them again"),
        (done.secrets, "Without a password until they are given a link"),
        (done.organisations, "Without accreditation"),
        (done.services, "Sensitive again, with nothing left of what they recorded openly"),
    )
    yield from (f"{words}: {', '.join(names)}" for names, words in lists if names)
