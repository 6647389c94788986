"""Results and record under the real server, against a bare Flask page of the same weight by turns in one run."""

from collections.abc import Iterator
from statistics import median

from sqlalchemy import Engine

from bench import lighthouse
from bench.lines import Line
from bench.load import Crowd, ask
from bench.site import Site, served, site

ROUNDS = 3
SECONDS = 5.0
QUARTER = 0.25
"""The least share of the bare page's rate."""


def run(engine: Engine, children: int) -> Iterator[Line]:
    """The lines of this benchmark, on a directory of so many children."""
    with site(engine) as ours, served("bench.bare:app", {}) as bare:
        yield from _rates(ours, bare)
        yield from lighthouse.run(ours)


def _rates(ours: Site, bare: int) -> Iterator[Line]:
    pages = {"results": ours.results, "record": ours.records}
    crowds: dict[str, list[Crowd]] = {"bare": [], **{name: [] for name in pages}}
    for paths in pages.values():
        ask(ours.port, paths, ours.cookie, 1.0)  # warm
    for _ in range(ROUNDS):
        crowds["bare"].append(ask(bare, ["/"], "", SECONDS))
        for name, paths in pages.items():
            crowds[name].append(ask(ours.port, paths, ours.cookie, SECONDS))
    for name in pages:
        rate = median(crowd.rate for crowd in crowds[name])
        yardstick = median(crowd.rate for crowd in crowds["bare"])
        yield Line(f"{name} page, against a bare page", rate, "pages/s", QUARTER, yardstick, least=True)
        wrong = sum(crowd.wrong for crowd in crowds[name])
        yield Line(f"{name} page, answers that were not 200", wrong, "answers", 0)
