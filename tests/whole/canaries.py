"""Words that stand nowhere else, put wherever the database must hold them only sealed; and how to look for them."""

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator

from sqlalchemy.orm import Session

from cp import clock
from cp.models import MachineRequest, SourceVersion
from cp.models.child import Child
from cp.terms import Disputable, NumberKind
from tests import build, build_disputes, build_machines, build_supply
from tests.build import World

STREET, AREA, TOWN, POSTCODE = "97 Quokka Terrace", "Wombat Yard", "Bandicootville", "ZA97 9ZX"
CARER, PHONE, EMAIL = "Zebedee Thistlewick", "+441614960987", "zebedee@thistlewick.example.test"
UPN, NHS = "H999200001001", "9990009875"
ASKED, ASKED_POSTCODE = "Vexborough", "ZA98 8YW"
TYPED = "Ozymandrelle"
FORMER, FORMER_STREET, FORMER_PHONE = "Factotumsson", "5 Pangolin Drove", "+442079460987"
SECRETS = (
    STREET, AREA, TOWN, POSTCODE, CARER, PHONE, EMAIL, UPN, NHS, ASKED, ASKED_POSTCODE, TYPED, FORMER, FORMER_STREET,
    FORMER_PHONE,
)  # fmt: skip


def child_with_secrets(session: Session, world: World) -> Child:
    """A child of whom everything is known that must not be read from the file."""
    child = build.child(session, world)
    location = build.address(session, child)
    location.address = {"lines": [STREET, AREA], "town": TOWN, "postcode": POSTCODE}
    carer = build.carer(session, child, CARER, PHONE)
    carer.details = {**carer.details, "email": EMAIL}
    build.outside_number(session, child, NumberKind.UPN, UPN)
    build.outside_number(session, child, NumberKind.NHS, NHS)
    version = session.get_one(SourceVersion, build.source(session, child, world.school))
    version.facts = {
        "names": [{"kind": "former", "given_names": "", "family_name": FORMER}],
        "addresses": [{"state": "current", "lines": [FORMER_STREET], "town": TOWN, "postcode": POSTCODE}],
        "carers": [{"name": CARER, "phones": [FORMER_PHONE]}],
        "numbers": [{"kind": "nhs", "value": NHS}],
    }
    session.flush()
    return child


def supplied_with_secrets(session: Session, world: World, child: Child) -> None:
    """A row of a school's file that waits beside this child; what another system was answered."""
    cells, why = (STREET, POSTCODE, UPN, PHONE, EMAIL), [f"{FORMER} is another spelling of {TYPED}."]
    build_disputes.row(session, child, world.sam, f"{FORMER} at {FORMER_STREET}", (TOWN, POSTCODE, STREET, AREA),
                       Disputable.ADDRESS)  # fmt: skip
    build_supply.waiting(session, world, child, build_supply.Words(CARER, TYPED, cells, why))
    build_machines.credential(session, world.school)
    asked = MachineRequest(credential_id=build_machines.newest(session).id, at=clock.now(), fingerprint=1)
    asked.answer = {"problems": [{"detail": f"{FORMER_STREET} and {FORMER_PHONE} have no postcode"}]}
    session.add(asked)


def written(secret: str) -> set[str]:
    """The ways in which somebody would write it down."""
    plain = {secret, secret.replace(" ", ""), secret.removeprefix("+44"), "0" + secret.removeprefix("+44")}
    digits = re.sub(r"\D", "", secret)
    ways = {way for text in plain for way in (text, text.upper(), text.lower(), text.title())}
    return {way for way in ways | ({digits} if len(digits) > 5 else set()) if len(way) > 5}


def traces(secret: str) -> Iterator[bytes]:
    """Every run of bytes that would betray it: in several encodings, as base64 wherever it begins, as hexadecimal."""
    for way in written(secret):
        for encoded in (way.encode(), way.encode("utf-16-le"), way.encode("utf-16-be")):
            yield encoded
            yield encoded.hex().encode()
            yield encoded.hex().upper().encode()
            for before in range(3):
                start, end = -(-before * 4 // 3), (before + len(encoded)) * 4 // 3
                yield base64.b64encode(b"\0" * before + encoded)[start:end]


def found_in(content: bytes) -> set[str]:
    """The secrets that can be read from these bytes."""
    return {secret for secret in SECRETS if any(trace in content for trace in traces(secret))}


def digests(secret: str) -> Iterator[bytes]:
    """What anybody could compute of it without a key."""
    for way in written(secret):
        for name in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b", "blake2s"):
            yield hashlib.new(name, way.encode(), usedforsecurity=False).digest()
        for check in (zlib.crc32, zlib.adler32):
            yield check(way.encode()).to_bytes(4, "big")


def whole_numbers(secret: str) -> set[int]:
    """Its digests, and its digits, as an index might keep them: cut to 32, 63 or 64 bits, either end first."""
    kept = {int(way) for way in written(secret) if way.isdecimal()}
    for digest in digests(secret):
        for piece in {digest[:size] for size in (4, 8)} | {digest[-size:] for size in (4, 8)}:
            for order in ("big", "little"):
                unsigned = int.from_bytes(piece, order)
                signed = int.from_bytes(piece, order, signed=True)
                kept |= {unsigned, unsigned >> 1, signed, signed >> 1, unsigned & 0x7FFFFFFF}
    return kept
