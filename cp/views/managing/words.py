"""How a manager reads of somebody else's account: what is missing, what was done, what is asked."""

from datetime import date, timedelta

from flask import Flask

from cp.forms.accounts import LINKS, REASONS
from cp.rules.eligibility import POSTS
from cp.terms import Act, LinkKind, Right, Role, SuspendedBecause
from cp.views.words import ROLES, day, plural

MISSING = {
    "not_active": "Not open",
    "no_role": "No role in force",
    "review": "Not confirmed in the four-month review",
    "unused": "Not used for 90 days",
    "agreement": "User agreement not signed",
    "check": "Enhanced check not in date",
    "training": "Training not in date",
    "practice": "Practice tasks not done",
    "accreditation": "Organisation not accredited",
    "second_factor": "No authenticator app",
    "no_principal": "Acts for nobody",
    "delegation_ended": "No longer acts for anybody",
    "principal": "The person they act for has something missing",
    "not_open": "ContactPoint is not open for practitioners there yet",
    "no_shields_yet": "ContactPoint has not begun there yet",
}
DUE = {
    "check": "Enhanced check",
    "training": "Training",
    "accreditation": "Organisation’s accreditation",
    "delegation_ended": "Acting for somebody",
    "review": "Four-month review",
}
STATES = {
    "open": "Open", "missing": "Something is missing", "invited": "Has not joined yet", "suspended": "Suspended",
    "closed": "Closed",
}  # fmt: skip
BECAUSE_OF = {SuspendedBecause(code): words for code, words in REASONS.items()} | {
    SuspendedBecause.LEFT: "Left",
    SuspendedBecause.REMOVED_IN_REVIEW: "Removed in the four-month review",
    SuspendedBecause.RESTORED: "A backup was restored that is older than a change to this account",
}
POST_WORDS = {post.code: post.words for post in POSTS}
RIGHTS = {Right.OVERRIDE: "Right to override a shield"}
LINK_WORDS = {
    LinkKind.JOIN: "A joining link",
    LinkKind.PASSWORD: "A link for a forgotten password",
    LinkKind.FACTOR: "A link for a lost authenticator app",
}
MAY_WORDS = {
    Act.SEARCH: "Search for children",
    Act.OPEN_RECORD: "Open records",
    Act.PRINT_RECORD: "Print records",
    Act.RECORD_INVOLVEMENT: "Record an involvement",
    Act.SHIELD: "Shield records",
    Act.SEE_HANDOVERS: "Hand over involvements of people who left",
}
WHAT_THEY_DO = {
    Role.PRACTITIONER: "Works with children: finds them and records an involvement",
    Role.ASSISTANT: "Assists one practitioner, in their name, until a date",
    Role.MANAGEMENT_TEAM: "ContactPoint management team: takes two managers",
    Role.ACCOUNT_MANAGER: "Account manager: runs accounts, sees no child",
    Role.REVIEWER: "Reviewer: looks into alerts, sees no child",
    Role.IMPLEMENTATION_MANAGER: "Implementation manager: sees no child",
    Role.REGIONAL_COORDINATOR: "Regional co-ordinator: sees figures and no child",
    Role.SUPPLIER: "Supplier: sends data, sees no child",
    Role.NATIONAL_ADMINISTRATOR: "National administrator: takes two",
}
SAID = {
    "checked": "The new check is recorded.",
    "suspended": "The account is suspended, and whoever was signed in with it is signed out.",
    "restored": "The account is open again.",
    "reopened": "The account is open again. It needs a role and a joining link.",
    "closed": "The account is closed.",
    "leaving": "The account ends after the last day you gave.",
    "moved": "The move is recorded. Whom they worked with is to be handed over.",
    "granted": "The role is given.",
    "asked": "A second manager has to agree. Nothing is given until then.",
    "ended": "It has ended, and they are signed out.",
    "invited_before": "This invitation was made already. If its link is lost, print another.",
    "agreed": "You agreed. It counts from now.",
    "declined": "You declined. Nothing was given.",
    "agreed_before": "Nothing has changed: somebody else had agreed already.",
    "declined_before": "Nothing has changed: somebody else had declined already.",
    "handed_over": "It is handed over. The colleague finds the child under My involvements.",
    "handed_over_ended": "The involvement has ended.",
    "overtaken": "Nothing has changed: somebody else had answered.",
    "request_declined": "The request is declined.",
    "limit_answered": "Your answer is recorded.",
}


def said_of_accounts(code: str | None) -> str:
    """The sentence that a manager's page says once after something was done."""
    name, _, rest = (code or "").partition(":")
    if name == "saved":
        answered, overtaken = map(int, rest.split("."))
        before = f" {plural(overtaken, 'person', 'people')} had an answer already." if overtaken else ""
        return f"Your {plural(answered, 'answer is', 'answers are')} saved.{before}"
    return SAID.get(name, "")


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        MISSING=MISSING, DUE=DUE, STATES=STATES, BECAUSE_OF=BECAUSE_OF, POST_WORDS=POST_WORDS, RIGHTS=RIGHTS,
        LINK_WORDS=LINK_WORDS, MAY_WORDS=MAY_WORDS, said_of_accounts=said_of_accounts, grant_words=grant_words,
        LINKS=LINKS,
    )  # fmt: skip
    app.jinja_env.filters["day_after"] = day_after


def day_after(value: date) -> date:
    """The first day on which something no longer holds that holds until `value`."""
    return value + timedelta(days=1)


def grant_words(grant: object) -> str:
    """Assistant to Nia Pritchard, until 31 December 2027."""
    role, principal, ends_on = (getattr(grant, name) for name in ("role", "principal", "ends_on"))
    words = f"{ROLES[role]} to {principal.name}" if principal else ROLES[role]
    return f"{words}, until {day(ends_on)}" if ends_on else words
