"""Settings from the environment. A wrong one stops the start with a sentence."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "contactpoint.db"
HERE = "http://127.0.0.1:5000"
KEY_PARTS = 3
LIKE = "smtps://user:password@mail.example:465?from=contactpoint@council.example"


class SettingProblem(Exception):
    """The sentence to print before stopping."""


@dataclass(frozen=True)
class Mail:
    """A mail server, and whose name letters go out in. `at_once` speaks TLS from the first byte (smtps)."""

    host: str
    port: int
    at_once: bool
    user: str
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True)
class Config:
    home: Path
    database_url: str
    key_file: Path
    demonstration: bool = False
    proxies: int = 0
    """How many trusted proxies stand in front; 0 believes no forwarded header."""
    site: str = HERE
    """Where people reach this site, without a slash at the end: for links that are printed or sent."""
    mail: Mail | None = None
    lodge: Path = Path("contactpoint.lodged")
    """The folder for what must outlast the database and every backup of it, and be seen to: outside both."""
    witness: str = ""
    """Where an outsider cosigns what is lodged, with the key to expect after a #; nobody where it is empty."""
    backup_keys: Path = Path("contactpoint.backup-keys")
    """The folder for the keys of backups, one each: outside the data, the backups and the lodge."""

    @property
    def backups(self) -> Path:
        """Where backups go unless somebody says where."""
        return self.key_file.with_suffix(".backups")

    @property
    def signing_file(self) -> Path:
        """The key that signs the audit's checkpoints: beside the key file, but apart from what opens the data."""
        return self.key_file.with_suffix(".signing")

    @classmethod
    def from_environment(cls) -> Self:
        home = _path("CP_HOME", "instance")
        key_file = _path("CP_KEY_FILE", "contactpoint.key")
        if key_file.is_relative_to(home):
            raise SettingProblem(f"CP_KEY_FILE must lie outside CP_HOME ({home}), so that no backup holds both.")
        lodge = _path("CP_LODGE", str(key_file.with_suffix(".lodged")))
        if lodge.is_relative_to(home):
            raise SettingProblem(f"CP_LODGE must lie outside CP_HOME ({home}), so that no backup takes it back.")
        backup_keys = _path("CP_BACKUP_KEYS", str(key_file.with_suffix(".backup-keys")))
        if any(backup_keys.is_relative_to(place) for place in (home, lodge)):
            raise SettingProblem(
                "CP_BACKUP_KEYS must lie outside CP_HOME and CP_LODGE, so that no copy of them keeps it."
            )
        return cls(
            home=home,
            database_url=_postgresql(os.environ.get("DATABASE_URL", "")) or f"sqlite:///{home / DATABASE}",
            key_file=key_file,
            demonstration=bool(os.environ.get("CP_DEMO")),
            proxies=_whole_number("CP_PROXIES", 0),
            site=_site(os.environ.get("CP_SITE", "")),
            mail=_mail(os.environ.get("CP_MAIL", "")),
            lodge=lodge,
            backup_keys=backup_keys,
            witness=_witness(os.environ.get("CP_WITNESS", "")),
        )


def _path(name: str, default: str) -> Path:
    return (ROOT / os.environ.get(name, default)).expanduser().resolve()


def _whole_number(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise SettingProblem(f"{name} must be a whole number, not “{text}”.")
    return int(text)


def _site(text: str) -> str:
    if not text:
        return HERE
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingProblem("CP_SITE must be where people reach this site, like https://contactpoint.council.example.")
    return text.rstrip("/")


def _witness(text: str) -> str:
    parts = urlsplit(text)
    key = parts.fragment.split("+", 2)
    right = parts.scheme in ("http", "https") and parts.hostname and not parts.query
    if text and (not right or (parts.fragment and len(key) != KEY_PARTS)):
        raise SettingProblem("CP_WITNESS must be where a witness answers, like https://witness.example/#NAME+HASH+KEY.")
    return text


def _mail(text: str) -> Mail | None:
    """The password in it is never said again."""
    if not text:
        return None
    if not os.environ.get("CP_SITE"):
        raise SettingProblem("CP_MAIL needs CP_SITE, the address of this site, for the links in its letters.")
    try:
        parts = urlsplit(text)
        (sender,) = parse_qs(parts.query)["from"]
        port = parts.port or {"smtps": 465, "smtp": 587}[parts.scheme]
    except (ValueError, KeyError):
        raise SettingProblem(f"CP_MAIL must be like {LIKE}.") from None
    if not parts.hostname or "@" not in sender:
        raise SettingProblem(f"CP_MAIL must be like {LIKE}.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.hostname, port, parts.scheme == "smtps", user, password, sender)


def _postgresql(url: str) -> str:
    if not url or url.startswith("sqlite:///"):
        return url
    for start in ("postgres://", "postgresql://", "postgresql+psycopg://"):
        if url.startswith(start):
            return "postgresql+psycopg://" + url.removeprefix(start)
    raise SettingProblem("DATABASE_URL must begin with postgresql:// or sqlite:///.")
