"""What a file is, from its first bytes and never from its name; and a sentence for each that is not for us."""

import codecs

from cp.feeds.sheet import Unreadable

PICTURE = "That is a picture. Choose a spreadsheet or a Common Transfer File"
PDF = "That is a PDF. Choose a spreadsheet or a Common Transfer File"
PACKED = "That is a packed file. Unpack it, and choose the spreadsheet or Common Transfer File in it"
DOCUMENT = "That is a document. Choose a spreadsheet or a Common Transfer File"
PROGRAM = "That is a program. Choose a spreadsheet or a Common Transfer File"
WEB_PAGE = "That is a web page, even if it is named like a spreadsheet. Open it, save it as XLSX or CSV, and send that"
PASSWORD = "The file has a password. Take it off and send it again"  # noqa: S105 - what is said of one
OLD_EXCEL = "That is a spreadsheet of an old kind (XLS). Save it as XLSX or CSV, and send that"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"%PDF", PDF),
    (b"{\\rtf", DOCUMENT),
    (b"\x7fELF", PROGRAM),
    (b"\x1f\x8b", PACKED),
    (b"BZh", PACKED),
    (b"7z\xbc\xaf\x27\x1c", PACKED),
    (b"Rar!\x1a", PACKED),
    (b"\xfd7zXZ\0", PACKED),
    (b"(\xb5/\xfd", PACKED),
)
_INSIDE = ((4, b"ftyp", PICTURE), (8, b"WEBP", PICTURE), (257, b"ustar", PACKED))
_WEB_PAGES = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_GLANCE = 1024


def is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def is_xml(data: bytes) -> bool:
    """Whether it begins as XML does, in UTF-8 or UTF-16 of either order."""
    return _beginning(data).replace(b"\0", b"").startswith(b"<")


def refuse_what_is_none(data: bytes) -> None:
    """Unreadable, with its own sentence, if the file is of a kind that people choose by mistake."""
    sentence = next((said for sign, said in _BEGINNINGS if data.startswith(sign)), None)
    sentence = sentence or next((said for at, sign, said in _INSIDE if data.startswith(sign, at)), None)
    if sentence is None and data.startswith(_OLE):
        sentence = _of_office(data)
    if sentence is None and data.startswith(b"MZ") and 0 in data[:_GLANCE]:
        sentence = PROGRAM
    if sentence is None and _beginning(data).replace(b"\0", b"").lower().startswith(_WEB_PAGES):
        sentence = WEB_PAGE
    if sentence:
        raise Unreadable(sentence)


def _of_office(data: bytes) -> str:
    """Old Office files, and new ones with a password, keep their parts under names in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PASSWORD
    return DOCUMENT if "WordDocument".encode("utf-16-le") in data else OLD_EXCEL


def _beginning(data: bytes) -> bytes:
    glance = data[:_GLANCE]
    for mark in _MARKS:
        glance = glance.removeprefix(mark)
    return glance.lstrip(b" \t\r\n\0")
