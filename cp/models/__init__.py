"""What we keep: tables and their meaning. No queries, no web.

A child's own tables are imported from their modules by name: the import check names who may.
"""

from cp.models import carer, child
from cp.models.access import Alert, Allowance, Approval, JoinRequest, Link, RightGrant
from cp.models.account import Account, Attempt, Factor, RoleGrant, SignedIn
from cp.models.audit import AuditEvent
from cp.models.base import Base, UtcDateTime, new_uid
from cp.models.index import Name, NameKey, SearchKey, SearchPlace
from cp.models.involvement import Involvement
from cp.models.opening import Opening
from cp.models.organisation import Authority, Organisation, Practitioner
from cp.models.search import Search
from cp.models.source import SourceRecord, SourceVersion
from cp.models.system import Draft, Job, KeyCheck, Once, Setting

__all__ = [
    "Account", "Alert", "Allowance", "Approval", "Attempt", "AuditEvent", "Authority", "Base", "Draft", "Factor",
    "Involvement", "Job", "JoinRequest", "KeyCheck", "Link", "Name", "NameKey", "Once", "Opening", "Organisation",
    "Practitioner", "RightGrant", "RoleGrant", "Search", "SearchKey", "SearchPlace", "Setting", "SignedIn",
    "SourceRecord", "SourceVersion", "UtcDateTime", "carer", "child", "new_uid",
]  # fmt: skip
