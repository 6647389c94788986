"""A mail server on this machine alone, which keeps what it is sent."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Mailbox(socketserver.ThreadingTCPServer):
    """`says` is what it answers to a letter; any code but 250 refuses it."""

    allow_reuse_address = daemon_threads = True
    says = b"250 kept"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.receivers: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self._say(b"220 here")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self._take()
            elif word == b"QUIT":
                self._say(b"221 done")
                return
            else:
                if word == b"RCPT":
                    self.server.receivers.append(line.decode().strip().partition(":")[2])
                self._say(b"250 yes")

    def _take(self) -> None:
        self._say(b"354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        raw = b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)
        if self.server.says.startswith(b"250"):
            self.server.letters.append(message_from_bytes(raw, policy=policy.default))
        self._say(self.server.says)

    def _say(self, text: bytes) -> None:
        self.wfile.write(text + b"\r\n")


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()
