"""How old somebody has to be to read a text: the Automated Readability Index, which counts letters and needs no
syllables.

E. A. Smith and R. J. Senter, "Automated Readability Index", AMRL-TR-66-220, Aerospace Medical Research Laboratories,
Wright-Patterson Air Force Base, 1967. It gives a school year of the United States; a child is five years older.
"""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup

NAMES = ("ContactPoint", "Information Commissioner", "Northvale Council", "Children Act 2004", "Hollin Bank")
"""Proper nouns that somebody knows or has to learn whatever the words around them: each counts as one plain word."""
PLAIN = "place"
YEARS = 5
WORD = re.compile(r"[0-9A-Za-z’'-]*[0-9A-Za-z][0-9A-Za-z’'-]*")
END = re.compile(r"[.!?](?=\s|$)")


def age(sentences: Iterable[str]) -> float:
    """4.71 times the letters a word, and half the words a sentence, less 21.43; as an age in years."""
    read = [words for one in sentences if (words := WORD.findall(_plain(one)))]
    count = sum(map(len, read))
    letters = sum(len(re.sub("[^0-9A-Za-z]", "", word)) for words in read for word in words)
    return 4.71 * letters / count + 0.5 * count / len(read) - 21.43 + YEARS


def sentences(paragraphs: Iterable[str]) -> list[str]:
    """A point of a list that ends without a stop is one by itself."""
    return [part for text in paragraphs for part in END.split(text) if WORD.search(part)]


def shown(html: str, inside: str) -> list[str]:
    """The paragraphs and points of a page's own text. Headings, labels and what is only a link are left out: short as
    they are, they would flatter the rest."""
    page = BeautifulSoup(html, "html5lib")
    found = page.select(f"{inside} p, {inside} li:not(:has(p))")
    texts = [(one, " ".join(one.get_text(" ").split())) for one in found]
    return [text for one, text in texts if text and text != " ".join(a.get_text() for a in one.select("a"))]


def _plain(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, PLAIN)
    return text
