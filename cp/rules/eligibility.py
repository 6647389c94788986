"""Whom the Regulations let in: the posts they list, for each kind of body, and what may be held where."""

from dataclasses import dataclass

from cp.terms import OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Post:
    """One listed post. `code` is kept on the account; `words` are shown."""

    body: str
    code: str
    words: str
    source: str


_SCHOOLS = "ComputerWeekly's summary of the minister's list; Commons Hansard 6 July 2006"
_LATER = "ComputerWeekly's summary of the minister's list"
POSTS = (
    Post("authority", "social_worker", "Social worker", "Sch. 3 para 1 (draft)"),
    Post("authority", "social_services", "Other social services work with children", "Sch. 3 para 1 (draft)"),
    Post("authority", "special_needs_officer", "Special needs officer", "Sch. 3 para 1 (draft)"),
    Post("authority", "admissions_officer", "School admissions or attendance officer", "Sch. 3 para 1 (draft)"),
    Post("authority", "education_welfare", "Education welfare officer", "Sch. 3 para 1 (draft)"),
    Post("authority", "fire_and_rescue", "Fire and rescue work with children", "Sch. 3 para 1 (draft)"),
    Post("authority", "safeguarding", "Safeguarding and co-operation", "Sch. 3 para 1 (draft)"),
    Post("authority", "contactpoint", "Running ContactPoint", "Sch. 3 para 1 (draft)"),
    Post("health", "registered_professional", "Registered health professional", "Sch. 3 para 2 (draft)"),
    Post("health", "assists_professional", "Assists a registered health professional", "Sch. 3 para 2 (draft)"),
    Post("police", "police_officer", "Police officer", "Sch. 3 para 3 (draft)"),
    Post("police", "police_employee", "Police employee", "Sch. 3 para 3 (draft)"),
    Post("transport_police", "officer", "Officer of the British Transport Police Authority", "Sch. 3 para 4 (draft)"),
    Post("probation", "officer", "Probation officer", "Sch. 3 para 5"),
    Post("youth_offending_team", "member", "Member of a youth offending team", _LATER),
    Post("prison", "head", "Head", _LATER),
    Post("prison", "officer", "Officer", _LATER),
    Post("prison", "administrator", "Administrator", _LATER),
    Post("school", "head", "Head", _SCHOOLS),
    Post("school", "deputy_head", "Deputy head", _SCHOOLS),
    Post("school", "head_of_year", "Head of year", _SCHOOLS),
    Post("school", "teacher_pastoral", "Teacher with pastoral duties", _SCHOOLS),
    Post("school", "teacher_child_protection", "Teacher with child protection duties", _SCHOOLS),
    Post("school", "special_needs_teacher", "Special needs teacher", _SCHOOLS),
    Post("school", "special_needs_coordinator", "Special needs co-ordinator", _SCHOOLS),
    Post("college", "head", "Head", _LATER),
    Post("college", "deputy_head", "Deputy head", _LATER),
    Post("college", "head_of_year", "Head of year", _LATER),
    Post("college", "teacher_pastoral", "Teacher with pastoral duties", _LATER),
    Post("college", "teacher_child_protection", "Teacher with child protection duties", _LATER),
    Post("college", "special_needs_teacher", "Special needs teacher", _LATER),
    Post("college", "special_needs_coordinator", "Special needs co-ordinator", _LATER),
    Post("charity", "children_worker", "Works with children for the charity", _LATER),
)
"""The whole list, as far as its text could be read (domain, section 6.1)."""
BODIES: dict[OrganisationKind, tuple[str, ...]] = {
    OrganisationKind.NURSERY: (),
    OrganisationKind.PRIMARY_SCHOOL: ("school",),
    OrganisationKind.SECONDARY_SCHOOL: ("school",),
    OrganisationKind.SPECIAL_SCHOOL: ("school",),
    OrganisationKind.INDEPENDENT_SCHOOL: ("school",),
    OrganisationKind.COLLEGE: ("college",),
    OrganisationKind.GP_PRACTICE: ("health",),
    OrganisationKind.HEALTH_SERVICE: ("health",),
    OrganisationKind.COUNCIL_SERVICE: ("authority", "youth_offending_team"),
    OrganisationKind.POLICE_SERVICE: ("police", "transport_police"),
    OrganisationKind.PROBATION_SERVICE: ("probation",),
    OrganisationKind.CHARITY: ("charity",),
}
"""What an organisation of the register is in the words of the list. A nursery is not on it."""
CHOOSE_A_POST = frozenset({Role.PRACTITIONER, Role.ASSISTANT})
RUNS_CONTACTPOINT = "contactpoint"
"""The post of the management team: the Regulations' own functions."""
AT_THE_AUTHORITY = frozenset({Role.MANAGEMENT_TEAM, Role.REVIEWER, Role.IMPLEMENTATION_MANAGER,
                              Role.NATIONAL_ADMINISTRATOR, Role.REGIONAL_COORDINATOR})  # fmt: skip
"""Roles for the whole area, which its authority answers for."""


def role_eligible(body: str | None, post: str | None) -> bool:
    """Only the posts that the Regulations list, for that kind of body. What is not listed is not eligible.

    Sch. 3 paras 1-5 (draft); later posts as the minister's list was reported; Commons Hansard 6 July 2006.
    """
    return any((listed.body, listed.code) == (body, post) for listed in POSTS)


def posts_at(kind: OrganisationKind) -> dict[str, str]:
    """The listed posts at such an organisation, each with its words.

    Sch. 3. Policy: which word of the list a kind of organisation answers to is proposed.
    """
    return {listed.code: listed.words for listed in POSTS if listed.body in BODIES[kind]}


def role_problem(role: Role, kind: OrganisationKind, post: str | None) -> str | None:
    """Why this role cannot be held at such an organisation in this post: `place`, `post`, or None.

    Whoever sees a child holds a listed post; running ContactPoint is one. Roles for the whole area are held at the
    authority.

    Sch. 3. Policy: section 3 of the security page; where each role is held is proposed.
    """
    if role in AT_THE_AUTHORITY and kind is not OrganisationKind.COUNCIL_SERVICE:
        return "place"
    if role not in CHOOSE_A_POST:
        return None
    return None if any(role_eligible(body, post) for body in BODIES[kind]) else "post"
