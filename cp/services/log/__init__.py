"""The log, and what was searched for."""
