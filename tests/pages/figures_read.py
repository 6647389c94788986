"""What a page of figures says, read from its HTML: each number by the words that stand at it."""

from bs4 import BeautifulSoup, Tag

from tests.web import said

Table = dict[str, dict[str, str]]


def shown(page: BeautifulSoup) -> dict[str, str]:
    """The figures that stand first, by their names."""
    (first,) = page.select("dl.cp-figures")
    return dict(zip(map(said, first.find_all("dt")), map(said, first.find_all("dd")), strict=True))


def tables(page: BeautifulSoup) -> dict[str, Table]:
    """By caption and row, each number by the heading of its column, which is what a phone shows before it, too."""
    return {said(one.find_all("caption")[0]): _table(one) for one in page.find_all("table")}


def _table(one: Tag) -> Table:
    head, *rows = one.find_all("tr")
    _, *heads = map(said, head.find_all("th"))
    found: Table = {}
    for row in rows:
        cells = row.find_all("td")
        assert [str(cell["data-label"]) for cell in cells if cell.has_attr("data-label")] in (heads, [])
        found[said(row.find_all("th")[0])] = dict(zip(heads, map(said, cells), strict=True))
    return found


def drawn(page: BeautifulSoup) -> dict[str, list[int]]:
    """The chart's lines, by the names beside them, as numbers of organisations read back from the points."""
    (plot,), (beside,) = page.select("svg.cp-chart__plot"), page.select("svg.cp-chart__names")
    height = int(str(plot["viewbox"]).split()[3])
    lines = [
        [tuple(map(int, point.split(","))) for point in str(line["points"]).split()]
        for line in plot.find_all("polyline")
    ]
    assert all([week for week, _ in line] == list(range(len(line))) for line in lines)
    names = [said(text) for text in beside.find_all("text")][: len(lines)]
    return {name: [height - down for _, down in line] for name, line in zip(names, lines, strict=True)}
