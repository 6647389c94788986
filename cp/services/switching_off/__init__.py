"""The whole directory switched off, on again, or destroyed for good by two people."""

from cp.services.switching_off.destroying import Held, destroy
from cp.services.switching_off.people import NotThem, name_of
from cp.services.switching_off.switch import NotNow, Rehearsal, rehearse, switch_off, switch_on

__all__ = [
    "Held", "NotNow", "NotThem", "Rehearsal", "destroy", "name_of", "rehearse", "switch_off", "switch_on",
]  # fmt: skip
