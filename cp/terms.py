"""The closed lists that the whole system speaks in. Standard library only."""

from enum import StrEnum


class Role(StrEnum):
    """What an account may act as; one at a time (domain: Sch. 3, and the access issue)."""

    PRACTITIONER = "practitioner"
    ASSISTANT = "assistant"
    MANAGEMENT_TEAM = "management_team"
    ACCOUNT_MANAGER = "account_manager"
    REVIEWER = "reviewer"
    IMPLEMENTATION_MANAGER = "implementation_manager"
    SUPPLIER = "supplier"
    NATIONAL_ADMINISTRATOR = "national_administrator"
    REGIONAL_COORDINATOR = "regional_coordinator"


class Gender(StrEnum):
    """Sch. 1 para 3: a value, or the statement that none has been specified. Never empty."""

    FEMALE = "female"
    MALE = "male"
    NOT_SPECIFIED = "not_specified"


class RecordState(StrEnum):
    LIVE = "live"
    ARCHIVED = "archived"
    MERGED = "merged"
    SEALED = "sealed"


class ArchiveReason(StrEnum):
    """Why a record goes to the archive: the rule that says so soonest."""

    GROWN_UP = "grown_up"
    STAY_OVER = "stay_over"
    DIED = "died"
    LEFT = "left"


class DestroyReason(StrEnum):
    """Why an archived record is destroyed on its day."""

    SIX_YEARS = "six_years"
    HOLD_OVER = "hold_over"


class ArchivePurpose(StrEnum):
    """For what the archive is read after its first year (Commons Hansard 21 April 2009)."""

    SECTION_47 = "section_47"
    SERIOUS_CASE_REVIEW = "serious_case_review"
    CHILD_DEATH = "child_death"


class HoldReason(StrEnum):
    """Who needs a record kept past its end."""

    INQUIRY = "inquiry"
    COURT = "court"
    POLICE = "police"


class StayGround(StrEnum):
    """Who may stay past 18, by their own consent (Reg. 4(2))."""

    CARE_LEAVER = "care_leaver"
    LEARNING_DISABILITY = "learning_disability"


class KeptKind(StrEnum):
    """What is kept for a time of its own."""

    SEARCH_CRITERIA = "search_criteria"
    AUDIT = "audit"
    SUPPLIED_ROW = "supplied_row"
    DRAFT = "draft"
    ALERT = "alert"


class NameKind(StrEnum):
    """Names besides the current one (Sch. 1 para 1)."""

    FORMER = "former"
    PREFERRED = "preferred"
    ALSO_KNOWN_AS = "also_known_as"


class AddressState(StrEnum):
    """Sch. 1 para 2: one of four; silence is not a state."""

    CURRENT = "current"
    LAST_KNOWN = "last_known"
    NONE_KNOWN = "none_known"
    LEFT_AREA = "left_area"


class LeaveKind(StrEnum):
    """Sch. 1 para 2(d)."""

    RETURNING = "returning_within_3y"
    NOT_RETURNING = "not_returning"
    UNKNOWN = "unknown"


class Relationship(StrEnum):
    """How a carer stands to the child."""

    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"  # where nobody says which
    STEP_PARENT = "step_parent"
    GRANDPARENT = "grandparent"
    FOSTER_CARER = "foster_carer"
    ADOPTIVE_PARENT = "adoptive_parent"
    GUARDIAN = "guardian"
    OTHER_RELATIVE = "other_relative"
    LOCAL_AUTHORITY = "local_authority"
    CARER = "carer"  # whoever looks after the child, where nothing says how they stand to it


class BestTime(StrEnum):
    """When a carer is best called; a list, because free text is how case information leaks in."""

    MORNING = "morning"
    DAYTIME = "daytime"
    AFTER_FOUR = "after_four"
    EVENING = "evening"


class NumberKind(StrEnum):
    """Other bodies' numbers for a child (Sch. 1 para 18)."""

    UPN = "upn"
    NHS = "nhs"


class BodyKind(StrEnum):
    """The kind of body a person works for; decides whose numbers they may read (Reg. 6(3)(c))."""

    EDUCATION = "education"
    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    JUSTICE = "justice"
    VOLUNTARY = "voluntary"
    AUTHORITY = "authority"


class OrganisationKind(StrEnum):
    NURSERY = "nursery"
    PRIMARY_SCHOOL = "primary_school"
    SECONDARY_SCHOOL = "secondary_school"
    SPECIAL_SCHOOL = "special_school"
    INDEPENDENT_SCHOOL = "independent_school"
    COLLEGE = "college"
    GP_PRACTICE = "gp_practice"
    HEALTH_SERVICE = "health_service"
    COUNCIL_SERVICE = "council_service"
    POLICE_SERVICE = "police_service"
    PROBATION_SERVICE = "probation_service"
    CHARITY = "charity"


class SensitiveSubject(StrEnum):
    """Reg. 2 and Reg. 11(3): what makes a service sensitive."""

    SEXUAL_HEALTH = "sexual_health"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_MISUSE = "substance_misuse"


class ServiceClass(StrEnum):
    UNIVERSAL = "universal"
    ADDITIONAL = "additional"
    SENSITIVE = "sensitive"


class SourceKind(StrEnum):
    """Who told us; rules/derive.py holds the order of authority for each fact."""

    SCHOOL = "school"
    GP_PRACTICE = "gp_practice"
    AUTHORITY = "authority"
    PRACTITIONER = "practitioner"
    DECISION = "decision"  # what a management team found of a disputed fact


class Disputable(StrEnum):
    """A fact of a record that can be disputed by itself."""

    NAME = "name"
    BORN_ON = "born_on"
    GENDER = "gender"
    ADDRESS = "address"
    CARER = "carer"  # who it is, and how they are reached
    SCHOOL = "school"
    GP = "gp"


