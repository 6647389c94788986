"""Another system, with the credential of Sam's school."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import build_machines
from tests.build import World


@pytest.fixture
def client(app: Flask, clock: time_machine.Traveller) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture
def secret(session: Session, world: World) -> str:
    return build_machines.credential(session, world.school)
