"""`lock`: pin every dependency again. Only a maintainer needs it; uv is fetched for the moment."""

import json
import sys
import tempfile
from pathlib import Path

from tools import setup
from tools.steps import ROOT, Command, quietly, say

PYTHON_LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "requirements-peers.txt")
NPM_LOCKS = ("package-lock.json", "bench/package-lock.json")
SETTINGS = ("--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--quiet")
UNSAID = ("--no-emit-index-url", "--no-emit-find-links")


def lock(options: list[str]) -> int:
    """Keeps the pins that still fit; `--upgrade` moves all of them to the newest."""
    with tempfile.TemporaryDirectory() as folder:
        say("Fetching uv")
        quietly([sys.executable, "-m", "venv", folder], setup.NO_VENV)
        quietly([Path(folder, "bin/pip"), "install", "--quiet", "uv"], "uv could not be fetched:")
        for name in PYTHON_LOCKS:
            say(f"Locking {name}")
            files: Command = [Path(name).with_suffix(".in"), f"--output-file={name}"]
            quietly([Path(folder, "bin/uv"), "pip", "compile", *SETTINGS, *UNSAID, *options, *files], "uv said:")
    for name in NPM_LOCKS:
        _npm_lock(ROOT / name)
    _refuse_hosts()
    return 0


def _npm_lock(path: Path) -> None:
    """Without addresses: npm is kept from writing those of packages, those of donors are taken out."""
    setup.npm(setup.node(), path.parent, "install", "--package-lock-only", "--omit-lockfile-registry-resolved")
    content = json.loads(path.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _refuse_hosts() -> None:
    """Stops if a lock names where packages come from: that is for each machine to say."""
    for name in (*PYTHON_LOCKS, *NPM_LOCKS):
        if "://" in (ROOT / name).read_text():
            sys.exit(f"{name} names a host. Take it out of this machine's settings, and lock again.")
