"""Programs that come with the machine and not with the project: a browser, PostgreSQL, Java, a font."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools.steps import say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def shell() -> str | None:
    """Chromium without windows, in which tests run twice as fast; beyond Debian the browser itself."""
    return shutil.which("chromium-headless-shell") or (None if shutil.which("apt-get") else browser())


def postgresql() -> str | None:
    """The folder of the newest PostgreSQL server's programs; Debian keeps them off the PATH."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: int(path.parts[-3]) if path.parts[-3].isdecimal() else 0, default=None)
    found = newest or shutil.which("initdb")
    return str(Path(found).resolve().parent) if found else None


def java() -> str | None:
    return shutil.which("java")


def font() -> str | None:
    """A font as wide as Arial, or pictures and line breaks differ from what people see; no matter beyond Debian."""
    if not shutil.which("apt-get"):
        return "not looked for"
    return next(map(str, Path("/usr/share/fonts").rglob("LiberationSans-Regular.ttf")), None)


IN_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it has a folder of its own, as in any temporary place
ROOM = 4 * 2**30


def memory() -> Path | None:
    """A folder in memory, where a test's directory is made ten times as fast as on a disk; None where there is none
    with room for all of them.
    """
    usable = os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= ROOM
    return IN_MEMORY if usable else None


NEEDS: dict[str, Callable[[], str | None]] = {
    "chromium": browser,
    "chromium-headless-shell": shell,
    "fonts-liberation": font,
    "postgresql": postgresql,
    "default-jre-headless": java,
}
"""Debian's package, and how to see that what it brings is here."""


def require() -> None:
    """Find what the tests need; install it as root on Debian, or stop and say what to install."""
    missing = [package for package, find in NEEDS.items() if not find()]
    if not missing:
        return
    if shutil.which("apt-get") and os.name == "posix" and os.geteuid() == 0:
        say(f"Installing {', '.join(missing)}")
        _install(missing)
        missing = [package for package, find in NEEDS.items() if not find()]
    if missing:
        sys.exit(f"The tests need what these packages of Debian bring. As root: apt-get install {' '.join(missing)}")


def _install(packages: list[str]) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=300", "-q"]
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", *wait, *words], env=env, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
