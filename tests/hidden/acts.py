"""What a walk does and looks at, and who does most of it: an act more is one word more in `ACTS`."""

from cp.terms import Act

ACTS = (
    Act.SEARCH, Act.SEARCH_FAMILY,
    Act.RECORD_INVOLVEMENT, Act.END_INVOLVEMENT, Act.SHIELD, Act.KEEP_SHIELD, Act.LIFT_SHIELD,
    Act.RECORD_SENSITIVE, Act.WITHDRAW_SENSITIVE, Act.OVERRIDE, Act.LEAVE_OVERRIDE, Act.REVIEW_OVERRIDE,
    Act.SUSPEND_ACCOUNT, Act.RESTORE_ACCOUNT, Act.ASK_CONTACT, Act.STEP_CONTACT, Act.ANSWER_CONTACT, Act.MERGE,
    Act.MAKE_IDENTITY, Act.ASK_SEAL, Act.SEAL_IDENTITY, Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY,
    Act.DECLARE_SERVICE, Act.SET_NEUTRAL_LINE, Act.HAND_OVER,
    Act.DISPUTE, Act.WITHDRAW_DISPUTE, Act.DECIDE_DISPUTE,
)  # fmt: skip
"""What the walk does. One more is one more word here: its form is looked for on the pages whose address is nearest."""
AFTER = {
    Act.OVERRIDE: (Act.LEAVE_OVERRIDE, Act.REVIEW_OVERRIDE), Act.LEAVE_OVERRIDE: (Act.REVIEW_OVERRIDE,),
    Act.SHIELD: (Act.LIFT_SHIELD, Act.KEEP_SHIELD), Act.LIFT_SHIELD: (Act.LIFT_SHIELD,),
    Act.RECORD_INVOLVEMENT: (Act.END_INVOLVEMENT, Act.SHIELD), Act.RECORD_SENSITIVE: (Act.WITHDRAW_SENSITIVE,),
    Act.ASK_CONTACT: (Act.STEP_CONTACT,), Act.STEP_CONTACT: (Act.STEP_CONTACT, Act.ANSWER_CONTACT),
    Act.ASK_SEAL: (Act.SEAL_IDENTITY,), Act.SEAL_IDENTITY: (Act.ASK_OLD_IDENTITY,),
    Act.ASK_OLD_IDENTITY: (Act.AGREE_OLD_IDENTITY,), Act.SUSPEND_ACCOUNT: (Act.RESTORE_ACCOUNT,),
    Act.DISPUTE: (Act.DECIDE_DISPUTE, Act.WITHDRAW_DISPUTE), Act.DECIDE_DISPUTE: (Act.DECIDE_DISPUTE,),
}  # fmt: skip
"""What is worth trying next, as often as not: few would come of chance alone."""
LOOKING = (Act.OPEN_RECORD, Act.PRINT_RECORD, Act.SEE_OWN_INVOLVEMENTS, Act.SEE_HANDOVERS, Act.SEE_SHIELDS,
           Act.SEE_OVERRIDES, Act.SEE_OWN_OVERRIDES, Act.SEE_CONTACTS, Act.SEE_OWN_CONTACTS, Act.SEE_PASSED_CONTACTS,
           Act.SEE_ALERTS, Act.SEE_ACCOUNTS, Act.SEE_SEALS, Act.OPEN_OLD_IDENTITY, Act.SEE_SERVICES,
           Act.SEE_OWN_DISPUTES, Act.SEE_DISPUTES)  # fmt: skip
TABLES = {
    "account_uid": "account", "alert_uid": "alert", "entry_uid": "sensitive_involvement", "search_uid": "search",
    "identity_uid": "old_identity", "involvement_uid": "involvement", "organisation_uid": "organisation",
    "family_uid": "family_request", "disclosure_uid": "disclosure", "reading_uid": "archive_reading",
    "dispute_uid": "dispute", "override_uid": "override", "voice_uid": "dispute_voice",
    "passed_uid": "contact_request", "request_uid": "contact_request",
}  # fmt: skip
"""Of what an address names, where no list leads there."""
ORDINARY = {"practitioner", "colleague", "assistant", "holder", "clinic", "team", "first sealer", "second sealer",
            "manager", "reviewer", "elsewhere", "team_elsewhere"}  # fmt: skip
"""Who does most of what is done."""
