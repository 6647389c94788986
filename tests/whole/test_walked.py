"""The walker's table read beside the model of access: where the model refuses, nobody is shown or done anything."""

from uuid import UUID

import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import registry
from cp.models import Account, Involvement
from cp.models.child import Child
from cp.rules.access import Actor, Holder, Subject
from cp.services import sessions, who
from cp.services.managing import holders
from cp.terms import RecordState
from tests.build import World
from tests.rules.model_of_access import expected
from tests.whole import states
from tests.whole.expected import REFUSED, table
from tests.whole.kinds import KINDS, Everybody
from tests.whole.states import Ids
from tests.whole.test_walker import every_row


def test_the_table_never_lets_in_whom_the_model_refuses(
    app: Flask, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    everybody = Everybody.make(session, world)
    ids, today = states.make(session, world, everybody), clocks.today()
    people = {kind: actor_of_token(session, everybody.tokens.get(kind)) for kind in KINDS}
    rows, let_in, hidden = every_row(app), [], []
    subjects: dict[tuple[str, ...], Subject | Holder | None] = {}

    for row, letters in table().items():
        act = registry.act_of(app, row.endpoint)
        assert act is not None
        for kind, letter in letters.items():
            known = (kind, row.state, *sorted(rows[row].arguments))
            if known not in subjects:
                subjects[known] = subject_of(session, rows[row].arguments, row.state, ids, people[kind])
            about = subjects[known]
            said = expected(people[kind], act, about, today)
            if not said.allowed and letter not in REFUSED:
                let_in.append((row, kind, letter))
            if said.hidden and letter not in "nk":
                hidden.append((row, kind, letter))

    assert let_in == []
    assert hidden == [], "what is hidden answers as if it were not there"


def actor_of_token(session: Session, token: str | None) -> Actor | None:
    found = who.find(session, sessions.hashed(token), UUID(int=1)) if token else None
    return found.actor if found else None


def subject_of(session: Session, names: set[str], state: str, ids: Ids, actor: Actor | None) -> Subject | Holder | None:
    """What the address is about, for the two that have a state of their own."""
    if state == "none" or actor is None:
        return None
    if "child_uid" in names:
        child = session.scalars(select(Child).where(Child.uid == ids["child_uid"][state])).one()
        working = select(Involvement.id).where(
            Involvement.child_id == child.id, Involvement.practitioner_id == actor.practitioner_id
        )
        mine = actor.practitioner_id is not None and session.scalars(working).first() is not None
        return Subject(child.authority_id, child.shielded, child.state is RecordState.LIVE, mine)
    if "account_uid" in names:
        uid = actor.account_uid if state == "self" else ids["account_uid"][state]
        account = session.scalars(select(Account).where(Account.uid == uid)).one()
        return holders.holder_of(session, account)
    return None
