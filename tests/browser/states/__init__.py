"""Every page in every state it can be in, each with the way there."""

from tests.browser.states import (
    archive,
    board,
    changes,
    contact,
    disputes,
    ending,
    families,
    figures,
    finding,
    governing,
    identities,
    letters,
    limits,
    log,
    managing,
    means,
    one_account,
    others,
    overriding,
    own,
    phases,
    record,
    schools,
    sensitive,
    shields,
    signing_in,
    suppliers,
    supply,
    systems,
    telling,
    training,
)
from tests.browser.visitor import Visit

MODULES = (board, signing_in, own, finding, record, contact, limits, managing, one_account, others, shields,
           overriding, sensitive, identities, supply, systems, suppliers, disputes, telling, changes, schools,
           training, figures, letters, means, governing, log, phases, families, ending, archive)  # fmt: skip
STATES: dict[str, Visit] = {
    name.replace("_", " "): visit
    for module in MODULES
    for name, visit in vars(module).items()
    if callable(visit) and getattr(visit, "is_state", False) is True
}
"""By what they are called. Each begins in a new browser and waits for words that only this state says."""
