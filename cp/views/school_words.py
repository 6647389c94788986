"""How a school's answers are worded, and the means that the system proposes from them."""

from collections.abc import Iterator

from flask import Flask

from cp.forms.school import DAYS, NEEDS, SYSTEMS, TIMES, TRAINING, WISHES
from cp.models import Organisation
from cp.rules.eligibility import posts_at
from cp.rules.means import Proposal
from cp.rules.phones import phone_shown
from cp.services.implementation.answers import Answers, Contact
from cp.services.supply.senders import SCHOOLS
from cp.terms import Frequency, Means, MeansWhy, PupilSystem, SchoolQuestion

EACH = {
    Frequency.DAILY: "each working day",
    Frequency.WEEKLY: "each week",
    Frequency.MONTHLY: "each month",
    Frequency.TERMLY: "each term",
}
PROPOSED = {
    Means.SYSTEM: "Let your system send by itself {each}.",
    Means.FOLDER: "Let your system put a file into a folder {each}.",
    Means.TRANSFER_FILE: "Upload one file {each}.",
    Means.SPREADSHEET: "Upload one spreadsheet {each}.",
    Means.BY_HAND: "Type your {children} in, and look through them {each}.",
}
NOTHING_TO_INSTALL = "It takes a few minutes and there is nothing to install."
BECAUSE = {
    MeansWhy.EXPORTS: f"Your system, {{system}}, can export a Common Transfer File. {NOTHING_TO_INSTALL}",
    MeansWhy.ASKED_FOR: "You said that this suits you. Once it is set up, there is nothing more to do.",
    MeansWhy.FEW: "You have few {children}: typing them takes less time than making a file.",
    MeansWhy.MANY: "To type {pupils} {children} would take days. A spreadsheet of them takes minutes.",
    MeansWhy.LIST_OF_SYSTEM: f"Your system can save a list of {{children}} as a spreadsheet. {NOTHING_TO_INSTALL}",
    MeansWhy.LIST_KEPT: "You keep the list yourself, so you can send the one that you have. If it is on paper, type it "
    "into a spreadsheet once.",
    MeansWhy.LIST_ANYHOW: f"Whatever holds your {{children}}, it can save a list as a spreadsheet. "
    f"{NOTHING_TO_INSTALL}",
}  # fmt: skip
OF_A_FILE = f"You said that this suits you. {NOTHING_TO_INSTALL}"
"""A Common Transfer File that a system is not known to write."""
ASKED = {
    SchoolQuestion.CONTACT: "Contact",
    SchoolQuestion.SYSTEM: "System",
    SchoolQuestion.WISH: "Way of sending",
    SchoolQuestion.STAFF: "{children} and staff",
    SchoolQuestion.TRAINING: "Training",
    SchoolQuestion.SESSION: "Training session",
}
SAID = {"link_seen": "That link was shown already, once. If you have not seen it, make a new one."}
NUMBERS = {question: number for number, question in enumerate(SchoolQuestion, 1)}


def said_of_links(code: str | None) -> str:
    return SAID.get(code or "", "")


def place_said(organisation: Organisation) -> str:
    return "school" if organisation.kind in SCHOOLS else "organisation"


def children_said(organisation: Organisation) -> str:
    return "pupils" if organisation.kind in SCHOOLS else "children"


def asked_said(question: SchoolQuestion, organisation: Organisation) -> str:
    """A question in a word or two."""
    return ASKED[question].format(children=children_said(organisation).capitalize())


def proposed_said(proposal: Proposal, organisation: Organisation) -> str:
    return PROPOSED[proposal.means].format(each=EACH[proposal.frequency], children=children_said(organisation))


def because_said(proposal: Proposal, found: Answers, organisation: Organisation) -> str:
    """Why that means, to the school."""
    by_file = (proposal.means, proposal.why) == (Means.TRANSFER_FILE, MeansWhy.ASKED_FOR)
    sentence = OF_A_FILE if by_file else BECAUSE[proposal.why]
    system = SYSTEMS[found.system or PupilSystem.NOT_KNOWN]
    return sentence.format(system=system, pupils=f"{found.pupils or 0:,}", children=children_said(organisation))


def lines_said(question: SchoolQuestion, found: Answers, organisation: Organisation) -> list[str]:
    """An answer, line by line; nothing where there is none."""
    return list(_lines(question, found, organisation)) if question in found.saved else []


def _lines(question: SchoolQuestion, found: Answers, organisation: Organisation) -> Iterator[str]:
    match question:
        case SchoolQuestion.CONTACT if found.contact:
            yield from _contact(found.contact)
        case SchoolQuestion.SYSTEM:
            yield SYSTEMS[found.system or PupilSystem.NOT_KNOWN]
        case SchoolQuestion.WISH:
            child = "pupil" if organisation.kind in SCHOOLS else "child"
            yield WISHES[found.wish or PupilSystem.NOT_KNOWN].format(child=child)
        case SchoolQuestion.STAFF:
            yield from _staff(found, organisation)
        case SchoolQuestion.TRAINING:
            yield ", ".join(TRAINING[one] for one in found.training)
        case SchoolQuestion.SESSION:
            yield ", ".join(DAYS[one] for one in found.days)
            yield ", ".join(TIMES[one] for one in found.times)
            yield from (NEEDS[one] for one in found.needs)


def _contact(contact: Contact) -> Iterator[str]:
    yield f"{contact.name}, {contact.post}"
    yield from filter(None, (contact.phone and phone_shown(contact.phone), contact.email))


def _staff(found: Answers, organisation: Organisation) -> Iterator[str]:
    """How many children, then each post in which there is anybody."""
    words = posts_at(organisation.kind)
    yield f"{children_said(organisation).capitalize()}: {found.pupils or 0:,}"
    yield from (f"{words[code]}: {count}" for code, count in (found.staff or {}).items() if count and code in words)
    if found.others:
        yield f"{'Others' if words else 'Staff'}: {found.others}"


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        place_said=place_said, children_said=children_said, asked_said=asked_said, proposed_said=proposed_said,
        because_said=because_said, lines_said=lines_said, said_of_links=said_of_links,
        QUESTION_NUMBERS=NUMBERS,
    )  # fmt: skip
