"""Directories made as copies of one another, and applications on them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy.orm import Session

from cp import engines, keyfile, sealing
from cp.application import create_app
from cp.config import Config
from tests import postgres
from tests.conftest import ENGINE


class Copies:
    """Makes them in one folder, or on the server of the tests, and takes them away again."""

    def __init__(self, folder: Path, empty: str, ring: sealing.KeyRing) -> None:
        self.folder, self.empty, self.made = folder, empty, list[str]()
        self.key_file = folder / "contactpoint.key"
        keyfile.write(self.key_file, ring)

    def of(self, url: str = "") -> str:
        """A copy of this directory, or of the empty one. Nobody may have it open."""
        original, name = url or self.empty, f"hidden_{uuid4().hex}"
        if ENGINE == "sqlite":
            path = self.folder / f"{name}.db"
            shutil.copy(original.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"
        with postgres.server() as server:
            made = postgres.create_database(server, name, template=original.rpartition("/")[2])
        self.made.append(name)
        return made.replace("postgresql://", "postgresql+psycopg://", 1)

    def app(self, url: str) -> Flask:
        home = self.folder / uuid4().hex
        home.mkdir()
        own = Config(home=home, database_url=url, key_file=self.key_file, demonstration=True, lodge=home / "lodged")
        return create_app(own)

    def drop(self) -> None:
        for name in self.made:
            with postgres.server() as server:
                postgres.drop_database(server, name)


@contextmanager
def written(url: str) -> Iterator[Session]:
    """Rows put straight into the tables by their owner, committed at the end, with nothing left open."""
    owner = engines.make_engine(url, owner=True)
    with Session(owner, expire_on_commit=False) as session:
        yield session
        session.commit()
    owner.dispose()


@contextmanager
def read(url: str) -> Iterator[Session]:
    """The same for looking only, whoever else is writing."""
    owner = engines.make_engine(url, owner=True)
    with Session(engines.reading_first(owner)) as session:
        yield session
    owner.dispose()
