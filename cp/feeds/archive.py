"""What is in a zip, by its list of contents, before anything in it is unpacked."""

from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from cp.terms import FileForm

MOST_FILES = 2_000
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_RATIO = 200
"""How many times as large as the zip: spreadsheets come to 20, and what is made to harm to 1,000 and far more."""
_SMALL = 16 * 1024 * 1024
"""Bytes unpacked that harm nobody, however small they were packed."""
_ENCRYPTED = 1
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_GLANCE = 1024 * 1024


_DAMAGED = (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, ZlibError, LZMAError)


class Refused(Exception):
    """The text is a word of `cp.feeds.workbook.REFUSED`."""


def form_of(data: bytes) -> FileForm:
    """XLSX or ODS. Refused if it is neither, has a password or macros, or would unpack to too much."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            return _form(packed, len(data))
    except _DAMAGED as error:
        raise Refused("damaged") from error


def _form(packed: ZipFile, size: int) -> FileForm:
    files = packed.infolist()
    _refuse_too_much(files, size)
    if any(file.flag_bits & _ENCRYPTED for file in files):
        raise Refused("password")
    names = {file.filename.lower() for file in files}
    if word := _by_name(names):
        raise Refused(word)
    if "xl/workbook.xml" in names:
        return FileForm.XLSX
    return _open_document(packed, names)


def _refuse_too_much(files: list[ZipInfo], size: int) -> None:
    unpacked = sum(file.file_size for file in files)
    if len(files) > MOST_FILES or unpacked > MOST_UNPACKED or unpacked > max(_SMALL, MOST_RATIO * size):
        raise Refused("too much")


def _by_name(names: set[str]) -> str | None:
    if names & {"word/document.xml", "ppt/presentation.xml"}:
        return "document"
    if "xl/workbook.bin" in names:
        return "binary"
    if any(name.startswith(("xl/macrosheets/", "basic/", "scripts/")) or "vbaproject" in name for name in names):
        return "macros"
    return None


def _open_document(packed: ZipFile, names: set[str]) -> FileForm:
    if not {"mimetype", "content.xml"} <= names:
        raise Refused("packed")
    if not _start(packed, "mimetype").strip().startswith(_ODS):
        raise Refused("document")
    if _MANIFEST.lower() in names and b"encryption-data" in _start(packed, _MANIFEST):
        raise Refused("password")
    return FileForm.ODS


def _start(packed: ZipFile, name: str) -> bytes:
    try:
        with packed.open(name) as file:
            return file.read(_GLANCE)
    except KeyError as error:  # it is there in other letters, as no program writes it
        raise Refused("damaged") from error
