"""Whom the Regulations let in."""

import pytest

from cp.rules.eligibility import BODIES, POSTS, posts_at, role_eligible, role_problem
from cp.terms import OrganisationKind, Role


@pytest.mark.parametrize(
    ("body", "post", "expected"),
    [
        pytest.param("school", "head", True, id="a head"),
        pytest.param("school", "teacher_pastoral", True, id="a teacher with pastoral duties"),
        pytest.param("school", "teacher", False, id="any teacher"),
        pytest.param("school", "special_needs_coordinator", True, id="a special needs co-ordinator"),
        pytest.param("health", "registered_professional", True, id="a nurse"),
        pytest.param("health", "assists_professional", True, id="who assists a nurse"),
        pytest.param("health", "receptionist", False, id="any health employee"),
        pytest.param("school", "assists_professional", False, id="who assists, but at a school"),
        pytest.param("youth_offending_team", "member", True, id="a youth offending team"),
        pytest.param("security_service", "officer", False, id="the security service"),
        pytest.param("prison", "administrator", True, id="a prison's administrator"),
        pytest.param("police", "officer", False, id="another body's post"),
        pytest.param("", "", False, id="nothing"),
        pytest.param(None, None, False, id="not known"),
    ],
)
def test_only_a_listed_post_is_eligible(body: str | None, post: str | None, expected: bool) -> None:
    assert role_eligible(body, post) is expected


def test_each_post_is_listed_once_with_its_source_and_fits_its_column() -> None:
    assert len({(post.body, post.code) for post in POSTS}) == len(POSTS)
    assert all(post.source and post.words and len(post.code) <= 40 for post in POSTS)


def test_each_kind_of_organisation_offers_its_own_posts() -> None:
    assert set(BODIES) == set(OrganisationKind)
    assert posts_at(OrganisationKind.NURSERY) == {}
    assert list(posts_at(OrganisationKind.GP_PRACTICE)) == ["registered_professional", "assists_professional"]
    assert "member" in posts_at(OrganisationKind.COUNCIL_SERVICE)
    for kind in OrganisationKind:
        for post in posts_at(kind):
            assert any(role_eligible(body, post) for body in BODIES[kind])


SCHOOL, COUNCIL = OrganisationKind.PRIMARY_SCHOOL, OrganisationKind.COUNCIL_SERVICE


@pytest.mark.parametrize(
    ("role", "kind", "post", "expected"),
    [
        pytest.param(Role.PRACTITIONER, SCHOOL, "head", None, id="a head"),
        pytest.param(Role.PRACTITIONER, SCHOOL, "social_worker", "post", id="a post of another body"),
        pytest.param(Role.PRACTITIONER, SCHOOL, None, "post", id="no post"),
        pytest.param(Role.PRACTITIONER, OrganisationKind.NURSERY, "head", "post", id="a nursery"),
        pytest.param(Role.ASSISTANT, SCHOOL, "assists_professional", "post", id="an assistant at a school"),
        pytest.param(Role.ASSISTANT, OrganisationKind.GP_PRACTICE, "assists_professional", None, id="at a practice"),
        pytest.param(Role.MANAGEMENT_TEAM, COUNCIL, "contactpoint", None, id="the management team"),
        pytest.param(Role.MANAGEMENT_TEAM, COUNCIL, None, None, id="the team is its own post"),
        pytest.param(Role.MANAGEMENT_TEAM, SCHOOL, "contactpoint", "place", id="the team at a school"),
        pytest.param(Role.ACCOUNT_MANAGER, SCHOOL, None, None, id="a manager sees no child"),
        pytest.param(Role.SUPPLIER, SCHOOL, None, None, id="a supplier sees no child"),
        pytest.param(Role.REVIEWER, SCHOOL, None, "place", id="a reviewer at a school"),
        pytest.param(Role.NATIONAL_ADMINISTRATOR, COUNCIL, None, None, id="a national administrator"),
    ],
)  # fmt: skip
def test_a_role_is_held_where_and_by_whom_it_may_be(
    role: Role, kind: OrganisationKind, post: str | None, expected: str | None
) -> None:
    assert role_problem(role, kind, post) == expected
