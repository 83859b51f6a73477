from django.urls import path

from jukwaa.proposals import views

app_name = "proposals"
urlpatterns = [
    path("", views.proposal_list, name="proposal_list"),
    path("<int:pk>/", views.proposal_detail, name="proposal_detail"),
    path("<int:pk>/checks/", views.proposal_checks, name="proposal_checks"),
    path("<int:pk>/checks/questions/", views.proposal_facts, name="proposal_facts"),
    path("<int:pk>/fields/<slug:field>/", views.proposal_field, name="proposal_field"),
    path("<int:pk>/submit/", views.proposal_submit, name="proposal_submit"),
    path("<int:pk>/outcome/", views.proposal_outcome, name="proposal_outcome"),
    path("<int:pk>/text/", views.proposal_text, name="proposal_text"),
    path("<int:pk>/json/", views.proposal_json, name="proposal_json"),
    path("<int:pk>/join/", views.proposal_join, name="proposal_join"),
    path("<int:pk>/people/", views.participant_list, name="participant_list"),
    path("<int:pk>/people/new/", views.participant_new, name="participant_new"),
    path("<int:pk>/people/names/", views.names_copy, name="names_copy"),
    path("<int:pk>/people/<int:participant>/", views.participant_detail, name="participant_detail"),
    path("<int:pk>/people/<int:participant>/edit/", views.participant_edit, name="participant_edit"),
    path("<int:pk>/people/<int:participant>/record/", views.participant_record, name="participant_record"),
    path("<int:pk>/people/<int:participant>/invite/", views.participant_invite, name="participant_invite"),
    path("<int:pk>/people/<int:participant>/remind/", views.participant_remind, name="participant_remind"),
    path("<int:pk>/people/<int:participant>/settle/", views.participant_settle, name="participant_settle"),
    path("<int:pk>/people/<int:participant>/remove/", views.participant_remove, name="participant_remove"),
    path("invitations/<int:participant>/", views.participant_answer, name="participant_answer"),
    path("invitations/link/<str:token>/", views.invitation, name="invitation"),
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
