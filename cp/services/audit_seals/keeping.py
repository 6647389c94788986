"""The sealer: seals, lodges and has cosigned what there is, again and again, and says when it cannot."""

import logging
import threading
import time
from pathlib import Path

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from cp.config import Config
from cp.services.audit_seals import keys, lodging, notes, sealing, taking, witnessing
from cp.services.audit_seals.notes import NoKey
from cp.services.audit_seals.sealing import Sessions, Wrong
from cp.services.audit_seals.witnessing import Away

EVERY = 8.0
"""Seconds after which whatever waits is sealed: with what it takes, an entry is under a lodged seal within ten."""
LOOK = 1.0
"""Seconds between two looks at how many wait: a batch of a thousand is sealed at once."""
AGAIN = 60.0
"""Seconds after which the same alarm is given again."""


class Sealer:
    """One for a worker. Nothing that goes wrong here stops anybody's work; it is said in the log and tried again."""

    def __init__(self, sessions: Sessions, config: Config) -> None:
        self.sessions, self.config = sessions, config
        self.due = 0.0
        self.said: dict[str, float] = {}

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                self.look()
            except Exception as problem:  # a thread that ended would leave everything unsealed, and say nothing
                self._alarm(f"Something nobody thought of went wrong ({type(problem).__name__}).")
            stop.wait(LOOK)

    def look(self) -> None:
        """Seal where it is time, or where a batch is full."""
        now = time.monotonic()
        if now >= self.due:
            self.due = now + EVERY
            self.everything()
        else:
            self.everything(least=taking.BATCH)

    def everything(self, least: int = 1) -> bool:
        """Seal all that waits, lodge it, have it cosigned. False where something went wrong, which was said."""
        try:
            if self._sealed(least):
                self._lodged()
                self._cosigned()
        except (NoKey, Wrong, Away) as problem:
            return self._alarm(str(problem))
        except OSError as problem:
            return self._alarm(f"The lodge {self.config.lodge} cannot be written ({problem.strerror}).")
        except IntegrityError:
            return self._alarm("Another sealer is at work, or the places in the log are not what was signed.")
        except SQLAlchemyError as problem:
            return self._alarm(f"The database is busy or away ({type(problem).__name__}).")
        return True

    def _sealed(self, least: int) -> bool:
        """Whether there is anything to lodge, or to try again."""
        keys.settle(self.sessions, self.config.signing_file)
        signer = notes.read_key(self.config.signing_file)
        sealing.begin(self.sessions, signer)
        self._lodged()
        count = 0
        while batch := sealing.step(self.sessions, signer, least=least):
            count += len(batch.entries)
            if not batch.full:
                break
        return count > 0 or least == 1

    def _lodged(self) -> None:
        with self.sessions.reading() as session:
            known = sealing.log(session)
            while known and lodging.lodge(session, Path(self.config.lodge), known):
                pass

    def _cosigned(self) -> None:
        if self.config.witness and witnessing.ask(self.sessions, self.config.witness):
            self._lodged()

    def _alarm(self, sentence: str) -> bool:
        now = time.monotonic()
        if now - self.said.get(sentence, -AGAIN) >= AGAIN:
            self.said[sentence] = now
            logging.getLogger(__name__).error("The audit is not sealed as it should be. %s", sentence)
        return False
