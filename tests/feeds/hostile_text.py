"""Hostile and unlucky text files, and files of other kinds that are named like one."""

import codecs
import gzip
import random

from tests.feeds.files import HEADINGS, PELL, PUPILS, QUIST, text, zipped
from tests.feeds.verdicts import Hostile

NOT_TEXT = "That is not a spreadsheet or a Common Transfer File. Choose the export of your pupils"
BROKEN_LETTERS = "Some letters in the file are broken. Save it again as “CSV UTF-8”, or as XLSX, and send that"
NOTHING = "There is nothing in the file. Choose the export that has your pupils in it"
ONE_COLUMN = "There is only one column in the file. Choose an export with names and birth dates in columns"
NO_ROWS = "There are headings in the file and no rows under them. Choose the export with the pupils"
UNFIT = "Most rows have more cells than there are headings. Export the file again as XLSX, and send that"
COLUMNS = "There are more than 500 columns in the file. Leave out those that are not needed"
PICTURE = "That is a picture. Choose a spreadsheet or a Common Transfer File"
PDF = "That is a PDF. Choose a spreadsheet or a Common Transfer File"
PROGRAM = "That is a program. Choose a spreadsheet or a Common Transfer File"
DOCUMENT = "That is a document. Choose a spreadsheet or a Common Transfer File"
PACKED = "That is a packed file. Unpack it, and choose the spreadsheet or Common Transfer File in it"
PASSWORD = "The file has a password. Take it off and send it again"
OLD_EXCEL = "That is a spreadsheet of an old kind (XLS). Save it as XLSX or CSV, and send that"
WEB_PAGE = "That is a web page, even if it is named like a spreadsheet. Open it, save it as XLSX or CSV, and send that"

PLAIN = text()
MARKS = "\u0315\u0300" * 50_000
ZOE = text([HEADINGS, ("Pell", "Zoë", "2015-03-01"), ("Łuczak", "Ian", "2016-11-30")])
NAUGHTY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE child; --",
    "<script>",
    "{{7*7}}",
    "../..",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def no_end(row: int) -> str:
    return f"Row {row} has no end. Look there for a quotation mark that is opened and never closed"


def _bytes(seed: int, count: int) -> bytes:
    return random.Random(seed).randbytes(count)


def _with(place: int, what: bytes) -> bytes:
    data = PLAIN.encode()
    return data[:place] + what + data[place:]


