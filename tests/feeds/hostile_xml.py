"""Hostile and unlucky XML."""

from tests.feeds.files import HEADER, PUPIL, ctf
from tests.feeds.verdicts import Hostile

NOT_A_CTF = "That is XML, but not a Common Transfer File. Choose a Common Transfer File or a spreadsheet"
BROKEN = "The Common Transfer File is damaged, or cut short. Export it again and send it"
UNSAFE = (
    "The Common Transfer File has definitions in it, as no school’s system writes them. Export it again and send it"
)
NO_PUPILS = "There are no pupils in the Common Transfer File. Export it again with the pupils and send it"

NAMESPACE = 'CTfile xmlns="http://example.test/ctf"'
GOOD = ctf().encode()


def said(encoding: str) -> str:
    return ctf(before=f'<?xml version="1.0" encoding="{encoding}"?>')


def dtd(inside: str, used: str = "") -> bytes:
    return ctf(
        PUPIL.replace("Ada", used or "Ada"), before=f'<?xml version="1.0"?><!DOCTYPE CTfile [{inside}]>'
    ).encode()


def laughs(levels: int = 30) -> bytes:
    defined = "".join(f'<!ENTITY l{n + 1} "' + f"&l{n};" * 10 + '">' for n in range(levels))
    return dtd(f'<!ENTITY l0 "ha">{defined}', f"&l{levels};")


def attributes(count: int) -> bytes:
    return ctf("<Pupil " + " ".join(f'a{n}=">"' for n in range(count)) + "/>").encode()


def names(count: int) -> bytes:
    return ctf(PUPIL + "".join(f"<n{n}/>" for n in range(count))).encode()


def spaces(count: int) -> bytes:
    return ctf(PUPIL + "".join(f'<n xmlns:p{n}="u"/>' for n in range(count))).encode()


