"""Partnership agreements and accreditation: how long each lasts, what is asked before one, and who decides."""

from collections.abc import Mapping
from datetime import date, timedelta

from cp.rules.days import anniversary
from cp.terms import AccreditationAnswer, AccreditationQuestion, Ending, Role

TEXTS = {1: date(2026, 11, 2)}
"""The versions of the agreement's text, each with its day. A text is never changed: a new one takes its place."""
NEWEST_TEXT = max(TEXTS)
AGREEMENT_YEARS = 2
ACCREDITED_YEARS = (1, 2, 3)
WARNED = timedelta(days=60)
HAVE_OR_NOT = (AccreditationAnswer.YES, AccreditationAnswer.NOT_YET)
QUESTIONS: dict[int, dict[AccreditationQuestion, tuple[AccreditationAnswer, ...]]] = {
    1: {
        AccreditationQuestion.MISUSE: HAVE_OR_NOT,
        AccreditationQuestion.DEVICES: (
            AccreditationAnswer.OWN_STAFF, AccreditationAnswer.COUNCIL, AccreditationAnswer.COMPANY,
            AccreditationAnswer.NOT_YET,
        ),
        AccreditationQuestion.JOINERS: (
            AccreditationAnswer.SAME_DAY, AccreditationAnswer.FIVE_DAYS, AccreditationAnswer.TEN_DAYS,
            AccreditationAnswer.NOT_YET,
        ),
        AccreditationQuestion.LEAVERS: HAVE_OR_NOT,
        AccreditationQuestion.ACCOUNT_MANAGER: HAVE_OR_NOT,
        AccreditationQuestion.CHECKS: HAVE_OR_NOT,
        AccreditationQuestion.TRAINING: HAVE_OR_NOT,
        AccreditationQuestion.BREACHES: HAVE_OR_NOT,
    },
}  # fmt: skip
"""What was asked in each version, and what could be answered. Like a text, a version is never changed."""
NEWEST_QUESTIONS = max(QUESTIONS)


def agreement_ends_on(signed_on: date, last_on: date | None = None) -> date:
    """The first day without the agreement: after the last day that was agreed, or 2 years from the signing.

    Policy: the implementation issue; the 2 years are proposed.
    """
    return last_on + timedelta(days=1) if last_on else anniversary(signed_on, AGREEMENT_YEARS)


def agreement_problem(version: int, signed_on: date, last_on: date | None, today: date) -> str | None:
    """Why no agreement was signed like that, or none that still holds: `no_text`, `in_future`, `before_text`,
    `before_signing`, `too_long` (over 2 years) or `over`; None to record it.

    Policy: the implementation issue.
    """
    ends_on = agreement_ends_on(signed_on, last_on)
    wrong = {
        "no_text": version not in TEXTS,
        "in_future": signed_on > today,
        "before_text": signed_on < TEXTS.get(version, signed_on),
        "before_signing": ends_on <= signed_on,
        "too_long": ends_on > agreement_ends_on(signed_on),
        "over": ends_on <= today,
    }
    return next((code for code, holds in wrong.items() if holds), None)


def accreditation_missing(
    version: int, answers: Mapping[AccreditationQuestion, AccreditationAnswer]
) -> list[AccreditationQuestion]:
    """What an organisation does not have yet, of what was asked in this version, in its order: a question without an
    answer of its own list counts.

    Commons Hansard 12 October 2009: the employer shows that it has what it needs before anybody is let in. Policy: the
    questions but the first are proposed.
    """
    good = {question: set(may) - {AccreditationAnswer.NOT_YET} for question, may in QUESTIONS.get(version, {}).items()}
    return [question for question, enough in good.items() if answers.get(question) not in enough]


def accreditation_ends_on(decided_on: date, years: int) -> date:
    """The first day without it: so many years on. Raises ValueError for other than 1 to 3.

    Policy: the implementation issue.
    """
    if years not in ACCREDITED_YEARS:
        raise ValueError(f"an accreditation lasts 1 to 3 years, not {years}")
    return anniversary(decided_on, years)


def accrediting_refusal(role: Role, own: bool, of_authority: bool) -> str | None:
    """Why this person does not accredit this organisation; None where they do. A national administrator accredits the
    authorities themselves, their implementation manager everybody else; nobody the one that they belong to.

    Commons Hansard 12 October 2009. Policy: the implementation issue.
    """
    decides = Role.NATIONAL_ADMINISTRATOR if of_authority else Role.IMPLEMENTATION_MANAGER
    if role is not decides:
        return "role"
    return "own_organisation" if own else None


def ending(ends_on: date | None, today: date) -> Ending | None:
    """Whether it has ended, or ends within 60 days; None where it lasts longer or never began.

    Policy: the implementation issue.
    """
    if ends_on is None or ends_on > today + WARNED:
        return None
    return Ending.ENDED if ends_on <= today else Ending.SOON
