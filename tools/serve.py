"""`run`: a migrated demonstration directory, then the web server and the worker, ended together."""

import csv
import http.client
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from subprocess import DEVNULL, PIPE

from tools.setup import PYTHON
from tools.steps import ROOT, Command, openly, say

CHILDREN = 27_700  # the smallest authorities of England have about as many
FLASK: Command = [PYTHON, "-m", "flask", "--app", "app"]

SETTINGS = ("CP_HOME", "CP_KEY_FILE", "CP_LODGE", "CP_WITNESS", "DATABASE_URL")

Programs = list["subprocess.Popen[bytes]"]


def free_port(asked: str) -> int:
    """The port, if it can be listened on; else stop with the sentence why not."""
    if not (asked.isascii() and asked.isdecimal()) or not 0 < int(asked) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not “{asked}”.")
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name == "posix")
        try:
            trial.bind(("127.0.0.1", int(asked)))
        except OSError as problem:
            sys.exit(
                f"Port {asked} cannot be used ({problem.strerror}). End the program that uses it, or choose "
                f"another: PORT={int(asked) % 65535 + 1} make run"
            )
    return int(asked)


def data_folder(asked: str) -> Path:
    """Where data lives, made if need be; stops with a sentence if nothing can be written there."""
    folder = (ROOT / asked).expanduser()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as problem:
        sys.exit(
            f"The data folder {folder} cannot be written ({problem.strerror}). Mend its permissions, "
            "or choose another: CP_HOME=FOLDER make run"
        )
    return folder


def directory(env: dict[str, str]) -> None:
    """A key, a migrated database, the demonstration: one command that does what is still to do."""
    say("Readying the directory")
    words = ["demo", "load", "--if-empty", "--children", str(CHILDREN), "--seed", "1"]
    if status := openly([*FLASK, *words], env):
        sys.exit(status)  # the command has said why


def web_server(port: int) -> Command:
    """gunicorn with one synchronous worker a core; waitress where there is no fork."""
    address = f"127.0.0.1:{port}"
    if not hasattr(os, "fork"):
        return [PYTHON, "-m", "waitress", f"--listen={address}", "app:app"]
    workers = f"--workers={os.cpu_count() or 1}"
    # no header of the web server in front is believed here: CP_PROXIES says how many of them the application believes
    options = ["--no-control-socket", "--forwarded-allow-ips=", "--log-level=warning", "--graceful-timeout=5"]
    return [PYTHON, "-m", "gunicorn", workers, f"--bind={address}", *options, "app:app"]


def serve(port: int, env: dict[str, str]) -> int:
    """Serve until Ctrl-C or SIGTERM; when either program ends by itself, so does the other. Answers the status."""
    for asked_to_end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked_to_end, lambda *_: sys.exit(0))
    people = subprocess.Popen([*FLASK, "demo", "people"], cwd=ROOT, env=env, stdout=PIPE, stderr=DEVNULL, text=True)
    programs: Programs = []
    try:
        for command in (web_server(port), [*FLASK, "work"]):
            programs.append(subprocess.Popen(command, cwd=ROOT, env=env))
        if _started(port, programs):
            _greet(port, people.communicate()[0])
        while all(program.poll() is None for program in programs):
            time.sleep(0.5)
        say("One program has ended, so the other is ended too")
        return max(abs(program.poll() or 0) for program in programs) or 1
    finally:
        _end(programs)


def _started(port: int, programs: Programs) -> bool:
    """Waits until the site answers; False if a program ended first."""
    while all(program.poll() is None for program in programs):
        if _answers(port):
            return True
        time.sleep(0.1)
    return False


def _greet(port: int, people: str) -> None:
    """Say where the site is and who can sign in; a directory that holds other data has no demonstration people."""
    rows = [(row["email"], row["password"], row["role"]) for row in csv.DictReader(people.splitlines())]
    say(f"ContactPoint is at http://127.0.0.1:{port} (Ctrl-C ends it)")
    if rows:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["   ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows]
        print("\nSign in as one of these people, who do not exist: email, password, role")
        print(*(f"  {line.rstrip()}" for line in lines), sep="\n")
        print(f"\nThe security code of each: {code_command(rows[0][0])}\n", flush=True)


def code_command(email: str) -> str:
    """What to type in a second terminal, with the settings that this run was given."""
    given = [f"{name}={shlex.quote(os.environ[name])}" for name in SETTINGS if os.environ.get(name)]
    return " ".join([*given, str(PYTHON.with_name("flask").relative_to(ROOT)), "--app app demo code", email])


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _end(programs: Programs) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for program in programs:
        program.terminate()
    for program in programs:
        try:
            program.wait(10)
        except subprocess.TimeoutExpired:
            program.kill()
