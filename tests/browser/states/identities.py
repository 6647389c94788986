"""The management team: a protected child’s record, a record sealed and opened by two, two records joined."""

from typing import Any
from uuid import uuid4

from cp import clock
from cp.models import OldIdentity
from cp.models.child import Child
from tests import build
from tests.browser.people import ago
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build import Person
from tests.build_identities import asked_to_join, asked_to_seal, derived, may, says, sealed, shield


def team(visitor: Visitor) -> tuple[Person, Person]:
    """Two of the management team whom nobody has met; the first is at the browser."""
    facts: dict[str, Any] = {"kept_on": clock.today(), "last_used_on": clock.today(), "check_issued_on": ago(400),
                             "trained_on": ago(300)}  # fmt: skip
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        first, second = (may(session, world, f"{name}{uuid4().hex[:6]} {family}", **facts)
                         for name, family in (("Max", "Adeyemi"), ("May", "Lindqvist")))  # fmt: skip
    visitor.become(first)
    return first, second


def child(visitor: Visitor, given: str = "Nadia", family: str = "Haddad", **facts: Any) -> Child:
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        made = derived(session, world, "ZA6 1AA", given_names=given, family_name=family, **facts)
        assert world.nia.practitioner is not None
        build.involvement(session, made, world.nia.practitioner)
        build.carer(session, made)
        return made


def asked(visitor: Visitor, first: Person, second: Person) -> OldIdentity:
    made = child(visitor)
    with visitor.site.session() as session:
        return asked_to_seal(session, made, first, second)


def old(visitor: Visitor, first: Person, second: Person, **facts: Any) -> OldIdentity:
    made = child(visitor)
    with visitor.site.session() as session:
        return sealed(session, session.merge(made), first, second, **facts)


@state
def new_identity(visitor: Visitor) -> None:
    team(visitor)
    visitor.go("/children/new-identity")
    sees(visitor, "Make a record for a protected child", "6 months from today is filled in")


@state
def new_identity_wrong(visitor: Visitor) -> None:
    new_identity(visitor)
    visitor.press("Make the record")
    sees(visitor, "Enter the child’s given names")


@state
def new_identity_made(visitor: Visitor) -> None:
    new_identity(visitor)
    visitor.page.get_by_label("Given names").fill("Nadia")
    for name, value in (("Day", "2"), ("Month", "5"), ("Year", "2017")):
        visitor.page.get_by_role("group", name="Date of birth").get_by_label(name).fill(value)
    visitor.page.get_by_label("Girl").check()
    visitor.page.get_by_label("Adoption").check()
    visitor.press("Make the record")
    sees(visitor, "The record is made, and shielded.", "Seal this record")


@state
def seal(visitor: Visitor) -> None:
    team(visitor)
    visitor.go(f"/children/{child(visitor).uid}/seal")
    sees(visitor, "Who is the second person?")


@state
def seal_nobody_chosen(visitor: Visitor) -> None:
    seal(visitor)
    visitor.press("Ask them to agree")
    sees(visitor, "Choose who the second person is")


@state
def seal_asked(visitor: Visitor) -> None:
    seal(visitor)
    visitor.page.get_by_label("May").last.check()
    visitor.press("Ask them to agree")
    sees(visitor, "Asked. The record is sealed once the second person agrees.", "See or take it back")


@state
def seal_to_agree_to(visitor: Visitor) -> None:
    first, second = team(visitor)
    identity = asked(visitor, second, first)
    visitor.go(f"/old-identities/{identity.uid}/agree")
    sees(visitor, "Seal this record?", "Agree: seal the record")


@state
def sealed_now(visitor: Visitor) -> None:
    seal_to_agree_to(visitor)
    visitor.press("Agree: seal the record")
    sees(visitor, "The record is sealed.", "Ask to open it")


@state
def old_identities_none(visitor: Visitor) -> None:
    team(visitor)
    visitor.go("/old-identities")
    sees(visitor, "You are not one of the two people")


