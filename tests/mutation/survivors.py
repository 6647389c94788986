"""Changes that no test can notice, each with the reason. A test looks that every one still is a change."""

SURVIVORS = {
    "cp.rules.asking": {
        "without init= in: allowed: bool = field(default=True, init=False)": "Lets a caller say what is said anyway.",
        "without init= in: allowed: bool = field(default=False, init=False)": "Lets a caller say what is said anyway.",
        "False → True in: allowed: bool = field(default=True, init=False)": "The same: `init` goes from False to True.",
        "False → True in: allowed: bool = field(default=False, init=False) (no. 2)": "The same, of a refusal.",
    },
    "cp.rules.acts": {
        "without Role.IMPLEMENTATION_MANAGER in: ACTS_OF: dict[Role, frozenset[Act]] = {": (
            "A role that is not in the table has no acts, which is what the table says of it."
        ),
        "without Role.SUPPLIER in: ACTS_OF: dict[Role, frozenset[Act]] = {": "The same.",
    },
}
