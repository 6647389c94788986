"""What a child or a parent is told: R68 as its paper has it, and what leads up to it."""

from dataclasses import replace
from datetime import date

import pytest

from cp.rules.families import (
    Looked,
    addresses_copied,
    copy_answer_refusal,
    copy_handed_over,
    copy_items,
    family_requester,
    look_kind,
    place_hidden,
    shown_to_family,
)
from cp.terms import (
    Act,
    BodyKind,
    CopyAnswer,
    CopyItem,
    LookKind,
    OrganisationKind,
    PlaceSafe,
    Requester,
    ResponsibilityChecked,
    Role,
)

CHILD, PARENT, WITHOUT, OTHER = Requester
SAFE, NOT_SAFE, NOT_KNOWN = PlaceSafe
ORDINARY, PLACE, SENSITIVE, OTHERS_ACT, INVESTIGATION = LookKind
TEACHER = Looked(Act.OPEN_RECORD, Role.PRACTITIONER, BodyKind.EDUCATION, OrganisationKind.PRIMARY_SCHOOL,
                 sensitive=False, protects=False, openly=False, through_shield=False)  # fmt: skip
IDENTITY = {CopyItem.IDENTITY}
WHOLE = set(CopyItem) - {CopyItem.SENSITIVE}


@pytest.mark.parametrize(
    ("requester", "identity_checked", "event", "expected"),
    [
        pytest.param(CHILD, True, ORDINARY, "shown", id="the child"),
        pytest.param(PARENT, True, ORDINARY, "shown", id="a parent with responsibility"),
        pytest.param(WITHOUT, True, ORDINARY, "no_letter", id="a parent without"),
        pytest.param(OTHER, True, ORDINARY, "no_letter", id="somebody else"),
        pytest.param(None, True, ORDINARY, "no_letter", id="nobody knows who"),
        pytest.param(PARENT, False, ORDINARY, "no_letter", id="a parent nobody has checked"),
        pytest.param(PARENT, None, ORDINARY, "no_letter", id="not known whether checked"),
        pytest.param(CHILD, False, ORDINARY, "no_letter", id="a child nobody has checked"),
        pytest.param(PARENT, True, PLACE, "withheld", id="a shielded place"),
        pytest.param(CHILD, True, INVESTIGATION, "withheld", id="an investigation"),
        pytest.param(PARENT, True, SENSITIVE, "withheld", id="a sensitive service"),
        pytest.param(CHILD, True, SENSITIVE, "withheld", id="a sensitive service, to the child on paper"),
        pytest.param(PARENT, True, OTHERS_ACT, "withheld", id="another person's act"),
        pytest.param(PARENT, True, None, "withheld", id="a kind that nobody knows"),
    ],
)
def test_a_family_is_told_who_looked(
    requester: Requester | None, identity_checked: bool | None, event: LookKind | None, expected: str
) -> None:
    assert shown_to_family(requester, identity_checked, event) == expected


@pytest.mark.parametrize("event", [*LookKind, None])
@pytest.mark.parametrize("requester", [*Requester, None])
def test_only_what_is_ordinary_is_ever_shown(requester: Requester | None, event: LookKind | None) -> None:
    assert (shown_to_family(requester, True, event) == "shown") == (
        event is ORDINARY and requester in (CHILD, PARENT)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "checked", "expected"),
    [
        pytest.param(PARENT, ResponsibilityChecked.COURT_ORDER, PARENT, id="an order was seen"),
        pytest.param(PARENT, ResponsibilityChecked.BIRTH_CERTIFICATE, PARENT, id="a certificate was seen"),
        pytest.param(PARENT, ResponsibilityChecked.NOT_CHECKED, WITHOUT, id="nobody has made sure"),
        pytest.param(PARENT, None, WITHOUT, id="not known"),
        pytest.param(WITHOUT, ResponsibilityChecked.COURT_ORDER, WITHOUT, id="without, whatever was seen"),
        pytest.param(CHILD, None, CHILD, id="of a child it is not asked"),
        pytest.param(None, ResponsibilityChecked.COURT_ORDER, OTHER, id="nobody said who"),
    ],
)
def test_a_parent_counts_once_responsibility_is_made_sure_of(
    said: Requester | None, checked: ResponsibilityChecked | None, expected: Requester
) -> None:
    assert family_requester(said, checked) is expected


