"""A walk at random through the application, as everybody, through the forms that it finds; every answer is read."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import takewhile
from random import Random
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import time_machine
from bs4 import Tag
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from cp import clock, registry
from cp.rules.access import Actor, decide, duties_of
from cp.services import sessions
from cp.services import who as who_asks
from cp.terms import Act, Duty
from tests.hidden.acts import ACTS, AFTER, LOOKING, ORDINARY, TABLES
from tests.hidden.asking import TYPED
from tests.hidden.directory import Directory, ids_in, signed_in
from tests.hidden.filling import Way, way, ways_on
from tests.hidden.marked import Canary, Marked, may_be_shown
from tests.hidden.pairs import Side
from tests.web import code_now

FOCUS = 4
"""Children whom one walk is about, so that what is done meets what was done before."""
MOST_PEOPLE, MOST_PAGES = 3, 3
"""So many look for a form, each on so many pages."""


class Shown(AssertionError):
    """Somebody was shown what the one decision hides from them."""


class Walk:
    """One walk from one seed. `done` counts what was done, `skipped` names what there is no page for.

    `seen`: how many hidden facts were read by somebody who may.
    """

    def __init__(self, side: Side, directory: Directory, marked: Marked, seed: str) -> None:
        self.side, self.app, self.marked = side, side.app, marked
        first, second = directory.sealers
        self.people = {**directory.people, "first sealer": first, "second sealer": second}
        self.chance, self.tokens = Random(seed), dict(directory.tokens)
        self.focus = self.chance.sample(marked.children, FOCUS)
        self.child = self.done_to = self.focus[0]
        self.done, self.skipped, self.withdrawn = Counter[Act](), set[Act](), set[UUID]()
        self.steps, self.typed, self.last = [f"walk {seed}"], defaultdict[str, set[str]](set), ACTS[0]
        self.seen = 0
        side.begin("")
        for who in self.people.keys() - self.tokens.keys():
            self._sign_in(who)
        self.actors = {who: self._actor(who) for who in (*self.people, "stranger")}

    def step(self, traveller: time_machine.Traveller) -> None:
        """Something is done, or somebody looks."""
        traveller.shift(timedelta(seconds=self.chance.randint(31, 240)))
        following = AFTER.get(self.last, ()) if self.chance.random() < 0.5 else ()
        self.child = self.done_to if following else self.chance.choice(self.focus)
        if following or self.chance.random() < 0.5:
            self.do(self.chance.choice(following or ACTS))
        else:
            self.look(self.chance.choice(LOOKING))

    def do(self, act: Act) -> None:
        """Somebody who may do it looks for the form, fills it in and sends it."""
        rule = next((rule for rule in self._rules("POST") if self._act_of(rule.endpoint) is act), None)
        if rule is None:
            self.skipped.add(act)
            return
        for who in dict.fromkeys(self._somebody(act) for _ in range(MOST_PEOPLE)):
            if Duty.STEP_UP in duties_of(act):
                self._sign_in(who)
            for page in self._near(rule, who)[:MOST_PAGES]:
                answer, here = self._go(who, Way("GET", self._address(who, page)))
                if forms := self._forms(answer, here, act):
                    self._send(who, act, way(self.chance.choice(forms), here, self.chance, self._words(who, act)))
                    return

    def look(self, act: Act) -> None:
        """Somebody goes to a page, whether they may or not."""
        if rules := [rule for rule in self._rules("GET") if self._act_of(rule.endpoint) is act]:
            who = self._somebody(act if self.chance.random() < 0.6 else None)
            self.child = self.chance.choice(self.marked.old) if self.chance.random() < 0.2 else self.child
            self._go(who, Way("GET", self._address(who, self.chance.choice(rules))))

    def _send(self, who: str, act: Act, sent: Way, *, again: bool = True) -> None:
        """Once more where the answer asks whether they are sure."""
        answer = self._ask(who, sent)
        if answer.status_code == 303:
            self.done[act] += 1
            self.last, self.done_to = act, self.child
            if act is Act.WITHDRAW_SENSITIVE:
                self.withdrawn.add(UUID(sent.path.rstrip("/").split("/")[-1]))
            self._go(who, Way("GET", answer.headers["Location"].partition("#")[0]))
        elif answer.status_code == 200 and again and (sure := self._forms(answer, sent.path, act)):
            self._send(who, act, way(sure[0], sent.path, self.chance, self._words(who, act)), again=False)

    def _go(self, who: str, at: Way) -> tuple[TestResponse, str]:
        """To a page and wherever it leads, giving the reason that is asked for; the answer and its address."""
        first, answer = at, self._ask(who, at)
        for _ in range(MOST_PAGES):
            if answer.status_code == 303:
                at = Way("GET", answer.headers["Location"].partition("#")[0])
            elif reasons := at.path.endswith("/why") and self._forms(answer, at.path, Act.OPEN_RECORD):
                self._ask(who, way(reasons[0], at.path, self.chance, self._words(who, Act.OPEN_RECORD)))
                at = first
            else:
                break
            answer = self._ask(who, at)
        return answer, at.path

    def _ask(self, who: str, sent: Way) -> TestResponse:
        """One request, its answer read; whoever is signed out meanwhile signs in again first."""
        if who in self.people and self._actor(who) is None:
            self._sign_in(who)
        self.steps.append(f"{clock.now():%H:%M} {who}: {sent.method} {sent.path} {dict(sent.fields) or ''}")
        self.typed[who] |= {canary.text for _, typed in sent.fields for canary in self.marked.found_in(typed)}
        self.side.token = self.tokens.get(who, "")
        answer = self.side.ask(sent, {})
        assert answer.status_code < 500, "\n".join([*self.steps, "broke"])
        self.tokens[who] = self.side.token
        self._read(who, answer)
        return answer

    def _read(self, who: str, answer: TestResponse) -> None:
        """Raises Shown. What somebody typed themselves may stand there again."""
        text = f"{answer.headers}{answer.text}"
        found = {canary for canary in self.marked.found_in(text) if canary.text not in self.typed[who]}
        if not found:
            return
        actor = self._actor(who)
        with self.side.session() as session:
            told = [one for one in found if self._is_withdrawn(one) or not may_be_shown(session, actor, one)]
        self.seen += len(found) - len(told)
        if told:
            raise Shown("\n".join([*self.steps, f"{who} was shown:", *map(str, told[:5])]))

    def _is_withdrawn(self, canary: Canary) -> bool:
        return canary.entry in self.withdrawn and not canary.name

    def _words(self, who: str, act: Act) -> dict[str, list[str]]:
        """What they type: in a search also what is hidden of the children whom this walk is about."""
        of = (
            []
            if act not in (Act.SEARCH, Act.SEARCH_FAMILY)
            else [
                canary.text
                for canary in self.marked.canaries.values()
                if canary.child_uid in (*self.focus, *self.marked.old)
            ]
        )
        names, places = [text for text in of if text.isalpha()], [f"{text} 1AA" for text in of if text[:2] == "ZA"]
        code = [code_now(self.people[who])] if who in self.people else ["123456"]
        return {
            **{name: list(words) for name, words in TYPED.items()}, "code": code, "number": self.marked.numbers,
            "carer_given_name": ["Farah", *names], "carer_family_name": ["Moss"],
            "street": [f"{text} Row" for text in names] or ["Mill Lane"],
            "family_name": ["Siddiqui", *names], "postcode": ["ZA4", *places], "age": [""],
            "date": ["20 11 2026", "23 11 2026"], "born": ["14 3 2016"], "review": ["1 5 2027"], "ends": ["1 5 2027"],
        }  # fmt: skip

    def _rules(self, method: str) -> list[Rule]:
        found = [rule for rule in self.app.url_map.iter_rules() if method in (rule.methods or ())]
        return sorted(found, key=lambda rule: rule.endpoint)

    def _near(self, rule: Rule, who: str) -> list[Rule]:
        """The pages on which its form may stand: those whose address has the most in common with its own."""
        actor, today = self.actors[who], clock.today()

        def far(page: Rule) -> tuple[int, int]:
            steps = zip(page.rule.split("/"), rule.rule.split("/"), strict=False)
            return -len(list(takewhile(lambda pair: pair[0] == pair[1], steps))), len(page.rule)

        pages = [page for page in self._rules("GET") if page.arguments <= rule.arguments]
        acts = {page.endpoint: self._act_of(page.endpoint) for page in pages}
        may = {name for name, act in acts.items() if act and decide(actor, act, None, today).allowed}
        return sorted((page for page in pages if page.endpoint in may), key=far)

    def _address(self, who: str, rule: Rule) -> str:
        """Of the child whom the walk is about; of anything else, what a list leads to, or any that there is."""
        names = rule.arguments - {"child_uid"}
        if names and "account_uid" not in names and (linked := self._linked(who, rule)):
            return self.chance.choice(linked)
        with self.side.session() as session:
            ids = ids_in(session, {TABLES.get(name, "") for name in names})
        ids[TABLES["entry_uid"]] = [one.entry for one in self.marked.canaries.values() if one.entry]
        named: dict[str, UUID] = {
            name: self.chance.choice(ids.get(TABLES.get(name, ""), []) or [UUID(int=0)]) for name in sorted(names)
        }
        built = rule.build(named | ({"child_uid": self.child} if "child_uid" in rule.arguments else {}))
        assert built is not None
        return built[1]

    def _linked(self, who: str, rule: Rule) -> list[str]:
        lists = [page for page in self._near(rule, who) if not page.arguments]
        answer, here = self._go(who, Way("GET", lists[0].rule))
        found = [urljoin(here, str(tag["href"])) for tag in ways_on(answer.text, here) if tag.name == "a"]
        return [path for path in found if self._endpoint(path, "GET") == rule.endpoint]

    def _forms(self, answer: TestResponse, here: str, act: Act) -> list[Tag]:
        """The buttons that do this."""
        buttons = [tag for tag in ways_on(answer.text, here) if tag.name == "button"]
        forms = [(tag, tag.find_parent("form")) for tag in buttons]
        return [tag for tag, form in forms if form and form.get("method") == "post" and
                self._act_of(self._endpoint(urljoin(here, str(form["action"])), "POST")) is act]  # fmt: skip

    def _endpoint(self, path: str, method: str) -> str | None:
        try:
            return str(self.app.url_map.bind("").match(urlsplit(path).path, method)[0])
        except HTTPException:
            return None

    def _act_of(self, endpoint: str | None) -> Act | None:
        return registry.act_of(self.app, endpoint)

    def _somebody(self, act: Act | None) -> str:
        """Who may do this, or anybody."""
        may = [who for who, actor in self.actors.items() if act and decide(actor, act, None, clock.today()).allowed]
        ordinary = [who for who in may if who in ORDINARY]
        return self.chance.choice((ordinary if self.chance.random() < 0.8 else []) or may or list(self.actors))

    def _actor(self, who: str) -> Actor | None:
        with self.side.session() as session:
            found = who_asks.find(session, sessions.hashed(self.tokens.get(who, "")), UUID(int=1))
            return found.actor if found else None

    def _sign_in(self, who: str) -> None:
        if who in self.people:
            with self.side.session() as session, session.begin():
                self.tokens[who] = signed_in(session, self.people[who])
