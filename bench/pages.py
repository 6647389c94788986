"""Results and record under the real server, against a bare Flask page of the same weight by turns in one run.

The results also against a page of 12 kB of the same server, for the same people.
"""

from collections.abc import Iterator
from statistics import median

from sqlalchemy import Engine

from bench import lighthouse
from bench.bare import path
from bench.lines import Line
from bench.load import Asker, Crowd, ask
from bench.site import Site, served, site

ROUNDS = 3
SECONDS = 5.0
QUARTER = 0.25
"""The least share of the bare page's rate."""
SIGNED = 0.45
"""The same of the signed-in page's."""
SLOWEST, SLOWER = 40.0, 3.0
"""The most milliseconds that a page may take, or times the signed-in page's, whichever is more."""
PATHS = tuple(f"/bench/{key}" for key in range(1, 26))
"""Of `bench/signed.py`."""
PEAK = 400
"""Searches a second in England at their peak, by 400,000 users."""


def run(engine: Engine, children: int) -> Iterator[Line]:
    """The lines of this benchmark, on a directory of so many children."""
    with site(engine) as ours, served("bench.bare:app", {}) as bare:
        yield from _rates(ours, bare)
        yield from _results(ours)
        yield from lighthouse.run(ours)


def _rates(ours: Site, bare: int) -> Iterator[Line]:
    """By turns, so that a noisy moment meets both."""
    for name, people in {"results": ours.searchers, "record": ours.readers}.items():
        warm = ask(ours.port, people, 1.0)
        pages: list[Crowd] = []
        yardsticks: list[Crowd] = []
        for _ in range(ROUNDS):
            yardsticks.append(ask(bare, [Asker("", (path(warm.weight),))], SECONDS))
            pages.append(ask(ours.port, people, SECONDS))
        rate, yardstick = (median(crowd.rate for crowd in crowds) for crowds in (pages, yardsticks))
        yield Line(f"{name} page, against a bare page", rate, "pages/s", QUARTER, yardstick, least=True)
        weights = pages[-1].weight / yardsticks[-1].weight
        yield Line(f"{name} page, its weight against the bare page's", weights, "of it", 0.9, least=True)
        wrong = sum(crowd.wrong for crowd in pages + yardsticks)
        yield Line(f"{name} page, answers that were not 200", wrong, "answers", 0)


def _results(ours: Site) -> Iterator[Line]:
    asking = tuple(Asker(one.cookie, PATHS) for one in ours.searchers)
    yardsticks, pages = [], []
    for _ in range(ROUNDS):
        yardsticks.append(ask(ours.signed, asking, SECONDS))
        pages.append(ask(ours.port, ours.searchers, SECONDS))
    rate, yardstick = (median(crowd.rate for crowd in crowds) for crowds in (pages, yardsticks))
    slow, slowest = (median(crowd.percentile(0.99) for crowd in crowds) for crowds in (pages, yardsticks))
    name = f"a signed-in page of {yardsticks[-1].weight / 1000:.0f} kB"
    yield Line(f"results page, against {name}", rate, "pages/s", SIGNED, yardstick, least=True)
    yield Line("results page, 99% of them", slow, "ms", max(SLOWEST, SLOWER * slowest))
    yield Line("results page, of all that England asks at its peak", rate / PEAK, "of it")
    wrong = sum(crowd.wrong for crowd in pages + yardsticks)
    yield Line("results page and its yardstick, answers that were not 200", wrong, "answers", 0)
