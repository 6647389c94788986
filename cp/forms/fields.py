"""The kinds of question our pages ask, and how an answer that cannot be used is said."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, TypeAlias

from wtforms import Field, Form
from wtforms.utils import unset_value

from cp.rules.dates_typed import birth_known, date_problem, real_date, wrong_parts
from cp.rules.typed import plain

LONGEST = 100
Problem: TypeAlias = tuple[str, str]
"""The id of the first control that is wrong, and the sentence."""


class Text(Field):
    """One line. `data` is what was meant (see rules/typed.py); `typed` is shown again as it was."""

    def __init__(self, label: str, *, longest: int = LONGEST, **options: Any) -> None:
        super().__init__(label, **options)
        self.longest = longest

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        values = formdata.getlist(self.name) if formdata else []
        self.typed = values[0] if values else (data if isinstance(data, str) else "")
        self.data = plain(self.typed)
        self.errors: list[str] = []

    @property
    def first_id(self) -> str:
        return str(self.id)

    def too_long(self) -> str | None:
        if len(self.typed) > self.longest:
            return f"{self.label.text} must be {self.longest} characters or fewer"
        return None


class Secret(Text):
    """A password: taken to the letter, never shown again."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        values = formdata.getlist(self.name) if formdata else []
        self.data = values[0] if values else ""
        self.typed = ""
        self.errors = []


class Upload(Field):
    """A file. `data` is what was sent; a browser that sends none sends one without a name."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        sent = [one for one in (formdata.getlist(self.name) if formdata else []) if getattr(one, "filename", None)]
        self.data = sent[0] if sent else None
        self.errors: list[str] = []

    @property
    def first_id(self) -> str:
        return str(self.id)


class Choice(Field):
    """Radios. An answer that is not on the list counts as none."""

    def __init__(self, label: str, choices: Mapping[str, str], **options: Any) -> None:
        super().__init__(label, **options)
        self.choices = choices

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        values = formdata.getlist(self.name) if formdata else []
        said = values[0] if values else data
        self.data = said if said in self.choices else None
        self.errors: list[str] = []

    @property
    def first_id(self) -> str:
        return f"{self.id}-{next(iter(self.choices), '')}"


class Select(Choice):
    """One of many, by their names. The same answers as radios would give."""

    @property
    def first_id(self) -> str:
        return str(self.id)


class Several(Field):
    """Boxes to tick, any number of them. `data` are those of the list, in its order."""

    def __init__(self, label: str, choices: Mapping[str, str], **options: Any) -> None:
        super().__init__(label, **options)
        self.choices = choices

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        given = data if isinstance(data, list | tuple) else ()
        ticked = formdata.getlist(self.name) if formdata else given
        self.data = [value for value in self.choices if value in ticked]
        self.errors: list[str] = []

    @property
    def first_id(self) -> str:
        return f"{self.id}-{next(iter(self.choices), '')}"


class Tick(Field):
    """One box to tick."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.data = bool(formdata.getlist(self.name)) if formdata else data is True
        self.errors: list[str] = []

    @property
    def first_id(self) -> str:
        return str(self.id)


class Day(Field):
    """A date in three boxes. `parts` are shown again as typed; `data` is the date, once it is a real one."""

    PARTS: ClassVar[tuple[str, str, str]] = ("day", "month", "year")

    def __init__(self, label: str, *, called: str, year_alone: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.called, self.year_alone = called, year_alone

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        given = data if isinstance(data, date) else None
        self.parts = dict.fromkeys(self.PARTS, "")
        if formdata:
            self.parts = {part: (formdata.getlist(f"{self.name}-{part}") or [""])[0][:LONGEST] for part in self.PARTS}
        elif given:
            self.parts = {"day": str(given.day), "month": str(given.month), "year": str(given.year)}
        meant = real_date(*self.typed)
        self.data = meant if isinstance(meant, date) else None
        self.errors: list[str] = []

    @property
    def typed(self) -> tuple[str, str, str]:
        """Day, month and year."""
        return self.parts["day"], self.parts["month"], self.parts["year"]

    def missing(self) -> str | None:
        """The sentence for a date that must be given."""
        return date_problem(self.called, *self.typed)

    @property
    def wrong(self) -> tuple[str, ...]:
        """The parts to put right; all three where it is the date that will not do."""
        if not self.errors:
            return ()
        if self.year_alone and birth_known(*self.typed) == "year":
            return ("year",)
        return wrong_parts(*self.typed) or self.PARTS

    @property
    def first_id(self) -> str:
        """The part to go to."""
        return f"{self.id}-{next(iter(self.wrong), 'day')}"


class Asked(Form):
    """A page's questions. `valid()` asks the rules and puts each sentence by its field."""

    def valid(self) -> bool:
        for field in self:
            if isinstance(field, Text) and (sentence := field.too_long()):
                field.errors.append(sentence)
        if not self.problems:
            self.check()
        return not self.problems

    def check(self) -> None:
        """What only this form knows; adds sentences to its fields' errors."""

    @property
    def problems(self) -> Sequence[Problem]:
        return [(field.first_id, sentence) for field in self for sentence in field.errors]

    def typed(self) -> Iterator[tuple[str, str]]:
        """Every answer as it was given, for a draft."""
        for field in self:
            if isinstance(field, Day):
                yield from ((f"{field.name}-{part}", text) for part, text in field.parts.items())
            elif isinstance(field, Text):
                yield field.name, field.typed
            elif isinstance(field, Several):
                yield from ((field.name, value) for value in field.data)
            elif field.data:
                yield field.name, str(field.data)
