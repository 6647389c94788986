"""How facts are worded on a page: dates, numbers, lists in the words of the trade."""

from datetime import date, datetime, timedelta

from flask import Flask
from markupsafe import Markup

from cp.forms.contact import BECAUSE as ASKED_BECAUSE
from cp.forms.limits import FOUND, SAID_BESIDES
from cp.forms.reason import BECAUSE
from cp.rules.asking import Actor
from cp.rules.contents import gender_said
from cp.rules.days import LONDON, anniversary
from cp.rules.identifiers import nhs_shown
from cp.rules.number import shown as number_shown
from cp.rules.phones import phone_shown
from cp.services.accounts import Warned
from cp.terms import BestTime, LeaveKind, NameKind, NumberKind, OrganisationKind, Relationship, Role
from cp.views.homes import WAITS, menu_of, part_of

ORGANISATIONS = {
    OrganisationKind.NURSERY: "Nursery",
    OrganisationKind.PRIMARY_SCHOOL: "School",
    OrganisationKind.SECONDARY_SCHOOL: "School",
    OrganisationKind.SPECIAL_SCHOOL: "School",
    OrganisationKind.INDEPENDENT_SCHOOL: "School",
    OrganisationKind.COLLEGE: "College",
    OrganisationKind.GP_PRACTICE: "GP practice",
    OrganisationKind.HEALTH_SERVICE: "Health service",
    OrganisationKind.COUNCIL_SERVICE: "Council service",
    OrganisationKind.POLICE_SERVICE: "Police",
    OrganisationKind.PROBATION_SERVICE: "Probation service",
    OrganisationKind.CHARITY: "Charity",
}
RELATIONSHIPS = {
    Relationship.LOCAL_AUTHORITY: "Local authority",
    Relationship.OTHER_RELATIVE: "Relative",
}
TIMES = {
    BestTime.MORNING: "in the morning",
    BestTime.DAYTIME: "9am to 5pm",
    BestTime.AFTER_FOUR: "after 4pm",
    BestTime.EVENING: "in the evening",
}
NAMES = {NameKind.FORMER: "Former name", NameKind.PREFERRED: "Known as", NameKind.ALSO_KNOWN_AS: "Also known as"}
LEAVES = {
    LeaveKind.RETURNING: "may return within 3 years",
    LeaveKind.NOT_RETURNING: "not expected to return",
    LeaveKind.UNKNOWN: "not known whether returning",
}
ROLES = {
    Role.PRACTITIONER: "Practitioner",
    Role.ASSISTANT: "Assistant",
    Role.MANAGEMENT_TEAM: "ContactPoint management team",
    Role.ACCOUNT_MANAGER: "Account manager",
    Role.REVIEWER: "Reviewer",
    Role.IMPLEMENTATION_MANAGER: "Implementation manager",
    Role.REGIONAL_COORDINATOR: "Regional co-ordinator",
    Role.SUPPLIER: "Supplier",
    Role.NATIONAL_ADMINISTRATOR: "National administrator",
}
NUMBERS = {NumberKind.UPN: "Unique pupil number", NumberKind.NHS: "NHS number"}


def day(value: date) -> str:
    """3 September 2026."""
    return f"{value.day} {value:%B %Y}"


def at(value: datetime) -> str:
    """10:42, in London."""
    return f"{value.astimezone(LONDON):%H:%M}"


def london(value: datetime) -> date:
    return value.astimezone(LONDON).date()


def phone(number: str, of: str = "") -> Markup:
    """A telephone number as a link that never breaks across lines. `of` is the id of what says whose it is."""
    return Markup('<a class="govuk-link cp-whole" href="tel:%s"%s>%s</a>') % (number, _of(of), phone_shown(number))


def mail(address: str, of: str = "") -> Markup:
    """An email address as a link that may break after its @."""
    name, at_sign, host = address.partition("@")
    link = Markup('<a class="govuk-link" href="mailto:%s"%s>%s%s<wbr>%s</a>')
    return link % (address, _of(of), name, at_sign, host)


def mail_text(address: str) -> Markup:
    """The same without the link."""
    return Markup("%s%s<wbr>%s") % address.partition("@")