class DisputeFinding(StrEnum):
    """What the management team found of a disputed fact."""

    RIGHT = "right"  # as it stands
    WRONG = "wrong"  # and what is right is known
    NOT_KNOWN = "not_known"  # wrong, and nobody knows what is right


class ToldBy(StrEnum):
    """Who told whoever disputes a fact."""

    CHILD = "child"
    PARENT = "parent"
    NOBODY = "nobody"  # they noticed it themselves


class FileForm(StrEnum):
    """What a supplier's file is."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"
    CTF = "ctf"
    HAND = "hand"  # one child, typed in on the web
    MACHINE = "machine"  # rows that another system sends by itself
    TOLD = "told"  # one child whom a practitioner looked for and did not find


class Column(StrEnum):
    """What a column of a supplier's file may mean: all that is ever kept of one (Sch. 1; Reg. 4).

    `carer_1` and `carer_2`: in the order of the file.
    """

    ROW_KEY = "row_key"  # the supplier's own: an admission number
    GIVEN_NAMES = "given_names"
    MIDDLE_NAMES = "middle_names"
    FAMILY_NAME = "family_name"
    WHOLE_NAME = "whole_name"
    PREFERRED_GIVEN_NAMES = "preferred_given_names"
    PREFERRED_FAMILY_NAME = "preferred_family_name"
    FORMER_GIVEN_NAMES = "former_given_names"
    FORMER_FAMILY_NAME = "former_family_name"
    BORN_ON = "born_on"
    GENDER = "gender"
    ADDRESS = "address"  # one or more lines in one cell
    ADDRESS_1 = "address_1"
    ADDRESS_2 = "address_2"
    ADDRESS_3 = "address_3"
    TOWN = "town"
    POSTCODE = "postcode"
    UPN = "upn"
    NHS = "nhs"
    STARTED_ON = "started_on"
    LEFT_ON = "left_on"
    CARER_1_NAME = "carer_1_name"
    CARER_1_GIVEN_NAMES = "carer_1_given_names"
    CARER_1_FAMILY_NAME = "carer_1_family_name"
    CARER_1_RELATIONSHIP = "carer_1_relationship"
    CARER_1_RESPONSIBILITY = "carer_1_responsibility"
    CARER_1_PHONE = "carer_1_phone"
    CARER_1_EMAIL = "carer_1_email"
    CARER_2_NAME = "carer_2_name"
    CARER_2_GIVEN_NAMES = "carer_2_given_names"
    CARER_2_FAMILY_NAME = "carer_2_family_name"
    CARER_2_RELATIONSHIP = "carer_2_relationship"
    CARER_2_RESPONSIBILITY = "carer_2_responsibility"
    CARER_2_PHONE = "carer_2_phone"
    CARER_2_EMAIL = "carer_2_email"


class Given(StrEnum):
    """What a supplied row is looked for to have, whether or not it is right: a record is found by each."""

    BORN = "born"
    HOME = "home"  # an address with a postcode
    CARER = "carer"
    NUMBER = "number"  # another body's: a pupil number or an NHS number


class Frequency(StrEnum):
    """How often an organisation supplies."""

    DAILY = "daily"  # every working day: a system that sends each night
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    TERMLY = "termly"


class Means(StrEnum):
    """How an organisation sends what it knows of its children, the least work for it first."""

    SYSTEM = "system"  # its own system sends by itself
    FOLDER = "folder"  # its system puts a file into a folder that is watched
    TRANSFER_FILE = "transfer_file"  # somebody uploads a Common Transfer File
    SPREADSHEET = "spreadsheet"  # somebody uploads a spreadsheet
    BY_HAND = "by_hand"  # somebody types each child


class PupilSystem(StrEnum):
    """What holds an organisation's pupils."""

    ARBOR = "arbor"
    BROMCOM = "bromcom"
    ISAMS = "isams"
    SIMS = "sims"
    OTHER = "other"
    PAPER = "paper"  # or spreadsheets of its own
    NOT_KNOWN = "not_known"


class MeansWhy(StrEnum):
    """Why a means is proposed as the least work that will do."""

    EXPORTS = "exports"  # its system writes Common Transfer Files
    ASKED_FOR = "asked_for"  # it says itself that this suits, and no other is less work
    FEW = "few"  # so few pupils that typing them is less work than a file
    MANY = "many"  # too many to type, as it had asked
    LIST_OF_SYSTEM = "list_of_system"  # every system saves a list
    LIST_KEPT = "list_kept"  # it keeps the list itself
    LIST_ANYHOW = "list_anyhow"  # whatever it has, a list can be made of it


class SchoolQuestion(StrEnum):
    """What a school is asked by its link, in this order."""

    CONTACT = "contact"
    SYSTEM = "system"
    WISH = "wish"
    STAFF = "staff"
    TRAINING = "training"
    SESSION = "session"


class TrainingHad(StrEnum):
    """What a school's staff were trained in before."""

    SAFEGUARDING = "safeguarding"
    DATA_PROTECTION = "data_protection"
    INFORMATION_SHARING = "information_sharing"
    NONE = "none"
    NOT_KNOWN = "not_known"


class SchoolDay(StrEnum):
    """When a session suits."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"


class PartOfDay(StrEnum):
    """At what time of the day a session suits."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    AFTER_SCHOOL = "after_school"


class AccessNeed(StrEnum):
    """What somebody needs so that they can take part in a session."""

    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    SIGN_LANGUAGE = "sign_language"
    LARGE_PRINT = "large_print"
    SCREEN_READER = "screen_reader"
    ONLINE = "online"


class Lack(StrEnum):
    """What keeps an organisation's rows from being applied."""

    OPENING = "opening"  # its authority takes in no data yet
    MEANS = "means"  # how it sends is not agreed
    TEST = "test"  # no test file of it was accepted
    SIGNATURE = "signature"  # the agreement is not signed
    AGREEMENT = "agreement"  # the agreement has ended


