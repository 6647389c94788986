"""What the walker sends with each form: enough that only who asks, and about what, decides. Others go empty."""

DAY = {"day": "20", "month": "11", "year": "2026"}


def day(name: str) -> dict[str, str]:
    return {f"{name}-{part}": value for part, value in DAY.items()}


SENT: dict[str, dict[str, str]] = {
    "account.read_procedures": {},
    "account.record_training": day("completed"),
    "accounts.approve": {"answer": "agree"},
    "accounts.check": day("issued"),
    "accounts.close": day("last"),
    "accounts.make_link": {"kind": "password"},
    "accounts.suspend": {"because": "long_leave"},
    "alerts.close": {"finding": "in_order"},
    "children.give_reason": {"reason": "working_with"},
    "handovers.settle": {"what": "nobody"},
    "involvements.create": day("started"),
    "involvements.end": day("ended") | {"how": "worked"},
    "limits.answer": {"answer": "more"},
    "looking_up.give": {"more": "duty_desk"},
    "searches.create": {
        "given_name": "Amira", "family_name": "Siddiqui", "born-day": "14", "born-month": "3", "born-year": "2016",
        "reason": "working_with",
    },
}  # fmt: skip
