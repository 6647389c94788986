"""The witness over HTTP: one address, `POST /add-checkpoint`."""

import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cpverify.notes import is_number
from cpwitness import judging
from cpwitness.judging import Answer
from cpwitness.keeping import Witness

LARGEST = 64 * 1024
SECONDS = 10


def server(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """Ready to serve. Put a web server that speaks HTTPS in front of it where others can reach it."""

    class Handler(BaseHTTPRequestHandler):
        timeout = SECONDS
        server_version, sys_version = "cpwitness", ""

        def do_POST(self) -> None:
            self._say(self._answer())

        def _answer(self) -> Answer:
            if self.path.rpartition("/")[2] != "add-checkpoint":
                return Answer(HTTPStatus.NOT_FOUND)
            length = self.headers.get("Content-Length", "")
            if not is_number(length) or int(length) > LARGEST:
                return Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            try:
                body = self.rfile.read(int(length)).decode("utf-8")
            except UnicodeDecodeError:
                return Answer(HTTPStatus.BAD_REQUEST)
            return judging.answer(witness, body, int(time.time()))

        def _say(self, answer: Answer) -> None:
            body = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing of who asks is kept."""

    return ThreadingHTTPServer((host, port), Handler)