class AskedAgain(StrEnum):
    """Why another test file is asked for."""

    HELD = "held"  # too many rows cannot be sent as they are
    FACTS = "facts"  # too many rows lack an address, a carer or a number
    BIRTHS = "births"  # dates of birth look wrong
    CHILDREN = "children"  # it has fewer or more children than there are
    FORM = "form"  # it did not come in the way that is agreed


class Region(StrEnum):
    """The nine regions of England, as the schools register has them."""

    NORTH_EAST = "north_east"
    NORTH_WEST = "north_west"
    YORKSHIRE = "yorkshire_and_the_humber"
    EAST_MIDLANDS = "east_midlands"
    WEST_MIDLANDS = "west_midlands"
    EAST = "east_of_england"
    LONDON = "london"
    SOUTH_EAST = "south_east"
    SOUTH_WEST = "south_west"


class Stage(StrEnum):
    """How far an authority has come in: what has begun there."""

    NOTHING = "nothing"
    DATA = "data"
    SHIELDS = "shields"
    OPEN = "open"


class SchoolType(StrEnum):
    """By whom a school is run, as the schools register groups them."""

    MAINTAINED = "maintained"
    ACADEMY = "academy"
    INDEPENDENT = "independent"
    NON_MAINTAINED_SPECIAL = "non_maintained_special"
    COLLEGE = "college"
    OTHER = "other"


class Step(StrEnum):
    """What an organisation waits for until it is live, in this order."""

    FIRST_CONTACT = "first_contact"
    ANSWERS = "answers"
    MEANS = "means"
    TEST_FILE = "test_file"
    AGREEMENT = "agreement"
    PEOPLE = "people"
    TRAINING = "training"
    ACCREDITATION = "accreditation"
    LIVE = "live"


class Need(StrEnum):
    """The one thing that an organisation needs next."""

    CONTACT = "contact"
    EXPLAIN_DUTY = "explain_duty"
    ANSWER = "answer"
    OFFER_MEANS = "offer_means"
    ACCEPT_MEANS = "accept_means"
    SEND_TEST_FILE = "send_test_file"
    SWITCH_ON = "switch_on"
    JUDGE_TEST_FILE = "judge_test_file"
    SIGN = "sign"
    NAME_PEOPLE = "name_people"
    INVITE_PEOPLE = "invite_people"
    COME_TO_TRAINING = "come_to_training"
    BOOK_TRAINING = "book_training"
    ANSWER_ACCREDITATION = "answer_accreditation"
    DECIDE_ACCREDITATION = "decide_accreditation"
    OPENING_DAY = "opening_day"
    NOTHING = "nothing"


class WhoActs(StrEnum):
    """Whose move it is."""

    YOU = "you"  # the implementation manager
    SCHOOL = "school"
    THEIR_SUPPLIER = "their_supplier"
    ACCOUNT_MANAGER = "account_manager"
    NOBODY = "nobody"


class LetterKind(StrEnum):
    """Which letter an implementation manager sends."""

    FIRST = "first"
    REMINDER = "reminder"
    MEANS = "means"  # asks for the answers on how the organisation will send
    TRAINING = "training"


class LetterWay(StrEnum):
    """How a letter goes out."""

    PRINTED = "printed"
    EMAILED = "emailed"


class AccreditationQuestion(StrEnum):
    """What an organisation is asked before it is accredited."""

    MISUSE = "misuse"
    DEVICES = "devices"
    JOINERS = "joiners"
    LEAVERS = "leavers"
    ACCOUNT_MANAGER = "account_manager"
    CHECKS = "checks"
    TRAINING = "training"
    BREACHES = "breaches"


class AccreditationAnswer(StrEnum):
    """What it may answer; each question has its own few of these."""

    YES = "yes"
    OWN_STAFF = "own_staff"
    COUNCIL = "council"
    COMPANY = "company"
    SAME_DAY = "same_day"
    FIVE_DAYS = "five_days"
    TEN_DAYS = "ten_days"
    NOT_YET = "not_yet"


class Accrediting(StrEnum):
    """What was decided of an organisation."""

    ACCREDITED = "accredited"
    MISSING = "missing"  # it is asked again
    WITHDRAWN = "withdrawn"


class WithdrawnBecause(StrEnum):
    """Why an accreditation was withdrawn; a list, so that no accusation stands in free text."""

    MISUSE = "misuse"
    NOT_TRUE = "not_true"  # what it answered
    ASKED = "asked"  # the organisation itself
    AGREEMENT_ENDED = "agreement_ended"  # and none followed
    BY_MISTAKE = "by_mistake"  # it should not have been given


class TakenBackBecause(StrEnum):
    """Why an agreement that was recorded does not count."""

    OTHER_ORGANISATION = "other_organisation"
    WRONG_FACTS = "wrong_facts"
    NOT_SIGNED = "not_signed"


class Ending(StrEnum):
    """How near the end is of what lasts until a day."""

    ENDED = "ended"
    SOON = "soon"


class Training(StrEnum):
    """What somebody is trained for; also what a school names them for."""

    USERS = "users"  # who look for children
    ASSISTANTS = "assistants"
    MANAGERS = "managers"  # of the accounts of their school
    SUPPLIERS = "suppliers"


class Accessible(StrEnum):
    """What a training session offers to whoever needs it."""

    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    LARGE_PRINT = "large_print"
    SIGN_LANGUAGE = "sign_language"
    CAPTIONS = "captions"


class ContactBy(StrEnum):
    """How somebody of an organisation was contacted."""

    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    VIDEO = "video"


class ContactOutcome(StrEnum):
    """What came of a contact with an organisation; a list, so that nothing stands in free text."""

    NO_ANSWER = "no_answer"
    MESSAGE_LEFT = "message_left"
    WRONG_PERSON = "wrong_person"
    SENT = "sent"
    DUTY_EXPLAINED = "duty_explained"
    WILL_ANSWER = "will_answer"
    ASKED_US = "asked_us"
    MORE_TIME = "more_time"
    WILL_NOT = "will_not"


