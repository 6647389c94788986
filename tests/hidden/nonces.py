"""What differs in every answer, whatever it is about: taken out, or given a name, and nothing else."""

import re
from collections.abc import Collection
from itertools import count

from werkzeug.test import TestResponse

PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r'(?<=name="csrf_token" value=")[\w=-]{88}(?=")',
        r'(?<=name="once" value=")[\w-]{22}(?=")',
        r"(?<=Set-Cookie: cp=)[\w-]{43}(?=;)",
        r'(?<=<strong class="cp-key">)(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}(?=</strong>)',
        r"(?<=/join/)[\w-]{43}",
        r"\b(?:CR|OI|OV|WL|DR)-\d{6}\b",
        r"(?<=<li>)[a-z2-9]{5}-[a-z2-9]{5}(?=</li>)",
    )
)
"""A form's token, a form's key, a browser's token, an authenticator's key, a printed link,
a reference by which people speak of a thing, printed codes: each always
of one length, so that the length of the answer is compared as it is."""
DRAWN = re.compile(r'<svg [^>]*class="cp-qr">.*?</svg>', re.S)
"""An authenticator's key as a picture, the only nonce whose length differs."""
LENGTH = re.compile(r"(?<=\nContent-Length: )\d+")
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|CP \d{3} \d{3} \d{4}")
"""A public id, or a ContactPoint number as a page shows it: a new record has one by chance."""


class Nonces:
    """Those of one person's requests one after the other: what is new in them is named in the order it comes."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.numbers = count(1)

    def without(self, answer: TestResponse, known: Collection[str]) -> str:
        """The whole answer: status, every header, every byte, in their order."""
        head = "\n".join([answer.status, *(f"{name}: {value}" for name, value in answer.headers)])
        text = f"{head}\n\n{answer.data.decode('latin-1')}"
        for pattern in (*PATTERNS, *((DRAWN, LENGTH) if DRAWN.search(text) else ())):
            text = pattern.sub("…", text)
        return self.named(text, known)

    def named(self, text: str, known: Collection[str]) -> str:
        """The same with a name for each id that neither directory held before: a new search, a new record."""

        def name(found: re.Match[str]) -> str:
            uid = found[0]
            if uid in known:
                return uid
            return self.names.setdefault(uid, f"new {next(self.numbers)}") if uid not in self.names else self.names[uid]

        return UID.sub(name, text)
