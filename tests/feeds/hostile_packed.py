"""Hostile and unlucky spreadsheets."""

import zlib
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

from tests.feeds.files import (
    PUPILS,
    cell,
    in_sheet,
    ods,
    ods_content,
    ods_parts,
    sheet,
    text,
    xlsx,
    xlsx_parts,
    zipped,
)
from tests.feeds.hostile_text import COLUMNS, DOCUMENT, NO_ROWS, NOTHING, ONE_COLUMN, PACKED, PASSWORD
from tests.feeds.verdicts import Hostile

DAMAGED = "The spreadsheet is damaged, or cut short. Save it again and send it"
TOO_MUCH = "The spreadsheet is too large to read, or damaged. Save it as CSV and send that"
TOO_MANY_ROWS = "There are more than 400,000 rows in the file. Send it in two parts"
MACROS = "The spreadsheet has macros. Save it as XLSX without macros and send it again"
BINARY = "That is a spreadsheet of another kind (XLSB). Save it as XLSX or CSV, and send that"

DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'
SHEET = "xl/worksheets/sheet1.xml"
GOOD, GOOD_ODS = xlsx(), ods()
REPEAT = '<table:table-row table:number-rows-repeated="{0}"><table:table-cell office:value-type="string" ' + (
    'table:number-columns-repeated="{1}"><text:p>Pell</text:p></table:table-cell></table:table-row>'
)
FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
FORMULA = in_sheet(
    f"<row>{cell('Surname')}{cell('Forename')}</row><row><c t='str'><f>1+1</f><v>Pell</v></c>{cell('=2+2')}</row>"
)
VALUES = in_sheet(
    f"<row>{cell('Surname')}{cell('DOB')}</row><row>{cell('Pell')}<c s='1'><v>42064</v></c></row>"
    f"<row>{cell('Quist')}<c t='e'><v>#N/A</v></c></row>"
)


def encrypted() -> bytes:
    """The bit that says a part is encrypted, set in each place."""
    data = bytearray(GOOD)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


def bomb(megabytes: int) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, part in xlsx_parts().items():
            file.writestr(name, part)
        with file.open("xl/sharedStrings.xml", "w", force_zip64=True) as big:
            for _ in range(megabytes):
                big.write(bytes(1 << 20))
    return made.getvalue()


