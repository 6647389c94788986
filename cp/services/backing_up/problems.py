"""What stops a backup or a restore."""


class BackupProblem(Exception):
    """The sentence to print before stopping."""
