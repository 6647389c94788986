"""A letter ready to be printed or sent: to whom, from whom, what it says."""

import textwrap
from dataclasses import dataclass
from datetime import date

from cp.models import Organisation
from cp.rules.phones import phone_shown
from cp.services.implementation.letters import words
from cp.services.implementation.letters.words import Facts, Part, Words, Writer
from cp.terms import LetterKind, Need

WIDE = 76


@dataclass(frozen=True, slots=True)
class Sheet:
    """`to` are the lines for an envelope; without an address they are the name alone, and `posted` is False."""

    to: tuple[str, ...]
    dear: str
    day: date
    words: Words
    writer: Writer
    posted: bool


def sheet(kind: LetterKind, to: Organisation, need: Need, writer: Writer, day: date, form: str = "") -> Sheet:
    said = words.said(kind, Facts(to.kind, need, form, to.sensitive_subject is not None), writer)
    lines = [line.strip() for line in (to.address or "").splitlines() if line.strip()]
    lead = to.head_name or f"The {words.lead_of(to.kind)}"
    envelope = (lead, to.name, *lines, *([to.postcode] if to.postcode else []))
    return Sheet(envelope, f"Dear {to.head_name or words.lead_of(to.kind)}", day, said, writer, bool(lines))


def as_text(one: Sheet) -> str:
    """The same for an email."""
    paragraphs = [f"{one.dear},"]
    for part in one.words.parts:
        paragraphs += _paragraphs(part)
    sign = (one.writer.name, "Local Implementation Manager", one.writer.authority, phone_shown(one.writer.phone))
    return "\n\n".join((*paragraphs, "\n".join(("Yours sincerely,", *sign)))) + "\n"


def _paragraphs(part: Part) -> list[str]:
    """Lines are folded at words alone, so that an address stays whole."""
    folded = [textwrap.fill(line, WIDE, break_long_words=False, break_on_hyphens=False) for line in part.lines]
    marks = [f"{number}." if part.in_turn else "*" for number in range(1, len(part.points) + 1)]
    points = "\n".join(
        textwrap.fill(f"{mark} {point}", WIDE, subsequent_indent=" " * (len(mark) + 1))
        for mark, point in zip(marks, part.points, strict=True)
    )
    return [text for text in (part.heading, *folded, points) if text]