class NextStep(StrEnum):
    """What is to follow a contact with an organisation, by a day."""

    CALL = "call"
    WRITE = "write"
    VISIT = "visit"
    FIND_OUT = "find_out"  # whom to contact
    ANSWER_THEM = "answer_them"
    HEAR = "hear"  # from them


class Figure(StrEnum):
    """What is counted of a roll-out, in the order in which it is read."""

    LIVE = "live"
    ORGANISATIONS = "organisations"
    CONTACTED = "contacted"
    AGREED = "agreed"
    SUPPLYING = "supplying"
    OVERDUE = "overdue"
    CHILDREN_HELD = "children_held"
    CHILDREN_EXPECTED = "children_expected"
    ROLLS_NOT_KNOWN = "rolls_not_known"
    TRAINED = "trained"
    DAYS_HALF = "days_half"
    DAYS_SLOWEST = "days_slowest"


class Fault(StrEnum):
    """What is the matter with a supplied row."""

    WRONG = "wrong"  # it cannot be sent until it is put right
    TWICE = "twice"  # the file has the same child in another row
    UNUSUAL = "unusual"  # it may be right: somebody has to look


class Judgement(StrEnum):
    """What a supplied row is to a record: the same child, perhaps, or another child."""

    SAME = "same"
    MAYBE = "maybe"
    DIFFERENT = "different"


class SupplyState(StrEnum):
    """Where a supplier's file stands."""

    COLUMNS = "columns"  # what its columns mean is to be confirmed
    CHECKED = "checked"  # its faults are listed, and nothing is sent
    SENDING = "sending"
    STOPPED = "stopped"
    SENT = "sent"
    UNDOING = "undoing"
    UNDONE = "undone"


class RowState(StrEnum):
    """What became of a supplied row."""

    KEPT = "kept"  # not checked yet
    READY = "ready"
    HELD = "held"  # something in it has to be put right first
    SENT = "sent"
    WAITING = "waiting"  # a person has to say whose it is
    UNDONE = "undone"
    LEFT_OUT = "left_out"  # a person said that no record is to be made


class PairState(StrEnum):
    """What a person said of a row and a record."""

    WAITING = "waiting"
    SAME = "same"
    DIFFERENT = "different"
    OVER = "over"  # nothing is to be decided any longer: the file was undone, or the row found its record


class PairAnswer(StrEnum):
    """What a person may say of a row and a record."""

    SAME = "same"
    DIFFERENT = "different"
    LATER = "later"


class WhyHere(StrEnum):
    """Why somebody thinks that a child belongs in the directory of this area (Reg. 4)."""

    LIVES_HERE = "lives_here"
    LEARNS_HERE = "learns_here"
    HELPED_HERE = "helped_here"


class ToldAnswer(StrEnum):
    """What a person of the management team may say of a child whom somebody told them about."""

    NEW = "new"
    HELD = "held"  # the child has a record: it is put beside that one
    LEAVE_OUT = "leave_out"


class ChangeKind(StrEnum):
    """What somebody says has changed in a child's life."""

    DIED = "died"
    MOVED_AWAY = "moved_away"
    LEFT_SCHOOL = "left_school"
    NUMBER_FAILED = "number_failed"  # of somebody whom the record shows


class MovedTo(StrEnum):
    """Where a child has moved to, as far as the person knows who says so."""

    OTHER_AUTHORITY = "other_authority"
    ABROAD = "abroad"
    NOT_KNOWN = "not_known"


class ChangeAnswer(StrEnum):
    """What the management team found of it."""

    TRUE = "true"
    NOT_TRUE = "not_true"


class Reason(StrEnum):
    """Why a child is looked for. Every search has one; it carries over to the records opened from it."""

    WORKING_WITH = "working_with"
    MAY_NEED_HELP = "may_need_help"
    JOINING_OR_LEAVING = "joining_or_leaving"
    CORRECTING_RECORDS = "correcting_records"


class ShieldGround(StrEnum):
    """Why a place must stay unknown (the listed grounds; fame is none)."""

    DOMESTIC_ABUSE = "domestic-abuse"
    WITNESS_PROTECTION = "witness-protection"
    ADOPTION = "adoption"
    OTHER_SIGNIFICANT_HARM = "other-significant-harm"


class WhoAsked(StrEnum):
    """Who asked for a shield."""

    PARENT_OR_CARER = "parent_or_carer"
    PRACTITIONER = "practitioner"
    CHILD = "child"
    OURSELVES = "ourselves"


class Considered(StrEnum):
    """What was decided of a child who had to be thought of when another one was shielded."""

    TOO = "too"  # shielded with it
    CHECKED = "considered"
    TOLD = "told"  # the other authority that answers for the child


class OverrideReason(StrEnum):
    """Why the hidden parts of a shielded record cannot wait for the management team."""

    IMMEDIATE_DANGER = "immediate_danger"
    SECTION_47 = "section_47"
    COURT_OR_POLICE = "court_or_police"


class OverrideFinding(StrEnum):
    """What a reviewer found of an override; `need_answer` leaves it open until the person has answered."""

    RIGHT = "right"
    NEED_ANSWER = "need_answer"
    NOT_RIGHT = "not_right"


class OverrideAnswer(StrEnum):
    """What the person says of their override when a reviewer asks."""

    ON_DUTY = "on_duty"
    NAMED_IN_ORDER = "named_in_order"
    NOBODY_REACHED = "nobody_reached"
    BY_MISTAKE = "by_mistake"


class SensitiveGround(StrEnum):
    """Reg. 11(3): on what a sensitive service may be recorded. The last is rare, and always reviewed."""

    CHILD = "child"
    PARENT = "parent"
    SUSPECTED_HARM = "suspected_harm"


