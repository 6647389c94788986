"""What the pairs are asked: everything that the application can be asked, at random from a seed."""

from functools import cache
from random import Random
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from cp import clock, registry
from cp.rules.access import decide
from cp.rules.number import shown
from cp.terms import Act
from tests.hidden.filling import Way, form_token, way, ways_on
from tests.hidden.pairs import Pair
from tests.scale import SEED
from tests.whole.sent import SENT

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
DRAWN = (".authenticator", "signing_in.enrol")
"""Whose pages hold a picture of a new secret; the length alone, which HEAD answers, is that of the secret."""
TABLES = {"child_uid": ("child",), "account_uid": ("account",), "search_uid": ("search",)}
"""Where to look for what an address names; anywhere for any other name."""
LONGEST = 5
"""Requests of one person, one after the other."""
TYPED = {
    "given_name": ("Amira", "Zuzanna", "Amelia", "Susanna", ""),
    "family_name": ("Siddiqui", "Nowak", "Farouk-Price", "Thistle", ""),
    "postcode": ("ZA4 7QD", "ZA4", "ZA7 2AB", "ZA9", "", ""), "age": ("10", "11", "", ""),
    "carer_given_name": ("Farah", "Jon", "Fara", ""), "carer_family_name": ("Haddad", "Farouk", "Hadad", ""),
    "house": ("18", "3", ""), "street": ("Tanner's Row", "Weir Close", ""),
    "gender": ("female", "male", "", ""), "reason": ("working_with", "may_need_help"),
    "email": ("sam.practitioner@example.test", "nobody@example.test"), "code": ("123456",),
    "date": ("20 11 2026", "23 11 2026", "1 9 2026", "14 3 2016", "1 5 2027", "30 2 2026"),
    "": ("", "Amira", "Farah Haddad", "07700 900163", "ZA4 7QD", "9990009872", "working_with", "nobody", "yes", "1"),
}  # fmt: skip
BORN = ((("14", "3", "2016"),) * 4) + (("14", "7", "2016"), ("", "", "2016"), ("", "", ""))


@cache
def everything(app: Flask) -> list[tuple[Rule, str]]:
    """Each endpoint by each method that it has, in an order of its own for each seed."""
    found = [
        (rule, method)
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint)
        for method in METHODS
        if method in (rule.methods or ()) and not (method == "HEAD" and rule.endpoint.endswith(DRAWN))
    ]
    Random(SEED).shuffle(found)
    return found


