"""Shielding a record, and whoever else must be thought of; looking at a shield again; lifting it by two people."""

from cp.services.shielding.setting import shield, shield_again

__all__ = ["shield", "shield_again"]
