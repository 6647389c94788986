"""Numbers that belong to nobody, each with the right check digit, none given twice."""

from collections import Counter

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
PHONES = (("+442079460", 3), ("+441614960", 3), ("+447700900", 3))
ABROAD = (("+3319900", 4), ("+120255501", 2))
DISTRICTS = 99
UNITS = "ABDEFGHJLNPQRSTUWXYZ"
UNITS_A_DISTRICT = 10 * len(UNITS) ** 2
SERIALS = 10**9
NHS = 10**6


def upn_with_letter(twelve: str) -> str:
    """A pupil number from its last 12 digits: weights 2 to 13, remainder by 23."""
    total = sum(weight * int(digit) for weight, digit in enumerate(twelve, 2))
    return LETTERS[total % 23] + twelve


class PupilNumbers:
    """One authority's pupil numbers: authority 999, school, year of entry, then the next free serial."""

    def __init__(self, first: int, past: int) -> None:
        self.first, self.past = first, past  # where schools are more than four digits can name, serials are shared out
        self.given: Counter[tuple[int, int]] = Counter()

    def next(self, school: int, year: int) -> str | None:
        """None when that school's year is full."""
        serial = self.given[school, year]
        self.given[school, year] += 1
        if self.first + serial >= self.past:
            return None
        return upn_with_letter(f"999{school:04d}{year % 100:02d}{self.first + serial:03d}")


class Scattered:
    """Every number below `size` once, in an order that looks like none; `step` shares no factor with `size`."""

    def __init__(self, size: int, start: int, step: int) -> None:
        self.size, self.at, self.step, self.left = size, start % size, step, size

    def next(self) -> int | None:
        if not self.left:
            return None
        self.left -= 1
        self.at = (self.at + self.step) % self.size
        return self.at


class NhsNumbers:
    """NHS numbers from 999: about 909,000 exist, and then there are no more."""

    def __init__(self, start: int) -> None:
        self.scattered = Scattered(NHS, start, 617_033)

    def next(self) -> str | None:
        while (six := self.scattered.next()) is not None:
            nine = f"999{six:06d}"
            check = nhs_check(nine)
            if check < 10 and nine != "9" * 9:
                return f"{nine}{check}"
        return None


def nhs_check(nine: str) -> int:
    """The tenth digit; 10 where there can be none."""
    return (11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), nine, strict=True)) % 11) % 11


def phone(at: float, kind: int) -> str:
    """A number of the London, Manchester or mobile range kept for fiction, by a chance from 0 to 1."""
    start, digits = PHONES[kind]
    return f"{start}{int(at * 10**digits):0{digits}d}"


def phone_abroad(at: float, kind: int) -> str:
    start, digits = ABROAD[kind]
    return f"{start}{int(at * 10**digits):0{digits}d}"


def postcode(district: int, unit: int) -> str:
    """`district` from 1 to 99, `unit` from 0 to 3,999."""
    sector, pair = divmod(unit, len(UNITS) ** 2)
    return f"ZA{district} {sector}{UNITS[pair // len(UNITS)]}{UNITS[pair % len(UNITS)]}"
