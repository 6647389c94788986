"""What the walker sends with each form: enough that only who asks, and about what, decides. Others go empty."""

DAY = {"day": "20", "month": "11", "year": "2026"}


def day(name: str) -> dict[str, str]:
    return {f"{name}-{part}": value for part, value in DAY.items()}


def review() -> dict[str, str]:
    return {"review-day": "1", "review-month": "3", "review-year": "2027"}


SENT: dict[str, dict[str, str]] = {
    "account.read_procedures": {},
    "account.record_training": day("completed"),
    "accounts.approve": {"answer": "agree"},
    "accounts.check": day("issued"),
    "accounts.close": day("last"),
    "accounts.make_link": {"kind": "password"},
    "accounts.suspend": {"because": "long_leave"},
    "alerts.close": {"finding": "in_order"},
    "children.sensitive.create": {
        "ground": "child", "understands": "yes", **day("started"), **day("given"),
        "ends-day": "1", "ends-month": "9", "ends-year": "2027",
    },
    "contact_requests.step": {"what": "take"},
    "contacts.create": {"about": "services", "reason": "worried", "reach": "either"},
    "involvements.sensitive.withdraw": {"why": "consent"},
    "log.read": {"reason": "alert"},
    "neutral_line.save": {"line": "on", "version": "0"},
    "new_identities.make": {
        "given_names": "Robin", "family_name": "Vale", "born-day": "1", "born-month": "2", "born-year": "2016",
        "gender": "female", "ground": "adoption", **review(),
    },
    "old_identities.agree": {"answer": "agree"},
    "overrides.review": {"finding": "right"},
    "overriding.create": {"why": "section_47"},
    "own_overrides.answer": {"said": "on_duty"},
    "passed_contacts.answer": {"what": "agree"},
    "councils.accredit": {"years": "1"},
    "systems.create": {"name": "SIMS", "months": "12"},
    "shields.create": {"ground": "domestic-abuse", "asked": "child", **review()},
    "shields.keep": review(),
    "shields.lift": {"step": "ask"},
    "children.give_reason": {"reason": "working_with"},
    "family_searches.create": {
        "carer_given_name": "Farah", "carer_family_name": "Siddiqui", "postcode": "ZA4", "reason": "working_with",
    },
    "family_asking.create": {
        "about": "looks", "name": "Farah Siddiqui", "requester": "parent_with_responsibility", "identity": "passport",
        "responsibility": "court_order", "safe": "safe", **day("since"), **day("until"),
    },
    "family_requests.answer": {"answer": "withdrawn"},
    "disclosures.answer": {"answer": "decline"},
    "holds.create": {"number": "CP1"},
    "holds.answer": {"answer": "decline"},
    "holds.answer_end": {"answer": "go_on"},
    "archive.answer": {"answer": "decline"},
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