@pytest.mark.parametrize(
    ("requester", "safe", "beside", "known", "expected"),
    [
        pytest.param(PARENT, SAFE, False, False, False, id="the parent who is kept safe too"),
        pytest.param(PARENT, None, False, True, True, id="nobody said"),
        pytest.param(PARENT, NOT_KNOWN, False, True, True, id="nobody knows, whether a shield stands or not"),
        pytest.param(PARENT, NOT_SAFE, False, True, True, id="a parent who must not find somebody"),
        pytest.param(CHILD, NOT_KNOWN, False, False, False, id="the child's own place"),
        pytest.param(CHILD, NOT_SAFE, False, True, True, id="a child who must not learn it"),
        pytest.param(PARENT, SAFE, True, True, False, id="a shielded sister, but it is known to work here"),
        pytest.param(PARENT, SAFE, True, False, True, id="a shielded sister's place, perhaps"),
        pytest.param(CHILD, SAFE, True, False, True, id="and the same to the child"),
        pytest.param(None, NOT_KNOWN, False, True, True, id="nobody knows who asks"),
    ],
)
def test_a_place_is_hidden_from_whoever_may_not_know_it(
    requester: Requester | None, safe: PlaceSafe | None, beside: bool, known: bool, expected: bool
) -> None:
    assert place_hidden(requester, safe, beside, known) is expected


@pytest.mark.parametrize(
    ("changes", "hides_place", "expected"),
    [
        pytest.param({}, False, ORDINARY, id="a teacher"),
        pytest.param({"act": Act.PRINT_RECORD}, False, ORDINARY, id="a teacher prints"),
        pytest.param({"role": Role.ASSISTANT}, False, ORDINARY, id="an assistant"),
        pytest.param({}, True, PLACE, id="a teacher whose school gives the place away"),
        pytest.param({"role": Role.MANAGEMENT_TEAM}, False, OTHERS_ACT, id="the management team"),
        pytest.param({"role": Role.REVIEWER}, False, INVESTIGATION, id="a reviewer"),
        pytest.param({"role": Role.SUPPLIER}, False, None, id="a role that never looks"),
        pytest.param({"role": None}, False, None, id="nobody knows who"),
        pytest.param({"act": Act.ASK_CONTACT}, False, None, id="brokered contact"),
        pytest.param({"act": Act.OVERRIDE}, False, None, id="the override itself"),
        pytest.param({"act": Act.SHIELD}, False, None, id="no look at all"),
        pytest.param({"sensitive": True}, False, SENSITIVE, id="a sensitive service"),
        pytest.param({"sensitive": None}, False, SENSITIVE, id="not known whether sensitive"),
        pytest.param({"sensitive": True}, True, SENSITIVE, id="a sensitive service in a hidden place"),
        pytest.param({"body": BodyKind.JUSTICE}, False, INVESTIGATION, id="youth justice"),
        pytest.param({"body": BodyKind.JUSTICE, "openly": True}, False, INVESTIGATION, id="youth justice, openly"),
        pytest.param({"place": OrganisationKind.POLICE_SERVICE}, False, INVESTIGATION, id="the police"),
        pytest.param({"place": OrganisationKind.PROBATION_SERVICE}, False, INVESTIGATION, id="probation"),
        pytest.param({"place": None}, False, INVESTIGATION, id="nobody knows where"),
        pytest.param({"body": None}, False, INVESTIGATION, id="nobody knows what kind of body"),
        pytest.param({"protects": True}, False, INVESTIGATION, id="a child protection post"),
        pytest.param({"protects": None}, False, INVESTIGATION, id="not known whether one"),
        pytest.param({"protects": True, "openly": True}, False, ORDINARY, id="such a post, openly with the child"),
        pytest.param({"through_shield": True, "openly": True}, False, INVESTIGATION, id="through the shield"),
    ],
)
def test_a_look_is_of_the_kind_that_it_would_give_away(
    changes: dict[str, object], hides_place: bool, expected: LookKind | None
) -> None:
    assert look_kind(replace(TEACHER, **changes), hides_place) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("requester", "identity_checked", "safe", "asked", "expected"),
    [
        pytest.param(CHILD, True, SAFE, False, WHOLE, id="the child"),
        pytest.param(CHILD, True, NOT_KNOWN, False, WHOLE, id="the child knows the place"),
        pytest.param(CHILD, True, SAFE, True, set(CopyItem), id="the child who asks for it"),
        pytest.param(CHILD, True, NOT_SAFE, True, IDENTITY, id="a child who must not learn the place"),
        pytest.param(PARENT, True, SAFE, False, {CopyItem.IDENTITY, CopyItem.OTHER_NAMES, CopyItem.ADDRESS,
                                                 CopyItem.WORKERS}, id="a parent it is safe to tell"),
        pytest.param(PARENT, True, SAFE, True, {CopyItem.IDENTITY, CopyItem.OTHER_NAMES, CopyItem.ADDRESS,
                                                CopyItem.WORKERS}, id="nothing sensitive, who else ever asks"),
        pytest.param(PARENT, True, NOT_KNOWN, False, IDENTITY, id="a parent of whom nobody knows"),
        pytest.param(PARENT, True, NOT_SAFE, False, IDENTITY, id="the parent it is shielded from"),
        pytest.param(PARENT, True, None, False, IDENTITY, id="nobody said"),
        pytest.param(PARENT, False, SAFE, False, set(), id="a parent nobody has checked"),
        pytest.param(WITHOUT, True, SAFE, False, set(), id="a parent without responsibility"),
        pytest.param(OTHER, True, SAFE, False, set(), id="somebody else"),
        pytest.param(None, None, None, True, set(), id="nobody knows who"),
    ],
)  # fmt: skip
def test_a_copy_has_what_its_reader_may_have(
    requester: Requester | None, identity_checked: bool | None, safe: PlaceSafe | None, asked: bool,
    expected: set[CopyItem],
) -> None:  # fmt: skip
    assert copy_items(requester, identity_checked, safe, asked) == expected


