"""The addresses of those who could be invited, and of plans for a place and a day."""

from django.urls import path

from jukwaa.regions.views import invitation_answers, outreach, outreach_rows, prospects

PLAN_ROUTE = "outreach/<int:pk>/"
QUESTION, MILESTONE, HOSTING = (f"{PLAN_ROUTE}{rows}/<int:row>/" for rows in ("questions", "milestones", "hosting"))
PROSPECT_ROUTE = "invitations/<int:pk>/"
ANSWER_ROUTE = "answer/<str:token>/"

urlpatterns = [
    path("outreach/", outreach.outreach_list, name="outreach_list"),
    path("outreach/new/", outreach.outreach_new, name="outreach_new"),
    path(PLAN_ROUTE, outreach.outreach_detail, name="outreach_detail"),
    path(f"{PLAN_ROUTE}edit/", outreach.outreach_edit, name="outreach_edit"),
    path(f"{PLAN_ROUTE}questions/new/", outreach_rows.question_new, name="question_new"),
    path(f"{QUESTION}answer/", outreach_rows.question_answer, name="question_answer"),
    path(f"{QUESTION}remove/", outreach_rows.question_remove, name="question_remove"),
    path(f"{PLAN_ROUTE}issues/new/", outreach_rows.issue_new, name="issue_new"),
    path(f"{PLAN_ROUTE}milestones/new/", outreach_rows.milestone_new, name="milestone_new"),
    path(f"{MILESTONE}edit/", outreach_rows.milestone_edit, name="milestone_edit"),
    path(f"{MILESTONE}done/", outreach_rows.milestone_done, name="milestone_done"),
    path(f"{MILESTONE}remove/", outreach_rows.milestone_remove, name="milestone_remove"),
    path(f"{PLAN_ROUTE}hosting/new/", outreach_rows.hosting_new, name="hosting_new"),
    path(f"{HOSTING}confirm/", outreach_rows.hosting_confirm, name="hosting_confirm"),
    path(f"{HOSTING}remove/", outreach_rows.hosting_remove, name="hosting_remove"),
    path("gaps/<int:area>/<slug:region>/", prospects.gap_detail, name="gap_detail"),
    path("invitations/", prospects.prospect_list, name="prospect_list"),
    path("invitations/new/", prospects.prospect_new, name="prospect_new"),
    path(PROSPECT_ROUTE, prospects.prospect_detail, name="prospect_detail"),
    path(f"{PROSPECT_ROUTE}letter.txt", prospects.prospect_letter, name="prospect_letter"),
    path(f"{PROSPECT_ROUTE}sent/", prospects.prospect_sent, name="prospect_sent"),
    path(f"{PROSPECT_ROUTE}introducers/new/", prospects.prospect_know, name="prospect_know"),
    path(f"{PROSPECT_ROUTE}hand-over/<int:row>/", prospects.prospect_hand_over, name="prospect_hand_over"),
    path(f"{PROSPECT_ROUTE}contacted/", prospects.prospect_written, name="prospect_written"),
    path(f"{PROSPECT_ROUTE}erase/", prospects.prospect_erase, name="prospect_erase"),
]
# Not below the rest: what stands in a letter has to be short.
answers = [
    path(ANSWER_ROUTE, invitation_answers.answer, name="answer"),
    path(f"{ANSWER_ROUTE}yes/", invitation_answers.answer_yes, name="answer_yes"),
    path(f"{ANSWER_ROUTE}not-now/", invitation_answers.answer_not_now, name="answer_not_now"),
    path(f"{ANSWER_ROUTE}do-not-contact/", invitation_answers.answer_never, name="answer_never"),
    path(f"{ANSWER_ROUTE}erase/", invitation_answers.answer_erase, name="answer_erase"),
]