class ContactAbout(StrEnum):
    """Whom the management team is asked to reach."""

    SERVICES = "services"
    FAMILY = "family"


class ContactReason(StrEnum):
    """Why a practitioner asks to be put in touch."""

    WORRIED = "worried"
    PLANNING = "planning"
    SAME_WORK = "same_work"
    ARRANGING = "arranging"


class Reach(StrEnum):
    """How the person who asks wants to be reached."""

    PHONE = "phone"
    EMAIL = "email"
    EITHER = "either"


class ContactState(StrEnum):
    """Where a request for contact stands. Only the management team knows; who asked reads `broker_reply`."""

    ASKED = "asked"
    WITH_TEAM = "with_team"
    PASSED = "passed"
    AGREED = "agreed"
    DECLINED = "declined"
    CLOSED = "closed"


class ContactEvent(StrEnum):
    """What moves a request for contact on."""

    TAKE = "take"
    PASS_ON = "pass_on"  # noqa: S105
    AGREE = "agree"
    DECLINE = "decline"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CLOSE = "close"


class Requester(StrEnum):
    """Who asks what a record says, or who looked at it."""

    CHILD = "child_who_understands"
    PARENT = "parent_with_responsibility"
    PARENT_WITHOUT = "parent_without_responsibility"
    OTHER = "other"


class Asking(StrEnum):
    """What somebody asks about a record."""

    LOOKS = "looks"  # who looked at it
    COPY = "what_it_says"  # subject access


class IdentityChecked(StrEnum):
    """By what the management team made sure who somebody is; no copy of it is kept."""

    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    CITIZEN_CARD = "citizen_card"  # a card with a photograph, for a young person
    KNOWN = "known"  # somebody of a school or service who knows them said so, face to face
    NOT_CHECKED = "not_checked"


class ResponsibilityChecked(StrEnum):
    """By what they made sure that somebody has parental responsibility."""

    BIRTH_CERTIFICATE = "birth_certificate"
    COURT_ORDER = "court_order"
    AGREEMENT = "agreement"  # a parental responsibility agreement
    ADOPTION = "adoption_certificate"
    NOT_CHECKED = "not_checked"


class PlaceSafe(StrEnum):
    """Whether somebody may learn where the child is."""

    SAFE = "safe"
    NOT_SAFE = "not_safe"
    NOT_KNOWN = "not_known"


class LookKind(StrEnum):
    """What a look at a record would tell whoever reads of it."""

    ORDINARY = "ordinary"
    REVEALS_PLACE = "reveals_place"
    REVEALS_SENSITIVE = "reveals_sensitive"
    OTHERS_ACT = "others_act"
    INVESTIGATION = "investigation"


class CopyItem(StrEnum):
    """What a copy of a record may have in it."""

    IDENTITY = "identity"
    OTHER_NAMES = "other_names"
    ADDRESS = "address"
    WORKERS = "workers"  # by what they do and where, never by name
    CARERS = "carers"  # names, and no way to reach them
    NUMBERS = "numbers"
    SENSITIVE = "sensitive"


class CopyAnswer(StrEnum):
    """What the second person says of a copy that the first one prepared."""

    RELEASE = "release"
    NOT_CHECKED = "not_checked"
    HARM = "harm"  # it could harm somebody
    WITHDRAWN = "withdrawn"  # nobody wants it any longer


class DisclosureGround(StrEnum):
    """Reg. 12: on what a record may be given out of the system."""

    COURT_ORDER = "court_order"
    LAW = "law"
    CRIME = "crime"
    PROSECUTION = "prosecution"
    SECTION_47 = "section_47"
    SAFEGUARDING_BOARD = "safeguarding_board"


class Part(StrEnum):
    """A part of a record that may be shown or withheld as one."""

    IDENTITY = "identity"  # name, gender, date of birth, number: all that a shielded record shows
    OTHER_NAMES = "other_names"
    LOCATION = "location"
    CARERS = "carers"
    INVOLVEMENTS = "involvements"
    EDUCATION_NUMBERS = "education_numbers"
    HEALTH_NUMBERS = "health_numbers"
    OWN_SENSITIVE = "own_sensitive"  # what the reader's own service recorded
    SENSITIVE = "sensitive"  # what any sensitive service recorded: the management team alone


class Duty(StrEnum):
    """What follows from being allowed."""

    AUDIT = "audit"
    REASON = "reason"
    LIMIT = "limit"  # counts against the look-up budget
    STEP_UP = "step_up"  # a second factor given in the last five minutes
    ALERT = "alert"  # a reviewer is told


class Right(StrEnum):
    """What may be granted besides a role."""

    OVERRIDE = "override"


class LinkKind(StrEnum):
    """What a printed single-use link lets its one reader do."""

    JOIN = "join"
    PASSWORD = "password"  # noqa: S105
    FACTOR = "factor"


class SuspendedBecause(StrEnum):
    """Why an account was suspended; a list, so that no accusation stands in free text."""

    UNUSUAL_USE = "unusual_use"
    EMPLOYER_ASKED = "employer_asked"
    LONG_LEAVE = "long_leave"
    OWN_WISH = "own_wish"
    LEFT = "left"
    REMOVED_IN_REVIEW = "removed_in_review"
    RESTORED = "restored"
    """It was shut, or lost a role or right, after the backup was made that stands now."""


class AlertKind(StrEnum):
    """Why a reviewer is asked to look."""

    MANY_LOOK_UPS = "many_look_ups"
    URGENT_LOOK_UP = "urgent_look_up"
    LIMIT_REACHED = "limit_reached"
    LIMITS_CHANGED = "limits_changed"
    WITHOUT_CONSENT = "without_consent"
    PHASE_SET = "phase_set"


class Finding(StrEnum):
    """What a reviewer found."""

    IN_ORDER = "in_order"
    SPOKEN_TO = "spoken_to"
    MISUSE = "misuse"


