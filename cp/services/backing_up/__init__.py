"""Backups: taken while the site runs, each sealed with a key of its own that is destroyed after 35 days."""

from cp.services.backing_up.making import Made, back_up, forget
from cp.services.backing_up.problems import BackupProblem

__all__ = ["BackupProblem", "Made", "back_up", "forget"]
