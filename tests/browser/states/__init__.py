"""Every page in every state it can be in, each with the way there."""

from tests.browser.states import finding, identities, limits, managing, one_account, others, own, record, signing_in
from tests.browser.visitor import Visit

MODULES = (signing_in, own, finding, record, limits, managing, one_account, others, identities)
STATES: dict[str, Visit] = {
    name.replace("_", " "): visit
    for module in MODULES
    for name, visit in vars(module).items()
    if callable(visit) and getattr(visit, "is_state", False)
}
"""By what they are called. Each begins in a new browser and waits for words that only this state says."""
