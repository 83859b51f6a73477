from django.urls import path

from jukwaa.drafting.views import beginning, evidence, glossary, reading, revisions, shaping, texts, writing

CLAUSE = "<int:pk>/clauses/<int:number>/"
from jukwaa.drafting.views import answering, inputs, matrix, reading

app_name = "drafting"
urlpatterns = [
    path("", reading.text_list, name="text_list"),
    path("new/", beginning.text_new, name="text_new"),
    path("new/file/", beginning.text_bring, name="text_bring"),
    path("glossary/", glossary.term_list, name="term_list"),
    path("glossary/new/", glossary.term_new, name="term_new"),
    path("glossary/<int:pk>/", glossary.term_edit, name="term_edit"),
    path("evidence/<int:pk>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path("<int:pk>/", reading.text_detail, name="text_detail"),
    path("<int:pk>/edit/", texts.text_edit, name="text_edit"),
    path("<int:pk>/open/", texts.text_open, name="text_open"),
    path("<int:pk>/drafters/", texts.text_drafters, name="text_drafters"),
    path("<int:pk>/drafters/<int:person>/invite/", texts.drafter_invite, name="drafter_invite"),
    path("<int:pk>/revisions/", revisions.revision_list, name="revision_list"),
    path("<int:pk>/revisions/new/", revisions.revision_new, name="revision_new"),
    path("<int:pk>/revisions/<int:number>/", revisions.revision_detail, name="revision_detail"),
    path("<int:pk>/compare/", revisions.text_compare, name="text_compare"),
    path("<int:pk>/write/", writing.text_write, name="text_write"),
    path("<int:pk>/write/taken-out/", shaping.removed_list, name="removed_list"),
    path("<int:pk>/clauses/add/", writing.clause_add, name="clause_add"),
    path(CLAUSE, reading.clause_detail, name="clause_detail"),
    path(f"{CLAUSE}now/", shaping.clause_now, name="clause_now"),
    path(f"{CLAUSE}edit/", writing.clause_edit, name="clause_edit"),
    path(f"{CLAUSE}save/", writing.clause_save, name="clause_save"),
    path(f"{CLAUSE}up/", writing.clause_up, name="clause_up"),
    path(f"{CLAUSE}down/", writing.clause_down, name="clause_down"),
    path(f"{CLAUSE}move/", writing.clause_move, name="clause_move"),
    path(f"{CLAUSE}split/", shaping.clause_split, name="clause_split"),
    path(f"{CLAUSE}merge/", shaping.clause_merge, name="clause_merge"),
    path(f"{CLAUSE}remove/", shaping.clause_remove, name="clause_remove"),
    path(f"{CLAUSE}wordings/", shaping.clause_history, name="clause_history"),
    path(f"{CLAUSE}wordings/<int:placement>/restore/", shaping.wording_restore, name="wording_restore"),
    path(f"{CLAUSE}evidence/", evidence.evidence_add, name="evidence_add"),
    path("<int:pk>/answers/", answering.answers, name="answers"),
    path("<int:pk>/answers/together/", answering.answer_together, name="answer_together"),
    path("<int:pk>/matrix/", matrix.matrix, name="matrix"),
    path("<int:pk>/matrix.<str:ending>", matrix.matrix_file, name="matrix_file"),
    path("inputs/<int:pk>/", inputs.input_detail, name="input_detail"),
    path("inputs/<int:pk>.json", inputs.input_annotation, name="input_annotation"),
    path("inputs/<int:pk>/answer/", answering.input_answer, name="input_answer"),
    path("inputs/<int:pk>/accept/", answering.accept_wording, name="accept_wording"),
    path("inputs/<int:pk>/take-back/", inputs.input_take_back, name="input_take_back"),
    path("consultations/<int:pk>/annotations.json", inputs.annotation_list, name="annotations"),
]
