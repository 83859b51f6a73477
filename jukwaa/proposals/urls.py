from django.urls import path

from jukwaa.proposals import views

app_name = "proposals"
urlpatterns = [
    path("", views.proposal_list, name="proposal_list"),
    path("<int:pk>/", views.proposal_detail, name="proposal_detail"),
    path("<int:pk>/balance/", views.proposal_balance, name="proposal_balance"),
    path("<int:pk>/balance/candidates/", views.candidate_list, name="candidate_list"),
    path("<int:pk>/checks/", views.proposal_checks, name="proposal_checks"),
    path("<int:pk>/checks/questions/", views.proposal_facts, name="proposal_facts"),
    path("<int:pk>/fields/<slug:field>/", views.proposal_field, name="proposal_field"),
    path("<int:pk>/submit/", views.proposal_submit, name="proposal_submit"),
    path("<int:pk>/outcome/", views.proposal_outcome, name="proposal_outcome"),
    path("<int:pk>/text/", views.proposal_text, name="proposal_text"),
    path("<int:pk>/json/", views.proposal_json, name="proposal_json"),
    path("<int:pk>/join/", views.proposal_join, name="proposal_join"),
    path("calls/", views.call_list, name="call_list"),
    path("calls/new/", views.call_new, name="call_new"),
    path("calls/new/file/", views.call_upload, name="call_upload"),
    path("calls/new/form/", views.call_form, name="call_form"),
    path("calls/new/text/", views.call_text, name="call_text"),
    path("calls/<slug:name>/", views.call_detail, name="call_detail"),
    path("calls/<slug:name>/file/", views.call_file, name="call_file"),
    path("calls/<slug:name>/propose/", views.proposal_new, name="proposal_new"),
    path("calls/<slug:name>/remove/", views.call_remove, name="call_remove"),
]
