"""The carers of a row: up to two, each with how they stand to the child and how to reach them."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from cp.feeds.headings import words
from cp.feeds.looks import EMAIL
from cp.feeds.naming import in_ordinary_letters, without_title
from cp.feeds.supplied import Reading, quoted
from cp.rules.derive import CarerSaid
from cp.rules.phones import phone_normal
from cp.terms import Column, Relationship

R = Relationship


class _Cells(NamedTuple):
    """Where what is said of one carer stands."""

    name: Column
    given_names: Column
    family_name: Column
    relationship: Column
    responsibility: Column
    phone: Column
    email: Column


_CARERS = tuple(_Cells(*(Column(f"{who}_{part}") for part in _Cells._fields)) for who in ("carer_1", "carer_2"))


class Unsaid(StrEnum):
    """Why a supplier's word names no relationship."""

    NOT_SAID = "not_said"  # a parent, a carer, or nothing
    NOBODY = "nobody"  # a neighbour or a childminder: neither responsibility nor care
    UNKNOWN = "unknown"


_WORDS: dict[str, Relationship | Unsaid] = {
    "step": R.STEP_PARENT, "stf": R.STEP_PARENT, "stm": R.STEP_PARENT,
    "foster": R.FOSTER_CARER, "fof": R.FOSTER_CARER, "fom": R.FOSTER_CARER,
    "adopt": R.ADOPTIVE_PARENT,
    "neighbour": Unsaid.NOBODY, "friend": Unsaid.NOBODY, "childmind": Unsaid.NOBODY, "nanny": Unsaid.NOBODY,
    "babysit": Unsaid.NOBODY, "doctor": Unsaid.NOBODY, "teacher": Unsaid.NOBODY, "social worker": Unsaid.NOBODY,
    "solicitor": Unsaid.NOBODY, "emergency": Unsaid.NOBODY, "nursery": Unsaid.NOBODY, "partner": Unsaid.UNKNOWN,
    "local authority": R.LOCAL_AUTHORITY, "council": R.LOCAL_AUTHORITY, "corporate parent": R.LOCAL_AUTHORITY,
    "grand": R.GRANDPARENT, "gran": R.GRANDPARENT, "nan": R.GRANDPARENT, "nana": R.GRANDPARENT,
    "guardian": R.GUARDIAN,
    "aunt": R.OTHER_RELATIVE, "auntie": R.OTHER_RELATIVE, "uncle": R.OTHER_RELATIVE, "cousin": R.OTHER_RELATIVE,
    "brother": R.OTHER_RELATIVE, "sister": R.OTHER_RELATIVE, "relative": R.OTHER_RELATIVE, "fam": R.OTHER_RELATIVE,
    "family member": R.OTHER_RELATIVE,
    "mother": R.MOTHER, "mum": R.MOTHER, "mom": R.MOTHER, "mam": R.MOTHER, "mummy": R.MOTHER, "pam": R.MOTHER,
    "father": R.FATHER, "dad": R.FATHER, "daddy": R.FATHER, "paf": R.FATHER,
}  # fmt: skip
"""Words for how a carer stands to the child, the telling ones first: a foster mother is a foster carer. Those of three
letters are codes of the Common Transfer File, as far as we know them.
"""

_BEGIN = ("step", "foster", "adopt", "neighbour", "friend", "childmind", "babysit", "teacher", "solicitor", "grand")
"""Words of which the beginning is enough: `stepfather`, `adoptive`, `grandmother`."""

_NOT_SAID = frozenset({"", "parent", "carer", "parent carer", "parent or carer", "other", "main carer", "contact"})
_BY_TITLE = {"mr": R.FATHER, "mrs": R.MOTHER, "ms": R.MOTHER, "miss": R.MOTHER}
_HEADED = {"mother": R.MOTHER, "mum": R.MOTHER, "father": R.FATHER, "dad": R.FATHER}
_READ_AS = tuple(
    (re.compile(rf"\b{word}" if word in _BEGIN else rf"\b{word}s?\b"), meant) for word, meant in _WORDS.items()
)
_YES = frozenset({"y", "yes", "true", "t", "1", "pr", "✓", "✔"})
_PHONE = re.compile(r"\(?\+?[0-9](?:[\s().\u2010-\u2015-]*[0-9]){6,14}")
_BETWEEN = re.compile(r"[/;,|&\n]|\bor\b|\band\b")


