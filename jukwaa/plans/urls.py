from django.urls import path

from jukwaa.plans.views import capabilities, evidence, files, plan_decisions, plans, team

app_name = "plans"
CAPABILITY_PATH = "<int:pk>/capabilities/<slug:number>"
urlpatterns = [
    path("", plans.plan_overview, name="overview"),
    path("new/", plans.plan_new, name="plan_new"),
    path("figures/", plans.figure_list, name="figures"),
    path("lead-requests/", team.claim_list, name="claim_list"),
    path("lead-requests/<int:pk>/accept/", team.claim_answer, {"granted": True}, name="claim_grant"),
    path("lead-requests/<int:pk>/decline/", team.claim_answer, {"granted": False}, name="claim_decline"),
    path("<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("<int:pk>/edit/", plans.plan_edit, name="plan_edit"),
    path("<int:pk>/baseline/", plans.baseline_new, name="baseline_new"),
    path("<int:pk>/consent/", plan_decisions.plan_consent, name="plan_consent"),
    path("<int:pk>/consent/withdraw/", plan_decisions.consent_withdraw, name="consent_withdraw"),
    path("<int:pk>/new-edition/", plan_decisions.carry_over, name="carry_over"),
    path("<int:pk>/close/", plan_decisions.plan_close, name="plan_close"),
    path("<int:pk>/delete/", plan_decisions.plan_delete, name="plan_delete"),
    path("<int:pk>/lead-requests/new/", team.plan_claim, name="plan_claim"),
    path("<int:pk>/team/", team.team_list, name="team_list"),
    path("<int:pk>/team/<int:member>/leave/", team.team_leave, name="team_leave"),
    path("<int:pk>/related/events/new/", capabilities.event_link, name="event_tie"),
    path("<int:pk>/related/<int:tie>/remove/", capabilities.event_unlink, name="tie_remove"),
    path("<int:pk>/print/", files.plan_print, name="plan_print"),
    path("<int:pk>/file/<slug:ending>/", files.plan_file, name="plan_file"),
    path(f"{CAPABILITY_PATH}/", capabilities.capability_detail, name="capability_detail"),
    path(f"{CAPABILITY_PATH}/edit/", capabilities.capability_edit, name="capability_edit"),
    path(f"{CAPABILITY_PATH}/evidence/", evidence.evidence_edit, name="evidence_edit"),
    path(f"{CAPABILITY_PATH}/evidence/<int:record>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path(f"{CAPABILITY_PATH}/needs/new/", capabilities.need_new, name="need_new"),
    path(f"{CAPABILITY_PATH}/practices/new/", capabilities.practice_new, name="practice_new"),
]
