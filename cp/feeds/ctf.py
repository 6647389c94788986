"""The Common Transfer File: the XML in which schools send pupils to each other, whatever its version or namespace."""

import re
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from cp.feeds import ctf_pupil
from cp.feeds.cells import Cells
from cp.feeds.ctf_pupil import CONTACT, HEADINGS, PUPIL, SCHOOL, WANTED, Texts
from cp.feeds.sheet import LONGEST_CELL, MOST_ROWS, Row, Sheet, Unreadable
from cp.feeds.table import TOO_MANY_ROWS, notes_of_cells
from cp.terms import FileForm

NOT_A_CTF = "That is XML, but not a Common Transfer File. Choose a Common Transfer File or a spreadsheet"
BROKEN = "The Common Transfer File is damaged, or cut short. Export it again and send it"
UNSAFE = (
    "The Common Transfer File has definitions in it, as no school’s system writes them. Export it again and send it"
)
NO_PUPILS = "There are no pupils in the Common Transfer File. Export it again with the pupils and send it"
KNOWN_VERSIONS = re.compile(r"(1[7-9]|2[01])(\.\d+)?")
"""Those whose elements have been compared with the list of what is taken."""

DEEPEST = 32
MOST_NAMES = 2_000
LONGEST_NAME = 200
_STEP = 1 << 16
_QUIET_STEPS = 4
_ENCODINGS = {"utf-8", "utf-16", "us-ascii", "iso-8859-1", "windows-1252"}
_SAYS_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([^\"']{0,40})")


def read_ctf(data: bytes) -> Sheet:
    """A row for each pupil, in the order of the file, under the headings of `CTF_COLUMNS`.

    Nothing but what is on the allow-list is ever held. Unreadable if it is another XML, broken, cut short, or if it has
    a DTD, entities, an encoding that is not usual or elements deeper than 32.
    """
    said = _SAYS_ENCODING.search(data[:256].replace(b"\0", b""))
    if said and said[1].decode("ascii", "replace").lower() not in _ENCODINGS:
        raise Unreadable(BROKEN)
    reading = Reading()
    try:
        _feed(DefusedXMLParser(target=reading, forbid_dtd=True), reading, data.lstrip(b" \t\r\n"))
    except DefusedXmlException as error:
        raise Unreadable(UNSAFE) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(BROKEN) from error
    return reading.sheet()


def _feed(parser: Any, reading: "Reading", data: bytes) -> None:
    """Piece by piece. The parser keeps a tag until its end, and scans it again with each piece: so none may be long."""
    quiet = 0
    for place in range(0, len(data), _STEP):
        before = reading.events
        parser.feed(data[place : place + _STEP])
        quiet = quiet + 1 if reading.events == before else 0
        if quiet > _QUIET_STEPS:
            raise Unreadable(BROKEN)
    parser.close()


class Reading:
    """What the parser calls: it holds the text of one wanted element, of one pupil, and the rows."""

    def __init__(self) -> None:
        self.events = 0
        self.paths = [""]
        self.text: list[str] | None = None
        self.length = 0
        self.names: dict[str, str] = {}
        self.spaces = 0
        self.header: Texts = {}
        self.pupil: Texts = {}
        self.part: Texts = {}
        self.contacts: list[Texts] = []
        self.school: Texts = {}
        self.rows: list[Row] = []
        self.cells = Cells()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.events += 1
        path = f"{self.paths[-1]}/{self._name(tag)}"
        for name in attributes:
            self._name(name)
        self.paths.append(path)
        if len(self.paths) == 2 and path != "/CTfile":
            raise Unreadable(NOT_A_CTF)
        if len(self.paths) > DEEPEST:
            raise Unreadable(BROKEN)
        self.text = [] if path in WANTED else None
        self.length = 0
        if path == PUPIL:
            self.pupil, self.contacts, self.school = {}, [], {}
        elif path in {CONTACT, SCHOOL}:
            self.part = {}

    def data(self, text: str) -> None:
        self.events += 1
        if self.text is not None and self.length <= LONGEST_CELL:
            self.text.append(text)
            self.length += len(text)

    def end(self, tag: str) -> None:
        self.events += 1
        path = self.paths.pop()
        if self.text is not None:
            self._take(path, self.cells.plain("".join(self.text)))
            self.text = None
        elif path == CONTACT:
            self.contacts = [*self.contacts, self.part][:2]
        elif path == SCHOOL and self._is_ours(self.part):
            self.school = self.part
        elif path == PUPIL:
            self._finish()

    def start_ns(self, prefix: str, uri: str) -> None:
        self.spaces += 1
        if self.spaces > MOST_NAMES:
            raise Unreadable(BROKEN)

    def comment(self, text: str) -> None:
        self.events += 1

    def pi(self, target: str, text: str) -> None:
        self.events += 1

    def close(self) -> None:
        if not self.rows:
            raise Unreadable(NO_PUPILS)

    def sheet(self) -> Sheet:
        notes = (*self._notes(), *notes_of_cells(self.cells))
        school = self.header.get("LEA", "") + self.header.get("Estab", "")
        return Sheet(
            FileForm.CTF, HEADINGS, tuple(self.rows), notes, school if re.fullmatch("[0-9]{7}", school) else None
        )

    def _name(self, tag: str) -> str:
        """The local name. The parser itself remembers every other name for good: so there are not many."""
        known = self.names.get(tag)
        if known is None:
            if len(self.names) >= MOST_NAMES or len(tag) > LONGEST_NAME:
                raise Unreadable(BROKEN)
            known = self.names[tag] = tag.rpartition("}")[2]
        return known

    def _take(self, path: str, text: str) -> None:
        """The first text that says something counts: a phone after the first is not taken."""
        into = self.pupil
        if path.startswith((CONTACT, SCHOOL)):
            into = self.part
        elif not path.startswith(PUPIL):
            into = self.header
        if text:
            into.setdefault(WANTED[path], text)

    def _is_ours(self, school: Texts) -> bool:
        return all(school.get(part) == self.header.get(part, "") for part in ("LEA", "Estab"))

    def _finish(self) -> None:
        if len(self.rows) == MOST_ROWS:
            raise Unreadable(TOO_MANY_ROWS)
        cells = ctf_pupil.cells_of(self.pupil, self.contacts, self.school)
        self.rows.append(Row(len(self.rows) + 1, cells))

    def _notes(self) -> list[str]:
        version = self.header.get("version", "")
        if KNOWN_VERSIONS.fullmatch(version):
            return []
        return [
            f"The Common Transfer File is of a version that we do not know ({version or 'none'}). Look at it with care."
        ]