class CriteriaReason(StrEnum):
    """For which review a reviewer reads what was searched for."""

    ALERT = "alert"
    OVERRIDE = "override"
    COMPLAINT = "complaint"
    RANDOM_CHECK = "random_check"
    INVESTIGATION = "investigation"


class LogGroup(StrEnum):
    """What somebody wants to read of the log."""

    FIRST = "first"  # what is to be looked at before anything else
    SEARCHES = "searches"
    RECORDS = "records"  # opened or printed
    CHANGES = "changes"  # to records, and whoever works with a child
    PROTECTION = "protection"
    CONTACT = "contact"
    REQUESTS = "requests"  # of families, and what was given out
    ENDS = "ends"  # of records
    ACCOUNTS = "accounts"
    SUPPLY = "supply"
    ROLL_OUT = "roll_out"
    REVIEWS = "reviews"  # alerts and overrides judged, the log looked at


class EntryShown(StrEnum):
    """How much of an entry a reviewer is shown."""

    WHOLE = "whole"
    PLACE = "place"  # which organisation it was, and not who
    NOTHING = "nothing"


class MoreReason(StrEnum):
    """Why somebody looks at more children outside their own list than most weeks ask for."""

    DUTY_DESK = "duty_desk"
    NEW_WORK = "new_work"
    COVERING = "covering"
    SERVICE_WIDE = "service_wide"


class Outcome(StrEnum):
    """What a search came to."""

    NONE = "none"
    ROWS = "rows"
    TOO_MANY = "too_many"


class Decision(StrEnum):
    ALLOWED = "allowed"
    REFUSED = "refused"


class NoteKind(StrEnum):
    """What was signed of the audit (C2SP signed-note)."""

    KEY = "key"  # which key signs from now on
    CHECKPOINT = "checkpoint"  # how large the log is, and the root of its tree
    COSIGNED = "cosigned"  # a checkpoint with the signatures of witnesses


