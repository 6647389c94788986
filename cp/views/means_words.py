"""How means of supply and test files are worded: what to set up, why a file may not be accepted, what was done."""

from flask import Flask

from cp.forms.means import AGAIN, MEANS, MEANS_NOTES
from cp.rules.live_supply import FORMS, READY_OF_100
from cp.services.implementation.means import Stands
from cp.services.implementation.trials import Trial, Tried
from cp.services.supply.live import TRIED
from cp.terms import Fault, FileForm, Means
from cp.views.words import plural

CAME = {
    FileForm.CSV: "Spreadsheet",
    FileForm.XLSX: "Spreadsheet",
    FileForm.ODS: "Spreadsheet",
    FileForm.CTF: "Common Transfer File",
    FileForm.HAND: "Typed in",
    FileForm.MACHINE: "Sent by its own system",
}
FAULTS = {
    Fault.WRONG: "wrong, so that a row cannot be sent",
    Fault.TWICE: "the same child in two rows",
    Fault.UNUSUAL: "unusual, and may be right",
}
SAID = {
    "offered": "It is offered. Record it here when the school has agreed.",
    "agreed": "It is agreed.",
    "same": "Nothing has changed.",
    "accepted": "The test file is accepted. The school sees it under Files sent.",
    "another": "Another file is asked for. The school sees why under Files sent.",
}


def to_set_up(one: Stands) -> tuple[str, ...]:
    """What somebody has to do before the agreed means works, and how far that is."""
    match one.means:
        case Means.SYSTEM:
            if one.systems:
                return (f"{plural(one.systems, 'credential', 'credentials')} for its system can be used.",)
            return ("An account manager makes the credential that its system sends with, under Services.",)
        case Means.FOLDER if one.folder:
            return (
                f"Its system puts each file into {one.folder}, a folder within the one that the server watches "
                "(supply watch).",
            )
        case Means.FOLDER:
            return ("Its folder is called after its URN, DfE number or practice code, and we know none of it.",)
    if one.suppliers:
        return (f"{plural(one.suppliers, 'person', 'people')} of it can send.",)
    return ("Somebody of it needs a supplier’s account. An account manager invites them.",)


def why_not(one: Tried) -> str:
    """Why its test file may not be accepted."""
    if not one.agreed or one.means is None:
        return "It cannot be accepted before a way of sending is agreed."
    if one.trial and one.trial.form not in FORMS[one.means]:
        return f"It cannot be accepted: it came another way than is agreed, which is “{MEANS[one.means]}”."
    return f"It cannot be accepted: at least {READY_OF_100} of 100 rows must be ready to be sent."


def to_look_at(trial: Trial) -> list[str]:
    """How many things of each kind."""
    return [f"{trial.found[fault]}: {words}" for fault, words in FAULTS.items() if trial.found[fault]] or ["Nothing"]


def decided(one: Tried) -> list[str]:
    """What was said of its test file, and why."""
    if one.accepted:
        return ["Accepted"]
    reasons = [AGAIN[reason] for reason in one.trial.reasons] if one.trial else []
    return ["Another was asked for, because:", *reasons] if reasons else ["Not yet"]


def said_of_means(code: str | None) -> str:
    return SAID.get(code or "", "")


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        MEANS_SAID=MEANS, MEANS_NOTES=MEANS_NOTES, AGAIN=AGAIN, CAME=CAME, TRIED=TRIED,
        to_look_at=to_look_at, decided=decided, to_set_up=to_set_up, why_not=why_not, said_of_means=said_of_means,
    )  # fmt: skip
