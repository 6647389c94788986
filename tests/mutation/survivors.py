"""Changes that no test can notice, each with the reason. A test looks that every one still is a change."""

SURVIVORS = {
    "cp.rules.shielding": {
        "LtE → Lt in: return here <= there or there <= here": "Where both are the same, the other half says so.",
        "LtE → Lt in: return here <= there or there <= here (no. 2)": "The same.",
        "'' → 'not ' in: return \"\".join(filter(str.isalnum, \"\".join(lines[:1]))).casefold()": (
            "Letters are compared with letters: with the same word between them, the same are the same."
        ),
        "'' → 'not ' in: return \"\".join(filter(str.isalnum, \"\".join(lines[:1]))).casefold() (no. 2)": (
            "There is one line at most: nothing stands between it and another."
        ),
    },
}