def lying(part: str) -> bytes:
    """A zip whose list of contents says that everything in it has ten bytes."""
    parts = {**xlsx_parts(), SHEET: part}
    data = bytearray(zipped(parts))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 24 : place + 28] = pack("<I", 10)
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def overlapping(files: int) -> bytes:
    """Many names for the same packed megabytes: as in the bombs that are a zip of 46 MB and unpack to petabytes."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = squeezed.compress(bytes(8 << 20)) + squeezed.flush()
    sizes = pack("<III", zlib.crc32(bytes(8 << 20)), len(data), 8 << 20)
    body = b"PK\x03\x04" + pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + pack("<HH", 1, 0) + b"a" + data
    names = [f"xl/{number}".encode() for number in range(files)]
    heads = (
        b"PK\x01\x02"
        + pack("<HHHHHH", 20, 20, 0, 8, 0, 0)
        + sizes
        + pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0)
        + name
        for name in names
    )
    listed = b"".join(heads)
    return body + listed + b"PK\x05\x06" + pack("<HHHHIIH", 0, 0, files, files, len(listed), len(body), 0)


def nested(times: int) -> bytes:
    data = GOOD
    for _ in range(times):
        data = zipped({"pupils.xlsx": data})
    return data


def ending_in_itself() -> bytes:
    """A zip that is named as a part of its own list, as those that unpack to themselves."""
    return GOOD + GOOD[GOOD.rfind(b"PK\x05\x06") :]


def shared(count: int) -> bytes:
    """One long shared text, and a sheet that asks for it in every cell."""
    strings = f"<sst><si><t>{'A' * 30_000}</t></si></sst>"
    row = "<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>"
    return xlsx({"Pupils": in_sheet(row * count)}, {"xl/sharedStrings.xml": strings})


XLSX = (
    Hostile("XLSX", GOOD, 2, "pupils.xlsx"),
    Hostile("XLSX named .csv", GOOD, 2),
    Hostile("XLSX with bytes before it", b"PK\x03\x04" + GOOD, 2),
    Hostile("XLSX with bytes after it", GOOD + b"after", 2),
    Hostile("XLSX cut to a half", GOOD[: len(GOOD) // 2], DAMAGED),
    Hostile("XLSX without its end", GOOD[:-30], DAMAGED),
    Hostile("two XLSX in one", GOOD + GOOD, 2),
    Hostile("an end of a zip twice", ending_in_itself(), DAMAGED),
    Hostile("XLSX with zeros in the middle", GOOD[:600] + bytes(400) + GOOD[1000:], DAMAGED),
    Hostile("XLSX with formulas", xlsx({"Pupils": FORMULA}), 1),
    Hostile("XLSX with dates and errors", xlsx({"Pupils": VALUES}), 2),
    Hostile("XLSX with a password", encrypted(), PASSWORD),
    Hostile("XLSX with macros", xlsx(more={"xl/vbaProject.bin": b"\0"}), MACROS, "pupils.xlsm"),
    Hostile("XLSX with macros of Excel 4", xlsx(more={"xl/macrosheets/sheet1.xml": sheet()}), MACROS),
    Hostile("XLSB", zipped({"xl/workbook.bin": b"\0"}), BINARY, "pupils.xlsb"),
    Hostile("DOCX", zipped({"word/document.xml": "<w/>"}), DOCUMENT, "pupils.docx"),
    Hostile("PPTX", zipped({"ppt/presentation.xml": "<p/>"}), DOCUMENT),
    Hostile("a zip named .xlsx", zipped({"pupils.csv": text()}), PACKED, "pupils.xlsx"),
    Hostile("an empty zip", zipped({}), PACKED, "pupils.xlsx"),
    Hostile("only the sign of a zip", b"PK\x03\x04", DAMAGED),
    Hostile("a zip in a zip in a zip", nested(5), PACKED, "pupils.xlsx"),
    Hostile("a zip with a path out of it", zipped({"../../etc/passwd": "x"}), PACKED),
    Hostile("XLSX with a path out of it", xlsx(more={"../../../tmp/out": "x"}), 2),
    Hostile("XLSX without rows", xlsx({"Pupils": sheet([])}), NOTHING),
    Hostile("XLSX with only headings", xlsx({"Pupils": sheet(PUPILS[:1])}), NO_ROWS),
    Hostile("XLSX whose first sheet is empty", xlsx({"Notes": sheet([]), "Pupils": sheet()}), 2),
    Hostile("XLSX whose first sheet is hidden", xlsx({"Old!": sheet(PUPILS[:1]), "Pupils": sheet()}), 2),
    Hostile("XLSX without a sheet", xlsx(more={"xl/workbook.xml": "<workbook/>"}), DAMAGED),
    Hostile("XLSX whose sheet is missing", zipped({n: p for n, p in xlsx_parts().items() if n != SHEET}), DAMAGED),
    Hostile("XLSX with a dimension of everything", xlsx({"P": sheet(before='<dimension ref="A1:XFD1048576"/>')}), 2),
    Hostile("XLSX with a dimension of nonsense", xlsx({"P": sheet(before='<dimension ref="ZZZZZZ99999999999"/>')}), 2),
    Hostile("XLSX with a cell at the far end", xlsx({"P": in_sheet(FAR)}), ONE_COLUMN),
    Hostile("XLSX with a DTD in a sheet", xlsx({"Pupils": DTD + sheet().replace("Ada", "&c;")}), DAMAGED),
    Hostile(
        "XLSX with an external entity", xlsx({"P": DTD.replace('"ha"', 'SYSTEM "file:///etc/passwd"') + sheet()}), 2
    ),
    Hostile("XLSX cut in a sheet", xlsx({"Pupils": sheet()[:-60]}), DAMAGED),
    Hostile("XLSX with a sheet of noise", xlsx({"Pupils": "\0\1\2<<<>>>"}), NOTHING),
    Hostile("XLSX with 501 columns", xlsx({"Pupils": sheet([["A"] * 501, ["1"] * 501])}), COLUMNS),
    Hostile("XLSX with a cell of 1 MB", xlsx({"Pupils": sheet([*PUPILS, ["A" * 1_000_000, "B", "C"]])}), 3),
    Hostile("XLSX whose list of contents lies", lying(sheet()), DAMAGED),
    Hostile("XLSX with 3,000 parts", xlsx(more={f"xl/{n}": "" for n in range(3_000)}), TOO_MUCH),
    Hostile("a bomb of 100 MB", lambda: bomb(100), TOO_MUCH, "pupils.xlsx"),
    Hostile("many names for the same 8 MB", overlapping(1_000), TOO_MUCH, "pupils.xlsx"),
    Hostile("XLSX 100,000 levels deep", xlsx({"P": sheet().replace("<sheetData>", "<a>" * 100_000)}), NOTHING),
)
ODS = (
    Hostile("ODS", GOOD_ODS, 2, "pupils.ods"),
    Hostile("ODS named .xlsx", GOOD_ODS, 2, "pupils.xlsx"),
    Hostile("ODS cut to a half", GOOD_ODS[: len(GOOD_ODS) // 2], DAMAGED),
    Hostile("a text of LibreOffice", ods(mimetype="application/vnd.oasis.opendocument.text"), DOCUMENT, "pupils.odt"),
    Hostile("ODS with the type of a picture", ods(mimetype="image/png"), DOCUMENT),
    Hostile("ODS without its type", zipped({n: p for n, p in ods_parts().items() if n != "mimetype"}), PACKED),
    Hostile("ODS with a password", ods(more={"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}), PASSWORD),
    Hostile("ODS with macros", ods(more={"Basic/Standard/Module1.xml": "<x/>"}), MACROS),
    Hostile("ODS without rows", ods(ods_content([])), NOTHING),
    Hostile("ODS with a row repeated for ever", ods(ods_content(more=REPEAT.format(4_000_000_000, 16_384))), DAMAGED),
    Hostile("ODS with a number of rows that is none", ods(ods_content(more=REPEAT.format(-1, "x"))), DAMAGED),
    Hostile("ODS cut in its content", ods(ods_content()[:-80]), DAMAGED),
    Hostile("ODS with a DTD", ods(DTD + ods_content().replace("Ada", "&c;")), DAMAGED),
)
PACKED_FILES = (*XLSX, *ODS)
