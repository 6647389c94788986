"""Who else works with a child: practitioners of services and of the child's school."""

from datetime import date

from bench import stories
from bench.draw import Draw, Table
from bench.shapes import Involvement, Practitioner
from bench.workforce import Workforce

HOW_MANY = Table((0, 1, 2, 3, 4, 5), (680, 195, 78, 30, 12, 5))
AT_SCHOOL = 0.16
LONGEST = 1300
ENDED = 0.34
LEADS, LEADS_SELDOM, ASSESSMENT = 0.3, 0.05, 0.11
SOCIAL_WORK = "Long-term support"


class Day:
    """One child's day numbers: born, today, and the day from which nobody works with them here (0: they do)."""

    __slots__ = ("born", "gone", "today")

    def __init__(self, born: int, today: int, gone: int) -> None:
        self.born, self.today, self.gone = born, today, gone

    @property
    def age(self) -> int:
        return min(17, int((self.today - self.born) / 365.25))


def services(draw: Draw, force: Workforce, day: Day, school: int | None, story: str) -> list[Involvement]:
    """None for two in three children; a looked-after child always has a social worker who leads."""
    busy = story == stories.BUSY
    count = draw.between(12, 16) if busy else HOW_MANY.pick(draw)
    if not count and story not in stories.CARED_FOR:
        return []
    found: dict[int, Involvement] = {}
    if story in stories.CARED_FOR:
        worker = draw.pick(force.of_team[SOCIAL_WORK])
        found[worker.key] = _involvement(draw, worker, day, 0, may_lead=False)
        if not day.gone:
            found[worker.key] = found[worker.key]._replace(ended_on=None, lead=True, assessment=draw.chance(0.5))
    led = any(one.lead for one in found.values())
    for _ in range(count):
        worker, youngest, leads = _worker(draw, force, day.age, school)
        if worker.key not in found:
            may_lead = not led and draw.random() < (LEADS if leads else LEADS_SELDOM)
            one = _involvement(draw, worker, day, youngest, may_lead=may_lead, ending=0.1 if busy else ENDED)
            found[worker.key] = one
            led = led or one.lead
    return list(found.values())


def _worker(draw: Draw, force: Workforce, age: int, school: int | None) -> tuple[Practitioner, int, bool]:
    """Somebody, the age from which their team works with children, and whether it often leads."""
    if school is not None and school in force.of_school and draw.random() < AT_SCHOOL:
        return draw.pick(force.of_school[school]), 4, False
    team = force.by_age[age].pick(draw)
    return draw.pick(force.of_team[team.name]), team.youngest, team.leads


def _involvement(
    draw: Draw, worker: Practitioner, day: Day, youngest: int, *, may_lead: bool, ending: float = ENDED
) -> Involvement:
    """Most began lately, a third have ended, and old running ones were mostly confirmed."""
    last = day.gone or day.today
    span = max(0, min(last - day.born - round(youngest * 365.25), LONGEST))
    started = min(last - int(span * draw.random() ** 1.6), last - 1 if day.gone else last)
    ended = day.gone
    if last - started > 40 and draw.random() < ending:
        ended = started + 20 + draw.below(last - started - 20)
    running = not ended
    confirmed = running and day.today - started > 300 and draw.random() < 0.62
    return Involvement(
        worker.organisation,
        worker.key,
        date.fromordinal(max(started, day.born)),
        date.fromordinal(ended) if ended else None,
        date.fromordinal(day.today - draw.below(290)) if confirmed else None,
        running and may_lead,
        running and draw.random() < ASSESSMENT,
    )