XMLS = tuple(
    Hostile(name, made.encode() if isinstance(made, str) else made, verdict, "pupils.xml")
    for name, made, verdict in (
        ("CTF", GOOD, 1),
        ("CTF in a namespace", ctf(root=NAMESPACE), 1),
        (
            "CTF in a namespace with a prefix",
            ctf()
            .replace("<", "<c:")
            .replace("<c:/", "</c:")
            .replace("<c:?", "<?")
            .replace("<c:CTfile>", '<c:CTfile xmlns:c="urn:x">'),
            1,
        ),
        ("CTF with a prefix of no namespace", ctf().replace("Pupil>", "c:Pupil>"), BROKEN),
        ("CTF of a version to come", ctf(header=HEADER.replace("21.0", "99.9")), 1),
        ("CTF without a header", ctf(header=""), 1),
        ("CTF with a mark", ctf().encode("utf-8-sig"), 1),
        ("CTF in UTF-16", said("utf-16").encode("utf-16"), 1),
        ("CTF in UTF-16, big end first", said("utf-16").encode("utf-16-be"), 1),
        ("CTF in UTF-16 that says UTF-8", said("utf-8").encode("utf-16"), BROKEN),
        (
            "CTF in Windows-1252",
            ctf(PUPIL.replace("Ada", "Zoë"), before='<?xml version="1.0" encoding="windows-1252"?>').encode("cp1252"),
            1,
        ),
        ("CTF in Windows-1252 that says nothing", ctf(PUPIL.replace("Ada", "Zoë")).encode("cp1252"), BROKEN),
        ("CTF in UTF-7", said("utf-7").encode("utf-7"), BROKEN),
        ("CTF that says UTF-7", said("utf-7"), BROKEN),
        ("CTF in an encoding that is a transformation", said("rot13"), BROKEN),
        ("CTF in UTF-32", said("utf-32").encode("utf-32"), BROKEN),
        ("CTF with blank lines first", "\n\n" + ctf(before=""), 1),
        ("CTF named .csv", GOOD, 1),
        ("CTF cut to a half", GOOD[: len(GOOD) // 2], BROKEN),
        ("CTF without its last letter", GOOD[:-1], BROKEN),
        ("two CTF in one", GOOD + GOOD, BROKEN),
        ("CTF and CSV in one", GOOD + b"\r\nSurname,Forename\r\nPell,Ada\r\n", BROKEN),
        ("CTF without pupils", ctf(""), NO_PUPILS),
        ("CTF with pupils elsewhere", ctf("").replace("<CTFpupilData>", PUPIL + "<CTFpupilData>"), NO_PUPILS),
        ("a pupil in a pupil", ctf(PUPIL.replace("</Pupil>", PUPIL + "</Pupil>")), 1),
        ("a pupil of nothing", ctf("<Pupil/>"), 1),
        ("CTF with NUL", ctf().replace("Ada", "A\0da"), BROKEN),
        ("CTF with a reference to NUL", ctf().replace("Ada", "A&#0;da"), BROKEN),
        ("CTF with a control", ctf().replace("Ada", "A\x01da"), BROKEN),
        ("CTF with a mark that turns the direction", ctf().replace("Ada", "&#x202E;adA"), 1),
        ("CTF with an entity that nobody defined", ctf().replace("Ada", "&ada;"), BROKEN),
        ("CTF with a CDATA section", ctf().replace("Ada", "<![CDATA[Ada]]>"), 1),
        ("CTF with a name of 1 MB", ctf().replace("Ada", "A" * 1_000_000), 1),
        ("a DTD", dtd(""), UNSAFE),
        ("a DTD elsewhere", ctf(before='<!DOCTYPE CTfile SYSTEM "http://example.test/ctf.dtd">'), UNSAFE),
        ("a billion laughs", laughs(), UNSAFE),
        ("a quadratic blow-up", dtd(f'<!ENTITY a "{"A" * 100_000}">', "&a;" * 10_000), UNSAFE),
        ("an external entity", dtd('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"), UNSAFE),
        ("an external entity on the net", dtd('<!ENTITY a SYSTEM "http://127.0.0.1/x">', "&a;"), UNSAFE),
        ("a parameter entity", dtd('<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;'), UNSAFE),
        ("an entity of itself", dtd('<!ENTITY a "&a;">', "&a;"), UNSAFE),
        ("defaults of attributes", dtd('<!ATTLIST Pupil a CDATA "x">'), UNSAFE),
        (
            "an inclusion",
            ctf().replace("Ada", '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'),
            1,
        ),
        ("a stylesheet", ctf(before='<?xml-stylesheet href="http://127.0.0.1/x"?>'), 1),
        ("a place of a schema", ctf(root='CTfile xmlns:x="urn:x" x:schemaLocation="http://127.0.0.1/x"'), 1),
        ("100,000 levels deep", ctf("<a>" * 100_000), BROKEN),
        ("100,000 levels deep and closed", ctf("<a>" * 100_000 + "</a>" * 100_000), BROKEN),
        ("200,000 attributes", attributes(200_000), BROKEN),
        ("3,000 attributes", attributes(3_000), BROKEN),
        ("3,000 names of elements", names(3_000), BROKEN),
        ("3,000 prefixes", spaces(3_000), BROKEN),
        ("a name of an element of 1 MB", ctf(f"<{'a' * 1_000_000}/>"), BROKEN),
        ("a name of an element of 1,000 letters", ctf(f"<{'a' * 1_000}/>{PUPIL}"), BROKEN),
        ("a comment of 2 MB", ctf(f"<!--{'a' * 2_000_000}-->{PUPIL}"), BROKEN),
        ("100,000 comments", ctf("<!---->" * 100_000 + PUPIL), 1),
        ("another XML", b"<pupils><pupil/></pupils>", NOT_A_CTF),
        ("another XML in the namespace of CTF", b'<x xmlns="http://example.test/ctf"/>', NOT_A_CTF),
        (
            "a spreadsheet as XML",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            NOT_A_CTF,
        ),
        ("an SVG", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', NOT_A_CTF),
        ("only <", b"<", BROKEN),
        ("only a declaration", b'<?xml version="1.0"?>', BROKEN),
        ("a declaration twice", b'<?xml version="1.0"?>' + GOOD, BROKEN),
    )
)
