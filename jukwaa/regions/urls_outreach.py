"""The addresses of those who could be invited, and of plans for a place and a day."""

from django.urls import path

from jukwaa.regions.views import invitation_answers, outreach, outreach_rows, prospects

PLAN_ROUTE_PREFIX = "outreach/<int:pk>/"
QUESTION, MILESTONE, HOSTING = (
    f"{PLAN_ROUTE_PREFIX}{rows}/<int:row>/" for rows in ("questions", "milestones", "hosting")
)
PROSPECT_ROUTE_PREFIX = "invitations/<int:pk>/"
ANSWER_ROUTE_PREFIX = "answer/<str:token>/"

urlpatterns = [
    path("outreach/", outreach.outreach_list, name="outreach_list"),
    path("outreach/new/", outreach.outreach_new, name="outreach_new"),
    path(PLAN_ROUTE_PREFIX, outreach.outreach_detail, name="outreach_detail"),
    path(f"{PLAN_ROUTE_PREFIX}edit/", outreach.outreach_edit, name="outreach_edit"),
    path(f"{PLAN_ROUTE_PREFIX}questions/new/", outreach_rows.outreach_question_new, name="question_new"),
    path(f"{QUESTION}answer/", outreach_rows.outreach_question_answer, name="question_answer"),
    path(f"{QUESTION}remove/", outreach_rows.outreach_question_remove, name="question_remove"),
    path(f"{PLAN_ROUTE_PREFIX}issues/new/", outreach_rows.outreach_issue_link, name="issue_new"),
    path(f"{PLAN_ROUTE_PREFIX}milestones/new/", outreach_rows.outreach_milestone_new, name="milestone_new"),
    path(f"{MILESTONE}edit/", outreach_rows.outreach_milestone_edit, name="milestone_edit"),
    path(f"{MILESTONE}done/", outreach_rows.outreach_milestone_finish, name="milestone_done"),
    path(f"{MILESTONE}remove/", outreach_rows.outreach_milestone_remove, name="milestone_remove"),
    path(f"{PLAN_ROUTE_PREFIX}hosting/new/", outreach_rows.hosting_offer_new, name="hosting_new"),
    path(f"{HOSTING}confirm/", outreach_rows.hosting_offer_confirm, name="hosting_confirm"),
    path(f"{HOSTING}remove/", outreach_rows.hosting_offer_remove, name="hosting_remove"),
    path("gaps/<int:area>/<slug:region>/", prospects.coverage_gap_detail, name="gap_detail"),
    path("invitations/", prospects.prospect_list, name="prospect_list"),
    path("invitations/new/", prospects.prospect_new, name="prospect_new"),
    path(PROSPECT_ROUTE_PREFIX, prospects.prospect_detail, name="prospect_detail"),
    path(f"{PROSPECT_ROUTE_PREFIX}letter.txt", prospects.prospect_letter_file, name="prospect_letter"),
    path(f"{PROSPECT_ROUTE_PREFIX}sent/", prospects.prospect_mark_letter_sent, name="prospect_sent"),
    path(f"{PROSPECT_ROUTE_PREFIX}introducers/new/", prospects.prospect_add_acquaintance, name="prospect_know"),
    path(f"{PROSPECT_ROUTE_PREFIX}hand-over/<int:row>/", prospects.prospect_hand_over, name="prospect_hand_over"),
    path(f"{PROSPECT_ROUTE_PREFIX}contacted/", prospects.prospect_mark_contacted, name="prospect_written"),
    path(f"{PROSPECT_ROUTE_PREFIX}erase/", prospects.prospect_erase, name="prospect_erase"),
]
# Not below the rest: what stands in a letter has to be short.
answer_urls = [
    path(ANSWER_ROUTE_PREFIX, invitation_answers.invitation_answer_page, name="answer"),
    path(f"{ANSWER_ROUTE_PREFIX}yes/", invitation_answers.invitation_answer_accept, name="answer_yes"),
    path(f"{ANSWER_ROUTE_PREFIX}not-now/", invitation_answers.invitation_answer_not_now, name="answer_not_now"),
    path(
        f"{ANSWER_ROUTE_PREFIX}do-not-contact/", invitation_answers.invitation_answer_never_again, name="answer_never"
    ),
    path(f"{ANSWER_ROUTE_PREFIX}erase/", invitation_answers.invitation_answer_erase, name="answer_erase"),
]