def _of(described_by: str) -> Markup:
    """Out of the page, in a list of its links, a number alone does not say whose it is."""
    return Markup(' aria-describedby="%s"') % described_by if described_by else Markup("")


def relationship(value: Relationship) -> str:
    return RELATIONSHIPS.get(value, value.value.replace("_", " ").capitalize())


def outside_number(kind: NumberKind, value: str) -> str:
    return nhs_shown(value) if kind is NumberKind.NHS else value


def plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def day_before(value: date) -> date:
    """The last good day of a period that ends on `value`."""
    return value - timedelta(days=1)


def year_before(value: date) -> date:
    return anniversary(value, -1)


COUNTED = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
HEADINGS = {
    "not_active": "Your account is closed",
    "review": "Your account was not confirmed",
    "unused": "Your account was not used for 90 days",
    "agreement": "Sign the user agreement",
    "check": "Your check has expired",
    "training": "Your training is due",
    "practice": "Do the practice tasks",
    "accreditation": "Your organisation is not accredited now",
    "second_factor": "Set up a second factor",
    "no_principal": "Nobody is named whom you assist",
    "delegation_ended": "Your time as an assistant is over",
    "principal": "The person you assist cannot use ContactPoint now",
    "not_open": "ContactPoint is not open for practitioners here yet",
    "no_shields_yet": "ContactPoint has not begun here yet",
}


def missing_said(missing: list[str], newcomer: bool) -> str:
    """The heading for what keeps somebody from their work: the one thing, or how many. Whoever has not practised yet
    has signed on the way in, and has nothing to renew."""
    if len(missing) == 1:
        return "Your check is not recorded" if newcomer and missing == ["check"] else HEADINGS[missing[0]]
    return f"{COUNTED[len(missing)]} things to {'do first' if newcomer or 'practice' in missing else 'renew'}"


def opening_said(person: Actor, today: date) -> str:
    """When somebody who has to wait for their authority's day, or their national partner's, can begin."""
    if person.role is Role.MANAGEMENT_TEAM:
        whom, begins, where = "its management team", person.shields_from, person.authority_name
    else:
        whom, begins, where = "practitioners", person.access_from, person.authority_name
    if begins is None:
        return f"No day is set yet on which ContactPoint opens for {whom} in {where}."
    if begins <= today:
        return f"ContactPoint opens for {whom} in {where} as soon as somebody there can shield children."
    return f"ContactPoint opens for {whom} in {where} on {day(begins)}."


ENDS_SOON = {
    "check": "Your check expires on {after}. Give {manager} the new one before then.",
    "training": "Your training lasts until {last}. Complete it again and record the day under Account before then.",
    "accreditation": "Your organisation is accredited until {last}. Ask {manager} whether it is being renewed.",
    "review": "Your account is suspended after {last} unless it is confirmed. If you need it, tell {manager}.",
    "delegation_ended": "You can assist until {last}. If it has to be longer, ask {manager}.",
}


def warned_said(warned: Warned) -> str:
    after = day(warned.last_on + timedelta(days=1))
    return ENDS_SOON[warned.code].format(after=after, last=day(warned.last_on), manager=warned.manager)


def working_as(role: Role, principal: str) -> str:
    """Assistant to Nia Pritchard, Vale Community Health."""
    return f"{ROLES[role]} to {principal}" if principal else ROLES[role]


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=day, at=at, london=london, phone=phone, phone_text=phone_shown, mail=mail, mail_text=mail_text,
        number=number_shown, relationship=relationship, day_before=day_before, year_before=year_before,
    )  # fmt: skip
    app.jinja_env.globals.update(
        ORGANISATIONS=ORGANISATIONS, TIMES=TIMES, NAMES=NAMES, LEAVES=LEAVES, NUMBERS=NUMBERS, ROLES=ROLES,
        BECAUSE=BECAUSE, ASKED_BECAUSE=ASKED_BECAUSE, FOUND=FOUND, SAID_BESIDES=SAID_BESIDES, gender_said=gender_said,
        outside_number=outside_number, plural=plural, WAITS=WAITS,
        menu_of=menu_of, part_of=part_of, missing_said=missing_said,
        warned_said=warned_said, opening_said=opening_said,
    )  # fmt: skip
    app.jinja_env.globals["ui"] = app.jinja_env.get_template("macros.html").module
