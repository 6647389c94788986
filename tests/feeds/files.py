"""Files as suppliers send them, made by code: text, spreadsheets and transfer files of people who do not exist."""

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

HEADINGS = ("Surname", "Forename", "DOB")
PELL = ("Pell", "Ada", "2015-03-01")
QUIST = ("Quist", "Ben", "2016-11-30")
PUPILS = (HEADINGS, PELL, QUIST)

_OFFICE = "http://schemas.openxmlformats.org"
_RELATED = f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">%s</Relationships>'
_RELATION = f'<Relationship Id="%s" Type="{_OFFICE}/officeDocument/2006/relationships/%s" Target="%s"/>'
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
STATES = ("visible", "hidden")
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"

Parts = dict[str, str | bytes]


def text(rows: Sequence[Sequence[str]] = PUPILS, separator: str = ",", end: str = "\r\n") -> str:
    return "".join(separator.join(row) + end for row in rows)


def zipped(parts: Parts, *, packed: bool = True) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED if packed else ZIP_STORED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return made.getvalue()


def cell(text: str, at: str = "") -> str:
    place = f' r="{at}"' if at else ""
    return f'<c{place} t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def sheet(rows: Sequence[Sequence[str]] = PUPILS, before: str = "") -> str:
    """The part of an XLSX that holds these texts."""
    return in_sheet("".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows), before)


def in_sheet(rows: str, before: str = "") -> str:
    return f'<worksheet xmlns="{_OFFICE}/spreadsheetml/2006/main">{before}<sheetData>{rows}</sheetData></worksheet>'


def xlsx_parts(sheets: dict[str, str] | None = None, more: Parts | None = None) -> Parts:
    """An XLSX by its parts: sheets by name, the first of which shows; one whose name ends with `!` is hidden."""
    sheets = sheets or {"Pupils": sheet()}
    listed = "".join(
        f'<sheet name="{name.rstrip("!")}" sheetId="{n}" r:id="r{n}" state="{STATES[name.endswith("!")]}"/>'
        for n, name in enumerate(sheets, start=1)
    )
    related = "".join(_RELATION % (f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1))
    related += _RELATION % ("s", "styles", "styles.xml") + _RELATION % ("t", "sharedStrings", "sharedStrings.xml")
    return {
        "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types"/>',
        "_rels/.rels": _RELATED % (_RELATION % ("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_OFFICE}/spreadsheetml/2006/main" '
        f'xmlns:r="{_OFFICE}/officeDocument/2006/relationships"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _RELATED % related,
        "xl/styles.xml": f'<styleSheet xmlns="{_OFFICE}/spreadsheetml/2006/main">'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": made for n, made in enumerate(sheets.values(), start=1)},
        **(more or {}),
    }


def xlsx(sheets: dict[str, str] | None = None, more: Parts | None = None) -> bytes:
    return zipped(xlsx_parts(sheets, more))


def ods_content(rows: Sequence[Sequence[str]] = PUPILS, more: str = "") -> str:
    """The part of an ODS that holds these texts, and whatever XML is to come after them."""
    made = "".join(f"<table:table-row>{''.join(_ods_cell(one) for one in row)}</table:table-row>" for row in rows)
    return (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:table="{_ODF}:table:1.0" '
        f'xmlns:text="{_ODF}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Pupils">{made}{more}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )


def _ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def ods_parts(content: str | None = None, mimetype: str = ODS_TYPE, more: Parts | None = None) -> Parts:
    manifest = f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"/>'
    content = ods_content() if content is None else content
    return {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest, **(more or {})}


def ods(content: str | None = None, mimetype: str = ODS_TYPE, more: Parts | None = None) -> bytes:
    return zipped(ods_parts(content, mimetype, more))


PUPIL = "<Pupil><UPN>A999000115001</UPN><Surname>Pell</Surname><Forename>Ada</Forename><DOB>2015-03-01</DOB></Pupil>"
HEADER = (
    "<Header><DocumentName>Common Transfer File</DocumentName><CTFversion>21.0</CTFversion>"
    "<SourceSchool><LEA>999</LEA><Estab>4001</Estab></SourceSchool></Header>"
)


def ctf(pupils: str = PUPIL, header: str = HEADER, before: str = '<?xml version="1.0"?>', root: str = "CTfile") -> str:
    end = root.split()[0]
    return f"{before}<{root}>{header}<CTFpupilData>{pupils}</CTFpupilData></{end}>"


LONGEST = {"csv": 1_024, "ctf": 2_048, "xlsx": 4_096, "ods": 4_096}
"""Bytes that a fuzzer gives to each reader: enough for a few rows, and few enough for millions of files."""
MUTABLE: dict[str, tuple[Parts, tuple[str, ...]]] = {
    "xlsx": (xlsx_parts(), ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml")),
    "ods": (ods_parts(), ("content.xml", "mimetype", "META-INF/manifest.xml")),
}
"""A good spreadsheet by its parts, and those of them that a fuzzer changes."""
