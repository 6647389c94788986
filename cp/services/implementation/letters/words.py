"""What each letter says, in words that somebody of eleven can read (tests/pages/test_reading_age.py)."""

from dataclasses import dataclass

from cp.rules.duty import must_supply
from cp.rules.phones import phone_shown
from cp.terms import LetterKind, Need, OrganisationKind

LEAD = {
    OrganisationKind.COLLEGE: "Principal",
    OrganisationKind.GP_PRACTICE: "Practice Manager",
    OrganisationKind.NURSERY: "Manager",
}
PLACE = {
    OrganisationKind.COLLEGE: ("college", "students"),
    OrganisationKind.GP_PRACTICE: ("practice", "children"),
    OrganisationKind.NURSERY: ("nursery", "children"),
    OrganisationKind.CHARITY: ("charity", "children"),
}
SCHOOLS = (
    OrganisationKind.PRIMARY_SCHOOL, OrganisationKind.SECONDARY_SCHOOL, OrganisationKind.SPECIAL_SCHOOL,
    OrganisationKind.INDEPENDENT_SCHOOL,
)  # fmt: skip
OWED = {
    Need.ANSWER: "your answers to our short questions",
    Need.ACCEPT_MEANS: "a yes or no to the way of sending that we put to you",
    Need.SEND_TEST_FILE: "your first file, as a test",
    Need.SIGN: "your signed agreement",
    Need.NAME_PEOPLE: "the names of the people who will use ContactPoint",
    Need.COME_TO_TRAINING: "your people, at the training that is booked for them",
    Need.ANSWER_ACCREDITATION: "your answers on how you keep ContactPoint safe",
}
"""What a reminder can ask for: what only the other side can do."""
DONE_BY = {
    Need.ANSWER: "Open the address in the letter that asked them. Or call me: I ask, and write down what you say.",
    Need.ACCEPT_MEANS: "Call me. I tell you again what the way is, and you say yes or no. We need nothing in writing.",
    Need.SEND_TEST_FILE: "Sign in to ContactPoint, choose “Send pupil data” and send the file. Nothing in it goes "
                         "live yet. Or call me, and we do it together.",
    Need.SIGN: "Sign the agreement and send it back to me. If you no longer have it, call me and I send it again.",
    Need.NAME_PEOPLE: "Call me and tell me who they are: the name, the job and the work email of each.",
    Need.COME_TO_TRAINING: "Come on the day that is booked. If it does not suit, call me for another one.",
    Need.ANSWER_ACCREDITATION: "Call me. I ask you the questions, and write down what you say.",
}  # fmt: skip
"""How the other side does it."""


WAIT = "Nothing yet. The questions come to you in a letter of their own."


