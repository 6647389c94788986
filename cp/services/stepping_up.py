"""Acts that need a second factor given in the last five minutes, and not just when the person signed in."""

from cp import clock
from cp.rules.access import Actor, Allowed
from cp.rules.conditions import step_up_fresh
from cp.terms import Duty


class StepUpNeeded(Exception):
    """The person may do this, once they have given a code again."""


def require(actor: Actor, decision: Allowed) -> None:
    """Raises StepUpNeeded where the decision asks for a fresh factor and theirs is older."""
    if Duty.STEP_UP in decision.duties and not step_up_fresh(actor.factor_at, clock.now()):
        raise StepUpNeeded
