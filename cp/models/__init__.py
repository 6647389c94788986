"""What we keep: tables and their meaning. No queries, no web."""

from cp.models.account import Account, Attempt, Factor, RoleGrant, SignedIn
from cp.models.audit import AuditEvent
from cp.models.base import Base, UtcDateTime, new_uid
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.models.index import Name, NameKey, SearchKey, SearchPlace
from cp.models.involvement import Involvement
from cp.models.opening import Opening
from cp.models.organisation import Authority, Organisation, Practitioner
from cp.models.search import Search
from cp.models.source import SourceRecord, SourceVersion
from cp.models.system import Draft, Job, KeyCheck, Once, Setting

__all__ = [
    "Account", "Attempt", "AuditEvent", "Authority", "Base", "Carer", "Child", "ChildCarer", "ChildLocation",
    "ChildName", "Draft", "Factor", "Involvement", "Job", "KeyCheck", "Name", "NameKey", "Once", "Opening",
    "Organisation", "OutsideNumber", "Practitioner", "RoleGrant", "Search", "SearchKey", "SearchPlace",
    "Setting", "SignedIn", "SourceRecord", "SourceVersion", "UtcDateTime", "new_uid",
]  # fmt: skip
