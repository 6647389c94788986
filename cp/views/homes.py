"""Where each role starts, and what its menu holds."""

from cp.terms import Role

MENUS: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.PRACTITIONER: (("searches.home", "Find a child"), ("involvements.index", "My involvements"),
                        ("account.show", "Account"), ("help.index", "Help")),
    Role.ASSISTANT: (("searches.home", "Find a child"), ("involvements.index", "My involvements"),
                     ("account.show", "Account"), ("help.index", "Help")),
    Role.MANAGEMENT_TEAM: (("searches.home", "Find a child"), ("handovers.index", "Hand over"),
                           ("old_identities.index", "Old identities"), ("account.show", "Account"),
                           ("help.index", "Help")),
    Role.ACCOUNT_MANAGER: (("accounts.index", "Accounts"), ("account.show", "Account"), ("help.index", "Help")),
    Role.NATIONAL_ADMINISTRATOR: (("accounts.index", "Accounts"), ("account.show", "Account"), ("help.index", "Help")),
    Role.REVIEWER: (("alerts.index", "To review"), ("closed_alerts.index_of_closed", "Closed"),
                    ("account.show", "Account"), ("help.index", "Help")),
}  # fmt: skip
OTHERS = (("account.show", "Account"), ("help.index", "Help"))


def menu_of(role: Role) -> tuple[tuple[str, str], ...]:
    return MENUS.get(role, OTHERS)


def home_of(role: Role) -> str:
    """The endpoint of a role's first page."""
    return menu_of(role)[0][0]
