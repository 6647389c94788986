"""What schools wait for, of an authority with 25,000 organisations against one with 100: the same page, by turns.

It needs no children, so it has a directory of its own on the engine that is measured. Half of each authority's
organisations wait for their first contact, so that both pages are full.
"""

import gzip
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import inf
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from bench.__main__ import _database
from bench.lines import Line
from cp import clock, database, engines, keyfile, sealing
from cp.application import create_app
from cp.config import Config
from cp.models import Authority, Onboarding, Organisation, new_uid
from cp.terms import BodyKind, Need, OrganisationKind, Role, Step, WhoActs
from tests import build
from tests.web import token_of

FEW, MANY = 100, 25_000
ROUNDS = 60
TWICE = 2.0
HEAVIEST = 8_000
"""Bytes of the page as it is sent, fifty schools on it."""
PAGES = {
    "the first step": "/implementation",
    "every school": "/implementation?step=all",
    "what is late": "/implementation?step=late",
}
NARROWED = {
    "by kind": "/implementation?step=all&kind=primary_school",
    "by name": "/implementation?step=all&name=school+1",
    "in order of name": "/implementation?step=all&sort=name",
}
KINDS = (OrganisationKind.PRIMARY_SCHOOL, OrganisationKind.SECONDARY_SCHOOL, OrganisationKind.INDEPENDENT_SCHOOL)


def run(engine: Engine, children: int) -> Iterator[Line]:
    """The lines of this benchmark, however many children the directory beside it has."""
    with _site(engine.dialect.name) as (many, few):
        for name, path in (PAGES | NARROWED).items():
            slow, quick = _times(many, few, path)
            goal = TWICE if name in PAGES else inf
            yield Line(f"map, {name}: {MANY:,} organisations against {FEW}", slow, "ms", yardstick=quick, goal=goal)
        whole = many.get(PAGES["the first step"]).data
        yield Line("map, the page as it is sent (gzip)", len(gzip.compress(whole, 6)), "bytes", HEAVIEST)
        swapped = many.get(PAGES["every school"], headers={"HX-Request": "true"}).data
        yield Line("map, the block that a step swaps (gzip)", len(gzip.compress(swapped, 6)), "bytes", HEAVIEST)


def _times(many: FlaskClient, few: FlaskClient, path: str) -> tuple[float, float]:
    """Milliseconds of each, the median of many turns."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for client, times in zip((many, few), spent, strict=True):
            begun = time.perf_counter()
            answer = client.get(path)
            times.append(1000 * (time.perf_counter() - begun))
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status}")
    return median(spent[0]), median(spent[1])


@contextmanager
def _site(on: str) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """Browsers of the two managers."""
    with _database(on) as url, tempfile.TemporaryDirectory(prefix="contactpoint-map-") as folder:
        key_file = Path(folder, "contactpoint.key")
        keyfile.write(key_file, sealing.ring())
        owner = engines.make_engine(url, owner=True)
        database.upgrade(owner)
        database.tie(owner, sealing.ring())
        engines.protect(owner)
        with Session(owner) as session, session.begin():
            cookies = [_authority(session, str(number), count) for number, count in ((901, MANY), (902, FEW))]
        _settle(owner)
        app = create_app(
            Config(home=Path(folder, "home"), database_url=url, key_file=key_file, lodge=Path(folder, "lodged"))
        )
        many, few = app.test_client(), app.test_client()
        for client, cookie in zip((many, few), cookies, strict=True):
            client.set_cookie("cp", cookie)
        yield many, few
        app.extensions["engine"].dispose()


def _settle(owner: Engine) -> None:
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE" if owner.dialect.name == "postgresql" else "ANALYZE")
    owner.dispose()


def _authority(session: Session, code: str, count: int) -> str:
    """So many organisations, and the cookie of whoever brings them in."""
    authority = Authority(name=f"Vale {code} Council", education_code=code, team_phone="+441614960130",
                          help_phone="+441614960100")  # fmt: skip
    build.add(session, authority)
    council = build.organisation(session, authority, OrganisationKind.COUNCIL_SERVICE, name=f"Vale {code} Council",
                                 body_kind=BodyKind.AUTHORITY)  # fmt: skip
    made = insert(Organisation).returning(Organisation.id, sort_by_parameter_order=True)
    keys = session.scalars(made, [_school(authority.id, at) for at in range(count)]).all()
    session.execute(insert(Onboarding), [_onboarding(key, authority.id, at) for at, key in enumerate(keys)])
    manager = build.person(session, council, "Ivy Hartley", f"ivy.{code}", Role.IMPLEMENTATION_MANAGER)
    return token_of(session, manager)


def _school(authority: int, at: int) -> dict[str, object]:
    return {"uid": new_uid(), "authority_id": authority, "kind": KINDS[at % len(KINDS)],
            "body_kind": BodyKind.EDUCATION, "name": f"School {at * 7919 % MANY:05}",
            "valid_to": clock.today() if at % 20 == 19 else None}  # fmt: skip


def _onboarding(key: int, authority: int, at: int) -> dict[str, object]:
    """Most of them late; one of twenty has closed."""
    step = Step.FIRST_CONTACT if at % 2 else tuple(Step)[at // 2 % len(Step)]
    due_on = None if step is Step.LIVE else clock.today() + timedelta(days=at % 40 - 30)
    return {"organisation_id": key, "uid": new_uid(), "authority_id": authority, "version": 1,
            "began_on": clock.today(), "people_named": 0, "people_invited": 0, "places_booked": 0,
            "people_trained": 0, "step": step, "need": Need.CONTACT, "who": WhoActs.YOU, "due_on": due_on}  # fmt: skip
