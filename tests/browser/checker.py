"""The Nu HTML checker, started once as a server of its own, because Java takes seconds to start."""

import http.client
import json
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from tools import machine
from tools.steps import ROOT

JAR = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
STARTS_WITHIN = 120
PART = "<!DOCTYPE html><html lang='en-GB'><title>Part</title><body><h1>Page</h1><h2>Section</h2>{}</body></html>"

Check = Callable[[str], list[str]]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def checker() -> Iterator[Check]:
    """What the checker finds wrong in a document, or in a part of one, as it was sent."""
    port = free_port()
    options = ["-Xss1m", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(JAR)]
    command = [machine.java() or "java", *options, "nu.validator.servlet.Main", str(port)]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = monotonic() + STARTS_WITHIN
        while not _listens(port):
            assert program.poll() is None, "the HTML checker did not start"
            assert monotonic() < until, f"the HTML checker did not start in {STARTS_WITHIN} s"
            sleep(0.2)
        yield lambda sent: _problems(port, sent if sent.startswith("<!") else PART.format(sent))
    finally:
        program.terminate()
        program.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def _problems(port: int, document: str) -> list[str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "tests"}  # it refuses whoever has no name
    try:
        connection.request("POST", "/?out=json", document.encode(), headers)
        messages = json.loads(connection.getresponse().read())["messages"]
    finally:
        connection.close()
    return [f"line {one.get('lastLine')}: {one['message']}" for one in messages]
