"""The file that the demonstration's school would send: its pupils, as its own system has them, with its mistakes."""

from bench.messy import messy
from bench.population import generate
from bench.shapes import Child, Children
from cp.services.demo.loading import Asked
from cp.services.demo.people import SCHOOL


def school_file(asked: Asked) -> bytes:
    """CSV of every pupil of Hollin Bank Primary School. Raises ValueError where it has too few for every mistake."""
    return messy(pupils(asked), asked.seed, SCHOOL).data


def pupils(asked: Asked) -> list[Child]:
    """Those who are on its roll in this demonstration."""
    parts = (part for part in generate(asked.children, asked.seed, asked.day) if isinstance(part, Children))
    return [child for part in parts for child in part.children if _on_roll(child)]


def _on_roll(child: Child) -> bool:
    here = any(one.organisation == SCHOOL and one.ended_on is None for one in child.involvements)
    return here and any(one.organisation == SCHOOL for one in child.said)
