"""A record shielded: at once, out of every index that an ordinary search touches, and with whoever else must be."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock, lodging
from cp.models import Shield
from cp.models.child import Child
from cp.rules.access import Actor, Refused, decide
from cp.rules.shielding import review_by, shield_refusal
from cp.services import audit, children, find, looking_up, telling_apart
from cp.services.records import full_name
from cp.services.shielding import others
from cp.services.shielding.others import Other
from cp.terms import Act, Considered, Part, ShieldGround, WhoAsked


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page of shielding asks about."""

    uid: UUID
    subject_id: UUID
    name: str
    number: str
    already: bool
    others: tuple[Other, ...]
    """To be decided, each of them."""
    shielded: tuple[Other, ...]
    """Besides them, who needs no decision any more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`answers` are by the other child's uid."""

    ground: ShieldGround
    who_asked: WhoAsked
    review_on: date
    answers: Mapping[UUID, Considered]


class OthersChanged(Exception):
    """Somebody is to be decided on of whom nothing was said, or not as it was said."""


def asked(session: Session, actor: Actor, uid: UUID, act: Act = Act.PREPARE_SHIELD) -> Asked:
    """What is to be decided now. Nothing is written: that is for who shows it. Raises Refusal."""
    row, _ = children.find(session, actor, uid, act)
    brought = () if row.shielded else others.of(session, actor, row.id)
    return Asked(
        row.uid, row.subject_id, full_name(row.given_names, row.family_name), row.number, row.shielded,
        tuple(one for one in brought if not one.shielded), tuple(one for one in brought if one.shielded),
    )  # fmt: skip


def show(session: Session, actor: Actor, uid: UUID) -> Asked:
    """The same, for the page; every child that it names is in the audit."""
    found = asked(session, actor, uid)
    for subject_id in (found.subject_id, *(one.subject_id for one in (*found.others, *found.shielded))):
        about = audit.About(subject_id=subject_id, parts=(Part.IDENTITY,))
        audit.record(session, actor, Act.PREPARE_SHIELD, about)
    return found


def set_with_others(session: Session, actor: Actor, uid: UUID, wish: Wish) -> int:
    """How many records are shielded by this; none where this one was already, and then nothing has changed.

    Raises OthersChanged where the answers are not to what has to be answered now, Refusal for who may not.
    """
    if refusal := shield_refusal("shield", wish.ground, actor.role, None, None):
        raise audit.Refusal(refusal)
    before = asked(session, actor, uid, Act.SHIELD)
    held = _hold(session, actor, [uid, *(one.uid for one in before.others if one.elsewhere is None)])
    now = asked(session, actor, uid, Act.SHIELD)
    if now.already:
        return 0
    if not _answered(now.others, held, wish.answers):
        raise OthersChanged
    first = _shield(session, actor, held[uid], wish)
    too = [one for one in now.others if wish.answers[one.uid] is Considered.TOO]
    for one in too:
        _shield(session, actor, held[one.uid], wish)
    _note(session, actor, first, (one for one in now.others if one not in too), wish)
    return 1 + len(too)


def _answered(brought: Iterable[Other], held: Mapping[UUID, Child], answers: Mapping[UUID, Considered]) -> bool:
    """Each of them, as it may be answered: this authority's own are decided on, another's has been told."""
    return all(
        answers.get(one.uid) is Considered.TOLD
        if one.elsewhere
        else one.uid in held and answers.get(one.uid) in (Considered.TOO, Considered.CHECKED)
        for one in brought
    )


def _hold(session: Session, actor: Actor, uids: list[UUID]) -> dict[UUID, Child]:
    """The account, then these children in one order whoever asks: two who shield the same family wait in turn."""
    looking_up.hold(session, actor)
    query = select(Child).where(Child.uid.in_(uids)).order_by(Child.id).with_for_update()
    return {child.uid: child for child in session.scalars(query.execution_options(populate_existing=True))}


def _shield(session: Session, actor: Actor, child: Child, wish: Wish) -> Shield:
    decision = decide(actor, Act.SHIELD, others.subject_of(child), clock.today())
    if isinstance(decision, Refused):
        raise audit.Refusal(decision.reason, child.subject_id, hidden=decision.hidden)
    made = Shield(ground=wish.ground, who_asked=wish.who_asked, owner_id=actor.account_id, review_on=wish.review_on)
    _set(session, child, made)
    about = audit.About(subject_id=child.subject_id, object_id=made.uid, reason=wish.ground)
    audit.record(session, actor, Act.SHIELD, about)
    return made


def stays(session: Session, actor: Actor, ground: ShieldGround | None, *children: Child) -> None:
    """Records that come out of one that was shielded, on this ground, are shielded like it, and looked at again in
    their time: one person took them apart, and what was hidden is not shown by that."""
    for child in (child for child in children if ground is not None and not child.shielded):
        made = Shield(ground=ground, owner_id=actor.account_id, review_on=review_by(clock.today()))
        _set(session, child, made)
        audit.record(session, actor, Act.SHIELD, audit.About(child.subject_id, made.uid, reason=ground))


def _note(session: Session, actor: Actor, first: Shield, left: Iterable[Other], wish: Wish) -> None:
    for one in left:
        about = audit.About(subject_id=one.subject_id, object_id=first.uid, reason=wish.answers[one.uid])
        audit.record(session, actor, Act.PREPARE_SHIELD, about)


def _set(session: Session, child: Child, made: Shield) -> None:
    """The hidden facts leave the index in the same transaction. Noted outside for each that was joined into it, too."""
    now = clock.now()
    made.child_id, made.set_at = child.id, now
    child.shielded_at, child.shield_ground = now, made.ground
    child.version += 1
    session.add(made)
    session.flush()
    find.reindex(session, child.id)
    for subject_id in telling_apart.joined_into(session, child.id):
        lodging.note(lodging.Kind.SHIELD, subject_id, now)


def shield(session: Session, number: str, ground: ShieldGround) -> bool | None:
    """At the server: True when it is now shielded, False when it was already, None when there is no such record.

    Of one that was joined into another, that one is shielded. Nobody answers for it yet, and nobody else was thought
    of: it stands first when its review is due.
    """
    child = session.scalars(select(Child).where(Child.number == number).with_for_update()).one_or_none()
    return _at_the_server(session, child, ground)


def shield_again(session: Session, subject_id: UUID, ground: ShieldGround | None = None) -> bool | None:
    """By nobody's doing, by what the audit calls the child: after a restore, where the ground was lost with what came
    after the backup, and of a child who is back."""
    child = session.scalars(select(Child).where(Child.subject_id == subject_id).with_for_update()).one_or_none()
    return _at_the_server(session, child, ground or ShieldGround.OTHER_SIGNIFICANT_HARM)


def _at_the_server(session: Session, child: Child | None, ground: ShieldGround) -> bool | None:
    if child is None:
        return None
    if (into := telling_apart.now(session, child.id)) != child.id:
        child = session.get_one(Child, into, with_for_update=True)
    if child.shielded:
        return False
    made = Shield(ground=ground, review_on=review_by(clock.today()))
    _set(session, child, made)
    about = audit.About(subject_id=child.subject_id, object_id=made.uid, reason=ground)
    audit.record(session, None, Act.SHIELD, about, request_id=UUID(bytes=secrets.token_bytes(16)))
    return True
