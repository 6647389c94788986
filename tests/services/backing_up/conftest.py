"""A directory that is backed up and restored by its operator, with nobody else at work on it meanwhile."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cp.application import serve
from cp.config import Config


@dataclass(frozen=True)
class Place:
    app: Flask
    config: Config
    engine: Engine
    session: Session

    def run(self, *words: str, typed: str = "") -> Result:
        """A command of the operator, who has stopped the site: what the test holds of the database is let go."""
        self.session.commit()
        self.session.close()
        self.engine.dispose()
        self.app.extensions["engine"].dispose()
        return self.app.test_cli_runner().invoke(args=list(words), input=typed)

    def done(self, *words: str, typed: str = "") -> str:
        result = self.run(*words, typed=typed)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.output

    def refused(self, *words: str, typed: str = "") -> str:
        result = self.run(*words, typed=typed)
        assert result.exit_code == 1, (result.output, result.exception)
        return result.output.removeprefix("Error: ").rstrip()

    def back_up(self) -> Path:
        before = set(self.files())
        self.done("backup")
        (made,) = set(self.files()) - before
        return made

    def restore(self, file: Path, *words: str) -> str:
        return self.done("restore", "--replace", str(file), *words)

    def files(self) -> list[Path]:
        return sorted(self.config.backups.glob("*"))

    def keys(self) -> list[Path]:
        return sorted(self.config.backup_keys.glob("*.key"))

    def start(self) -> None:
        """The site, as it starts after this. Raises DatabaseProblem."""
        self.app.extensions["engine"].dispose()
        serve(self.app, self.config)


@pytest.fixture
def place(app: Flask, config: Config, engine: Engine, session: Session, clock: time_machine.Traveller) -> Place:
    return Place(app, config, engine, session)