@pytest.mark.parametrize(
    ("requester", "current", "expected"),
    [
        pytest.param(CHILD, 2, True, id="the child's two homes"),
        pytest.param(PARENT, 1, True, id="the one home"),
        pytest.param(PARENT, 2, False, id="one of them is another parent's"),
        pytest.param(PARENT, 0, False, id="none"),
        pytest.param(WITHOUT, 1, False, id="without responsibility"),
        pytest.param(None, 1, False, id="nobody knows who"),
    ],
)
def test_a_second_home_is_another_persons(requester: Requester | None, current: int, expected: bool) -> None:
    assert addresses_copied(requester, current) is expected


@pytest.mark.parametrize(
    ("answered_by", "team", "waits", "expected"),
    [
        pytest.param(2, True, True, None, id="another of the team"),
        pytest.param(1, True, True, "second_person", id="whoever prepared it"),
        pytest.param(2, False, True, "second_person", id="nobody of the team"),
        pytest.param(None, True, True, "second_person", id="nobody"),
        pytest.param(2, True, False, "answered", id="a second time"),
    ],
)
def test_another_of_the_team_releases_a_copy(
    answered_by: int | None, team: bool, waits: bool, expected: str | None
) -> None:
    assert copy_answer_refusal(1, answered_by, team, waits) == expected


@pytest.mark.parametrize(
    ("answer", "answered_on", "unchanged", "expected"),
    [
        pytest.param(None, None, True, True, id="it waits"),
        pytest.param(CopyAnswer.RELEASE, date(2026, 11, 23), True, True, id="released today"),
        pytest.param(CopyAnswer.RELEASE, date(2026, 11, 17), True, True, id="the last day"),
        pytest.param(CopyAnswer.RELEASE, date(2026, 11, 16), True, False, id="a week ago"),
        pytest.param(CopyAnswer.RELEASE, None, True, False, id="nobody knows when"),
        pytest.param(CopyAnswer.HARM, date(2026, 11, 23), True, False, id="kept back"),
        pytest.param(CopyAnswer.WITHDRAWN, date(2026, 11, 23), True, False, id="taken back"),
        pytest.param(CopyAnswer.RELEASE, date(2026, 11, 23), False, False, id="it says something else"),
        pytest.param(None, None, False, True, id="nothing was released yet"),
    ],
)
def test_a_copy_is_shown_for_a_week_as_it_was_released(
    answer: CopyAnswer | None, answered_on: date | None, unchanged: bool, expected: bool
) -> None:
    assert copy_handed_over(answer, answered_on, unchanged, date(2026, 11, 23)) is expected
