from django.urls import path

from jukwaa.drafting.views import (
    agreement as agreeing,
)
from jukwaa.drafting.views import (
    clause_editing,
    clause_restructuring,
    editions,
    evidence,
    glossary,
    input_entry,
    inputs,
    response_matrix,
    revisions,
    silence_procedure,
    text_creation,
    text_pages,
    texts,
    word_files,
)
from jukwaa.drafting.views import (
    clause_history as tracing,
)
from jukwaa.drafting.views import (
    consultations as asking,
)
from jukwaa.drafting.views import (
    responses as answering,
)

CLAUSE_ROUTE_PREFIX = "<int:pk>/clauses/<int:number>/"

app_name = "drafting"
urlpatterns = [
    path("", text_pages.text_list, name="text_list"),
    path("new/", text_creation.text_new, name="text_new"),
    path("new/file/", text_creation.text_import, name="text_bring"),
    path("glossary/", glossary.glossary_term_list, name="term_list"),
    path("glossary/new/", glossary.glossary_term_new, name="term_new"),
    path("glossary/<int:pk>/", glossary.glossary_term_edit, name="term_edit"),
    path("evidence/<int:pk>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path("<int:pk>/", text_pages.text_detail, name="text_detail"),
    path("<int:pk>/edit/", texts.text_edit, name="text_edit"),
    path("<int:pk>/open/", texts.text_open_to_members, name="text_open"),
    path("<int:pk>/drafters/", texts.text_drafter_list, name="text_drafters"),
    path("<int:pk>/drafters/<int:person>/invite/", texts.text_drafter_invite, name="drafter_invite"),
    path("<int:pk>/revisions/", revisions.revision_list, name="revision_list"),
    path("<int:pk>/revisions/new/", revisions.revision_new, name="revision_new"),
    path("<int:pk>/revisions/<int:number>/", revisions.revision_detail, name="revision_detail"),
    path("<int:pk>/compare/", revisions.revision_compare, name="text_compare"),
    path("<int:pk>/write/", clause_editing.text_write, name="text_write"),
    path("<int:pk>/write/removed/", clause_restructuring.removed_clause_list, name="removed_list"),
    path("<int:pk>/clauses/add/", clause_editing.clause_add, name="clause_add"),
    path(CLAUSE_ROUTE_PREFIX, text_pages.clause_detail, name="clause_detail"),
    path(f"{CLAUSE_ROUTE_PREFIX}current/", clause_restructuring.clause_current, name="clause_now"),
    path(f"{CLAUSE_ROUTE_PREFIX}edit/", clause_editing.clause_edit, name="clause_edit"),
    path(f"{CLAUSE_ROUTE_PREFIX}save/", clause_editing.clause_save, name="clause_save"),
    path(f"{CLAUSE_ROUTE_PREFIX}up/", clause_editing.clause_move_up, name="clause_up"),
    path(f"{CLAUSE_ROUTE_PREFIX}down/", clause_editing.clause_move_down, name="clause_down"),
    path(f"{CLAUSE_ROUTE_PREFIX}move/", clause_editing.clause_move, name="clause_move"),
    path(f"{CLAUSE_ROUTE_PREFIX}split/", clause_restructuring.clause_split, name="clause_split"),
    path(f"{CLAUSE_ROUTE_PREFIX}merge/", clause_restructuring.clause_merge, name="clause_merge"),
    path(f"{CLAUSE_ROUTE_PREFIX}remove/", clause_restructuring.clause_remove, name="clause_remove"),
    path(f"{CLAUSE_ROUTE_PREFIX}wordings/", clause_restructuring.clause_wording_history, name="clause_history"),
    path(
        f"{CLAUSE_ROUTE_PREFIX}wordings/<int:placement>/restore/",
        clause_restructuring.clause_wording_restore,
        name="wording_restore",
    ),
    path(f"{CLAUSE_ROUTE_PREFIX}evidence/", evidence.evidence_add, name="evidence_add"),
    path("<int:pk>/answers/", answering.clause_response_queue, name="answers"),
    path("<int:pk>/answers/several/", answering.inputs_answer_together, name="answer_together"),
    path("<int:pk>/matrix/", response_matrix.response_matrix_page, name="matrix"),
    path("<int:pk>/matrix.<str:ending>", response_matrix.response_matrix_file, name="matrix_file"),
    path("<int:pk>/consultations/", asking.consultation_list, name="consultation_list"),
    path("<int:pk>/consultations/new/", asking.consultation_new, name="consultation_new"),
    path(f"{CLAUSE_ROUTE_PREFIX}inputs/", input_entry.clause_input_list, name="clause_inputs"),
    path("consultations/<int:pk>/", asking.consultation_detail, name="consultation_detail"),
    path("consultations/<int:pk>/edit/", asking.consultation_edit, name="consultation_edit"),
    path("consultations/<int:pk>/close/", asking.consultation_close, name="consultation_close"),
    path("consultations/<int:pk>/paper/", asking.consultation_paper_form, name="consultation_paper"),
    path("consultations/<int:pk>/responses/", asking.consultation_participation, name="voices"),
    path("consultations/<int:pk>/reminder/", asking.consultation_remind, name="consultation_nudge"),
    path("consultations/<int:pk>/inputs/", input_entry.input_list, name="input_list"),
    path("consultations/<int:pk>/inputs/new/", input_entry.input_new, name="input_new"),
    path("consultations/<int:pk>/support/", input_entry.input_support, name="input_support"),
    path("consultations/<int:pk>/log/", input_entry.spoken_input_log, name="input_log"),
    path("inputs/mine/", input_entry.own_input_list, name="own_inputs"),
    path("inputs/<int:pk>/hide/", input_entry.input_hide, name="input_hide"),
    path("inputs/<int:pk>/", inputs.input_detail, name="input_detail"),
    path("inputs/<int:pk>.json", inputs.input_annotation, name="input_annotation"),
    path("inputs/<int:pk>/answer/", answering.input_answer, name="input_answer"),
    path("inputs/<int:pk>/accept/", answering.proposed_wording_accept, name="accept_wording"),
    path("inputs/<int:pk>/withdraw/", inputs.input_withdraw, name="input_take_back"),
    path("consultations/<int:pk>/annotations.json", inputs.input_annotation_list, name="annotations"),
    path(
        "<int:pk>/compare/<int:earlier>/<int:later>/word/",
        word_files.revision_comparison_word_file,
        name="compare_word",
    ),
    path(
        "<int:pk>/consultations/<int:consultation>/word/", word_files.consultation_word_file, name="consultation_word"
    ),
    path("<int:pk>/consultations/<int:consultation>/returned/", word_files.returned_file_new, name="returned_new"),
    path(
        "<int:pk>/consultations/<int:consultation>/returned/<uuid:token>/",
        word_files.returned_file_detail,
        name="returned_detail",
    ),
    path(
        "<int:pk>/consultations/<int:consultation>/returned/<uuid:token>/add/",
        word_files.returned_file_enter,
        name="returned_enter",
    ),
    path(
        "<int:pk>/consultations/<int:consultation>/returned/<uuid:token>/discard/",
        word_files.returned_file_delete,
        name="returned_drop",
    ),
    path("rules/", agreeing.decision_rules_edit, name="rules"),
    path("<int:pk>/agreement/", agreeing.agreement_page, name="agreement"),
    path("<int:pk>/calls/new/", agreeing.call_new, name="call_new"),
    path("<int:pk>/calls/<int:call>/", agreeing.call_detail, name="call_detail"),
    path("<int:pk>/calls/<int:call>/declare/", agreeing.call_outcome_declare, name="call_declare"),
    path("<int:pk>/calls/<int:call>/restart/", agreeing.call_restart, name="call_restart"),
    path("<int:pk>/calls/<int:call>/hold/", silence_procedure.call_result_hold, name="call_hold"),
    path(
        "<int:pk>/calls/<int:call>/holds/<int:hold>/clarify/", silence_procedure.call_hold_clarify, name="hold_clarify"
    ),
    path("<int:pk>/calls/<int:call>/positions/own/", agreeing.position_take, name="position_own"),
    path("<int:pk>/calls/<int:call>/positions/<int:organisation>/", agreeing.position_take, name="position_take"),
    path("<int:pk>/publish/", editions.edition_new, name="edition_new"),
    path("<int:pk>/<int:major>.<int:minor>/", editions.edition_detail, name="edition_detail"),
    path("<int:pk>/<int:major>.<int:minor>/c<int:number>/", editions.edition_clause_redirect, name="edition_clause"),
    path("<int:pk>/<int:major>.<int:minor>/edition.<slug:ending>", editions.edition_file, name="edition_file"),
    path("<int:pk>/origin/", tracing.text_origin, name="text_origin"),
    path("<int:pk>/clauses/<int:number>/trace/", tracing.clause_trace, name="clause_trace"),
]