def carers_of(row: Reading) -> tuple[CarerSaid, ...]:
    """Those who have responsibility for the child or care, in the order of the file; nobody twice.

    A neighbour or a childminder whom the school may ring is left out without a word.

    Sch. 1 para 6: everyone with parental responsibility or care, and nobody else.
    """
    found: dict[str, CarerSaid] = {}
    for of in _CARERS:
        if not row.cells.keys().isdisjoint(of) and (carer := _carer(row, of)):
            found.setdefault(carer.name.casefold(), carer)
    return tuple(found.values())


@lru_cache(1024)
def relationship_in(text: str) -> Relationship | Unsaid:
    """How a carer stands to the child, from the supplier's word; or why it does not say."""
    said = " ".join(re.findall(r"\w+", text.casefold()))
    if said in _NOT_SAID:
        return Unsaid.NOT_SAID
    return next((meant for word, meant in _READ_AS if word.search(said)), Unsaid.UNKNOWN)


def phones_in(text: str) -> tuple[str, ...]:
    """Every telephone number of a cell, as it is kept; a nought that a spreadsheet took away is put back."""
    if whole := phone_normal(text):
        return (whole,)
    found = (_dialled(number) for part in _BETWEEN.split(text) for number in _PHONE.findall(part))
    return tuple(dict.fromkeys(number for number in found if number))


def _dialled(number: str) -> str | None:
    if not number.startswith(tuple("123456789")):
        return phone_normal(number)
    return phone_normal(f"0{number}") or phone_normal(f"+{number}" if number.startswith("44") else None)


def _carer(row: Reading, of: _Cells) -> CarerSaid | None:
    title, name = _name(row, of)
    phones, email = _phones(row, of), _email(row, of)
    if not name:
        if phones or email:
            column = of.phone if phones else of.email
            row.left_out(column, f"{quoted(row.cells[column])} has no name beside it", "carer’s name")
        return None
    relationship = _relationship(row, of, title)
    responsible = _responsible(row, of, relationship)
    if relationship is None and not responsible:
        return None
    return CarerSaid(name, relationship or R.CARER, responsible, care=True, phones=phones, email=email)


def _name(row: Reading, of: _Cells) -> tuple[str, str]:
    """The title and the name without it, in ordinary letters."""
    apart = f"{row.cell(of.given_names)} {row.cell(of.family_name)}".strip()
    before, _, after = (part.strip() for part in (apart or row.cell(of.name)).partition(","))
    title, name = without_title(f"{after} {before}".strip())
    return title, in_ordinary_letters(name) if name.isupper() or name.islower() else name


def _relationship(row: Reading, of: _Cells, title: str) -> Relationship | None:
    """By the supplier's word, else by the heading (`Mother's Mobile`), else by the title of a parent; None is nobody
    who looks after the child. Where nothing tells, a parent if it says so, else a carer: a guardian is one by law.
    """
    text = row.cell(of.relationship)
    match relationship_in(text):
        case Relationship() as said:
            return said
        case Unsaid.NOBODY:
            return None
        case Unsaid.UNKNOWN:
            row.odd(of.relationship, f"{quoted(text)} is not a word that we know", "Sent as carer, if you leave it")
            return R.CARER
    headed = {word.removesuffix("s") for column in of for word in words(row.headings.get(column, ""))}
    by_heading = next((meant for word, meant in _HEADED.items() if word in headed), None)
    parent = "parent" in text.casefold() or headed & {"parent", "parental"}
    either = "carer" in text.casefold() or headed & {"carer", "guardian"}
    return by_heading or (_BY_TITLE.get(title) if parent else None) or (R.PARENT if parent and not either else R.CARER)


def _responsible(row: Reading, of: _Cells, relationship: Relationship | None) -> bool:
    """As the file says. Where it is silent only those have it who always do: mothers, and parents by adoption.

    Children Act 1989 s.2; Adoption and Children Act 2002 s.46.
    """
    text = row.cell(of.responsibility)
    return text.casefold() in _YES if text else relationship in (R.MOTHER, R.ADOPTIVE_PARENT)


def _phones(row: Reading, of: _Cells) -> tuple[str, ...]:
    text = row.cell(of.phone)
    found = phones_in(text)
    if text and not found:
        row.left_out(of.phone, f"{quoted(text)} is not a telephone number", "number")
    return found


def _email(row: Reading, of: _Cells) -> str | None:
    text = row.cell(of.email).strip("<>;, ").removeprefix("mailto:")
    if text and not EMAIL.fullmatch(text):
        row.left_out(of.email, f"{quoted(text)} is not an email address", "address")
        return None
    return text or None
