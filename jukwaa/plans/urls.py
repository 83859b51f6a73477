from django.urls import path

from jukwaa.plans.views import capabilities, evidence, files, plan_decisions, plans, team

app_name = "plans"
CAPABILITY_ROUTE_PREFIX = "<int:pk>/capabilities/<slug:number>"
urlpatterns = [
    path("", plans.plan_overview, name="overview"),
    path("new/", plans.plan_new, name="plan_new"),
    path("figures/", plans.country_figure_list, name="figures"),
    path("lead-requests/", team.plan_claim_list, name="claim_list"),
    path("lead-requests/<int:pk>/accept/", team.plan_claim_answer, {"granted": True}, name="claim_grant"),
    path("lead-requests/<int:pk>/decline/", team.plan_claim_answer, {"granted": False}, name="claim_decline"),
    path("<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("<int:pk>/edit/", plans.plan_edit, name="plan_edit"),
    path("<int:pk>/baseline/", plans.plan_baseline_new, name="baseline_new"),
    path("<int:pk>/consent/", plan_decisions.figures_consent_give, name="plan_consent"),
    path("<int:pk>/consent/withdraw/", plan_decisions.figures_consent_withdraw, name="consent_withdraw"),
    path("<int:pk>/new-edition/", plan_decisions.plan_move_to_next_edition, name="carry_over"),
    path("<int:pk>/close/", plan_decisions.plan_close, name="plan_close"),
    path("<int:pk>/delete/", plan_decisions.plan_delete, name="plan_delete"),
    path("<int:pk>/lead-requests/new/", team.plan_claim, name="plan_claim"),
    path("<int:pk>/team/", team.plan_team_list, name="team_list"),
    path("<int:pk>/team/<int:member>/leave/", team.plan_team_leave, name="team_leave"),
    path("<int:pk>/related/events/new/", capabilities.plan_event_link, name="event_tie"),
    path("<int:pk>/related/<int:tie>/remove/", capabilities.plan_event_unlink, name="tie_remove"),
    path("<int:pk>/print/", files.plan_print, name="plan_print"),
    path("<int:pk>/file/<slug:ending>/", files.plan_file, name="plan_file"),
    path(f"{CAPABILITY_ROUTE_PREFIX}/", capabilities.capability_detail, name="capability_detail"),
    path(f"{CAPABILITY_ROUTE_PREFIX}/edit/", capabilities.capability_edit, name="capability_edit"),
    path(f"{CAPABILITY_ROUTE_PREFIX}/evidence/", evidence.evidence_edit, name="evidence_edit"),
    path(f"{CAPABILITY_ROUTE_PREFIX}/evidence/<int:record>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path(f"{CAPABILITY_ROUTE_PREFIX}/needs/new/", capabilities.need_from_plan_new, name="need_new"),
    path(f"{CAPABILITY_ROUTE_PREFIX}/practices/new/", capabilities.practice_from_plan_new, name="practice_new"),
]
