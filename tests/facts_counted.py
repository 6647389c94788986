"""Every figure of a roll-out counted a second time: plain Python over all rows, none of the services' queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Involvement, Onboarding, Organisation, Supplier, SupplyFile
from cp.rules.supplying import due_after, how_often
from cp.terms import Figure, OrganisationKind

SCHOOLS = {"nursery", "primary_school", "secondary_school", "special_school", "independent_school", "college"}
OF_PEOPLE = {"children_held", "children_expected", "trained"}


@dataclass(frozen=True)
class Rows:
    """All there are, of every authority."""

    organisations: list[Organisation]
    ways: dict[int, Onboarding]
    supplying: set[int]
    pupils: dict[int, int]

    @classmethod
    def read(cls, session: Session) -> Self:
        pupils = defaultdict[int, int](int)
        for one in session.scalars(select(Involvement)):
            if one.practitioner_id is None and one.ended_on is None and not one.in_error:
                pupils[one.organisation_id] += 1
        organisations = list(session.scalars(select(Organisation)))
        return cls(organisations, {one.organisation_id: one for one in session.scalars(select(Onboarding))},
                   _supplying(session, organisations), pupils)  # fmt: skip

    def of(self, made: Authority) -> list[Organisation]:
        return [
            one for one in self.organisations
            if one.authority_id == made.id and one.body_kind.value != "authority"
            and not (one.valid_to is not None and one.valid_to <= clock.today())
        ]  # fmt: skip

    def count(self, ones: Collection[Organisation]) -> dict[str, int]:
        """As it is published, without how long it took."""
        ways = [self.ways[one.id] for one in ones if one.id in self.ways]
        known = [one for one in ones if one.kind.value in SCHOOLS and one.pupils is not None]
        exact = {
            "live": sum(way.step.value == "live" for way in ways),
            "organisations": len(ones),
            "contacted": sum(way.contacted_on is not None for way in ways),
            "agreed": sum(way.means_agreed_on is not None for way in ways),
            "supplying": sum(one.id in self.supplying for one in ones),
            "overdue": sum(way.due_on is not None and way.due_on < clock.today() for way in ways),
            "children_held": sum(self.pupils.get(one.id, 0) for one in known),
            "children_expected": sum(one.pupils or 0 for one in known),
            "rolls_not_known": sum(one.kind.value in SCHOOLS and one.pupils is None for one in ones),
            "trained": sum(way.people_trained for way in ways),
        }
        return {name: 5 * round(n / 5) if name in OF_PEOPLE else n for name, n in exact.items()}

    def took(self, ones: Collection[Organisation]) -> dict[str, int]:
        ways = [self.ways[one.id] for one in ones if one.id in self.ways]
        live = [way for way in ways if way.step.value == "live" and way.live_on and way.contacted_on]
        days = sorted(max(0, (way.live_on - way.contacted_on).days) for way in live if way.live_on and way.contacted_on)
        found = dict[str, int]()
        for name, tenths in (("days_half", 5), ("days_slowest", 9)):
            for day in days:
                if name not in found and 10 * sum(other <= day for other in days) >= tenths * len(days):
                    found[name] = day
        return found

    def weeks(self, ones: Collection[Organisation]) -> list[tuple[date, int, int, int]]:
        """By Monday, how many by the Sunday after it."""
        ways = [self.ways[one.id] for one in ones if one.id in self.ways]
        contacted = [way.contacted_on for way in ways if way.contacted_on]
        agreed = [way.means_agreed_on for way in ways if way.means_agreed_on]
        live = [way.live_on for way in ways if way.step.value == "live" and way.live_on]
        if not (contacted or agreed or live):
            return []
        sunday, found = min(contacted + agreed + live) - timedelta(days=7), list[tuple[date, int, int, int]]()
        while sunday.strftime("%A") != "Sunday":
            sunday += timedelta(days=1)
        while sunday - timedelta(days=6) <= clock.today():
            first, then, last = (sum(day <= sunday for day in days) for days in (contacted, agreed, live))
            found.append((sunday - timedelta(days=6), first, then, last))
            sunday += timedelta(days=7)
        return found

    def groups(self, ones: Collection[Organisation]) -> dict[tuple[str, str], dict[str, int]]:
        """By what a line of the spreadsheet begins with."""
        schools = [one for one in ones if one.kind.value in SCHOOLS]
        found = {("all", ""): self.count(ones) | self.took(ones)}
        for kind in {one.kind for one in ones}:
            found["kind", kind.value] = self.count([one for one in ones if one.kind is kind])
        for of in {one.school_type for one in schools}:
            named = of.value if of else "not_said"
            found["school_type", named] = self.count([one for one in schools if one.school_type is of])
        return found


def _supplying(session: Session, organisations: Collection[Organisation]) -> set[int]:
    """Whose newest file that stands is not too old, whatever is kept of that."""
    kinds: dict[int, OrganisationKind] = {one.id: one.kind for one in organisations}
    often = {one.organisation_id: one.frequency for one in session.scalars(select(Supplier))}
    newest = dict[int, date]()
    for file in session.scalars(select(SupplyFile)):
        if file.sent_at and file.state.value not in ("undoing", "undone") and file.form.value != "hand":
            newest[file.organisation_id] = max(newest.get(file.organisation_id, date.min), file.sent_at.date())
    return {
        one for one, day in newest.items()
        if due_after(day, how_often(kinds[one], often.get(one))) >= clock.today()
    }  # fmt: skip


FIGURES = [figure.value for figure in Figure]
