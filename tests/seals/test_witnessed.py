"""The sealer has what it lodged cosigned, catches up, and says when a witness saw something else."""

import base64
import socket
import threading
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from cp.config import Config
from cp.services.audit_seals import keys, notes
from cp.services.audit_seals.keeping import Sealer
from cp.services.audit_seals.sealing import Sessions
from tests.seals.conftest import Verify, key_of, write
from tests.seals.log import lodged_sizes
from tests.seals.standing import NAME, Standing, asked, checkpoint


@pytest.fixture
def witnessed(sealer: Sealer, config: Config, sessions: Sessions, standing: Standing) -> Sealer:
    """A sealer whose log the witness looks after."""
    sealer.everything()
    standing.witness.logs.write_text(f"{sessions_key(sessions)}\n")
    sealer.config = replace(config, witness=f"http://127.0.0.1:{standing.port}/#{standing.witness.vkey}")
    return sealer


def sessions_key(sessions: Sessions) -> str:
    key = key_of(sessions)
    return f"{key.name}+{key.number.hex()}+{base64.b64encode(bytes([key.kind]) + key.public).decode()}"


def test_what_is_sealed_is_cosigned_and_lodged_with_the_cosignature(
    session: Session, witnessed: Sealer, config: Config, standing: Standing, verify: Verify
) -> None:
    for _ in range(3):
        write(session, 3)
        assert witnessed.everything()

    cosigned = [size for kind, size in lodged_sizes(config) if kind == "cosigned"]
    assert cosigned == [3, 6, 9]
    report = verify(witnesses=(standing.key,))
    assert (report.problems, report.cosigned) == ([], {NAME: 9})


def test_a_witness_that_is_away_holds_nobody_up_and_is_caught_up_with(
    session: Session, witnessed: Sealer, config: Config, standing: Standing, verify: Verify,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    here = witnessed.config
    witnessed.config = replace(here, witness="http://127.0.0.1:1/")
    for _ in range(3):
        write(session, 3)
        assert not witnessed.everything()
    assert "the witness does not answer" in caplog.text
    assert lodged_sizes(config)[-1] == ("checkpoint", 9)

    witnessed.config = here

    assert witnessed.everything()
    assert verify(witnesses=(standing.key,)).cosigned == {NAME: 9}


ELSEWHERE = "HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n"
SIZE = "HTTP/1.1 409 Conflict\r\nContent-Type: text/x.tlog.size\r\nContent-Length: {}\r\n\r\n{}"
ANSWERS = {
    "no answer": "",
    "no HTTP": "hello\r\n\r\n",
    "cut short": "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nshort",
    "a refusal cut short": SIZE.format(999, "5"),
    "many headers": "HTTP/1.1 200 OK\r\n" + "X: y\r\n" * 200,
    "no length": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "elsewhere": ELSEWHERE.format("http://127.0.0.1:1/"),
    "nowhere": ELSEWHERE.format("http://["),
    "a file": ELSEWHERE.format("file:///etc/hostname"),
    "a size of many figures": SIZE.format(5000, "9" * 5000),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_whatever_a_witness_answers_the_sealer_goes_on(
    session: Session, witnessed: Sealer, config: Config, caplog: pytest.LogCaptureFixture, answer: str
) -> None:
    """It is said in the log: what stopped the thread of the sealer would leave everything after it unsealed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        witnessed.config = replace(config, witness=f"http://127.0.0.1:{server.getsockname()[1]}/")
        threading.Thread(target=_answer, args=(server, answer.encode()), daemon=True).start()
        write(session, 3)

        assert not witnessed.everything()

    assert "The audit is not sealed as it should be. " in caplog.text
    assert lodged_sizes(config)[-1] == ("checkpoint", 3)


def _answer(server: socket.socket, answer: bytes) -> None:
    """Once, and then it is gone."""
    connection, _ = server.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


def test_a_witness_that_forgot_or_knows_less_than_we_thought_is_told_from_there(
    session: Session, witnessed: Sealer, standing: Standing, verify: Verify
) -> None:
    write(session, 3)
    witnessed.everything()
    for path in standing.witness.folder.glob("*.checkpoint"):
        path.unlink()
    write(session, 3)

    assert witnessed.everything()
    assert verify(witnesses=(standing.key,)).cosigned == {NAME: 6}


def test_a_witness_that_saw_another_log_of_this_name_is_an_alarm(
    session: Session, witnessed: Sealer, sessions: Sessions, config: Config, standing: Standing,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """Somebody with the signing key showed the witness something else."""
    stolen, origin = notes.read_key(config.signing_file), key_of(sessions).name
    assert standing.post(asked(0, 5, whole=checkpoint(5, signer=stolen, origin=origin)))[0] == 200
    write(session, 8)

    assert not witnessed.everything()
    assert "The witness has seen a log of 5 entries, which was never sealed here." in caplog.text


def test_a_new_key_is_cosigned_once_the_witness_knows_it(
    session: Session, witnessed: Sealer, sessions: Sessions, config: Config, standing: Standing, verify: Verify
) -> None:
    write(session, 2)
    witnessed.everything()
    first = key_of(sessions)
    new = keys.rotate(sessions, config.signing_file)
    assert not witnessed.everything()  # 403: somebody else signs, for all that the witness knows

    with standing.witness.logs.open("a") as logs:
        logs.write(f"{new}\n")

    assert witnessed.everything()
    report = verify(first, witnesses=(standing.key,))
    assert (report.problems, report.cosigned) == ([], {NAME: 3})