class Act(StrEnum):
    """Everything a person can do. Every endpoint declares one; every audit entry names one."""

    READ_PUBLIC = "read_public"
    SIGN_IN = "sign_in"
    GIVE_CODE = "give_code"
    SIGN_OUT = "sign_out"
    STAY_SIGNED_IN = "stay_signed_in"
    SEE_ACCOUNT = "see_account"
    ENROL_FACTOR = "enrol_factor"
    PREPARE_SEARCH = "prepare_search"
    SEARCH = "search"
    SEE_RESULTS = "see_results"
    PREPARE_FAMILY_SEARCH = "prepare_family_search"
    SEARCH_FAMILY = "search_family"
    SEE_REASON = "see_reason"
    OPEN_RECORD = "open_record"
    PRINT_RECORD = "print_record"
    PREPARE_INVOLVEMENT = "prepare_involvement"
    RECORD_INVOLVEMENT = "record_involvement"
    TAKE_LEAD = "take_lead"
    END_INVOLVEMENT = "end_involvement"
    WITHDRAW_INVOLVEMENT = "withdraw_involvement"
    CONFIRM_INVOLVEMENT = "confirm_involvement"
    SEE_OWN_INVOLVEMENTS = "see_own_involvements"
    GIVE_MORE_REASON = "give_more_reason"
    SEE_SHIELDS = "see_shields"
    PREPARE_SHIELD = "prepare_shield"
    SHIELD = "shield"
    KEEP_SHIELD = "keep_shield"
    ASK_LIFT = "ask_lift"
    LIFT_SHIELD = "lift_shield"
    PREPARE_IDENTITY = "prepare_identity"
    MAKE_IDENTITY = "make_identity"
    SEE_SEALS = "see_seals"
    PREPARE_SEAL = "prepare_seal"
    ASK_SEAL = "ask_seal"
    SEAL_IDENTITY = "seal_identity"
    ASK_OLD_IDENTITY = "ask_old_identity"
    AGREE_OLD_IDENTITY = "agree_old_identity"
    OPEN_OLD_IDENTITY = "open_old_identity"
    PREPARE_MERGE = "prepare_merge"
    MERGE = "merge"
    PREPARE_OVERRIDE = "prepare_override"
    OVERRIDE = "override"
    SEE_TIME_LEFT = "see_time_left"
    LEAVE_OVERRIDE = "leave_override"
    SEE_OWN_OVERRIDES = "see_own_overrides"
    ANSWER_OVERRIDE = "answer_override"
    SEE_OVERRIDES = "see_overrides"
    REVIEW_OVERRIDE = "review_override"
    SEE_SERVICES = "see_services"
    DECLARE_SERVICE = "declare_service"
    SEE_CREDENTIALS = "see_credentials"
    MAKE_CREDENTIAL = "make_credential"
    REVOKE_CREDENTIAL = "revoke_credential"
    SEE_NEUTRAL_LINE = "see_neutral_line"
    SET_NEUTRAL_LINE = "set_neutral_line"
    PREPARE_SENSITIVE = "prepare_sensitive"
    RECORD_SENSITIVE = "record_sensitive"
    SEE_SENSITIVE = "see_sensitive"
    WITHDRAW_SENSITIVE = "withdraw_sensitive"
    PREPARE_CONTACT = "prepare_contact"
    ASK_CONTACT = "ask_contact"
    SEE_OWN_CONTACTS = "see_own_contacts"
    SEE_CONTACTS = "see_contacts"
    STEP_CONTACT = "step_contact"
    SEE_PASSED_CONTACTS = "see_passed_contacts"
    ANSWER_CONTACT = "answer_contact"
    USE_LINK = "use_link"
    ASK_TO_JOIN = "ask_to_join"
    CHOOSE_ROLE = "choose_role"
    STEP_UP = "step_up"
    CHANGE_PASSWORD = "change_password"  # noqa: S105
    READ_PROCEDURES = "read_procedures"
    RECORD_TRAINING = "record_training"
    SIGN_AGREEMENT = "sign_agreement"
    SEE_ACCOUNTS = "see_accounts"
    EXPORT_ACCOUNTS = "export_accounts"
    SEE_ONE_ACCOUNT = "see_one_account"
    PREVIEW_ACCOUNT = "preview_account"
    PREPARE_INVITATION = "prepare_invitation"
    INVITE = "invite"
    CHANGE_ACCOUNT = "change_account"
    GRANT = "grant"
    END_GRANT = "end_grant"
    APPROVE = "approve"
    PRINT_LINK = "print_link"
    SUSPEND_ACCOUNT = "suspend_account"
    RESTORE_ACCOUNT = "restore_account"
    CLOSE_ACCOUNT = "close_account"
    SEE_ACCOUNT_REVIEW = "see_account_review"
    REVIEW_ACCOUNTS = "review_accounts"
    ANSWER_JOIN_REQUEST = "answer_join_request"
    ANSWER_LIMIT = "answer_limit"
    SET_LIMITS = "set_limits"
    SEE_HANDOVERS = "see_handovers"
    HAND_OVER = "hand_over"
    SEE_ALERTS = "see_alerts"
    CLOSE_ALERT = "close_alert"
    PREPARE_LOG = "prepare_log"
    SEE_LOG = "see_log"
    PRINT_LOG = "print_log"
    READ_CRITERIA = "read_criteria"  # what was searched for
    SEE_OWN_LOG = "see_own_log"
    SEE_SUPPLY = "see_supply"
    RECEIVE_FILE = "receive_file"
    SEE_FILE = "see_file"
    SEE_PROGRESS = "see_progress"
    CONFIRM_COLUMNS = "confirm_columns"
    SEND_FILE = "send_file"
    STOP_FILE = "stop_file"
    UNDO_FILE = "undo_file"
    TAKE_FIX_LIST = "take_fix_list"
    SEND_ROWS = "send_rows"  # by another system, with its credential
    SUPPLY = "supply"  # a record is changed by what a file says
    SEE_PAIRS = "see_pairs"
    JUDGE_PAIR = "judge_pair"
    SEE_SUPPLIERS = "see_suppliers"
    SET_FREQUENCY = "set_frequency"
    SET_THRESHOLDS = "set_thresholds"
    PREPARE_DISPUTE = "prepare_dispute"
    DISPUTE = "dispute"
    WITHDRAW_DISPUTE = "withdraw_dispute"
    SEE_OWN_DISPUTES = "see_own_disputes"
    SEE_DISPUTES = "see_disputes"
    DECIDE_DISPUTE = "decide_dispute"
    PREPARE_TELLING = "prepare_telling"
    TELL = "tell"
    SEE_OWN_TOLD = "see_own_told"
    SEE_TOLD = "see_told"
    JUDGE_TOLD = "judge_told"
    PREPARE_CHANGE = "prepare_change"
    TELL_CHANGE = "tell_change"
    SEE_CHANGES = "see_changes"
    JUDGE_CHANGE = "judge_change"
    SEE_PHASES = "see_phases"
    SET_PHASE = "set_phase"
    OPEN_AUTHORITY = "open_authority"  # its day has come, and somebody can shield there
    CARRY_ON = "carry_on"
    SEE_SCHOOL_ANSWERS = "see_school_answers"
    MAKE_SCHOOL_LINK = "make_school_link"
    ANSWER_AS_SCHOOL = "answer_as_school"
    SEE_MEANS = "see_means"
    OFFER_MEANS = "offer_means"
    AGREE_MEANS = "agree_means"
    SEE_TEST_FILE = "see_test_file"
    JUDGE_TEST_FILE = "judge_test_file"
    SEE_AGREEMENTS = "see_agreements"
    RECORD_AGREEMENT = "record_agreement"
    TAKE_BACK_AGREEMENT = "take_back_agreement"
    SEE_ACCREDITATION = "see_accreditation"
    ANSWER_ACCREDITATION = "answer_accreditation"
    ACCREDIT = "accredit"
    WITHDRAW_ACCREDITATION = "withdraw_accreditation"
    SEE_AUTHORITIES = "see_authorities"
    ACCREDIT_AUTHORITY = "accredit_authority"
    WITHDRAW_AUTHORITY = "withdraw_authority"
    SEE_REGION = "see_region"
    PRACTISE = "practise"
    SEE_PEOPLE = "see_people"
    NAME_PEOPLE = "name_people"
    SEE_TRAINING = "see_training"
    ARRANGE_TRAINING = "arrange_training"
    RECORD_ATTENDANCE = "record_attendance"
    SEE_TRAINING_NEEDS = "see_training_needs"
    SET_CLUSTER = "set_cluster"
    SEE_REGION_TRAINING = "see_region_training"
    SEE_SCHOOLS = "see_schools"
    SEE_SCHOOL = "see_school"
    KEEP_SCHOOL_CONTACT = "keep_school_contact"
    LOG_CONTACT = "log_contact"
    SEE_FIGURES = "see_figures"
    SEE_NATIONAL_FIGURES = "see_national_figures"
    LOAD_DEMONSTRATION = "load_demonstration"
    KEEP_REGISTER = "keep_register"
    SET_UP = "set_up"
    SEE_ENDING = "see_ending"  # whose records end soon
    SEE_HOLDS = "see_holds"
    PREPARE_HOLD = "prepare_hold"
    SEE_HOLD = "see_hold"
    ASK_HOLD = "ask_hold"
    ANSWER_HOLD = "answer_hold"
    PREPARE_STAY = "prepare_stay"
    RECORD_STAY = "record_stay"
    WITHDRAW_STAY = "withdraw_stay"
    ARCHIVE = "archive"  # a record's day has come
    DESTROY = "destroy"  # six years later
    SEE_ARCHIVE = "see_archive"
    FIND_ARCHIVED = "find_archived"
    PREPARE_ARCHIVED = "prepare_archived"  # for two to read it together
    ASK_ARCHIVED = "ask_archived"
    ANSWER_ARCHIVED = "answer_archived"
    READ_ARCHIVED = "read_archived"
    PRINT_ARCHIVED = "print_archived"
    SEE_LETTERS = "see_letters"
    MAKE_LETTERS = "make_letters"
    FIND_LOCAL_CONTACT = "find_local_contact"
    SEE_FAMILY_REQUESTS = "see_family_requests"
    PREPARE_FAMILY_REQUEST = "prepare_family_request"
    MAKE_FAMILY_REQUEST = "make_family_request"
    SEE_FAMILY_REQUEST = "see_family_request"  # the letter, or the copy
    ANSWER_FAMILY_REQUEST = "answer_family_request"
    SEE_DISCLOSURES = "see_disclosures"
    EXPORT_DISCLOSURES = "export_disclosures"
    PREPARE_DISCLOSURE = "prepare_disclosure"
    ASK_DISCLOSURE = "ask_disclosure"
    SEE_DISCLOSURE = "see_disclosure"
    ANSWER_DISCLOSURE = "answer_disclosure"
    SEE_DISCLOSED = "see_disclosed"  # what is given out


