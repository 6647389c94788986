"""A log that begins again with another key, or with one that was changed since the backup."""

from pathlib import Path

import pytest

from cp.services.audit_seals import notes, older, sealing
from cp.services.audit_seals.breaks import Break
from cp.services.audit_seals.notes import Signer
from cp.terms import NoteKind
from cpverify.__main__ import main
from tests.conftest import NOW
from tests.seals.breaking import Outside, key_told, origin
from tests.seals.conftest import more
from tests.services.backing_up.conftest import Place


def test_a_key_that_was_changed_since_the_backup_vouches(place: Place, outside: Outside) -> None:
    file, first = place.back_up(), key_told(place)
    place.done("audit", "key", "rotate")
    more(place, 2)
    place.restore(file)

    place.done("audit", "begin-again")
    more(place, 1)

    assert "0 problems" in place.done("audit", "verify")
    assert outside(first)[0] == 0


def test_a_lost_key_is_said_and_only_whoever_is_given_the_new_one_trusts_it(place: Place, outside: Outside) -> None:
    first, path = key_told(place), place.config.signing_file
    path.unlink()
    refused = place.refused("audit", "begin-again")
    assert refused.startswith(f"The signing key {path} is missing. Put it back. If it is lost for good, run: ")

    said = place.done("audit", "begin-again", "--new-key").splitlines()
    more(place, 2)

    assert "at most 0 were lost" in said[0]
    assert said[0].endswith("The key of before was lost: check the new one with whoever gave it to you.")
    assert said[0] in place.done("audit", "verify")
    assert outside(first)[0] == 1
    assert [outside(*given)[0] for given in ([said[2]], [first, said[2]])] == [0, 0]
    assert "nobody vouches for the new one but who gave it to you." in outside(said[2])[1][0]


def test_a_key_that_was_lost_with_entries_is_said_once(place: Place, restored: str, outside: Outside) -> None:
    place.config.signing_file.write_text('{"ed25519": "' + "A" * 43 + '="}\n')
    assert "move what lies there away and run: " in place.refused("audit", "begin-again", "--new-key")
    place.config.signing_file.unlink()

    said = place.done("audit", "begin-again", "--new-key").splitlines()

    assert "at most 3 were lost" in said[0]
    assert outside(restored, said[2])[0] == 0


@pytest.mark.parametrize(
    ("kept", "sentences"),
    [
        (5, ("does not vouch for", "is not one that you trust, and none of those vouches for it.")),
        (7, ("The log was begun again with 7 entries, and has 5.",) * 2),
        (6, ("That 6 entries stayed at a break was never lodged.",) * 2),
    ],
    ids=["by a stranger", "of entries that are gone", "of another size"],
)
def test_a_break_that_somebody_else_declares_is_found(
    place: Place, restored: str, outside: Outside, kept: int, sentences: tuple[str, str]
) -> None:
    old, stranger = origin(restored), Signer.new()
    broke = Break(f"{old}/2", old, kept, 10, lodged_root(place, old, 10), NOW)
    text = broke.text(stranger)
    sealing.add(place.session, NoteKind.KEY, kept, notes.signed(text, stranger.line(broke.origin, text)))
    place.session.commit()
    place.run("audit", "seal", "--once")

    verified, (status, told) = place.run("audit", "verify"), outside(restored)

    assert (verified.exit_code, status) == (1, 1)
    assert sentences[0] in verified.output
    assert any(one.endswith(sentences[1]) for one in told)


def lodged_root(place: Place, log: str, size: int) -> bytes:
    root: bytes = older.read(place.session, place.config.lodge, log).points[size]
    return root


def test_an_entry_is_proven_by_the_log_that_goes_on(
    place: Place, restored: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = place.done("audit", "begin-again").splitlines()[2]
    file = tmp_path / "proof"
    file.write_text(place.done("audit", "prove", "2"))

    assert main(["proof", "--key", new, str(file)]) == 0
    assert f"stands at place 1 of {origin(new)}, sealed 23 November 2026" in capsys.readouterr().out
