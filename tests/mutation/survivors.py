"""Changes that no test can notice, each with the reason. A test looks that every one still is a change."""

SURVIVORS = {
    "cp.rules.acts": {
        "without Role.IMPLEMENTATION_MANAGER in: ACTS_OF: dict[Role, frozenset[Act]] = {": (
            "A role that is not in the table has no acts, which is what the table says of it."
        ),
        "without Role.SUPPLIER in: ACTS_OF: dict[Role, frozenset[Act]] = {": "The same.",
    },
}
