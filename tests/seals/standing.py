"""A witness that serves, and what a log sends it."""

import base64
import http.client
from dataclasses import dataclass

from cp.services.audit_seals import notes, tree
from cp.services.audit_seals.notes import Signer
from cpverify.notes import Key
from cpwitness.keeping import Witness
from tests.conftest import NOW
from tests.seals.test_tree import some

ORIGIN, NAME = "log.example/1", "witness.example/w1"
SIGNER = Signer(b"s" * 32)
LEAVES = some(40)


@dataclass(frozen=True)
class Standing:
    """A witness that serves."""

    witness: Witness
    port: int

    @property
    def key(self) -> Key:
        return Key.read(self.witness.vkey)

    def post(self, body: str | bytes, path: str = "/add-checkpoint") -> tuple[int, str, str | None]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", path, body if isinstance(body, bytes) else body.encode())
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers.get("Content-Type")
        finally:
            connection.close()


def checkpoint(size: int, leaves: list[bytes] = LEAVES, signer: Signer = SIGNER, origin: str = ORIGIN) -> str:
    text = notes.checkpoint(origin, size, tree.root(tree.extended(0, (), leaves[:size])), NOW)
    return notes.signed(text, signer.line(origin, text))


def asked(old: int, size: int, leaves: list[bytes] = LEAVES, whole: str = "") -> str:
    proof = tree.consistency(old, tree.extended(0, (), leaves[:old]), leaves[old:size])
    lines = "".join(f"{base64.b64encode(one).decode()}\n" for one in proof)
    return f"old {old}\n{lines}\n{whole or checkpoint(size, leaves)}"