class Asking:
    """One row of requests after the other; `covered` says which endpoints they began at, and how."""

    def __init__(self, pair: Pair, only: Act | None = None, by: str | None = None) -> None:
        """`only`: begin where this is done, and nowhere else; `by` this person."""
        self.pair, self.app, self.only, self.by = pair, pair.sides[0].app, only, by
        self.covered: set[tuple[str, str]] = set()
        self.words = TYPED | {"number": (shown(pair.number), pair.number, "CP000000000")}

    def rows(self, count: int) -> None:
        for number in range(count):
            self.row(number)

    def row(self, number: int) -> None:
        """Up to five requests, each on from the answer before. Raises Different."""
        chance = Random(f"{SEED} {self.pair.kind} {number}")
        rule, method = self._rule(chance, number)
        who = self.by or self._who(chance, rule)
        self.covered.add((rule.endpoint, method))
        with self.pair.held(who):
            ways = [self._first(rule, method, chance)] * 2
            for _ in range(chance.randint(1, LONGEST)):
                if self._lets_in(who, ways[0]):
                    break
                headers = {"HX-Request": "true"} if chance.random() < 0.2 else {}
                answers = self.pair.ask(ways, headers)
                if not (following := self._on_from(ways, answers, chance)):
                    break
                ways = following

    def _lets_in(self, who: str, sent: Way) -> bool:
        """Whoever may override and does so may know from then on; so may who agrees to read an archived record."""
        actor = self.pair.actors[who]
        if sent.method != "POST" or actor is None:
            return False
        try:
            endpoint, _ = self.app.url_map.bind("").match(urlsplit(sent.path).path, "POST")
        except HTTPException:
            return False
        act = registry.act_of(self.app, endpoint)
        return act is Act.ANSWER_ARCHIVED or (act is Act.OVERRIDE and actor.may_override)

    def _rule(self, chance: Random, number: int) -> tuple[Rule, str]:
        """Every second time each one in its turn, else one that is about the child, or finds children."""
        rules = everything(self.app)
        if self.only:
            return chance.choice([one for one in rules if registry.act_of(self.app, one[0].endpoint) is self.only])
        if number % 2:
            return rules[number // 2 % len(rules)]
        likely = [(rule, method) for rule, method in rules if self._is_likely(rule) and method != "OPTIONS"]
        return chance.choice(likely)

    def _is_likely(self, rule: Rule) -> bool:
        act = registry.act_of(self.app, rule.endpoint)
        finding = (Act.SEARCH, Act.SEARCH_FAMILY, Act.SEE_OWN_INVOLVEMENTS, Act.SEE_HANDOVERS)
        return "child_uid" in rule.arguments or act in finding

    def _who(self, chance: Random, rule: Rule) -> str:
        """Somebody who may do as much, as often as not; at other times anybody."""
        act, today, actors = registry.act_of(self.app, rule.endpoint), clock.today(), self.pair.actors
        may = [who for who, actor in actors.items() if act and decide(actor, act, None, today).allowed]
        return chance.choice(may if may and chance.random() < 0.7 else list(actors))

    def _first(self, rule: Rule, method: str, chance: Random) -> Way:
        named = {name: self._named(name, chance) for name in sorted(rule.arguments)}
        built = rule.build(named)
        assert built is not None
        if method != "POST":
            return Way(method, built[1] + chance.choice(("", "", "?from=mine", f"?from={UUID(int=7)}")))
        return Way(method, built[1], tuple(self._sent(rule, chance).items()))

    def _named(self, name: str, chance: Random) -> UUID | str:
        if name == "token":
            return "x" * 43
        if name == "child_uid" and chance.random() < 0.7:
            return self.pair.child_uid
        tables = TABLES.get(name, sorted(self.pair.ids))
        table = chance.choice([table for table in tables if self.pair.ids.get(table)] or ["child"])
        return chance.choice([*self.pair.ids[table], UUID(int=0)])

    def _sent(self, rule: Rule, chance: Random) -> dict[str, str]:
        """What a browser sends, by whoever did not look at the page: right, empty, or something else's."""
        token, key = form_token(self.pair.sides[0].token), f"{chance.getrandbits(64):022x}"
        kind, act = chance.random(), registry.act_of(self.app, rule.endpoint)
        if act in (Act.SEARCH, Act.SEARCH_FAMILY):
            typed = self._search(chance) if act is Act.SEARCH else self._by_family(chance)
        elif kind < 0.6:
            typed = SENT.get(rule.endpoint, {})
        else:
            typed = {} if kind < 0.8 else chance.choice(list(SENT.values()))
        return {"csrf_token": token, "once": key} | dict(typed)

    def _search(self, chance: Random) -> dict[str, str]:
        """By what is shown and by what is hidden, alone and together; now and then by number."""
        if chance.random() < 0.15:
            return {"number": chance.choice(self.words["number"]), "reason": "working_with"}
        typed = {name: chance.choice(self.words[name]) for name in ("given_name", "family_name", "postcode", "age",
                                                                    "gender", "reason")}  # fmt: skip
        born = dict(zip(("born-day", "born-month", "born-year"), chance.choice(BORN), strict=True))
        return typed | born | ({"age": ""} if born["born-day"] else {})

    def _by_family(self, chance: Random) -> dict[str, str]:
        """By a carer, by an address, by both; as often as not a hidden one's."""
        names = ("carer_given_name", "carer_family_name", "house", "street", "postcode", "given_name", "reason")
        born = dict(zip(("born-day", "born-month", "born-year"), chance.choice(BORN), strict=True))
        return {name: chance.choice(self.words[name]) for name in names} | born

    def _on_from(self, ways: list[Way], answers: list[TestResponse], chance: Random) -> list[Way]:
        """The redirect, or the same link or button of each of the two pages."""
        where = [answer.headers.get("Location") or answer.headers.get("HX-Redirect") for answer in answers]
        if all(where):
            return [Way("GET", str(to).partition("#")[0]) for to in where]
        pages = [ways_on(answer.text, way.path) for answer, way in zip(answers, ways, strict=True)]
        if not pages[0]:
            return []
        at, seed = chance.randrange(len(pages[0])), chance.random()
        return [way(page[at], one.path, Random(seed), self.words) for page, one in zip(pages, ways, strict=True)]
