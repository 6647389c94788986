"""What anybody may read: what ContactPoint holds, how its use is checked, privacy, accessibility; and its health."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cp import db
from cp.registry import action
from cp.services import accounts
from cp.services import health as checks
from cp.terms import Act
from cp.views.html import page

bp = Blueprint("help", __name__)
MENU_SAYS = {
    "involvements.index": "the children on whose records you are. Say each year that you are still working with them, "
    "and end what has ended",
    "account.show": "what your account needs and until when, your password and your second factor",
    "pairs.following": "a row of a school’s file, or a child whom somebody told us about, beside a record: say whether "
    "it is the same child. Changes that somebody told are here too",
    "suppliers.index": "who sends data, whether it is overdue, and how right it is",
    "disputes.waiting": "facts that somebody says are wrong. Find out, and decide by the day that stands there",
    "contact_requests.index": "people who ask to be put in touch with others who work with a child, or with a family",
    "shields.index": "records whose place must stay unknown: which to review, and old identities",
    "overrides.index": "who looked through a shield, and what a reviewer found",
    "handovers.index": "children left by somebody who has gone, and records that wait to be joined",
    "family_requests.index": "what children and parents asked for, and the register of what was given out",
    "ending.index": "who goes to the archive or is destroyed, records that are held back, and archived records",
    "accounts.index": "who may use ContactPoint, what is missing, and who must act",
    "services.index": "which services are sensitive, and the systems that send by themselves",
    "supply.new": "send a file, or add a pupil by hand",
    "supplied.index": "what became of each file, what is disputed in it, and undoing it",
    "phases.index": "when data, shields and practitioners begin",
    "councils.index": "which authorities take part, and until when each is accredited",
    "figures.national": "how far the authorities are",
    "alerts.index": "what somebody has to look at: many records opened, and other things out of the ordinary",
    "closed_alerts.index_of_closed": "what reviewers found",
    "log.index": "what people did in ContactPoint. Say why you look",
    "disclosures.index": "the register of what left ContactPoint",
    "schools.index": "what each school waits for before it is live, and who must act",
    "training.index": "courses, places on them, and who came",
    "letters.index": "letters to schools, by post or by email",
    "agreements.index": "which agreements end soon, and who our partners are",
    "figures.show": "records, use and quality in figures",
    "region.index": "the authorities of the region, and how far each is",
    "region_training.show": "who has to be trained, by when",
}
"""What each item of the menus is for, but Find a child and Help, which the page has its own words for."""


@bp.get("/help")
@action(Act.READ_PUBLIC)
def index() -> ResponseReturnValue:
    return page("help/index.html", menu_says=MENU_SAYS)


@bp.get("/help/what-contactpoint-holds")
@action(Act.READ_PUBLIC)
def holds() -> ResponseReturnValue:
    return page("help/holds.html")


@bp.get("/help/how-searches-are-checked")
@action(Act.READ_PUBLIC)
def checked() -> ResponseReturnValue:
    return page("help/checked.html")


@bp.get("/help/signing-in")
@action(Act.READ_PUBLIC)
def cannot_sign_in() -> ResponseReturnValue:
    return page("help/signing_in.html", phone=accounts.help_phone(db.session()))


@bp.get("/privacy")
@action(Act.READ_PUBLIC)
def privacy() -> ResponseReturnValue:
    return page("help/privacy.html")


@bp.get("/accessibility")
@action(Act.READ_PUBLIC)
def accessibility() -> ResponseReturnValue:
    return page("help/accessibility.html")


@bp.get("/health")
@action(Act.READ_PUBLIC)
def health() -> ResponseReturnValue:
    """`ok` when the database answers and the audit can be written; else 503. Nothing else."""
    fit = checks.fit(db.session())
    return ("ok" if fit else "not ok", 200 if fit else 503, {"Content-Type": "text/plain; charset=utf-8"})
