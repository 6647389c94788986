"""The end of a record: who has one, when it is archived and read there, what holds it back, when it is destroyed."""

from datetime import date, timedelta
from typing import Literal

from cp.rules.contents import ADULT_AT
from cp.rules.days import anniversary
from cp.terms import ArchivePurpose, ArchiveReason, DestroyReason, KeptKind, LeaveKind, Role, StayGround

LONGEST_TO = 25
CONSENTS_FROM = 16
YEARS_AFTER_DEATH = 1
YEARS_AFTER_LEAVING = {LeaveKind.NOT_RETURNING: 1}
YEARS_AFTER_LEAVING_ELSE = 3
YEARS_ARCHIVED = 6
YEARS_READ_BY_THE_TEAM = 1
YEARS_HELD = 5
MONTHS_KEPT = {KeptKind.SEARCH_CRITERIA: 12, KeptKind.AUDIT: 7 * 12, KeptKind.ALERT: 2 * 12}
SUPPLIED_ROW_KEPT, DRAFT_KEPT = timedelta(days=90), timedelta(minutes=30)

HoldProblem = Literal["two_people", "end_date", "too_long"]
StayProblem = Literal["given_on", "to_age"]


def may_have_record(
    born: date, in_area: bool | None, ground: StayGround | None, consented_on: date | None,
    withdrawn_on: date | None, today: date,
) -> bool:  # fmt: skip
    """A child in the area of an authority, boarders from abroad included, until the 18th birthday.

    From then until the 25th: a care leaver or somebody with a learning disability, while their own explicit consent is
    in force. It counts from the day it was given, and a withdrawal on the same day. The dead and those who left have
    theirs until `archive_on`.

    Reg. 4, as amended in 2010; Hansard 5 November 2008. Policy: the 25th birthday is out, proposed.
    """
    if not in_area or today < born:
        return False
    if today < anniversary(born, ADULT_AT):
        return True
    consents = consented_on is not None and consented_on <= today and (withdrawn_on is None or today < withdrawn_on)
    return ground is not None and consents and today < anniversary(born, LONGEST_TO)


def may_consent(born: date, on: date) -> bool:
    """From the 16th birthday a young person says by themselves whether their record stays.

    Reg. 4(2); Mental Capacity Act 2005 s.2(5). Policy: from 16, proposed.
    """
    return anniversary(born, CONSENTS_FROM) <= on


def stay_refusal(born: date, given_on: date | None, to_age: int, today: date) -> StayProblem | None:
    """Consent to stay counts once it was given: from the 16th birthday, not on a day to come, until a birthday that is
    still to come, the 19th to the 25th.

    Reg. 4(2); Hansard 5 November 2008; from 16: Mental Capacity Act 2005 s.2(5). Policy: from 16, proposed.
    """
    if given_on is None or today < given_on or not may_consent(born, given_on):
        return "given_on"
    return None if to_age in stays_to(born, today) else "to_age"


def stays_to(born: date, today: date) -> list[int]:
    """Until which birthdays somebody may agree to stay: those still to come.

    Reg. 4(2); Hansard 5 November 2008.
    """
    return [age for age in range(ADULT_AT + 1, LONGEST_TO + 1) if today < anniversary(born, age)]


def archive_on(born: date, died: date | None, left_on: date | None, leave: LeaveKind | None, stays_to: int) -> date:
    """The soonest of: the 18th birthday, or the agreed later one, to the 25th; a year after death; after leaving, one
    year for whoever does not return, else three. Nobody's record is archived for leaving once they have returned.

    Commons Hansard 5 November 2008 and 21 April 2009. Policy: leaving, and the soonest: proposed.
    """
    return min(_ends(born, died, left_on, leave, stays_to))[0]


def archive_because(
    born: date, died: date | None, left_on: date | None, leave: LeaveKind | None, stays_to: int
) -> ArchiveReason:
    """By which of these it is archived on that day.

    Commons Hansard 5 November 2008 and 21 April 2009.
    """
    return min(_ends(born, died, left_on, leave, stays_to))[2]


