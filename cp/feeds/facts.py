"""The facts of a row besides names, carers and addresses: the birth, the gender, numbers, the time at the place."""

from datetime import date

from cp.feeds.dates_written import STANDS_FOR_NONE, written_date
from cp.feeds.supplied import Context, Reading, quoted
from cp.rules.contents import gender_of
from cp.rules.dates_typed import OLDEST_AGE
from cp.rules.days import age_on
from cp.rules.identifiers import nhs_normal, upn_verdict
from cp.rules.typed import compact, plain
from cp.terms import Column, Gender, NumberKind

USUAL_AGES = range(25)
"""Years. A record ends at 25."""

_CODES = {"1": "male", "2": "female"}
"""As education and health code it (ISO 5218); 0 and 9 are not known and not specified."""
_NOT_SPECIFIED = frozenset({
    "0", "9", "x", "u", "n", "i", "not specified", "unspecified", "not stated", "not disclosed", "indeterminate",
    "prefer not to say", "prefer not to disclose", "other", "non-binary", "non binary", "nonbinary", "neither",
})  # fmt: skip


def born_of(row: Reading, context: Context) -> date | None:
    """The date of birth; None, and a sentence, where there is none or it cannot be right."""
    text = row.cell(Column.BORN_ON)
    if not text:
        row.wrong(Column.BORN_ON, "is empty", "Add the date of birth")
        return None
    read = written_date(text, context.day_first)
    if isinstance(read, str):
        other = written_date(text, not context.day_first)
        do = "Check the date" if isinstance(other, str) else f"Write {other:%d/%m/%Y}, if that is meant"
        row.wrong(Column.BORN_ON, f"{quoted(text)} is not a date: {read}", do)
        return None
    return read if _possible(row, text, read, context.today) else None


def _possible(row: Reading, text: str, born: date, today: date) -> bool:
    age = age_on(born, today)
    aged = f"{quoted(text)} makes the {row.children.one} {age} years old"
    if born in STANDS_FOR_NONE:
        row.wrong(Column.BORN_ON, f"{quoted(text)} stands for no date", "Add the date of birth")
    elif born > today:
        row.wrong(Column.BORN_ON, f"{quoted(text)} is in the future", "Check the year")
    elif age > OLDEST_AGE:
        row.wrong(Column.BORN_ON, aged, "Check the year")
    else:
        if age not in USUAL_AGES:
            row.odd(Column.BORN_ON, aged, "Check the year")
        return True
    return False


def changed_birth(row: Reading, key: str | None, born: date, context: Context) -> None:
    """Says so where the last file had another birth date for the same pupil: nobody's changes."""
    before = context.last.born_on.get(key) if context.last and key else None
    if before and before != born:
        row.odd(Column.BORN_ON, f"{born:%d/%m/%Y} was {before:%d/%m/%Y} last time", "Check which is right")


def gender_said_by(row: Reading) -> Gender | None:
    """The gender; None where the cell says nothing. A word that we do not know is sent as not specified."""
    text = row.cell(Column.GENDER)
    if not text:
        return None
    word = plain(text).casefold()
    found = gender_of(_CODES.get(word, word))
    if found is Gender.NOT_SPECIFIED and word not in _NOT_SPECIFIED:
        row.odd(Column.GENDER, f"{quoted(text)} is not a word that we know", "Sent as not specified, if you leave it")
    return found


def numbers_of(row: Reading) -> tuple[tuple[NumberKind, str], ...]:
    """The pupil number and the NHS number, as they are kept. A wrong one is left out; neither must be there."""
    found = ((NumberKind.UPN, _upn(row)), (NumberKind.NHS, _nhs(row)))
    return tuple((kind, number) for kind, number in found if number)


def _upn(row: Reading) -> str | None:
    text = row.cell(Column.UPN)
    match upn_verdict(text, authority_known=True) if text else None:
        case "ok":
            return compact(text)
        case "check":
            row.left_out(Column.UPN, f"{quoted(text)} has the wrong first letter for its digits", "number")
        case "shape":
            row.left_out(Column.UPN, f"{quoted(text)} is not a pupil number: a letter, then 12 digits", "number")
    return None


def _nhs(row: Reading) -> str | None:
    text = row.cell(Column.NHS)
    number = nhs_normal(text)
    if text and number is None:
        row.left_out(Column.NHS, f"{quoted(text)} is not an NHS number", "number")
    return number


def time_here(row: Reading, born: date, context: Context) -> tuple[date | None, date | None]:
    """When the child came and left; a day that cannot be right is left out."""
    started, left = _day(row, Column.STARTED_ON, context), _day(row, Column.LEFT_ON, context)
    if started and not born <= started <= context.today:
        when = "before the date of birth" if started < born else "in the future"
        row.left_out(Column.STARTED_ON, f"{started:%d/%m/%Y} is {when}", "date")
        started = None
    if left and left < (started or born):
        row.left_out(Column.LEFT_ON, f"{left:%d/%m/%Y} is before the start", "date")
        left = None
    return started, left


def leaving_of(row: Reading, today: date) -> date | None:
    """The day from which a row that says nothing else says that the child has left; None, and a sentence, where there
    is none or it is still to come: until then the child's carers and address are vouched for."""
    text = row.cells.get(Column.LEFT_ON, "")
    read = written_date(text)
    if isinstance(read, str):
        row.wrong(Column.LEFT_ON, f"{quoted(text)} is not a date: {read}", "Check the date")
    elif read in STANDS_FOR_NONE:
        row.wrong(Column.LEFT_ON, f"{quoted(text)} stands for no date", "Give the day")
    elif read > today:
        row.wrong(Column.LEFT_ON, f"{quoted(text)} is in the future", "Send it on that day")
    else:
        return read
    return None


def _day(row: Reading, column: Column, context: Context) -> date | None:
    text = row.cell(column)
    read = written_date(text, context.day_first) if text else None
    if isinstance(read, str):
        row.left_out(column, f"{quoted(text)} is not a date: {read}", "date")
        return None
    return None if read in STANDS_FOR_NONE else read
