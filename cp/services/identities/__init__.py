"""New identities: a protected child’s new record, the old one sealed, and the old one opened by two together."""