def _ends(
    born: date, died: date | None, left_on: date | None, leave: LeaveKind | None, stays_to: int
) -> list[tuple[date, int, ArchiveReason]]:
    to = min(max(stays_to, ADULT_AT), LONGEST_TO)
    grown = ArchiveReason.GROWN_UP if to == ADULT_AT else ArchiveReason.STAY_OVER
    ends = [(anniversary(born, to), 0, grown)]
    if died is not None:
        ends.append((anniversary(died, YEARS_AFTER_DEATH), 1, ArchiveReason.DIED))
    if left_on is not None:
        years = YEARS_AFTER_LEAVING_ELSE if leave is None else YEARS_AFTER_LEAVING.get(leave, YEARS_AFTER_LEAVING_ELSE)
        ends.append((anniversary(left_on, years), 2, ArchiveReason.LEFT))
    return ends


def end_moved(born: date, said: date, today: date) -> bool:
    """Whether a person looks at a birth date that a source says, before it stands in place of the one that is recorded:
    by one of the two the record ends within a year, and by the other on another day; or the end moves by more than a
    year. What an end takes away cannot be given back, and nobody is kept years past theirs by a slip.

    Policy: proposed; a machine believes no date by which a record ends before anybody has seen it among those that end.
    """
    sooner, later = sorted((born, said))
    near, far = anniversary(sooner, ADULT_AT - 1) <= today, anniversary(sooner, 1) < later
    return sooner != later and (near or far)


def archive_readable(
    role: Role, archived_on: date | None, second_person: bool, purpose: ArchivePurpose | None, today: date
) -> bool:
    """In the first year the management team; after it two of them together, for a section 47 enquiry, a serious case
    review or the investigation of a child's death. After six years nobody, and anybody else never.

    Commons Hansard 21 April 2009; Reg. 6(3)(e). Policy: two people, the sealing issue.
    """
    if role is not Role.MANAGEMENT_TEAM or archived_on is None or today < archived_on:
        return False
    if today < anniversary(archived_on, YEARS_READ_BY_THE_TEAM):
        return True
    return second_person and purpose is not None and today < anniversary(archived_on, YEARS_ARCHIVED)


def hold_refusal(first: int | None, second: int | None, ends_on: date | None, today: date) -> HoldProblem | None:
    """A legal hold takes two people and a day still to come on which it ends, five years on at most: whoever needs it
    for longer asks again, and a slip of the hand keeps nobody for ever. It stops destruction, not archiving.

    Policy: the sealing issue; that archiving goes on, and the five years: proposed.
    """
    if first is None or second is None or second == first:
        return "two_people"
    if ends_on is None or ends_on <= today:
        return "end_date"
    return "too_long" if ends_on > anniversary(today, YEARS_HELD) else None


def hold_end_refusal(asked_by: int | None, answered_by: int, team: bool) -> Literal["two_people", "asker_left"] | None:
    """A hold ends before its day when one of the management team has asked for it and another agrees, while whoever
    asked is of the team still: as many as placed it.

    Policy: two people, the sealing issue; an early end: proposed.
    """
    if asked_by is None or asked_by == answered_by:
        return "two_people"
    return None if team else "asker_left"


def destroy_on(archived_on: date, hold_ends_on: date | None) -> date:
    """Six years after the day on which it was archived, or when the latest hold ends, if that is later.

    Commons Hansard 21 April 2009. Policy: the hold, the sealing issue.
    """
    after = anniversary(archived_on, YEARS_ARCHIVED)
    return after if hold_ends_on is None else max(after, hold_ends_on)


def destroy_because(archived_on: date, hold_ends_on: date | None) -> DestroyReason:
    """By which of the two it is destroyed on that day.

    Commons Hansard 21 April 2009. Policy: the hold, the sealing issue.
    """
    held = destroy_on(archived_on, hold_ends_on) != destroy_on(archived_on, None)
    return DestroyReason.HOLD_OVER if held else DestroyReason.SIX_YEARS


def kept_until(kind: KeptKind, since: date) -> date:
    """Search criteria 12 months, audit 7 years, supplied rows 90 days, alerts 2 years: gone from that day on.

    A draft 30 minutes, from one instant to another. What is kept of the audit for longer holds no names.

    Policy: design 9.
    """
    if kind is KeptKind.DRAFT:
        return since + DRAFT_KEPT
    if kind is KeptKind.SUPPLIED_ROW:
        return since + SUPPLIED_ROW_KEPT
    return anniversary(since, 0, MONTHS_KEPT[kind])


def kept_since(kind: KeptKind, today: date) -> date:
    """The first day of which it is kept still: the days before are those whose `kept_until` has come.

    Policy: design 9.
    """
    day = today - (kept_until(kind, today) - today) - timedelta(days=3)  # no count of years is longer by more
    while kept_until(kind, day) <= today:
        day += timedelta(days=1)
    return day