LETTERS = (
    Hostile("UTF-8 with a mark", ZOE.encode("utf-8-sig"), 2),
    Hostile("UTF-8 with two marks", codecs.BOM_UTF8 * 2 + ZOE.encode(), 2),
    Hostile("UTF-16, little end first", codecs.BOM_UTF16_LE + ZOE.encode("utf-16-le"), 2),
    Hostile("UTF-16, big end first", codecs.BOM_UTF16_BE + ZOE.encode("utf-16-be"), 2),
    Hostile("UTF-16 without a mark, little end first", PLAIN.encode("utf-16-le"), 2),
    Hostile("UTF-16 without a mark, big end first", PLAIN.encode("utf-16-be"), 2),
    Hostile("UTF-16 without a mark and letters past it", (PLAIN + "Ā,ā,Ġ\r\n").encode("utf-16-le"), 3),
    Hostile("NUL in every second byte, and in others", (b"A\0" + b"\0\0" + b"B\0") * 50, NOT_TEXT),
    Hostile("UTF-16 with the wrong mark", codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-le"), ONE_COLUMN),
    Hostile("UTF-16 of an odd length", (codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"))[:-1], BROKEN_LETTERS),
    Hostile(
        "half a surrogate pair",
        codecs.BOM_UTF16_LE + "A,B\n1,\ud83d\n".encode("utf-16-le", "surrogatepass"),
        BROKEN_LETTERS,
    ),
    Hostile("UTF-32", ZOE.encode("utf-32"), 2),
    Hostile("UTF-32 of a length that is wrong", ZOE.encode("utf-32")[:-3], BROKEN_LETTERS),
    Hostile("Windows-1252", text([HEADINGS, ("O’Pell", "Zoë", "2015-03-01")]).encode("cp1252"), 1),
    Hostile("UTF-8 cut in a letter", ZOE.encode()[:38] + b"\xc3", BROKEN_LETTERS),
    Hostile("UTF-8 and Windows-1252 together", ZOE.encode() + "Quist,Noë,2016-11-30".encode("cp1252"), BROKEN_LETTERS),
    Hostile("too long UTF-8", _with(25, b"\xc0\xaf"), 2),
    Hostile("a surrogate in UTF-8", _with(25, b"\xed\xa0\x80"), 2),
    Hostile("a byte that no code has", _with(25, b"\x81\x8d"), NOT_TEXT),
    Hostile("only a mark", codecs.BOM_UTF8, NOTHING),
    Hostile("EBCDIC", PLAIN.encode("cp500"), NOT_TEXT),
)
CELLS = (
    Hostile("NUL in a cell", _with(25, b"\0"), NOT_TEXT),
    Hostile("NUL at the end", PLAIN.encode() + b"\0", NOT_TEXT),
    Hostile("NUL in UTF-16", codecs.BOM_UTF16_LE + (PLAIN + "\0").encode("utf-16-le"), NOT_TEXT),
    Hostile("a bell in a cell", PLAIN.replace("Ada", "A\ada").encode(), 2),
    Hostile("a mark that turns the direction", PLAIN.replace("Ada", "\u202eadA").encode(), 2),
    Hostile("marks without width", PLAIN.replace("Ada", "A\u200bd\ufeffa").encode(), 2),
    Hostile(
        "a name of invisible letters", PLAIN.replace("Ada", "".join(chr(0xE0000 + ord(c)) for c in "Ada")).encode(), 2
    ),
    Hostile("a letter and 1,000 accents", PLAIN.replace("Ada", "A" + "\u0301" * 1_000).encode(), 2),
    Hostile("a letter and 100,000 accents out of their order", PLAIN.replace("Ada", "A" + MARKS).encode(), 2),
    Hostile("a heading with as many", PLAIN.replace("Forename", "Forename" + MARKS).encode(), 2),
    Hostile("one ligature that grows to 18 letters", PLAIN.replace("Ada", "\ufdfa").encode(), 2),
    Hostile("a cell of 3,000 characters", PLAIN.replace("Ada", "A" * 3_000).encode(), 2),
    Hostile("a cell of 10 MB", PLAIN.replace("Ada", "A" * 10_000_000).encode(), no_end(2)),
    Hostile("a quoted cell of 10 MB", PLAIN.replace("Ada", f'"{"A" * 10_000_000}"').encode(), no_end(2)),
    *(Hostile(f"a cell with {one}", PLAIN.replace("Ada", one).encode(), 2) for one in NAUGHTY),
)
ROWS = (
    Hostile("no byte", b"", NOTHING),
    Hostile("only blank lines", b"\r\n" * 100, NOTHING),
    Hostile("only separators", b",,,\r\n" * 100, NOTHING),
    Hostile("only headings", text([HEADINGS]).encode(), NO_ROWS),
    Hostile("headings twice and no rows", text([HEADINGS, HEADINGS]).encode(), NO_ROWS),
    Hostile("one column", b"Surname\r\nPell\r\nQuist\r\n", ONE_COLUMN),
    Hostile("a letter to us", b"Dear all,\r\n\r\nhere are the pupils.\r\n", ONE_COLUMN),
    Hostile("only CR", text(end="\r").encode(), 2),
    Hostile("only LF", text(end="\n").encode(), 2),
    Hostile("CR CR LF", text(end="\r\r\n").encode(), 2),
    Hostile("every end of line", b"A,B\r1,2\n3,4\r\n5,6", 3),
    Hostile("a separator of its own", text(separator="|").encode(), 2),
    Hostile("sep= and a semicolon", b"sep=;\r\n" + text(separator=";").encode(), 2),
    Hostile("sep= and a letter", b"sep=e\r\n" + PLAIN.encode(), 2),
    Hostile("rows too short", text([HEADINGS, ("Pell",), ("Quist", "Ben")]).encode(), 2),
    Hostile("a row too long", text([*PUPILS, (*PELL, "more")]).encode(), 3),
    Hostile("most rows too long", text([HEADINGS, (*PELL, "more"), (*QUIST, "more")]).encode(), UNFIT),
    Hostile("headings doubled", text([HEADINGS * 2, PELL * 2]).encode(), 1),
    Hostile("headings that are empty", text([("Surname", "", "DOB"), PELL]).encode(), 1),
    Hostile("two files in one", PLAIN.encode() * 2, 4),
    Hostile("titles above", b"Pupils of the school\n\nPrinted on,1 May\n" + text([HEADINGS * 2, PELL * 2]).encode(), 1),
    Hostile("500 columns", text([["A"] * 500, ["1"] * 500]).encode(), 1),
    Hostile("501 columns", text([["A"] * 501, ["1"] * 501]).encode(), COLUMNS),
    Hostile("a line of 2,000,000 separators", PLAIN.encode() + b"," * 2_000_000, no_end(4)),
    Hostile("a quotation mark never closed", PLAIN.replace("Ada", '"Ada').encode(), no_end(2)),
    Hostile("a quotation mark within", PLAIN.replace("Ada", '"Ada" P').encode(), 2),
    Hostile("a row of 2,000 lines", PLAIN.replace("Ada", '"' + '\n","' * 2_000 + '"').encode(), no_end(2)),
    Hostile("300,000 quotation marks", PLAIN.encode() + b'"' * 300_000, no_end(4)),
    Hostile("cut in a quoted cell", PLAIN.replace("2016-11-30\r\n", '"2016').encode(), no_end(3)),
)
OTHERS = (
    Hostile("a PNG", b"\x89PNG\r\n\x1a\n" + _bytes(1, 500), PICTURE),
    Hostile("a JPEG", b"\xff\xd8\xff\xe0\x00\x10JFIF" + _bytes(2, 500), PICTURE),
    Hostile("a GIF", b"GIF89a" + _bytes(3, 500), PICTURE),
    Hostile("a TIFF", b"II*\0" + _bytes(4, 500), PICTURE),
    Hostile("a WebP", b"RIFF\x10\0\0\0WEBPVP8 " + _bytes(5, 500), PICTURE),
    Hostile("a photograph of a telephone", b"\0\0\0\x18ftypheic" + _bytes(6, 500), PICTURE),
    Hostile("a PNG named .xlsx", b"\x89PNG\r\n\x1a\n" + _bytes(1, 500), PICTURE, "pupils.xlsx"),
    Hostile("a PDF", b"%PDF-1.7\n" + _bytes(7, 500), PDF),
    Hostile("a program of Windows", b"MZ\x90\0\x03\0" + _bytes(8, 500), PROGRAM),
    Hostile("a program of Linux", b"\x7fELF\x02\x01" + _bytes(9, 500), PROGRAM),
    Hostile("a text that begins with MZ", b"MZ,Forename\r\nPell,Ada\r\n", 1),
    Hostile("a gzip", gzip.compress(PLAIN.encode()), PACKED),
    Hostile("a gzip of 10 MB of nothing", gzip.compress(bytes(10_000_000)), PACKED),
    Hostile("a 7z", b"7z\xbc\xaf\x27\x1c" + _bytes(10, 500), PACKED),
    Hostile("a RAR", b"Rar!\x1a\x07\x01\0" + _bytes(11, 500), PACKED),
    Hostile("a tar", b"pupils.csv".ljust(257, b"\0") + b"ustar" + bytes(250), PACKED),
    Hostile("a zip named .csv", zipped({"pupils.csv": PLAIN}), PACKED),
    Hostile("an RTF", b"{\\rtf1\\ansi Pell, Ada}", DOCUMENT),
    Hostile("a spreadsheet of an old kind", OLE + "Workbook".encode("utf-16-le"), OLD_EXCEL, "pupils.xls"),
    Hostile("a spreadsheet with a password", OLE + "EncryptedPackage".encode("utf-16-le"), PASSWORD, "pupils.xlsx"),
    Hostile("a Word document of an old kind", OLE + "WordDocument".encode("utf-16-le"), DOCUMENT),
    Hostile("only the head of an OLE file", OLE[:8], OLD_EXCEL),
    Hostile("a web page named .xls", b"<HTML><table><tr><td>Pell</td></tr></table></HTML>", WEB_PAGE, "pupils.xls"),
    Hostile("a web page with a mark", codecs.BOM_UTF8 + b"\n<!DOCTYPE html><p>Pell", WEB_PAGE),
    Hostile("noise", _bytes(12, 100_000), NOT_TEXT),
    Hostile("many controls", b"A,B\r\n" + b"\x01\x02,\x03\r\n" * 50, NOT_TEXT),
)
TEXTS = (*LETTERS, *CELLS, *ROWS, *OTHERS)
