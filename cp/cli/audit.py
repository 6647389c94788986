"""`flask audit …`: check it, seal it, hand it to outsiders."""

import threading
from pathlib import Path

import click
from flask.cli import AppGroup

from cp import clock
from cp.cli.common import config, make_signing_key, reading, sessions, transaction
from cp.models import new_uid
from cp.services import audit
from cp.services.audit_seals import again, checking, keys, leaves, proving, sealing
from cp.services.audit_seals.checking import Sealed
from cp.services.audit_seals.keeping import Sealer
from cp.services.audit_seals.notes import NoKey
from cp.services.audit_seals.proving import NotSealed
from cp.services.audit_seals.sealing import Wrong
from cp.terms import Act

group = AppGroup("audit", help="Check the audit, seal it, hand it to outsiders.")
key = AppGroup("key", help="The key that signs the audit's checkpoints.")
group.add_command(key)
GROUPS = (group,)


@group.command("verify")
def verify() -> None:
    """Check every entry from the first to the last, and every seal; fails unless all are whole."""
    with reading() as session:
        checked, sealed = leaves.verify(session), checking.check(session, config().lodge)
    problems = [*checked.problems, *sealed.problems]
    for problem in problems:
        click.echo(problem)
    click.echo(f"{checked.entries} entries checked, {len(problems)} problems.")
    for sentence in _said(sealed):
        click.echo(sentence)
    if problems:
        raise SystemExit(1)


def _said(sealed: Sealed) -> list[str]:
    """What the seals prove, and what nothing proves yet."""
    lines = []
    if sealed.newest:
        lines.append(
            f"Sealed: {sealed.size} entries under {sealed.checkpoints} checkpoints, the last of "
            f"{sealed.newest:%d %B %Y %H:%M:%S} UTC; lodged: {sealed.lodged}; cosigned by a witness: {sealed.cosigned}."
        )
    lines += [one.sentence() for one in sealed.breaks]
    if sealed.gone:
        lines.append(f"Gone after their time was over: {sealed.gone} entries, whose places in the log stay.")
    old = max(0, round((clock.now() - sealed.since).total_seconds())) if sealed.since else 0
    lines.append(
        f"Not sealed yet: {sealed.waiting} entries"
        + (
            f", the oldest {old} seconds old. That none of them was taken away nobody can tell."
            if sealed.waiting
            else "."
        )
    )
    if sealed.others:
        logs = "1 other log" if sealed.others == 1 else f"{sealed.others} other logs"
        lines.append(f"The lodge holds {logs}, which this database knows nothing of.")
    return lines


@group.command("seal")
@click.option("--once", is_flag=True, help="End when all that waits is sealed.")
def seal(once: bool) -> None:
    """Seal entries until stopped, as the worker does."""
    sealer = Sealer(sessions(), config())
    if not once:
        return sealer.run(threading.Event())
    done = sealer.everything()
    with reading() as session:
        known, left = sealing.log(session), Sealed()
        checking.waiting(session, left)
    click.echo(f"{known.size if known else 0} entries are sealed, {left.waiting} are not.")
    if not done:
        raise SystemExit(1)
    return None


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--leaves-only", is_flag=True, help="Without what the entries say.")
def export(file: Path, leaves_only: bool) -> None:
    """Write the whole log to FILE, for `python -m cpverify log`."""
    _note("audit_exported")
    with reading() as session, file.open("x", encoding="utf-8") as out:
        file.chmod(0o600)
        out.writelines(f"{line}\n" for line in proving.export(session, contents=not leaves_only))
    click.echo(f"The log is in {file}.")


@group.command("prove")
@click.argument("entry", type=int)
def prove(entry: int) -> None:
    """Print the proof of one entry, for whom it is about: it shows no other. `python -m cpverify proof` checks it."""
    with reading() as session:
        try:
            proof = proving.prove(session, entry)
        except NotSealed:
            raise click.ClickException("There is no such entry, or no seal covers it yet.") from None
    _note("audit_proven")
    click.echo(proof, nl=False)


def _note(what: str) -> None:
    """Whatever is handed out stands in the audit, before it is."""
    with transaction() as session:
        audit.record(session, None, Act.SET_UP, audit.About(reason=what), request_id=new_uid())


@group.command("begin-again")
@click.option(
    "--new-key", is_flag=True, help="The signing key is lost for good: make another, which nobody vouches for."
)
def begin_again(new_key: bool) -> None:
    """Go on with another log after a restore lost entries that were sealed, or with another key after that was lost."""
    try:
        vkey, broke = again.begin_again(sessions(), config().lodge, config().signing_file, new_key=new_key)
    except (NoKey, Wrong) as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"The lodge or the key cannot be written ({problem.strerror}).") from None
    click.echo(broke.sentence())
    click.echo("Give this line to everybody who checks the log, and to the witness:")
    click.echo(vkey)


@key.command("make")
def make() -> None:
    """Make the signing key, if there is none yet."""
    made = make_signing_key()
    click.echo(f"{'Made' if made else 'Kept'} the signing key {config().signing_file}. Keep a copy somewhere safe.")


@key.command("show")
def show() -> None:
    """Print what outsiders check signatures with: give it to them by another way than the log."""
    with reading() as session:
        known = sealing.log(session)
    if known is None:
        raise click.ClickException("Nothing is sealed yet. Run: flask --app app audit seal --once")
    click.echo(known.key)


@key.command("rotate")
def rotate() -> None:
    """Put another signing key in the place of this one, which vouches for it."""
    try:
        click.echo(keys.rotate(sessions(), config().signing_file))
    except (NoKey, Wrong) as problem:
        raise click.ClickException(str(problem)) from None
    click.echo("Give this line to everybody who checks the log, and to the witness.", err=True)