CHANGES = frozenset(
    {
        Act.SIGN_IN, Act.GIVE_CODE, Act.SIGN_OUT, Act.STAY_SIGNED_IN, Act.ENROL_FACTOR, Act.USE_LINK, Act.ASK_TO_JOIN,
        Act.CHOOSE_ROLE, Act.STEP_UP, Act.CHANGE_PASSWORD, Act.READ_PROCEDURES, Act.RECORD_TRAINING,
        Act.SIGN_AGREEMENT,
        Act.SEARCH, Act.SEARCH_FAMILY, Act.OPEN_RECORD, Act.GIVE_MORE_REASON,
        Act.SHIELD, Act.KEEP_SHIELD, Act.ASK_LIFT, Act.LIFT_SHIELD,
        Act.MAKE_IDENTITY, Act.ASK_SEAL, Act.SEAL_IDENTITY, Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY, Act.MERGE,
        Act.OVERRIDE, Act.LEAVE_OVERRIDE, Act.ANSWER_OVERRIDE, Act.REVIEW_OVERRIDE,
        Act.DECLARE_SERVICE, Act.SET_NEUTRAL_LINE, Act.RECORD_SENSITIVE, Act.WITHDRAW_SENSITIVE,
        Act.ASK_CONTACT, Act.STEP_CONTACT, Act.ANSWER_CONTACT,
        Act.RECORD_INVOLVEMENT, Act.TAKE_LEAD, Act.END_INVOLVEMENT, Act.WITHDRAW_INVOLVEMENT, Act.CONFIRM_INVOLVEMENT,
        Act.SEE_ACCOUNTS,
        Act.INVITE, Act.CHANGE_ACCOUNT, Act.GRANT, Act.END_GRANT, Act.APPROVE, Act.PRINT_LINK, Act.SUSPEND_ACCOUNT,
        Act.RESTORE_ACCOUNT, Act.CLOSE_ACCOUNT, Act.REVIEW_ACCOUNTS, Act.ANSWER_JOIN_REQUEST, Act.ANSWER_LIMIT,
        Act.SET_LIMITS, Act.HAND_OVER, Act.CLOSE_ALERT, Act.SEE_LOG, Act.READ_CRITERIA,
        Act.RECEIVE_FILE, Act.CONFIRM_COLUMNS, Act.SEND_FILE, Act.STOP_FILE, Act.UNDO_FILE, Act.SUPPLY, Act.JUDGE_PAIR,
        Act.SEND_ROWS, Act.MAKE_CREDENTIAL, Act.REVOKE_CREDENTIAL,
        Act.SET_FREQUENCY, Act.SET_THRESHOLDS,
        Act.DISPUTE, Act.WITHDRAW_DISPUTE, Act.DECIDE_DISPUTE,
        Act.TELL, Act.JUDGE_TOLD, Act.TELL_CHANGE, Act.JUDGE_CHANGE,
        Act.SET_PHASE, Act.OPEN_AUTHORITY, Act.CARRY_ON, Act.MAKE_SCHOOL_LINK, Act.ANSWER_AS_SCHOOL,
        Act.OFFER_MEANS, Act.AGREE_MEANS, Act.JUDGE_TEST_FILE, Act.RECORD_AGREEMENT, Act.TAKE_BACK_AGREEMENT,
        Act.ANSWER_ACCREDITATION, Act.ACCREDIT, Act.WITHDRAW_ACCREDITATION, Act.ACCREDIT_AUTHORITY,
        Act.WITHDRAW_AUTHORITY, Act.PRACTISE, Act.NAME_PEOPLE, Act.ARRANGE_TRAINING, Act.RECORD_ATTENDANCE,
        Act.SET_CLUSTER, Act.KEEP_SCHOOL_CONTACT, Act.LOG_CONTACT,
        Act.LOAD_DEMONSTRATION, Act.KEEP_REGISTER, Act.SET_UP, Act.ARCHIVE, Act.DESTROY,
        Act.ASK_HOLD, Act.ANSWER_HOLD, Act.RECORD_STAY, Act.WITHDRAW_STAY,
        Act.FIND_ARCHIVED, Act.ASK_ARCHIVED, Act.ANSWER_ARCHIVED,
        Act.MAKE_LETTERS, Act.FIND_LOCAL_CONTACT,
        Act.MAKE_FAMILY_REQUEST, Act.ANSWER_FAMILY_REQUEST, Act.ASK_DISCLOSURE, Act.ANSWER_DISCLOSURE,
    }
)  # fmt: skip
"""Acts that an unsafe method (POST) may carry; the start-up check refuses any other.

The list of people is one, the log another: whom to look for is posted, so that it stands in no address.
"""
