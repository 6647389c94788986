"""The archive, read by the management team: in its first year by one of them, then by two together."""
