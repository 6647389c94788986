"""A school's own file of pupils, and the same one a month later."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from itertools import islice

from bench.draw import Draw
from bench.numbers import upn_with_letter
from bench.population import generate
from bench.shapes import Child, Children

Pupil = dict[str, str]
HEADINGS = ("Adno", "Legal Surname", "Forename", "DOB", "Sex", "UPN", "Address Line 1", "Town", "PostCode",
            "Parent 1 Name", "Parent 1 Relationship", "Parent 1 Telephone")  # fmt: skip

FREE = 8000
"""From here on no school of a population has its number."""


def pupils(rows: int, seed: int, today: date, after: int = 0) -> list[Pupil]:
    """So many children of a population of their own, as a school's program writes them, their numbers following after
    so many others."""
    return [_pupil(at, child) for at, child in enumerate(islice(_children(rows, seed, today), rows), after + 1)]


def a_month_later(rows: list[Pupil], share: float, seed: int) -> list[Pupil]:
    """The same, of whom this share have moved next door."""
    draw = Draw(seed, "moved")
    return [row | {"Address Line 1": f"1 {row['Address Line 1']}"} if draw.chance(share) else row for row in rows]


def as_csv(rows: list[Pupil]) -> bytes:
    text = io.StringIO(newline="")
    lines = csv.DictWriter(text, HEADINGS, restval="")
    lines.writeheader()
    lines.writerows(rows)
    return text.getvalue().encode()


def _children(rows: int, seed: int, today: date) -> Iterator[Child]:
    for batch in generate(max(2000, rows + rows // 4), seed, today):
        yield from batch.children if isinstance(batch, Children) else ()


def _pupil(at: int, child: Child) -> Pupil:
    """With a pupil number that nobody else has."""
    home = next((one.address for one in child.locations if one.address and one.address.postcode), None)
    carer = child.carers[0] if child.carers else None
    return {
        "Adno": f"S{at:06d}", "Legal Surname": child.family_name or child.given_names, "Forename": child.given_names,
        "DOB": f"{child.born_on:%d/%m/%Y}", "Sex": child.gender[:1].upper().replace("N", ""),
        "UPN": upn_with_letter(f"999{FREE + at // 1000:04d}25{at % 1000:03d}"),
        "Address Line 1": home.lines[0] if home else "", "Town": home.town if home else "",
        "PostCode": home.postcode if home else "",
        "Parent 1 Name": carer.name if carer else "", "Parent 1 Relationship": carer.relationship if carer else "",
        "Parent 1 Telephone": carer.phones[0] if carer and carer.phones else "",
    }  # fmt: skip
