"""The commands by name, each with the steps that come before it."""

import os
import sys
from pathlib import Path

from tools import locks, machine, proofs, serve, setup, suites

RUN = ("requirements.txt",)
TEST = ("requirements.txt", "requirements-dev.txt")
NO_DATA = f"Say on which file: make bench-matching DATA=file.csv, or DATA={suites.PUBLISHED} for the published set."


def run() -> int:
    port = serve.free_port(os.environ.get("PORT") or "5000")
    serve.data_folder(os.environ.get("CP_HOME") or "instance")
    setup.python_packages(*RUN)
    setup.assets()
    env = {**os.environ, "CP_DEMO": "1"}
    serve.directory(env)
    return serve.serve(port, env)


def assets() -> int:
    setup.python_packages(*RUN)
    setup.assets()
    return 0


def test() -> int:
    _ready_to_test()
    return suites.test()


def prove(name: str = "") -> int:
    _ready_to_test()
    return proofs.prove(name)


def bench() -> int:
    _ready_to_test()
    return suites.bench()


def bench_matching() -> int:
    """On a file of the caller's folder, or on the published set beside the peer that is made for such files."""
    data = os.environ.get("DATA") or sys.exit(NO_DATA)
    setup.python_packages(*RUN)
    if data == suites.PUBLISHED:
        return suites.bench_published(setup.peers())
    if not Path(data).is_file():
        sys.exit(f"There is no file {data}. {NO_DATA}")
    return suites.bench_matching(Path(data).resolve())


def _ready_to_test() -> None:
    machine.require()
    setup.python_packages(*TEST)
    setup.npm_packages(everything=True)
    setup.assets()


def check() -> int:
    setup.python_packages(*TEST)
    setup.assets()
    return suites.check()


def command(words: list[str]) -> int:
    """Do what the first word says; the rest are its own. Answers the exit status."""
    name, *rest = words or [""]
    plain = {
        "run": run, "test": test, "check": check, "bench": bench, "bench-matching": bench_matching, "assets": assets,
    }  # fmt: skip
    if name in plain and not rest:
        return plain[name]()
    if name == "prove" and len(rest) <= 1:
        return prove(*rest)
    if name == "lock":
        return locks.lock(rest)
    sys.exit(f"Usage: python dev.py {' | '.join([*plain, 'prove [NAME]', 'lock [--upgrade]'])}")
