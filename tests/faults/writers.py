"""Eight practitioners who record involvements as fast as they can, at a server that is killed under them."""

import base64
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from cp import sealing
from cp.csrf import FIELD
from tools.steps import ROOT

DEADLINE = 20.0


def form_token(browser_token: str) -> str:
    """A form's token as a page would carry it, behind a mask of noughts."""
    return base64.urlsafe_b64encode(bytes(32) + sealing.ring().digest("form", browser_token)).decode()


@dataclass
class Server:
    """The real web server with two workers, in a process group of its own."""

    env: dict[str, str]
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if not self.port:
            with socket.socket() as listening:
                listening.bind(("127.0.0.1", 0))
                self.port = int(listening.getsockname()[1])
        words = ["-m", "gunicorn", "--workers=2", "--no-control-socket", f"--bind=127.0.0.1:{self.port}", "app:app"]
        self.process = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env={**os.environ, **self.env}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self) -> None:
        """As a power switch would: the whole group at once, without a word."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @contextmanager
    def running(self) -> Iterator[None]:
        self.start()
        try:
            yield
        finally:
            self.kill()


@dataclass
class Writer:
    """One person with a list of children; what the server has acknowledged is in `acknowledged`."""

    token: str
    children: list[UUID]
    started: dict[str, str]
    """The day in three boxes."""
    acknowledged: list[UUID] = field(default_factory=list)
    retried: int = 0

    def write(self, server: Server, stop: threading.Event) -> None:
        """Record each child in turn; one that was not answered is sent again, with the same key, until it is."""
        for child in self.children:
            if stop.is_set():
                return
            self._until_acknowledged(server, child)

    def _until_acknowledged(self, server: Server, child: UUID) -> None:
        until = time.monotonic() + DEADLINE
        while time.monotonic() < until:
            if self._send(server.port, child):
                self.acknowledged.append(child)
                return
            self.retried += 1
            time.sleep(0.05)
        raise TimeoutError("the server never answered")

    def _send(self, port: int, child: UUID) -> bool:
        fields = {FIELD: form_token(self.token), "once": f"once-{child}", **self.started}
        headers = {"Cookie": f"cp={self.token}", "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("POST", f"/children/{child}/involvements", urlencode(fields), headers)
            answer = connection.getresponse()
            return answer.status == 303 and f"/children/{child}" in (answer.getheader("Location") or "")
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _wait_for(writers: list[Writer], more: int) -> None:
    """Until so many more writes are acknowledged: the next kill falls into the middle of others."""
    target, until = _answers(writers) + more, time.monotonic() + DEADLINE
    while _answers(writers) < target and time.monotonic() < until:
        time.sleep(0.002)


def _answers(writers: list[Writer]) -> int:
    return sum(len(writer.acknowledged) for writer in writers)


def under_kills(server: Server, writers: list[Writer], kills: int) -> None:
    """Let them write while the server is killed so often; end when every one of them has its answer."""
    stop, draw = threading.Event(), random.Random(kills)
    with server.running():
        threads = [threading.Thread(target=writer.write, args=(server, stop)) for writer in writers]
        for thread in threads:
            thread.start()
        for _ in range(kills):
            _wait_for(writers, draw.randint(5, 30))
            server.kill()
            server.start()
        stop.set()
        for thread in threads:
            thread.join(2 * DEADLINE)
        assert not any(thread.is_alive() for thread in threads)
