"""A peer: tantivy, a search engine in the manner of Lucene.

Every name of a child stands in one field as whole folded words, birth date and postcode in fields of exact words. A
name that is typed is looked for within one edit and by the nicknames of the library that everybody has; what is
exactly as typed counts more. First the birth date or the first half of the postcode is a filter, with either name;
then both names are the filter, with a range of days where only an age is known; last the birth date alone. An `OR` of
everything would be slower and find nothing more that may be shown, for a match rests on a name and on another fact.
The few words that ranking needs are in its store, which is quicker than asking the database for 200 children.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tantivy import Document, FieldType, Index, Occur, Query, SchemaBuilder, Searcher

from bench.nicknamed import nicknamed
from bench.peer import MOST, Asked, Candidate, Row, folder_size, names_in, places_in
from cp.matching.births import YEAR

HEAP = 256 * 2**20
EXACT, NICKNAME = 2.0, 0.8
"""How much more a name weighs exactly as typed, and how much less by a nickname."""


class Tantivy:
    name = "tantivy"
    scans = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        words = SchemaBuilder()
        for field in ("name", "born", "gender", "outward", "postcode"):
            words.add_text_field(field, tokenizer_name="raw", index_option="basic")
        words.add_integer_field("day", indexed=True, fast=True)
        words.add_bytes_field("kept", stored=True)
        self.schema = words.build()
        self.index = Index(self.schema, str(folder))
        self.searcher: Searcher = self.index.searcher()

    def build(self, rows: Iterable[Row]) -> int:
        writer = self.index.writer(HEAP)
        for row in rows:
            writer.add_document(_document(row))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        return folder_size(list(self.folder.iterdir()))

    def looks(self, asked: Asked) -> Iterator[list[Candidate]]:
        names = [self._named(folded) for folded in (asked.family, asked.given) if folded]
        births, places = self._births(asked), self._places(asked)
        facts = [*births, *places]
        for fact in facts[:1]:
            yield self._search([fact, Query.disjunction_max_query(names, 1.0)], facts[1:])
        if len(names) > 1:
            yield self._search([*names, *self._band(asked)], facts)
        for birth in births:
            yield self._search([birth], places)

    def _search(self, filters: list[Query], ordering: list[Query]) -> list[Candidate]:
        clauses = [(Occur.Must, query) for query in filters] + [(Occur.Should, query) for query in ordering]
        hits = self.searcher.search(Query.boolean_query(clauses), limit=MOST, count=False).hits
        return [_candidate(self.searcher.doc(address).get_first("kept") or b"") for _, address in hits]

    def _named(self, folded: list[str]) -> Query:
        """Any of these names within one edit, and by nicknames."""
        near = [Query.fuzzy_term_query(self.schema, "name", name, distance=1) for name in folded]
        exact = [Query.boost_query(self._term("name", name), EXACT) for name in folded]
        short = Query.term_set_query(self.schema, "name", sorted(nicknamed(folded)))
        return Query.disjunction_max_query([*near, *exact, Query.boost_query(short, NICKNAME)])

    def _births(self, asked: Asked) -> list[Query]:
        days = [self._term("born", day.isoformat()) for day in asked.days]
        return [Query.disjunction_max_query(days)] if days else []

    def _band(self, asked: Asked) -> list[Query]:
        """Where only an age is known: born in that year, or in the one before or after."""
        born = asked.facts.born
        if born is None or born.known:
            return []
        first, last = _day(born.first - YEAR), _day(born.last + YEAR)
        return [Query.range_query(self.schema, "day", FieldType.Integer, first, last)]

    def _places(self, asked: Asked) -> list[Query]:
        if asked.place is None:
            return []
        outward = self._term("outward", str(asked.place.outward))
        whole = asked.place.whole
        return [Query.disjunction_max_query([outward, self._term("postcode", str(whole))]) if whole else outward]

    def _term(self, field: str, text: str) -> Query:
        return Query.term_query(self.schema, field, text, "basic")


def _document(row: Row) -> Document:
    names, places = names_in(row.pairs), places_in(row.postcodes)
    kept = "\t".join((str(row.child_id), row.born, row.pairs, row.postcodes)).encode()
    return Document(
        name=names, born=row.born, gender=row.gender, day=_day(date.fromisoformat(row.born)),
        outward=[str(place.outward) for place in places], postcode=[str(place.whole) for place in places], kept=kept,
    )  # fmt: skip


def _candidate(kept: bytes) -> Candidate:
    child_id, born, pairs, postcodes = kept.decode().split("\t")
    return Candidate(int(child_id), date.fromisoformat(born), pairs, postcodes)


def _day(born: date) -> int:
    return born.toordinal()


@contextmanager
def opened() -> Iterator[Tantivy]:
    with TemporaryDirectory(prefix="contactpoint-tantivy-") as folder:
        yield Tantivy(Path(folder))
