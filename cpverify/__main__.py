"""`python -m cpverify log` and `python -m cpverify proof`: exit 0 only where everything holds."""

import argparse
import os
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from cpverify import checking, proof, reading
from cpverify.notes import Key, NotANote
from cpverify.signed import Report, Trust


def main(words: list[str]) -> int:
    asked = _parser().parse_args(words)
    try:
        keys, witnesses = _keys(asked.key), _keys(asked.witness)
        if asked.what == "proof":
            return _proof(asked.file, keys, witnesses)
        return _log(asked, Trust(keys, witnesses, asked.years))
    except NotANote as problem:
        print(f"NOT WHOLE: {problem}.")
    except Exception as problem:  # a log that was tampered with may be anything, and is not whole
        print(f"NOT WHOLE: it cannot be read ({type(problem).__name__}: {problem}).")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cpverify", description="Check ContactPoint's audit from outside.")
    both = argparse.ArgumentParser(add_help=False)
    both.add_argument("--key", action="append", required=True, help="the log's key, or a file with one a line")
    both.add_argument("--witness", action="append", default=[], help="a witness's key, or a file with one a line")
    which = parser.add_subparsers(dest="what", required=True)
    log = which.add_parser("log", parents=[both], help="the whole log: a database or an exported file")
    log.add_argument("log", nargs="?", default=os.environ.get("DATABASE_URL"), help="else DATABASE_URL")
    log.add_argument("--lodged", action="append", required=True, type=Path, help="the lodge, or a copy of it")
    log.add_argument("--seen", action="append", default=[], type=Path, help="the checkpoint that a witness keeps")
    log.add_argument("--years", type=float, default=7, help="after so many years entries may be gone (7)")
    which.add_parser("proof", parents=[both], help="the proof of one entry").add_argument("file", type=Path)
    return parser


def _keys(given: list[str]) -> tuple[Key, ...]:
    texts = [Path(one).read_text("utf-8") if Path(one).is_file() else one for one in given]
    return tuple(Key.read(line) for text in texts for line in text.splitlines() if line.strip())


def _proof(file: Path, keys: tuple[Key, ...], witnesses: tuple[Key, ...]) -> int:
    proven = proof.check(file.read_text("utf-8"), keys, witnesses)
    print(proven.canonical.decode("utf-8", "backslashreplace"))
    print(f"stands at place {proven.index} of {proven.checkpoint.origin}, sealed {_day(proven.checkpoint.time)}.")
    print(f"Cosigned by {', '.join(proven.witnesses)}." if proven.witnesses else "No cosignature was asked for.")
    return 0


def _log(asked: argparse.Namespace, trust: Trust) -> int:
    if not asked.log:
        print("Say which log: a database file, a URL of PostgreSQL, or a file that `audit export` wrote.")
        return 1
    read = [reading.lodged(folder) for folder in asked.lodged]
    now, began = time.time(), time.perf_counter()
    lodged, seen = [one for notes, _ in read for one in notes], [path.read_text("utf-8") for path in asked.seen]
    with closing(reading.source(asked.log)) as log:
        report = checking.check(log, lodged, trust, now, seen)
    took = time.perf_counter() - began
    for line in [*report.problems, *_said(report, trust, now)]:
        print(line)
    if torn := sum(count for _, count in read):
        print(f"{torn} lines of the lodge are half written and count for nothing.")
    print(f"{report.entries + report.gone} entries in {took:.1f} s.")
    print("Whole." if not report.problems else f"NOT WHOLE: {len(report.problems)} problems.")
    return 1 if report.problems else 0


def _said(report: Report, trust: Trust, now: float) -> list[str]:
    newest = report.newest
    age = f", the oldest {max(0, now - report.oldest):.0f} seconds old" if report.oldest is not None else ""
    cosigned = [f"{name} cosigned {size}" for name, size in sorted(report.cosigned.items())]
    return [
        *map(str, report.breaks),
        f"Log {report.origin}: {report.sealed} entries sealed under {report.checkpoints} checkpoints, "
        f"the last {_day(newest.time) if newest else 'never'}; lodged: {report.lodged}.",
        f"Witnesses: {'; '.join(cosigned) if cosigned else 'none' if trust.witnesses else 'not asked for'}.",
        *([f"Gone after their time was over: {report.gone}; their places stay."] if report.gone else []),
        f"Not sealed yet: {report.unsealed} entries{age}.",
    ]


def _day(seconds: int | None) -> str:
    return "at an unknown time" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%d %B %Y %H:%M:%S} UTC"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