@dataclass(frozen=True, slots=True)
class Part:
    """Some paragraphs, then points; under a heading, or under none. `in_turn`: the points follow one another."""

    heading: str
    lines: tuple[str, ...]
    points: tuple[str, ...] = ()
    in_turn: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, for which authority, and how they are reached (E.164); `about` is the public pages' address."""

    name: str
    phone: str
    authority: str
    about: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter needs to know of whom it goes to. `form` is the address of its own form, or nothing; `sensitive`:
    the register calls the service sensitive, and it sends no lists.
    """

    kind: OrganisationKind
    need: Need
    form: str = ""
    sensitive: bool = False


def fits(letter: LetterKind, need: Need) -> bool:
    """Nobody is reminded of what they do not owe; any other letter may go to anybody."""
    return letter is not LetterKind.REMINDER or need in OWED


def lead_of(kind: OrganisationKind) -> str:
    """To whom a letter goes where no name is known."""
    return LEAD.get(kind, "Head Teacher" if kind in SCHOOLS else "Manager")


def said(letter: LetterKind, facts: Facts, writer: Writer) -> Words:
    return {
        LetterKind.FIRST: _first, LetterKind.REMINDER: _reminder, LetterKind.MEANS: _means,
        LetterKind.TRAINING: _training,
    }[letter](facts, writer)  # fmt: skip


def place_of(kind: OrganisationKind) -> tuple[str, str]:
    """What a place is called in a sentence, and those it is there for."""
    return PLACE.get(kind, ("school", "pupils") if kind in SCHOOLS else ("service", "children"))


def _call(writer: Writer, line: str = "I am your local contact, and I am glad to help.") -> Part:
    return Part("Whom to call", (f"{line} Call me on {phone_shown(writer.phone)}.",))


def _first(facts: Facts, writer: Writer) -> Words:
    place, _ = place_of(facts.kind)
    holds = (
        "the name, birth date, gender and home of the child", "who looks after the child",
        "the child’s school and doctor", "who else works with the child, and how to reach them",
    )  # fmt: skip
    what = (
        f"ContactPoint is a list of the children in the area of {writer.authority}. It helps people who work with the "
        "same child to find each other. It is not a case file.",
        "It holds no notes, no marks and no health facts. For each child it holds:",
    )
    more = f"You can read more at {writer.about}"
    return Words(f"ContactPoint and your {place}", (
        Part("", what, holds), Part("What the law says", (_duty(facts),)),
        Part("What happens next", (), _steps(facts, place), in_turn=True), Part("What to do now", (WAIT,)),
        _call(writer), Part("", (more,)),
    ))  # fmt: skip


def _steps(facts: Facts, place: str) -> tuple[str, ...]:
    sending = (
        "We agree with you on a way to send that is the least work for you.",
        "You send one file as a test. Nothing in it goes into ContactPoint yet.",
    )  # fmt: skip
    return (
        "We ask you some short questions. They take about 10 minutes.", *(() if facts.sensitive else sending),
        "You and we sign an agreement.", f"We train the people at your {place} who will use ContactPoint.",
        f"Then your {place} goes live.",
    )  # fmt: skip


def _duty(facts: Facts) -> str:
    kind, (place, people) = facts.kind, place_of(facts.kind)
    if facts.sensitive:
        return ("The law calls your service sensitive. So you send no list. You say that you work with a child only "
                "if the child or a parent agrees, or if a child may come to harm.")  # fmt: skip
    sent = ("names, birth dates, genders, homes, when each child came and left, and who looks after the child and how "
            "to reach them")  # fmt: skip
    only = "Send only what you hold. You do not have to ask for anything new."
    newer = "If a fact you sent has changed, send the new one."
    if kind is OrganisationKind.INDEPENDENT_SCHOOL:
        return (f"The law asks each independent school to send some facts about its pupils: {sent}. It is the same "
                f"duty that all other schools have. {only} {newer}")  # fmt: skip
    if must_supply(kind):
        return f"The law asks your {place} to send some facts about its {people}: {sent}. {only} {newer}"
    return (f"The law lets your {place} send some facts about its {people}: {sent}. You are free to choose. {only} "
            f"{newer}")  # fmt: skip


def _reminder(facts: Facts, writer: Writer) -> Words:
    owed = OWED.get(facts.need, "your answer")
    lines = ("We wrote to you about ContactPoint. There is one thing that we still wait for:",)
    how = (DONE_BY.get(facts.need, "Call me."), "Have you done it in the last few days? Then thank you, and you can "
           "lay this letter aside.")  # fmt: skip
    return Words("ContactPoint: what we still wait for", (
        Part("", lines, (owed,)), Part("What to do now", how),
        _call(writer, "If something stands in the way, tell me. Often we can do it on the telephone, then and there."),
    ))  # fmt: skip


def _means(facts: Facts, writer: Writer) -> Words:
    place, people = place_of(facts.kind)
    asked = (
        f"who at your {place} we should talk to", f"which system holds the facts about your {people}",
        "which way of sending would suit you", "how many of your staff work with children, in which jobs",
        "what training they have had, and when they could come to some",
    )  # fmt: skip
    sends = "is to send" if must_supply(facts.kind) else "may send"
    lines = (
        f"{writer.authority} runs ContactPoint here. It is a list that helps people who work with the same child to "
        "find each other." + ("" if facts.sensitive else f" Your {place} {sends} it some facts about its {people}."),
        "We would like to find the way that is the least work for you. So we ask:",
    )
    how = (
        ("Open this address on a computer or a phone:", facts.form,
         "You need no account. It takes about 10 minutes. You can stop and come back: what you said is kept. Show this "
         f"web address only to those who help you to answer, for whoever has it can answer for your {place}.",
         "If you would rather answer on the telephone, call me.")
        if facts.form
        else ("Call me, and we go through the questions. It takes about 10 minutes.",)
    )  # fmt: skip
    return Words(f"ContactPoint: how will your {place} send its facts?", (
        Part("", lines, asked), Part("How to answer", how),
        _call(writer, "If you would like to talk it through first, I am glad to."),
    ))  # fmt: skip


def _training(facts: Facts, writer: Writer) -> Words:
    place, _ = place_of(facts.kind)
    learnt = (
        "how to find a child on the list, and what to do if the child is not on it",
        "how to put down that you work with a child",
        "how to keep what you see safe", "what you must never look up",
    )  # fmt: skip
    lines = (f"Nobody may use ContactPoint before they are trained. So we invite the people at your {place} who will "
             "use it. They learn:",)  # fmt: skip
    book = ("Call me to book. Tell me how many people will come, and which days suit them. Tell me too if somebody "
            "needs large print, sign language, a room without steps, or anything else. I then tell you the place, the "
            "day and the hours.",)  # fmt: skip
    return Words("ContactPoint: come to our training", (
        Part("", lines, learnt), Part("How to book", book), _call(writer),
    ))  # fmt: skip