@state
def old_identities(visitor: Visitor) -> None:
    first, second = team(visitor)
    now = clock.now()
    asked(visitor, first, second)
    old(visitor, first, second)
    old(visitor, first, second, opening_asked_by_id=first.account.id, opening_asked_at=now)
    old(visitor, second, first, opening_asked_by_id=second.account.id, opening_asked_at=now)
    old(visitor, second, first, opening_asked_by_id=second.account.id, opening_asked_at=now, opened_at=now)
    visitor.go("/old-identities")
    sees(visitor, "Ask to open it", "Agree to open it", "Open the record", "Waits for May")


@state
def old_identity(visitor: Visitor) -> None:
    first, second = team(visitor)
    now = clock.now()
    identity = old(visitor, first, second, opening_asked_by_id=first.account.id, opening_asked_at=now, opened_at=now)
    visitor.go(f"/old-identities/{identity.uid}")
    sees(visitor, "Tell nobody what stands here.", "Who worked with Nadia")


@state
def other_record(visitor: Visitor) -> None:
    team(visitor)
    visitor.go(f"/children/{child(visitor).uid}/merge")
    sees(visitor, "What is the other record’s ContactPoint number?")


@state
def other_record_unknown(visitor: Visitor) -> None:
    other_record(visitor)
    visitor.page.get_by_label("What is the other record’s ContactPoint number?").fill("CP 000 000 0000")
    visitor.press("Compare the records")
    sees(visitor, "Check the number: none of your authority’s other records has it")


@state
def two_records(visitor: Visitor) -> None:
    team(visitor)
    kept, gone = child(visitor), child(visitor)
    visitor.go(f"/children/{kept.uid}/merge?other={gone.uid}")
    sees(visitor, "Are these the same child?", "Join the records")


@state
def two_records_none_chosen(visitor: Visitor) -> None:
    two_records(visitor)
    visitor.press("Join the records")
    sees(visitor, "Choose which record goes on")


@state
def two_records_joined(visitor: Visitor) -> None:
    two_records(visitor)
    visitor.page.get_by_role("radio").first.check()
    visitor.press("Join the records")
    sees(visitor, "The two records are joined, and this one goes on.")


@state
def records_to_take_apart(visitor: Visitor) -> None:
    two_records_joined(visitor)
    visitor.page.get_by_role("link", name="Join with another record, or take apart").click()
    sees(visitor, "Joined into this record")


@state
def records_taken_apart_asked(visitor: Visitor) -> None:
    records_to_take_apart(visitor)
    visitor.page.get_by_role("link", name="Take apart").click()
    sees(visitor, "Are these two children?", "This cannot be undone.")


@state
def records_taken_apart(visitor: Visitor) -> None:
    records_taken_apart_asked(visitor)
    visitor.press("Take the records apart")
    sees(visitor, "The two records are apart again.")


@state
def word_to_take_out(visitor: Visitor) -> None:
    team(visitor)
    one = child(visitor)
    with visitor.site.session() as session:
        authority = session.merge(visitor.site.directory.world.authority)
        school = build.organisation(session, authority, name="Ashgrove Prep")
        says(session, session.merge(one), school, given_names="Zara")
    visitor.go(f"/children/{one.uid}/merge")
    visitor.page.get_by_role("link", name="Move to a new record what Ashgrove Prep says").click()
    sees(visitor, "Is this another child?", "Zara Haddad")


@state
def word_taken_out(visitor: Visitor) -> None:
    word_to_take_out(visitor)
    visitor.press("Move it to a new record")
    sees(visitor, "This is the new record, of what was moved.")


@state
def two_records_by_two(visitor: Visitor) -> None:
    _, second = team(visitor)
    kept, gone = child(visitor), child(visitor)
    with visitor.site.session() as session:
        shield(session, session.merge(gone))
        asked_to_join(session, kept, gone, second)
    visitor.go(f"/children/{kept.uid}/merge?other={gone.uid}")
    sees(visitor, "A second person must agree to this one.", "Agree: join the records")


@state
def records_that_wait(visitor: Visitor) -> None:
    two_records_by_two(visitor)
    visitor.go("/children/merges")
    sees(visitor, "See the two records")


@state
def no_records_wait(visitor: Visitor) -> None:
    two_records_by_two(visitor)
    visitor.press("Decline")
    sees(visitor, "The records are not joined, and nothing waits any longer.")
