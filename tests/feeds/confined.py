"""A process that reads one spreadsheet after another, confined as the real one is: for the thousands of a fuzzer."""

import os
from contextlib import suppress
from io import BytesIO
from typing import IO

from cp.feeds import workbook_alone


class Confined:
    """Begins when it is asked the first time, and again after a file that it did not outlive."""

    def __init__(self) -> None:
        self.ended = 0
        self.child = 0
        self.asking: IO[bytes]
        self.answering: IO[bytes]

    def ask(self, data: bytes) -> bytes:
        """What the reader says of a file; nothing if that ended the process; `!` and an exception that is our fault."""
        if not self.child:
            self._begin()
        try:
            self.asking.write(len(data).to_bytes(4, "big") + data)
            self.asking.flush()
            size = self.answering.read(4)
        except BrokenPipeError:
            size = b""
        if len(size) < 4:
            self._end()
            return b""
        return self.answering.read(int.from_bytes(size, "big"))

    def _begin(self) -> None:
        given, asking = os.pipe()
        answering, said = os.pipe()
        self.child = os.fork()
        if self.child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            os.close(asking)
            os.close(answering)
            answer_all(open(given, "rb"), open(said, "wb"))  # noqa: SIM115 - they end with the process
        os.close(given)
        os.close(said)
        self.asking, self.answering = open(asking, "wb"), open(answering, "rb")  # noqa: SIM115 - `_end` closes them

    def _end(self) -> None:
        self.ended += 1
        os.waitpid(self.child, 0)
        self.child = 0
        self.answering.close()
        with suppress(BrokenPipeError):
            self.asking.close()


def answer_all(given: IO[bytes], said: IO[bytes]) -> None:
    """Never returns. Whatever is no exception of Python's own, a panic or the end of memory, ends the process."""
    workbook_alone.confine()
    while size := given.read(4):
        data = given.read(int.from_bytes(size, "big"))
        answer = BytesIO()
        try:
            workbook_alone.say(data, answer)
        except MemoryError:
            os._exit(1)
        except Exception as error:
            answer = BytesIO(b"!" + repr(error).encode())
        except BaseException:
            os._exit(1)
        said.write(len(answer.getvalue()).to_bytes(4, "big") + answer.getvalue())
        said.flush()
    os._exit(0)
