"""What we keep: tables and their meaning. No queries, no web.

A child's own tables, and those of sensitive services, are imported from their modules by name: the import check names
who may.
"""

from cp.models import carer, child, sensitive
from cp.models.access import Alert, Allowance, Approval, JoinRequest, Link, RightGrant
from cp.models.account import Account, Attempt, Factor, RefusedSignIn, RoleGrant, SignedIn
from cp.models.audit import AuditEvent, AuditLeaf, AuditNote
from cp.models.base import Base, UtcDateTime, new_uid
from cp.models.change import Change
from cp.models.contact import ContactRequest
from cp.models.dispute import Dispute, DisputedWord, Voice
from cp.models.family import Disclosure, DisclosureAnswer, FamilyRequest
from cp.models.governance import AccreditationAnswers, AccreditationDecision, Agreement, AgreementTakenBack
from cp.models.implementation import FileVerdict, Onboarding
from cp.models.index import Name, NameKey, SearchArea, SearchCarer, SearchKey, SearchPlace
from cp.models.involvement import Involvement
from cp.models.letter import Letter, LetterRun
from cp.models.log import LogView
from cp.models.machine import MachineCredential, MachineRequest
from cp.models.opening import Opening
from cp.models.organisation import Authority, Organisation, Practitioner, SensitiveTeam
from cp.models.protection import Merge, OldIdentity, Override, Shield
from cp.models.retention import ArchiveReading, Certificate, Destroyed, LegalHold, StayConsent
from cp.models.school_contact import ContactMade, SchoolContact
from cp.models.school_form import SchoolAnswer, SchoolLink
from cp.models.search import Search
from cp.models.source import SourceRecord, SourceVersion
from cp.models.supply import Pair, Supplier, SupplyFile, SupplyRow, ToldApart
from cp.models.system import Draft, Job, KeyCheck, Once, Setting
from cp.models.training import (
    Cluster,
    ClusterSchool,
    NamedPerson,
    PracticeTask,
    TrainingPlace,
    TrainingSession,
    Workforce,
)

__all__ = [
    "Account",
    "AccreditationAnswers",
    "AccreditationDecision",
    "Agreement",
    "AgreementTakenBack",
    "Alert",
    "Allowance",
    "Approval",
    "ArchiveReading",
    "Attempt",
    "AuditEvent",
    "AuditLeaf",
    "AuditNote",
    "Authority",
    "Base",
    "Certificate",
    "Change",
    "Cluster",
    "ClusterSchool",
    "ContactMade",
    "ContactRequest",
    "Destroyed",
    "Disclosure",
    "DisclosureAnswer",
    "Dispute",
    "DisputedWord",
    "Draft",
    "Factor",
    "FamilyRequest",
    "FileVerdict",
    "Involvement",
    "Job",
    "JoinRequest",
    "KeyCheck",
    "LegalHold",
    "Letter",
    "LetterRun",
    "Link",
    "LogView",
    "MachineCredential",
    "MachineRequest",
    "Merge",
    "Name",
    "NameKey",
    "NamedPerson",
    "OldIdentity",
    "Onboarding",
    "Once",
    "Opening",
    "Organisation",
    "Override",
    "Pair",
    "PracticeTask",
    "Practitioner",
    "RefusedSignIn",
    "RightGrant",
    "RoleGrant",
    "SchoolAnswer",
    "SchoolContact",
    "SchoolLink",
    "Search",
    "SearchArea",
    "SearchCarer",
    "SearchKey",
    "SearchPlace",
    "SensitiveTeam",
    "Setting",
    "Shield",
    "SignedIn",
    "SourceRecord",
    "SourceVersion",
    "StayConsent",
    "Supplier",
    "SupplyFile",
    "SupplyRow",
    "ToldApart",
    "TrainingPlace",
    "TrainingSession",
    "UtcDateTime",
    "Voice",
    "Workforce",
    "carer",
    "child",
    "new_uid",
    "sensitive",
]  # fmt: skip
