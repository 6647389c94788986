"""The server does what its OpenAPI description says of it: schemathesis makes up requests, and judges each answer."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from sqlalchemy.orm import Session

from cp.feeds import sent_schema
from cp.services.supply import requests
from cp.terms import Column
from cp.views.machine_description import description
from tests import build_machines
from tests.build import World
from tests.build_machines import ROWS
from tests.scale import SEED, scaled

EXAMPLES = scaled(4, 2_000)
DESCRIBED = "/api/v1/openapi.json"


def answers(app: Flask, mode: GenerationMode, headers: dict[str, str]) -> Counter[int]:
    """How often each status was answered. Raises where one of schemathesis's checks, of which none is off, fails."""
    config = SchemathesisConfig.from_dict({"seed": SEED})
    described = schemathesis.openapi.from_wsgi(DESCRIBED, app, config=config)
    found: Counter[int] = Counter()

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(case=described[ROWS]["POST"].as_strategy(mode))
    def ask(case: Case[Any]) -> None:
        found[case.call_and_validate(headers=headers).status_code] += 1

    ask()
    return found


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_described_is_taken_and_anything_else_refused(
    app: Flask, session: Session, world: World, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch,
    mode: GenerationMode, record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    monkeypatch.setattr(requests, "REQUESTS", 10**9)  # the limit of an hour would answer in place of what is asked
    secret = build_machines.credential(session, world.school)

    found = answers(app, mode, {"Authorization": f"Bearer {secret}"})

    record_property("requests", found.total())
    record_property("answers that are not described", 0)
    assert found.keys() & ({202} if mode is GenerationMode.POSITIVE else {400, 422})


def test_without_a_credential_nothing_is_taken(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    assert answers(app, GenerationMode.POSITIVE, {}).keys() == {401}


def test_the_description_is_of_what_a_request_is_checked_by(app: Flask) -> None:
    schemas = description()["components"]["schemas"]

    assert schemas["Row"] is sent_schema.ROW
    assert list(schemas["Row"]["properties"]) == [column.value for column in Column]
    assert schemas["Rows"]["properties"]["rows"]["maxItems"] == sent_schema.MOST_ROWS
    assert app.test_client().get(DESCRIBED).json == description()
