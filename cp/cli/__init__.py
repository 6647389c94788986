"""The commands. Each parses, calls a service, owns the transaction, says one line."""
