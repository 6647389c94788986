"""Which role has which act, as a table written from the law, the design and the issues, not from the rule.

What the table cannot say, the model in `model_of_access.py` says. Where the sources are silent, the row takes the
reading that is safer for the child; where both readings are safe, it leaves the answer open.
"""

from dataclasses import dataclass

from cp.terms import Act, Role

# who: `all` everybody, `self` whoever is signed in, else the letters of the roles; `-` nobody over the web. A small
# letter: the sources leave open whether that role has it.
# about: a child, an account, or nothing.
# code: does it take a code from the last five minutes? alert: is a reviewer told? `?` where the sources leave it open.
TABLE = """
act                   who    about    code  alert
read_public           all    -        no    no
sign_in               all    -        no    no
give_code             all    -        no    no
sign_out              all    -        no    no
use_link              all    -        no    no
ask_to_join           all    -        no    no
choose_role           all    -        no    no
stay_signed_in        self   -        no    no
step_up               self   -        no    no
see_account           self   -        no    no
read_procedures       self   -        no    no
record_training       self   -        no    no
sign_agreement        self   -        no    no
change_password       self   -        yes   no
enrol_factor          self   -        ?     no
prepare_search        PAM    -        no    no
search                PAM    -        no    no
see_results           PAM    -        no    no
prepare_family_search PM     -        no    no
search_family         PM     -        no    no
see_reason            PAM    child    no    no
give_more_reason      PAM    child    no    no
open_record           PAM    child    no    no
print_record          PAM    child    no    no
prepare_involvement   PA     child    no    no
record_involvement    PA     child    no    no
take_lead             PA     child    no    no
end_involvement       PA     child    no    no
withdraw_involvement  PA     child    no    no
confirm_involvement   PA     child    no    no
see_own_involvements  PA     -        no    no
see_shields           M      -        no    no
prepare_shield        M      child    no    no
shield                M      child    ?     ?
keep_shield           M      child    ?     ?
ask_lift              M      child    yes   ?
lift_shield           M      child    yes   ?
prepare_identity      M      -        ?     no
make_identity         M      -        ?     ?
see_seals             M      -        ?     no
prepare_seal          M      child    ?     no
ask_seal              M      child    yes   ?
seal_identity         M      child    yes   ?
ask_old_identity      M      child    yes   ?
agree_old_identity    M      child    yes   ?
open_old_identity     M      child    ?     ?
prepare_merge         M      child    no    no
merge                 M      child    ?     ?
prepare_override      P      child    no    no
override              P      child    ?     yes
see_time_left         P      child    no    no
leave_override        P      child    no    no
see_own_overrides     P      -        no    no
answer_override       P      -        ?     no
see_overrides         RM     -        no    no
review_override       R      -        ?     no
see_services          U      -        no    no
declare_service       U      -        yes   ?
see_credentials       U      -        no    no
make_credential       U      -        yes   ?
revoke_credential     U      -        ?     ?
see_neutral_line      mu     -        no    no
set_neutral_line      mu     -        ?     ?
prepare_sensitive     PA     child    no    no
record_sensitive      PA     child    ?     ?
see_sensitive         PAm    -        no    no
withdraw_sensitive    PA     child    no    no
prepare_contact       PA     child    no    no
ask_contact           PA     child    no    no
see_own_contacts      PA     -        no    no
see_contacts          M      child    no    no
step_contact          M      child    ?     no
see_passed_contacts   PA     -        no    no
answer_contact        PA     child    no    no
see_handovers         M      child    no    no
hand_over             M      child    ?     no
see_accounts          UN     -        no    no
export_accounts       UN     -        yes   ?
see_one_account       UN     account  no    no
preview_account       UN     account  no    no
prepare_invitation    UN     -        ?     no
invite                UN     -        ?     ?
change_account        UN     account  ?     ?
grant                 UN     account  yes   ?
end_grant             UN     account  ?     ?
approve               UN     account  yes   ?
print_link            UN     account  yes   ?
suspend_account       UN     account  ?     ?
restore_account       UN     account  ?     ?
close_account         UN     account  ?     ?
see_account_review    UN     -        no    no
review_accounts       UN     account  ?     ?
answer_join_request   U      -        ?     ?
answer_limit          U      account  ?     ?
set_limits            U      -        yes   yes
see_alerts            R      -        no    no
close_alert           R      -        ?     no
prepare_log           R      -        no    no
see_log               R      -        no    no
print_log             R      -        no    no
read_criteria         R      -        ?     no
see_own_log           self   -        no    no
see_supply            S      -        no    no
receive_file          S      -        no    no
see_file              S      -        no    no
see_progress          S      -        no    no
confirm_columns       S      -        no    no
send_file             S      -        no    no
stop_file             S      -        no    no
undo_file             S      -        no    no
take_fix_list         S      -        no    no
send_rows             all    -        no    no
supply                -      -        ?     ?
see_pairs             M      child    no    no
judge_pair            M      child    ?     ?
see_suppliers         M      -        no    no
set_frequency         M      -        no    no
set_thresholds        M      -        ?     ?
prepare_dispute       PAM    child    no    no
dispute               PAM    child    no    no
withdraw_dispute      PAM    child    no    no
see_own_disputes      PAM    -        no    no
see_disputes          M      child    no    no
decide_dispute        M      child    ?     ?
prepare_telling       PA     -        no    no
tell                  PA     -        no    no
see_own_told          PA     -        no    no
see_told              M      -        no    no
judge_told            M      -        ?     ?
prepare_change        PA     child    no    no
tell_change           PA     child    ?     no
see_changes           M      child    no    no
judge_change          M      child    ?     ?
see_phases            IGN    -        no    no
set_phase             N      -        yes   ?
open_authority        -      -        ?     ?
carry_on              I      -        ?     no
see_school_answers    I      -        no    no
make_school_link      I      -        ?     no
answer_as_school      all    -        no    no
see_means             I      -        no    no
offer_means           I      -        ?     ?
agree_means           I      -        ?     ?
see_test_file         I      -        no    no
judge_test_file       I      -        ?     ?
see_agreements        I      -        no    no
record_agreement      I      -        ?     no
take_back_agreement   I      -        ?     no
see_accreditation     IM     -        no    no
answer_accreditation  I      -        ?     no
accredit              I      -        ?     ?
withdraw_accreditation IM    -        ?     ?
see_authorities       N      -        no    no
accredit_authority    N      -        ?     ?
withdraw_authority    N      -        ?     ?
see_region            G      -        no    no
practise              self   -        no    no
see_people            I      -        no    no
name_people           I      -        no    no
see_training          I      -        no    no
arrange_training      I      -        no    no
record_attendance     I      -        no    no
see_training_needs    I      -        no    no
set_cluster           I      -        no    no
see_region_training   G      -        no    no
see_schools           I      -        no    no
see_school            I      -        no    no
keep_school_contact   I      -        ?     ?
log_contact           I      -        ?     ?
see_figures           I      -        no    no
see_national_figures  NG     -        no    no
load_demonstration    -      -        ?     ?
keep_register         -      -        ?     ?
set_up                -      -        ?     ?
see_ending            M      -        no    no
see_holds             M      -        no    no
prepare_hold          M      -        no    no
see_hold              M      -        no    no
ask_hold              M      child    yes   ?
answer_hold           M      child    yes   ?
prepare_stay          M      child    no    no
record_stay           M      child    yes   ?
withdraw_stay         M      child    yes   ?
archive               -      -        ?     ?
destroy               -      -        ?     ?
see_archive           M      -        no    no
find_archived         M      child    ?     no
prepare_archived      M      child    no    no
ask_archived          M      child    yes   no
answer_archived       M      child    yes   no
read_archived         M      child    ?     no
print_archived        M      child    ?     no
see_letters           I      -        no    no
make_letters          I      -        ?     ?
find_local_contact    all    -        no    no
see_family_requests   M      -        no    no
prepare_family_request M     child    no    no
make_family_request   M      child    ?     no
see_family_request    M      child    no    no
answer_family_request M      child    yes   no
see_disclosures       RM     -        no    no
export_disclosures    RM     -        ?     no
prepare_disclosure    M      child    no    no
ask_disclosure        M      child    ?     no
see_disclosure        RM     -        no    no
answer_disclosure     M      child    yes   no
see_disclosed         M      child    ?     no
"""

LETTERS = {
    Role.PRACTITIONER: "P", Role.ASSISTANT: "A", Role.MANAGEMENT_TEAM: "M", Role.ACCOUNT_MANAGER: "U",
    Role.NATIONAL_ADMINISTRATOR: "N", Role.REVIEWER: "R", Role.SUPPLIER: "S", Role.IMPLEMENTATION_MANAGER: "I",
    Role.REGIONAL_COORDINATOR: "G",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    who: str
    about: str
    code: str
    alert: str


ROWS = {
    Act(act): Row(who, about, code, alert)
    for act, who, about, code, alert in (line.split() for line in TABLE.split("\n")[2:-1])
}
OF_FAMILIES = {
    "prepare_family_request", "make_family_request", "see_family_request", "answer_family_request",
    "prepare_disclosure", "ask_disclosure", "answer_disclosure", "see_disclosed",
}  # fmt: skip
"""What a team does about its own authority's records alone, for a family or for whoever may ask under Reg. 12."""
