"""Where each role starts, and what its menu holds."""

from cp.services.waiting import Asked
from cp.terms import Role

MENUS: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.PRACTITIONER: (("searches.home", "Find a child"), ("involvements.index", "My involvements"),
                        ("account.show", "Account"), ("help.index", "Help")),
    Role.ASSISTANT: (("searches.home", "Find a child"), ("involvements.index", "My involvements"),
                     ("account.show", "Account"), ("help.index", "Help")),
    Role.MANAGEMENT_TEAM: (("searches.home", "Find a child"), ("pairs.following", "Records to review"),
                           ("suppliers.index", "Suppliers"), ("disputes.waiting", "Disputes"),
                           ("contact_requests.index", "Contact requests"),
                           ("shields.index", "Shields"), ("overrides.index", "Overrides"),
                           ("handovers.index", "Hand over"),
                           ("family_requests.index", "Requests about records"),
                           ("ending.index", "Records that end"),
                           ("account.show", "Account"), ("help.index", "Help")),
    Role.ACCOUNT_MANAGER: (("accounts.index", "Accounts"), ("services.index", "Services"),
                           ("account.show", "Account"), ("help.index", "Help")),
    Role.SUPPLIER: (("supply.new", "Send pupil data"), ("supplied.index", "Files sent"),
                    ("account.show", "Account"), ("help.index", "Help")),
    Role.NATIONAL_ADMINISTRATOR: (("accounts.index", "Accounts"), ("phases.index", "Phases"),
                                  ("councils.index", "Authorities"), ("figures.national", "Figures"),
                                  ("account.show", "Account"), ("help.index", "Help")),
    Role.REVIEWER: (("alerts.index", "To review"), ("closed_alerts.index_of_closed", "Closed"),
                    ("overrides.index", "Overrides"), ("log.index", "Log"), ("disclosures.index", "Given out"),
                    ("account.show", "Account"), ("help.index", "Help")),
    Role.IMPLEMENTATION_MANAGER: (("schools.index", "Schools"), ("training.index", "Training"),
                                  ("letters.index", "Letters"), ("agreements.index", "Agreements"),
                                  ("figures.show", "Figures"), ("phases.index", "Phases"),
                                  ("account.show", "Account"), ("help.index", "Help")),
    Role.REGIONAL_COORDINATOR: (("region.index", "Region"), ("figures.national", "Figures"),
                                ("region_training.show", "Training needs"), ("phases.index", "Phases"),
                                ("account.show", "Account"), ("help.index", "Help")),
}  # fmt: skip
PART_OF = {
    "children": "searches", "looking_up": "searches", "overriding": "searches", "seals": "searches",
    "merges": "searches", "limits": "accounts", "own_overrides": "account", "contacts": "involvements",
    "own_log": "account", "family_searches": "searches", "passed_contacts": "involvements", "old_identities": "shields",
    "new_identities": "shields", "columns": "supplied", "pupils": "supply", "own_disputes": "involvements",
    "systems": "services", "thresholds": "suppliers", "telling": "searches", "told_children": "pairs",
    "changes": "searches", "told_changes": "pairs", "practice": "account", "training_people": "training",
    "needs": "training", "school_contacts": "schools", "school_log": "schools", "school_links": "schools",
    "people": "schools", "means": "schools", "test_files": "schools", "accreditations": "schools",
    "carried": "schools", "disclosures": "family_requests", "family_asking": "searches", "disclosing": "searches",
    "neutral_line": "shields", "holds": "ending", "archive": "ending", "staying": "searches",
}  # fmt: skip
OF_A_RECORD = ("involvements.new", "involvements.create", "contacts.new", "contacts.create", "shields.new",
               "own_disputes.new", "own_disputes.create", "shields.create", "shields.keeping",
               "shields.keep", "shields.lifting_page", "shields.lift")  # fmt: skip
"""Which item of the menu a page belongs to, where that is not the one it is named after."""
WAITS: dict[Asked, tuple[str, str, str]] = {
    Asked.JOIN: ("merges.index", "pair of records to join", "pairs of records to join"),
    Asked.LIFT: ("shields.index", "shield to lift", "shields to lift"),
    Asked.SEAL: ("old_identities.index", "old identity", "old identities"),
    Asked.COPY: ("family_requests.index", "copy to release", "copies to release"),
    Asked.DISCLOSURE: ("disclosures.index", "entry of the register", "entries of the register"),
    Asked.HOLD: ("holds.index", "hold of a record", "holds of records"),
    Asked.READING: ("archive.index", "archived record to read together", "archived records to read together"),
}
"""Where each kind of what waits for somebody's answer stands, and what one and many are called."""
OTHERS = (("account.show", "Account"), ("help.index", "Help"))


def menu_of(role: Role) -> tuple[tuple[str, str], ...]:
    return MENUS.get(role, OTHERS)


def part_of(endpoint: str) -> str:
    """The first part of the name of the menu's item that a page belongs to."""
    named = endpoint.partition(".")[0]
    return "searches" if endpoint in OF_A_RECORD else PART_OF.get(named, named)


def home_of(role: Role) -> str:
    """The endpoint of a role's first page."""
    return menu_of(role)[0][0]
